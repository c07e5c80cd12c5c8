"""The one undo command: a document before and after, and what was selected."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic

from PySide6.QtGui import QUndoCommand

from lrdesigner.gui.state import Selection
from lrdesigner.schedule.model import Schedule

Show = Callable[[Schedule, Selection], None]
MERGE_SECONDS = 1.0
_MERGEABLE = 1


class EditCommand(QUndoCommand):
    """Goes from one document to another and back.

    Args:
        text: What the edit is called in the menu.
        before: Document and selection before.
        after: Document and selection after.
        show: Makes a document the current one.
        merge: Edits with an equal key that follow each other closely become one step (a wheel
            turned over a field); None never merges.
    """

    def __init__(
        self,
        text: str,
        before: tuple[Schedule, Selection],
        after: tuple[Schedule, Selection],
        show: Show,
        merge: Hashable | None = None,
    ) -> None:
        super().__init__(text)
        self.before, self.after = before, after
        self._show = show
        self.merge = merge
        self.time = monotonic()

    def redo(self) -> None:
        """Show the document after the edit."""
        self._show(*self.after)

    def undo(self) -> None:
        """Show the document before the edit."""
        self._show(*self.before)

    def id(self) -> int:
        """Commands with an id other than −1 are offered for merging."""
        return -1 if self.merge is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a later edit of the same thing."""
        assert isinstance(other, EditCommand)
        if other.merge != self.merge or other.time - self.time > MERGE_SECONDS:
            return False
        self.after, self.time = other.after, other.time
        # There and back again (a box checked twice) is nothing that could be undone.
        self.setObsolete(self.before == self.after)
        return True
