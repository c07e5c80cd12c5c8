"""What the read-out says: values at the cursor, or the value a drag is changing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from lrdesigner.gui.canvas.readout import Entry, Reading
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.phase_look import phase_title
from lrdesigner.gui.state import XUnit
from lrdesigner.gui.time_text import length_texts, place_text, span_text
from lrdesigner.i18n import tr
from lrdesigner.schedule.units import spans

_MOST = 9
_NOTE_WIDTH = 52


def cursor_reading(
    controller: Controller, series: Sequence[Series], step: int, notes: Sequence[str] = ()
) -> tuple[Reading, list[tuple[float, str]]]:
    """The values of all lines at a step, and the points to mark (LR and colour).

    Args:
        controller: The document.
        series: The lines.
        step: The step.
        notes: What else there is to say about it.
    """
    entries: list[Entry] = []
    dots: list[tuple[float, str]] = []
    for each in series:
        value = each.value_at(step)
        if value is None:
            continue
        mark = "" if each.samples.knows(each.own_step(step)) else "≈"
        text = mark + lr_text(value)
        if each.factor != 1:
            text += f" \N{MIDDLE DOT} {value * each.factor:.0%}"
        entries.append(Entry(each.name, text, each.color, not each.quiet))
        dots.append((value * each.factor, each.color))
    hidden = len(entries) - _MOST
    more = [tr("+ {count} more", count=hidden)] if hidden > 0 else []
    for note in notes:  # what an arrow joins stays on one line
        more += textwrap.wrap(note.replace(" → ", "\xa0→\xa0"), _NOTE_WIDTH)
    title = place_text(step, controller.schedule.horizon, controller.view.unit)
    return Reading(title, tuple(entries[:_MOST]), "\n".join(more)), dots


def length_reading(
    part: DocumentPart, index: int, unit: XUnit, more: str = "", warning: str = ""
) -> Reading:
    """The lengths of the phase whose end is dragged and of the one that comes after it.

    Args:
        part: The phases.
        index: The phase.
        unit: What the time axis counts.
        more: What else to say, dim.
        warning: Why it goes no further.
    """
    schedule = part.schedule
    found = spans(schedule)
    entries = []
    for span in found[index : index + 2]:
        phase = schedule.phases[span.index]
        text = length_texts(phase.length, span, schedule.horizon, unit)[0]
        entries.append(Entry(phase_title(phase), text, "", span.index == index))
    if index + 1 == len(found) and found[index].end < schedule.steps:
        left = span_text(found[index].end, schedule.steps, schedule.horizon, unit)
        entries.append(Entry(tr("hold"), left, "", strong=False))
    title = place_text(found[index].end, schedule.horizon, unit)
    return Reading(title, tuple(entries), more, warning)
