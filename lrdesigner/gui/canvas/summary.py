"""The curve in words, for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrdesigner import numerals
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.phase_look import phase_title
from lrdesigner.gui.time_text import duration_text, place_text
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.units import spans
from lrdesigner.sentences import joined

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller

_MOST_GROUPS = 6
_MOST_PHASES = 8


def summary(controller: Controller) -> str:
    """Length, start, peak and end of each group, and the phases."""
    schedule = controller.schedule
    curve, fast = controller.curve, controller.preview
    source = curve or fast
    groups = len(source.groups)
    steps, phases = schedule.steps, len(schedule.phases)
    parts = [
        tr(
            "{steps}, {phases}, {groups}.",
            steps=trn("{count} step", "{count} steps", steps, count=numerals.grouped(steps)),
            phases=trn("{count} phase", "{count} phases", phases),
            groups=trn("{count} group", "{count} groups", groups),
        )
    ]
    for index, name in enumerate(source.groups[:_MOST_GROUPS]):
        row = source.lr[index]
        place = int(row.argmax()) if curve is None else curve.digests["lr"][index].peak
        step = int(fast.steps[place]) if curve is None else place
        parts.append(
            tr(
                "{group}: starts at {first}, peaks at {peak} ({place}), ends at {last}.",
                group=name,
                first=lr_text(float(row[0])),
                peak=lr_text(float(row[place])),
                place=place_text(step, schedule.horizon),
                last=lr_text(float(row[-1])),
            )
        )
    if groups > _MOST_GROUPS:
        more = groups - _MOST_GROUPS
        parts.append(trn("And {count} more group.", "And {count} more groups.", more))
    parts.append(_phases(controller))
    return joined(*parts)


def _phases(controller: Controller) -> str:
    """Which phases there are, and how long each is."""
    schedule = controller.schedule
    if not schedule.phases:
        return tr("No phases: the LR stays as it is.")
    found = list(zip(schedule.phases, spans(schedule), strict=True))
    texts = [
        tr(
            "{phase} for {time}",
            phase=phase_title(phase),
            time=duration_text(span.steps, schedule.horizon),
        )
        for phase, span in found[:_MOST_PHASES]
    ]
    more = len(found) - _MOST_PHASES
    if more > 0:
        texts.append(tr("{count} more", count=more))
    return tr("Phases: {phases}.", phases=", ".join(texts))
