"""Files of saved schedules over the timeline: their phases go in at a boundary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.timeline.rows import Row
from lrdesigner.i18n import tr
from lrdesigner.schedule import edits


@dataclass(frozen=True)
class Splice:
    """Where the phases of files would go in.

    Attributes:
        paths: The files.
        part: The sequence they would become phases of.
        step: Where the mouse is, as an optimizer step.
        x: Where the boundary is.
        mouse: Where the mouse is.
    """

    paths: tuple[Path, ...]
    part: DocumentPart
    step: int
    x: float
    mouse: QPointF

    @property
    def text(self) -> str:
        """What letting go does."""
        if len(self.paths) > 1:
            return tr("Insert the phases of {count} files", count=len(self.paths))
        return tr("Insert the phases of {name}", name=self.paths[0].name)


def splice_at(
    controller: Controller, row: Row, paths: tuple[Path, ...], position: QPointF
) -> Splice:
    """What letting files go at a place of a row does."""
    axis = controller.axis
    step = max(0, min(round(axis.step_at(position.x())), controller.schedule.steps - 1))
    place = edits.drop_index(row.part.schedule, step)
    blocks = row.blocks.blocks
    x = axis.x_of(0) if not place else blocks[place - 1].end
    return Splice(paths, row.part, step, x, position)
