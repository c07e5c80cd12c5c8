"""Where the palette's commands come from: menus, schedulers, recipes, files, panels, fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from lrdesigner.catalog import Category, schedulers
from lrdesigner.gui.command_palette.command import Command
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.menu_entries import menu_entries
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.phase_look import phase_category, phase_title
from lrdesigner.i18n import mark, plain, tr

_SECTIONS = {
    "track": mark("Track"),
    "phase": mark("Phase"),
    "run": mark("Run"),
    "groups": mark("Groups"),
    "metric": mark("Metric"),
}
_NATIVE = QKeySequence.SequenceFormat.NativeText


def path_text(*parts: str) -> str:
    """A way through menus or panels: ``"View ▸ Panels"``."""
    return " ▸ ".join(part for part in parts if part)


def menu_commands(bar: QMenuBar, but: Sequence[str]) -> Iterator[Command]:
    """Everything in the menus.

    Args:
        bar: The menu bar.
        but: Names of actions and of menus that are left out.
    """
    for entry in menu_entries(bar):
        action, name = entry.action, entry.action.objectName()
        if not name or name in but or entry.menu in but:
            continue
        yield Command(
            name,
            entry.text.rstrip("…"),
            action.trigger,
            path_text(*entry.path),
            action.shortcut().toString(_NATIVE),
            f"{action.statusTip() or plain(action.toolTip())} {entry.words}",
            "" if action.isEnabled() else action.statusTip() or tr("Not possible now"),
            action.isChecked() if action.isCheckable() else None,
        )


def scheduler_commands(palette: PalettePanel) -> Iterator[Command]:
    """Put a scheduler, or a formula of one's own, on the timeline."""
    for card in palette.offered():
        spec = schedulers().get(card.key)
        entry = getattr(card, "entry", None)
        title = entry.title if entry is not None else tr(spec.title) if spec else card.key
        category = getattr(entry or spec, "category", Category.CUSTOM)
        texts = (spec.title, spec.summary) if spec is not None else ()
        words = (spec.key, *texts, *map(tr, texts), spec.source, *spec.keywords) if spec else ()
        yield Command(
            f"add:{card.key}",
            tr("Add {scheduler}", scheduler=title),
            partial(palette.insert, card.key),
            path_text(tr("Schedulers"), tr(category.title)),
            words=" ".join(words),
            color=category.value,
        )


def recent_commands(paths: Sequence[str], open_path: Callable[[Path], object]) -> Iterator[Command]:
    """Open a file that was open lately."""
    for text in paths:
        # Whether it is still there is asked when it is opened: a disk may take its time to answer.
        path = Path(text)
        title = tr("Open {name}", name=path.name)
        yield Command(f"recent:{text}", title, partial(open_path, path), str(path.parent))


def recipe_commands(start: Callable[[str], object]) -> Iterator[Command]:
    """Start from a preset or an example."""
    from lrdesigner.gui.dialogs.recipes import recipes

    for recipe in recipes():
        if recipe.path is None:
            continue  # an empty schedule is what New gives
        kind = tr("Presets") if recipe.preset is not None else tr("Examples")
        yield Command(
            f"recipe:{recipe.key}",
            tr("Start from {recipe}", recipe=recipe.title),
            partial(start, recipe.key),
            kind,
            words=recipe.words,
        )


def place_commands(places: Mapping[str, tuple[str, Callable[[], object]]]) -> Iterator[Command]:
    """Put the keyboard into a panel.

    Args:
        places: What each panel is called, and how the keyboard gets there.
    """
    for name, (title, go) in places.items():
        yield Command(f"go:{name}", tr("Go to {panel}", panel=title), go, tr("Panels"))


def phase_commands(controller: Controller) -> Iterator[Command]:
    """Select a phase of those that are worked on."""
    part = controller.part
    for index, phase in enumerate(part.schedule.phases):
        yield Command(
            f"phase:{index}",
            tr("Select phase {number}, {title}", number=index + 1, title=phase_title(phase)),
            partial(part.select, index),
            tr("Timeline"),
            why_not=tr("It is selected") if index == part.phase else "",
            color=phase_category(phase),
        )


def field_commands(inspector: InspectorPanel, controller: Controller) -> Iterator[Command]:
    """Put the cursor into a field of the inspector; parameters of other phases come after."""
    part = controller.part
    chosen = part.schedule.phases[part.phase] if part.phase is not None else None
    for section, fields in inspector.fields().items():
        title = tr(_SECTIONS[section])
        if section == "phase" and chosen is not None:
            title = phase_title(chosen)
        for field in fields:
            yield Command(
                f"field:{field.name}",
                field.title,
                partial(_focus, inspector, field.name, field.widget),
                path_text(tr("Inspector"), title),
                words=field.name,
                color=phase_category(chosen) if section == "phase" and chosen else "",
            )
    tracks = [None, *range(len(controller.schedule.tracks))]
    for track in (part.track, *(each for each in tracks if each != part.track)):
        other = controller.part_of(track)
        for index, phase in enumerate(other.schedule.phases):
            spec = schedulers().get(phase.scheduler)
            if spec is None or (track == part.track and index == part.phase):
                continue
            where = tr("Phase {number}, {title}", number=index + 1, title=phase_title(phase))
            for param in spec.params:
                yield Command(
                    f"param:{'' if track is None else track}:{index}:{param.name}",
                    param.name,
                    partial(_focus_param, inspector, controller, track, index, param.name),
                    where if track == part.track else path_text(other.title, where),
                    color=phase_category(phase),
                )


def _focus(inspector: InspectorPanel, name: str, field: QWidget) -> None:
    """The field may have been made anew since the palette was opened."""
    for fields in inspector.fields().values():
        for entry in fields:
            if entry.name == name:
                inspector.focus_field(entry.widget)
                return


def _focus_param(
    inspector: InspectorPanel, controller: Controller, track: int | None, index: int, name: str
) -> None:
    controller.part_of(track).select(index)
    inspector.focus_param(name)
