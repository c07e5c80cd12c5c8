"""The curve in words, for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.time_text import count_text, place_text
from lrdesigner.i18n import tr
from lrdesigner.sentences import joined

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller

_MOST_GROUPS = 6


def summary(controller: Controller) -> str:
    """Length, phases, and start, peak and end of each group."""
    schedule = controller.schedule
    curve, fast = controller.curve, controller.preview
    source = curve or fast
    counts = {
        "steps": count_text(schedule.steps, "step"),
        "phases": count_text(len(schedule.phases), "phase"),
        "groups": count_text(len(source.groups), "group"),
    }
    parts = [tr("{steps}, {phases}, {groups}.", **counts)]
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
    return joined(*parts)
