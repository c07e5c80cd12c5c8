"""Schedulers dropped on the time axis, the same on canvas and timeline."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from lrdesigner.catalog import schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.mime import dragged_scheduler
from lrdesigner.gui.phase_look import scheduler_category, scheduler_title
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
        schedule: The phases with it.
        part: The sequence it goes into.
    """

    key: str
    index: int
    start: int
    end: int
    schedule: Schedule
    part: DocumentPart

    @property
    def title(self) -> str:
        """The scheduler's name, and of which track it will be a phase."""
        title = scheduler_title(self.key)
        return title if self.part.track is None else f"{title} · {self.part.title}"

    @property
    def category(self) -> str:
        """The scheduler's category."""
        return scheduler_category(self.key)


def landing(
    controller: Controller, data: QMimeData, x: float, part: DocumentPart | None = None
) -> Landing | None:
    """Where the scheduler a drag carries would go; None if it carries none we know.

    Args:
        controller: Has the document and the time axis.
        data: What is dragged.
        x: Where, on the time axis.
        part: The sequence it would go into; None for the one that is being worked on.
    """
    key = dragged_scheduler(data)
    if key is None or key not in schedulers():
        return None
    total = controller.schedule.steps
    step = max(0, min(round(controller.axis.step_at(x)), total - 1))
    part = part or controller.part
    schedule, index = edits.insert_scheduler(part.schedule, key, step)
    span = spans(schedule)[index]
    return Landing(key, index, span.start, span.end, schedule, part)


def drop(controller: Controller, found: Landing) -> None:
    """Put the phase there and select it."""
    found.part.edit("add phase", found.schedule, found.part.at(found.index))
