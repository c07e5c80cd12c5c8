"""Files of saved schedules over the timeline: their phases go in at a boundary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.timeline.rows import Row
from lrdesigner.schedule import edits


@dataclass(frozen=True)
class Splice:
    """Where the phases of a file would go in.

    Attributes:
        path: The file.
        part: The sequence they would become phases of.
        step: Where the mouse is, as an optimizer step.
        x: Where the boundary is.
        mouse: Where the mouse is.
    """

    path: Path
    part: DocumentPart
    step: int
    x: float
    mouse: QPointF

    @property
    def text(self) -> str:
        """What letting go does."""
        return f"Insert the phases of {self.path.name}"


def splice_at(controller: Controller, row: Row, path: Path, position: QPointF) -> Splice:
    """What letting a file go at a place of a row does."""
    axis = controller.axis
    step = max(0, min(round(axis.step_at(position.x())), controller.schedule.steps - 1))
    place = edits.drop_index(row.part.schedule, step)
    blocks = row.blocks.blocks
    x = axis.x_of(0) if not place else blocks[place - 1].end
    return Splice(path, row.part, step, x, position)
