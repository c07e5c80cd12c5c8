"""The help's list: a heading, then the schedulers of its category with their shapes."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lrdesigner.catalog import SchedulerSpec
from lrdesigner.gui.help.entries import entries
from lrdesigner.gui.palette.delegate import paint_shape
from lrdesigner.gui.palette.rows import Heading
from lrdesigner.gui.palette.shapes import shape
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

KEY_ROLE = Qt.ItemDataRole.UserRole
"""The scheduler's key; None for a heading."""

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_ROW, _HEAD = 46, 32
_THUMB = QSize(52, 26)
_EDGE = 12


class HelpModel(QAbstractListModel):
    """The schedulers that match what is searched for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._query = ""
        self._entries = entries("")

    def set_query(self, query: str) -> None:
        """Keep only what has every word somewhere."""
        if query.strip() != self._query:
            self._query = query.strip()
            self.beginResetModel()
            self._entries = entries(self._query)
            self.endResetModel()

    def keys(self) -> list[str]:
        """Keys of the schedulers that are listed, in order."""
        return [entry.key for entry in self._entries if isinstance(entry, SchedulerSpec)]

    def entry(self, row: int) -> Heading | SchedulerSpec:
        """What stands in a row."""
        return self._entries[row]

    def index_of(self, key: str) -> QModelIndex:
        """The row of a scheduler; invalid if it is not listed."""
        for row, entry in enumerate(self._entries):
            if isinstance(entry, SchedulerSpec) and entry.key == key:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._entries[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(entry.title)
        if isinstance(entry, Heading):
            return None
        if role == KEY_ROLE:
            return entry.key
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return tr(entry.summary)
        return None


class HelpDelegate(QStyledItemDelegate):
    """Draws a scheduler as its shape, its title and its key."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _HEAD if index.data(KEY_ROLE) is None else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        place: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        model = index.model()
        assert isinstance(model, HelpModel)
        entry = model.entry(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.color("dim"))
            low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place.adjusted(_EDGE, 0, 0, -6), low, tr(entry.title))
        else:
            self._paint_ground(painter, place, state)
            self._paint_entry(painter, place, entry)
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRect, state: QStyle.StateFlag) -> None:
        card = QRectF(place).adjusted(4.5, 0.5, -4.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 1))
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.color("hover"))
        painter.drawRoundedRect(card, 6, 6)

    def _paint_entry(self, painter: QPainter, place: QRect, spec: SchedulerSpec) -> None:
        thumb = QRectF(0, 0, _THUMB.width(), _THUMB.height())
        thumb.moveLeft(place.left() + _EDGE + 2)
        thumb.moveTop(place.center().y() - _THUMB.height() / 2)
        color = QColor(self._theme.tokens.category_color(spec.category.value))
        paint_shape(painter, thumb, shape(spec.key), color)
        words = place.adjusted(_EDGE + _THUMB.width() + 14, 5, -_EDGE, -5)
        self._write(painter, words, "ui", "text", tr(spec.title), Qt.AlignmentFlag.AlignTop)
        self._write(painter, words, "small", "hint", spec.key, Qt.AlignmentFlag.AlignBottom)

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        font: str,
        color: str,
        text: str,
        side: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(self._theme.font("small" if font == "small" else "ui"))
        painter.setPen(self._theme.color(color))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignLeft, shown)
