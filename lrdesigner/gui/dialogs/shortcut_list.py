"""The list of the shortcuts page: headings, and lines with keys drawn as caps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lrdesigner.gui.dialogs.shortcut_rows import Line, Way
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.key_caps import caps_width, paint_caps
from lrdesigner.i18n import tr

LINE_ROLE = Qt.ItemDataRole.UserRole
LINE, HEADING = 30, 40
_EDGE, _OR = 8, 6.0

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ShortcutModel(QAbstractListModel):
    """Headings (texts) and lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[str | Line, ...] = ()

    def show(self, rows: Sequence[str | Line]) -> None:
        """List these."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and isinstance(self._rows[index.row()], str)
        return Qt.ItemFlag.ItemIsEnabled if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row if isinstance(row, str) else row.what
            case Qt.ItemDataRole.AccessibleTextRole:
                return row if isinstance(row, str) else row.spoken
            case _ if role == LINE_ROLE:
                return row
        return None


class ShortcutDelegate(QStyledItemDelegate):
    """What happens on the left, how on the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, HEADING if isinstance(index.data(LINE_ROLE), str) else LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        place: QRect = option.rect  # type: ignore[attr-defined]
        row: str | Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            self._paint_heading(painter, row, place)
        else:
            focused = QStyle.StateFlag.State_HasFocus
            if state & focused and state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("selection"))
                painter.drawRoundedRect(QRectF(place).adjusted(0, 1, 0, -1), 5, 5)
            self._paint_line(painter, row, place.adjusted(_EDGE, 0, -_EDGE, 0))
        painter.restore()

    def _paint_heading(self, painter: QPainter, text: str, place: QRect) -> None:
        painter.setFont(self._theme.font("strong"))
        painter.setPen(self._theme.color("text"))
        words = place.adjusted(_EDGE, 0, -_EDGE, -8)
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QPen(self._theme.color("line"), 1))
        bottom = place.bottom() - 1.5
        painter.drawLine(
            QPointF(place.left() + _EDGE, bottom), QPointF(place.right() - _EDGE, bottom)
        )

    def _paint_way(self, painter: QPainter, way: Way, right: float, place: QRect) -> float:
        """Draw a way so that it ends there; returns where it begins."""
        theme = self._theme
        if way.mouse:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("dim"))
            width = QFontMetricsF(painter.font()).horizontalAdvance(way.mouse)
            spot = QRectF(right - width, place.top(), width + 2, place.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, way.mouse)
            right -= width + (_OR if way.keys else 0)
        if way.keys:
            right -= caps_width(way.keys, theme)
            paint_caps(painter, way.keys, QPointF(right, place.center().y()), theme)
        return right

    def _paint_line(self, painter: QPainter, line: Line, place: QRect) -> None:
        theme, word = self._theme, tr("or")
        small = QFontMetricsF(theme.font("small"))
        between = small.horizontalAdvance(word) + 2 * _OR
        x = float(place.right())
        for number, way in enumerate(reversed(line.ways)):
            if number:
                x -= between
                painter.setFont(theme.font("small"))
                painter.setPen(theme.color("hint"))
                spot = QRectF(x, place.top(), between, place.height())
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, word)
            x = self._paint_way(painter, way, x, place)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("text"))
        room = max(0, int(x - 16 - place.left()))
        text = painter.fontMetrics().elidedText(line.what, Qt.TextElideMode.ElideRight, room)
        words = QRect(place.left(), place.top(), room + 4, place.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
