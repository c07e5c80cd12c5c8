"""What the actions of the Edit menu do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits


class PhaseAnswers(QObject):
    """Undo and redo, and edits of the selected phase."""

    def __init__(self, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller

    @Slot()
    def do_undo(self) -> None:
        """Take back the last step; what is still being typed is one."""
        self._controller.settle()
        self._controller.undo_stack.undo()

    @Slot()
    def do_redo(self) -> None:
        """Bring back what was undone."""
        self._controller.settle()
        self._controller.undo_stack.redo()

    @Slot()
    def do_delete_phase(self) -> None:
        """Delete the selected phase and select the one that takes its place."""
        part = self._controller.part
        index = part.phase
        if index is not None:
            after = edits.remove_phase(part.schedule, index)
            left = min(index, len(after.phases) - 1)
            part.edit("delete phase", after, part.at(left if left >= 0 else None))

    @Slot()
    def do_duplicate_phase(self) -> None:
        """Duplicate the selected phase and select the copy."""
        part = self._controller.part
        index = part.phase
        if index is not None:
            after = edits.duplicate_phase(part.schedule, index)
            part.edit("duplicate phase", after, part.at(index + 1))

    @Slot()
    def do_move_left(self) -> None:
        """Move the selected phase one place earlier."""
        self._move(-1)

    @Slot()
    def do_move_right(self) -> None:
        """Move the selected phase one place later."""
        self._move(1)

    def _move(self, by: int) -> None:
        part = self._controller.part
        index = part.phase
        if index is not None and 0 <= index + by < len(part.schedule.phases):
            after = edits.move_phase(part.schedule, index, index + by)
            part.edit("move phase", after, part.at(index + by))

    @Slot()
    def do_select_none(self) -> None:
        """Select the run."""
        self._controller.select(Selection())
