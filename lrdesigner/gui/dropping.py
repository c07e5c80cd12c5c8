"""Schedulers dropped on the time axis, the same on canvas and timeline."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from lrdesigner.catalog import schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.mime import dragged_scheduler
from lrdesigner.gui.phase_look import scheduler_category, scheduler_title
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans


@dataclass(frozen=True)
class Landing:
    """What a drop would do.

    Attributes:
        key: The scheduler.
        index: The new phase's index.
        start: Its first step.
        end: One past its last step.
        schedule: The document with it.
    """

    key: str
    index: int
    start: int
    end: int
    schedule: Schedule

    @property
    def title(self) -> str:
        """The scheduler's name."""
        return scheduler_title(self.key)

    @property
    def category(self) -> str:
        """The scheduler's category."""
        return scheduler_category(self.key)


def landing(controller: Controller, data: QMimeData, x: float) -> Landing | None:
    """Where the scheduler a drag carries would go at that x; None if it carries none we know."""
    key = dragged_scheduler(data)
    if key is None or key not in schedulers():
        return None
    total = controller.schedule.steps
    step = max(0, min(round(controller.axis.step_at(x)), total - 1))
    schedule, index = edits.insert_scheduler(controller.schedule, key, step)
    span = spans(schedule)[index]
    return Landing(key, index, span.start, span.end, schedule)


def drop(controller: Controller, found: Landing) -> None:
    """Put the phase there and select it."""
    controller.edit("add phase", found.schedule, Selection(found.index))
