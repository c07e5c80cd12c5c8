"""The list of recent files; those that are gone are marked, and can be taken off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr

PATH_ROLE = Qt.ItemDataRole.UserRole
MISSING_ROLE = Qt.ItemDataRole.UserRole + 1
ROW = 44
_CROSS = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class RecentModel(QAbstractListModel):
    """The files, the last one first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._paths: list[str] = []
        self._missing: frozenset[str] = frozenset()

    def show(self, paths: Sequence[str]) -> None:
        """List these."""
        self.beginResetModel()
        self._paths = list(paths)
        self.endResetModel()

    def mark_missing(self, paths: frozenset[str]) -> None:
        """These are not there any more."""
        self._missing = paths
        if self._paths:
            self.dataChanged.emit(self.index(0), self.index(len(self._paths) - 1))

    def take_off(self, row: int) -> None:
        """Remove an entry."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._paths[row]
        self.endRemoveRows()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._paths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self._paths[index.row()]
        path, missing = Path(text), text in self._missing
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return path.name
            case Qt.ItemDataRole.ToolTipRole:
                return tr("{path} is not there any more", path=text) if missing else text
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{name}, missing", name=path.name) if missing else path.name
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return str(path.parent)
            case _ if role == PATH_ROLE:
                return text
            case _ if role == MISSING_ROLE:
                return missing
        return None


def cross_rect(row: QRect) -> QRect:
    """Where a row's cross is, which takes it off."""
    rect = QRect(0, 0, _CROSS, _CROSS)
    rect.moveCenter(QPoint(row.right() - 8 - _CROSS // 2, row.center().y()))
    return rect


class RecentDelegate(QStyledItemDelegate):
    """Name and folder, one under the other."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._close: QIcon = icon("close", theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row: QRect = option.rect  # type: ignore[attr-defined]
        flags = QStyle.StateFlag
        hovered = bool(state & flags.State_MouseOver)
        focused = bool(state & flags.State_HasFocus) and bool(state & flags.State_Selected)
        missing = bool(index.data(MISSING_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hovered or focused:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if focused else "hover"))
            painter.drawRoundedRect(QRectF(row).adjusted(0, 1, 0, -1), 6, 6)
        room = row.adjusted(8, 4, -8, -4)
        if hovered or focused or missing:
            cross = cross_rect(row)
            self._close.paint(painter, cross.adjusted(3, 3, -3, -3))
            room.setRight(cross.left() - 6)
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("hint" if missing else "text"))
        metrics, elide = painter.fontMetrics(), Qt.TextElideMode
        name = metrics.elidedText(str(index.data()), elide.ElideMiddle, room.width())
        painter.drawText(room, left | Qt.AlignmentFlag.AlignTop, name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("warning_text" if missing else "dim"))
        folder = str(Path(str(index.data(PATH_ROLE))).parent)
        under = tr("missing · {folder}", folder=folder) if missing else folder
        shown = painter.fontMetrics().elidedText(under, elide.ElideMiddle, room.width())
        painter.drawText(room, left | Qt.AlignmentFlag.AlignBottom, shown)
        painter.restore()


class RecentList(QListView):
    """The files. Enter or a click opens one, Del or its cross takes it off.

    Signals:
        chosen: The path (text) of one.
        taken_off: The path of one that was taken off.
    """

    chosen = Signal(str)
    taken_off = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("start_recent")
        self.setAccessibleName(tr("Recent files"))
        self.setAccessibleDescription(tr("Enter opens one, Del takes it off the list"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files = RecentModel(self)
        self._crossed = -1
        self.setItemDelegate(RecentDelegate(theme, self))
        self.setModel(self.files)
        self.clicked.connect(self._on_clicked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        on_cross = index.isValid() and cross_rect(self.visualRect(index)).contains(point)
        self._crossed = index.row() if on_cross else -1
        super().mousePressEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() == self._crossed:
            self._take_off(index)
        else:
            self.chosen.emit(index.data(PATH_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in _ENTER:
            self.chosen.emit(index.data(PATH_ROLE))
        elif index.isValid() and event.key() in _REMOVE:
            self._take_off(index)
        else:
            super().keyPressEvent(event)

    def _take_off(self, index: QModelIndex) -> None:
        path = str(index.data(PATH_ROLE))
        self.files.take_off(index.row())
        self.taken_off.emit(path)
