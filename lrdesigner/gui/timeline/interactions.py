"""The drags of the timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import Interaction
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.timeline.blocks import Block


class MoveDrag(Interaction):
    """Takes phases to another place in the row.

    Nothing changes until the button is released: phases that jump about under the hand are hard
    to aim at. A ghost follows the mouse and a bar shows where the phase would go.

    Args:
        controller: Gets the edit.
        part: The phases of the row.
        blocks: The row as it is.
        index: The phase that is held; all others that are selected with it move too.
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
        chosen = part.chosen
        self.indices = chosen if index in chosen else (index,)
        self.to = sum(block.index not in self.indices for block in blocks[:index])
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
        if not self._moves:
            return None
        others = self._others
        return others[self.to - 1].end if self.to else others[0].start

    @property
    def _others(self) -> list[Block]:
        return [block for block in self._blocks if block.index not in self.indices]

    @property
    def _moves(self) -> bool:
        """Whether letting go changes the order."""
        others = [block.index for block in self._others]
        order = [*others[: self.to], *self.indices, *others[self.to :]]
        return order != sorted(order)

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Find the place: after all blocks whose middle is left of the mouse."""
        self.shift = position.x() - self._start
        self.to = sum((block.start + block.end) / 2 < position.x() for block in self._others)

    def finish(self) -> None:
        """Put it there."""
        if self.alive and self._moves:
            PhaseCommands(self._controller, self.part).move(self.indices, self.to)
