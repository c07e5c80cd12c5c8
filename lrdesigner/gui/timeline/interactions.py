"""The drags of the timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import Interaction
from lrdesigner.gui.timeline.blocks import Block
from lrdesigner.schedule import edits


class MoveDrag(Interaction):
    """Takes a phase to another place in the row.

    Nothing changes until the button is released: phases that jump about under the hand are hard
    to aim at. A ghost follows the mouse and a bar shows where the phase would go.

    Args:
        controller: Gets the edit.
        part: The phases of the row.
        blocks: The row as it is.
        index: The phase that is moved.
        position: Where it was taken hold of.
    """

    def __init__(
        self,
        controller: Controller,
        part: DocumentPart,
        blocks: tuple[Block, ...],
        index: int,
        position: QPointF,
    ) -> None:
        self._controller = controller
        self._before = controller.schedule
        self.part = part
        self._blocks = blocks
        self.index = index
        self.to = index
        self._start = position.x()
        self.shift = 0.0

    @property
    def cursor(self) -> Qt.CursorShape:
        """A hand that holds."""
        return Qt.CursorShape.ClosedHandCursor

    @property
    def alive(self) -> bool:
        """False once the document is another."""
        return self._controller.schedule is self._before

    @property
    def bar(self) -> float | None:
        """Where the insertion bar stands; None where letting go changes nothing."""
        if self.to == self.index:
            return None
        block = self._blocks[self.to]
        return block.start if self.to < self.index else block.end

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Find the place: after all blocks whose middle is left of the mouse."""
        self.shift = position.x() - self._start
        others = [block for block in self._blocks if block.index != self.index]
        self.to = sum((block.start + block.end) / 2 < position.x() for block in others)

    def finish(self) -> None:
        """Put it there."""
        if self.alive and self.to != self.index:
            moved = edits.move_phase(self.part.schedule, self.index, self.to)
            self.part.edit("move phase", moved, self.part.at(self.to))
