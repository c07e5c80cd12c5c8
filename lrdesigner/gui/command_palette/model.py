"""The commands that were found, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lrdesigner.gui.command_palette.command import Found
from lrdesigner.i18n import tr

Index = QModelIndex | QPersistentModelIndex
FOUND_ROLE = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()


class CommandModel(QAbstractListModel):
    """What the list shows, and what screen readers say of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: tuple[Found, ...] = ()

    def show(self, found: Sequence[Found]) -> None:
        """List these."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.command.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(found)
            case _ if role == FOUND_ROLE:
                return found
        return None


def spoken(found: Found) -> str:
    """A command in words."""
    command = found.command
    parts = [command.title]
    if command.on is not None:
        parts.append(tr("on") if command.on else tr("off"))
    if command.why_not:
        parts.append(tr("not possible: {reason}", reason=command.why_not))
    parts += [text for text in (command.where, command.keys) if text]
    return ", ".join(parts)
