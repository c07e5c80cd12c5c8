"""The handles of the phase that is worked on, as things that can be seen, held and read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lrdesigner.engine.handles import Handle, followed, handles, unit_of, value_of
from lrdesigner.grips import Dial
from lrdesigner.gui.canvas.readout import Entry, Reading
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.time_text import place_text
from lrdesigner.schedule.units import spans

Key = tuple[int, int, int]


@dataclass(frozen=True)
class Knob:
    """A handle on screen.

    Attributes:
        handle: What it is; its group counts within the part.
        group: The optimizer's group whose colour it has.
        inward: Which way leads into the phase: 1 from its first half, −1 from its second.
        selected: Whether its phase is selected, not only under the mouse.
    """

    handle: Handle
    group: int
    inward: int
    selected: bool

    @property
    def key(self) -> Key:
        """What stays the same while the document changes."""
        return self.handle.key

    @property
    def dials(self) -> tuple[Dial, ...]:
        """The numbers it changes."""
        return tuple(d for d in (self.handle.time, self.handle.level) if d is not None)


def part_knobs(
    part: DocumentPart, hovered: int | None, held: Knob | None = None
) -> tuple[Knob, ...]:
    """The knobs of the selected phase and of the one under the mouse.

    Args:
        part: The phases that are worked on; a lane has its curve elsewhere, so no knobs.
        hovered: The phase under the mouse.
        held: The knob that is being dragged: it stays, whatever becomes of its curve.
    """
    if part.quantity != "lr" or not part.groups:
        return ()
    found: list[Knob] = []
    for phase in dict.fromkeys((part.phase, hovered)):
        if phase is not None and 0 <= phase < len(part.schedule.phases):
            found += _of_phase(part, phase)
    if held is not None:
        handle = followed(part.schedule, held.handle, part.preview.bases.get(held.handle.phase))
        found = [knob for knob in found if knob.key != held.key]
        if handle is not None:
            found.append(Knob(handle, held.group, held.inward, held.selected))
    return tuple(found)


def _of_phase(part: DocumentPart, phase: int) -> list[Knob]:
    span = spans(part.schedule)[phase]
    middle = (span.start + span.end) / 2
    return [
        Knob(
            handle,
            part.groups[handle.group],
            1 if handle.step < middle else -1,
            phase == part.phase,
        )
        for handle in handles(part.schedule, phase, part.preview.bases.get(phase))
    ]


def dial_title(dial: Dial) -> str:
    """What a number is called: its parameter, and which entry of it."""
    return dial.name if dial.item is None else f"{dial.name}[{dial.item}]"


def number_text(value: float | None) -> str:
    """A number as it stands in the document, short."""
    if value is None:
        return "auto"
    return f"{value:,}" if isinstance(value, int) else f"{value:.6g}"


def dial_lines(part: DocumentPart, knob: Knob) -> list[tuple[str, str]]:
    """Name and value with its unit of each number behind a knob."""
    lines = []
    bases = part.preview.bases.get(knob.handle.phase)
    for dial in knob.dials:
        value = value_of(part.schedule, knob.handle, dial, bases)
        unit = unit_of(part.schedule, knob.handle, dial)
        title = dial_title(dial)
        if dial.column is not None:  # two columns of one row
            title = f"{title} {('time', 'value')[dial.column]}"
        lines.append((title, f"{number_text(value)} {unit}".strip()))
    return lines


def knob_reading(controller: Controller, knob: Knob, colors: Sequence[str], limit: str) -> Reading:
    """What is said beside the hand that drags a knob."""
    color = colors[knob.group] if len(controller.schedule.optimizer.groups) > 1 else ""
    entries = [Entry(name, value) for name, value in dial_lines(controller.part, knob)]
    name = controller.schedule.optimizer.groups[knob.group].name
    entries.append(Entry(name if color else "LR", lr_text(knob.handle.lr), color, strong=False))
    title = place_text(knob.handle.step, controller.schedule.horizon)
    return Reading(title, tuple(entries), limit)


def knob_words(controller: Controller, knob: Knob) -> str:
    """A knob for people who listen: its numbers, and where it is."""
    numbers = ", ".join(f"{name} {value}" for name, value in dial_lines(controller.part, knob))
    place = place_text(knob.handle.step, controller.schedule.horizon)
    return f"{numbers}; {place}, LR {lr_text(knob.handle.lr)}"
