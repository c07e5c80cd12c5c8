"""The handles of the phase that is worked on, as things that can be seen, held and read out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from lrdesigner import numerals
from lrdesigner.engine.handles import Handle, followed, handles, unit_of, value_of
from lrdesigner.grips import Dial
from lrdesigner.gui.canvas.lane_content import value_text
from lrdesigner.gui.canvas.readout import Entry, Reading
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.time_text import place_text
from lrdesigner.i18n import tr
from lrdesigner.schedule.own_values import owners
from lrdesigner.schedule.units import spans

Key = Hashable


@dataclass(frozen=True)
class Knob:
    """A handle on screen.

    Attributes:
        handle: What it is; its group counts within the part.
        group: The optimizer's group whose colour it has.
        inward: Which way leads into the phase: 1 from its first half, −1 from its second.
        selected: Whether its phase is selected, not only under the mouse.
        track: The track the phase is in; None for the document's own phases.
    """

    handle: Handle
    group: int
    inward: int
    selected: bool
    track: int | None = None

    @property
    def key(self) -> Key:
        """What stays the same while the document changes."""
        return "knob", self.track, *self.handle.key

    @property
    def step(self) -> int:
        """Where it stands."""
        return self.handle.step

    @property
    def dials(self) -> tuple[Dial, ...]:
        """The numbers it changes."""
        return tuple(d for d in (self.handle.time, self.handle.level) if d is not None)


def phase_knobs(part: DocumentPart, phase: int | None) -> list[Knob]:
    """The knobs of a phase."""
    if phase is None or not part.groups or not 0 <= phase < len(part.schedule.phases):
        return []
    span = spans(part.schedule)[phase]
    middle = (span.start + span.end) / 2
    return [
        Knob(
            handle,
            part.groups[handle.group],
            1 if handle.step < middle else -1,
            phase == part.phase,
            part.track,
        )
        for handle in handles(part.schedule, phase, part.preview.bases.get(phase))
    ]


def followed_knob(part: DocumentPart, held: Knob) -> Knob | None:
    """A knob that is in hand as it is now: it stays, whatever becomes of its curve."""
    if held.handle.phase >= len(part.schedule.phases):
        return None
    handle = followed(part.schedule, held.handle, part.preview.bases.get(held.handle.phase))
    return None if handle is None else replace(held, handle=handle)


def dial_title(dial: Dial) -> str:
    """What a number is called: its parameter, and which entry of it."""
    title = dial.name if dial.item is None else f"{dial.name}[{dial.item}]"
    if dial.column is None:
        return title
    return tr("{name} time", name=title) if dial.column == 0 else tr("{name} value", name=title)


def number_text(value: float | None) -> str:
    """A number as it stands in the document, short."""
    if value is None:
        return tr("auto")
    return numerals.localised(f"{value:,}" if isinstance(value, int) else f"{value:.6g}")


def unit_text(part: DocumentPart, unit: str) -> str:
    """A parameter's unit as people read it; what the phases drive, if that is not the LR."""
    return tr(part.word if unit == "lr" and part.word != "LR" else unit)


def dial_lines(part: DocumentPart, knob: Knob) -> list[tuple[str, str]]:
    """Name and value with its unit of each number behind a knob."""
    lines = []
    bases = part.preview.bases.get(knob.handle.phase)
    for dial in knob.dials:
        value = value_of(part.schedule, knob.handle, dial, bases)
        unit = unit_text(part, unit_of(part.schedule, knob.handle, dial))
        lines.append((dial_title(dial), f"{number_text(value)} {unit}".strip()))
    return lines


def knob_reading(
    controller: Controller, part: DocumentPart, knob: Knob, colors: Sequence[str]
) -> Reading:
    """What is said beside a knob."""
    groups = controller.schedule.optimizer.groups
    several = len(groups) > 1
    entries = [Entry(name, value) for name, value in dial_lines(part, knob)]
    height = lr_text(knob.handle.lr) if part.quantity == "lr" else value_text(knob.handle.lr)
    shared = any(knob.group in s and len(s) > 1 for s in owners(controller.schedule, part.quantity))
    name = groups[knob.group].name if several and not shared else tr(part.word)
    entries.append(Entry(name, height, colors[knob.group] if several else "", strong=False))
    title = place_text(knob.handle.step, controller.schedule.horizon, controller.view.unit)
    return Reading(title, tuple(entries))
