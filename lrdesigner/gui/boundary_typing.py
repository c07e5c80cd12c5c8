"""Typing where a phase ends, the same on canvas and timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from lrdesigner import numerals
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.length_words import parse_length, shown_length
from lrdesigner.gui.phase_look import phase_title
from lrdesigner.gui.time_text import shown_unit, unit_text
from lrdesigner.gui.widgets import BubbleError, BubbleField
from lrdesigner.gui.widgets.number_text import parse_amount, parse_whole
from lrdesigner.i18n import tr
from lrdesigner.schedule import boundaries, counting, edits
from lrdesigner.schedule.codec import reason
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import Length, spans
from lrdesigner.sentences import capital


def boundary_fields(
    controller: Controller, part: DocumentPart, index: int
) -> Sequence[BubbleField]:
    """The length of a phase as the document writes it, and where it ends.

    Args:
        controller: Knows what the time axis counts.
        part: The phases.
        index: The phase.
    """
    schedule = part.schedule
    unit = shown_unit(controller.view.unit, schedule.horizon)
    phase, span = schedule.phases[index], spans(schedule)[index]
    count = counting.count_at(unit, schedule.horizon, span.end)
    shown = f"{count:.0f}" if count == int(count) else f"{count:.10g}"
    title = phase_title(phase)
    ends = numerals.localised(shown)
    lasts = shown_length(phase.length)
    return [
        BubbleField("length", tr("{phase} lasts", phase=title), lasts),
        BubbleField("end", tr("ends at"), ends, unit_text(unit, schedule.horizon)),
    ]


def type_boundary(
    controller: Controller, part: DocumentPart, index: int, texts: Mapping[str, str]
) -> None:
    """Move the end of a phase to where somebody typed it, as one edit.

    What is beside it gives way as it does in a drag. A length keeps the unit it is typed in.

    Raises:
        BubbleError: If it cannot be there.
    """
    schedule, name = part.schedule, "length" if "length" in texts else "end"
    try:
        if name == "length":
            after = _with_length(controller, schedule, index, texts["length"])
        else:
            unit = shown_unit(controller.view.unit, schedule.horizon)
            read = parse_amount if unit in ("epochs", "percent") else parse_whole
            step = counting.step_at(unit, schedule.horizon, read(texts["end"]))
            after = _moved(controller, schedule, index, step)
    except ValidationError as error:
        text = reason(error)
        raise BubbleError(name, capital(text)) from None
    except (ValueError, OverflowError, DocumentError) as error:
        raise BubbleError(name, str(error)) from None
    part.edit(tr("change length"), after, part.at(index))


def _with_length(controller: Controller, schedule: Schedule, index: int, text: str) -> Schedule:
    length = Length.parse(parse_length(text, schedule.horizon))
    if length.unit == "rest":
        return edits.set_phase(schedule, index, length="rest")
    span = spans(schedule)[index]
    after = _moved(controller, schedule, index, span.start + length.steps(schedule.horizon))
    typed = edits.set_phase(after, index, length=str(length))
    return typed if spans(typed) == spans(after) else after


def _moved(controller: Controller, schedule: Schedule, index: int, step: float) -> Schedule:
    ripple = controller.view.ripple
    place, limit = boundaries.reach(schedule, index, ripple=ripple).kept(step)
    if limit:
        raise ValueError(limit[:1].upper() + limit[1:])
    return boundaries.move(schedule, index, place, ripple=ripple)
