"""What the actions of the Edit menu do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.state import Selection


class PhaseAnswers(QObject):
    """Undo and redo, and edits of the selected phase."""

    def __init__(self, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller

    def _commands(self) -> PhaseCommands:
        """Edits of the document as it is with what is still being typed."""
        self._controller.settle()
        return PhaseCommands(self._controller)

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
        """Delete the selected phases and select the one that takes their place."""
        self._commands().remove()

    @Slot()
    def do_duplicate_phase(self) -> None:
        """Duplicate the selected phases and select the copies."""
        self._commands().duplicate()

    @Slot()
    def do_move_left(self) -> None:
        """Move the selected phases one place earlier."""
        self._commands().shift(-1)

    @Slot()
    def do_move_right(self) -> None:
        """Move the selected phases one place later."""
        self._commands().shift(1)

    @Slot()
    def do_copy_phases(self) -> None:
        """Copy the selected phases."""
        self._commands().copy()

    @Slot()
    def do_cut_phases(self) -> None:
        """Copy the selected phases and delete them."""
        self._commands().cut()

    @Slot()
    def do_paste_phases(self) -> None:
        """Insert the phases on the clipboard."""
        self._commands().paste()

    @Slot()
    def do_select_all(self) -> None:
        """Select all phases of the row that is worked on."""
        self._commands().select_all()

    @Slot()
    def do_split_phase(self) -> None:
        """Split the phase at the cursor."""
        self._commands().split()

    @Slot()
    def do_join_phases(self) -> None:
        """Join the selected phase with the next one."""
        self._commands().join()

    @Slot()
    def do_select_none(self) -> None:
        """Select the run."""
        self._controller.select(Selection())
