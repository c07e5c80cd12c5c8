"""The live curve of a document that is another one each time.

What is known of a phase is kept, so drawing one document again and again would measure nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import cycle

from lrdesigner.engine.preview import Preview, preview
from lrdesigner.schedule import edits, group_edits
from lrdesigner.schedule.model import Schedule

DOCUMENTS = 300  # more than there are phases kept


def anew(schedule: Schedule) -> Callable[[], Preview]:
    """With another base LR each time, so that no phase is what it was."""
    lr = schedule.optimizer.groups[0].lr
    return _drawn(
        group_edits.set_group(schedule, 0, lr=lr * (1 + k * 1e-6)) for k in range(DOCUMENTS)
    )


def dragged(schedule: Schedule, name: str) -> Callable[[], Preview]:
    """With another number in the last phase each time, as under a handle."""
    last = len(schedule.phases) - 1
    return _drawn(edits.set_param(schedule, last, name, k * 1e-6) for k in range(DOCUMENTS))


def _drawn(documents: Iterable[Schedule]) -> Callable[[], Preview]:
    turn = cycle(list(documents))
    return lambda: preview(next(turn))
