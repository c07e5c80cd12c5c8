"""Schedulers dropped on the time axis, the same on canvas and timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData

from lrdesigner.catalog import schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.mime import dragged_params, dragged_scheduler
from lrdesigner.gui.phase_look import phase_category, phase_title
from lrdesigner.i18n import tr
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
        """The new phase's name, and of which track it will be a phase."""
        title = phase_title(self.schedule.phases[self.index])
        return title if self.part.track is None else f"{title} · {self.part.title}"

    @property
    def category(self) -> str:
        """The category of the new phase's colour."""
        return phase_category(self.schedule.phases[self.index])


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
    schedule, index = insert(part.schedule, key, step, dragged_params(data))
    span = spans(schedule)[index]
    return Landing(key, index, span.start, span.end, schedule, part)


def insert(
    schedule: Schedule, key: str, step: int, params: Mapping[str, Any] | None = None
) -> tuple[Schedule, int]:
    """Put a palette entry on the time axis, as `edits.insert_scheduler` does.

    Args:
        schedule: The document.
        key: The scheduler.
        step: Where.
        params: The parameters of an entry of the user's own; None for those to start with.

    Returns:
        The new document and the new phase's index.
    """
    schedule, index = edits.insert_scheduler(schedule, key, step)
    if params is not None:
        schedule = edits.set_phase(schedule, index, params=dict(params))
    return schedule, index


def drop(controller: Controller, found: Landing) -> None:
    """Put the phase there and select it."""
    found.part.edit(tr("add phase"), found.schedule, found.part.at(found.index))
