"""How a command is drawn: its mark, its title, where it is found, its keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lrdesigner.gui.command_palette.command import Command, Found
from lrdesigner.gui.command_palette.model import FOUND_ROLE
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.key_caps import caps_width, paint_caps, split_keys
from lrdesigner.i18n import tr

ROW = 32
_EDGE, _MARK, _GAP = 12, 20, 16
_DOT = 7.0
_LEAST_TITLE = 0.55

Index = QModelIndex | QPersistentModelIndex


class CommandDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Found = index.data(FOUND_ROLE)
        command, theme = found.command, self._theme
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(row).adjusted(4, 1, -4, -1), 5, 5)
        inner = row.adjusted(_EDGE, 0, -_EDGE, 0)
        self._paint_mark(painter, command, QPointF(inner.left() + 6, row.center().y() + 0.5))
        right = float(inner.right())
        if command.keys:
            caps = split_keys(command.keys)
            width = caps_width(caps, theme)
            paint_caps(painter, caps, QPointF(right - width, row.center().y()), theme)
            right -= width + _GAP
        self._paint_words(painter, found, inner.left() + _MARK, round(right), row)
        painter.restore()

    def _paint_mark(self, painter: QPainter, command: Command, middle: QPointF) -> None:
        """On or off, else the colour of the category."""
        if command.on:
            pen = QPen(self._theme.color("text"), 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            tick = ((-3.5, 0), (-1, 2.8), (4, -3.2))
            painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in tick]))
        elif command.color:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.tokens.category_color(command.color)))
            square = QRectF(0, 0, _DOT, _DOT)
            square.moveCenter(middle)
            painter.drawRoundedRect(square, 2, 2)

    def _paint_words(
        self, painter: QPainter, found: Found, left: int, right: int, row: QRect
    ) -> None:
        command, theme = found.command, self._theme
        around = command.why_not or command.where
        if found.recent and not command.why_not:
            around = tr("recent")
        painter.setFont(theme.font("ui"))
        wanted = painter.fontMetrics().horizontalAdvance(command.title) + 2
        painter.setFont(theme.font("small"))
        small = painter.fontMetrics()
        room = right - left
        title = min(wanted, max(round(room * _LEAST_TITLE), room - small.horizontalAdvance(around)))
        place = QRect(left + title + _GAP, row.top(), max(0, room - title - _GAP), row.height())
        painter.setPen(theme.color("hint"))
        text = small.elidedText(around, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        self._paint_title(painter, found, QRect(left, row.top(), title, row.height()))

    def _paint_title(self, painter: QPainter, found: Found, place: QRect) -> None:
        """The title; the letters that were typed stand out by colour and weight."""
        theme, places = self._theme, set(found.places)
        plain = theme.color("hint" if found.command.why_not else "text")
        marked = QColor(theme.tokens.accent_text)
        plain_font, marked_font = theme.font("ui"), theme.font("strong")
        painter.setFont(plain_font)
        title = painter.fontMetrics().elidedText(
            found.command.title, Qt.TextElideMode.ElideRight, place.width()
        )
        x = place.left()
        for start, end in _runs(title, places):
            typed = start in places
            painter.setFont(marked_font if typed else plain_font)
            painter.setPen(marked if typed else plain)
            text = title[start:end]
            width = painter.fontMetrics().horizontalAdvance(text)
            rest = QRect(x, place.top(), max(0, place.right() + 6 - x), place.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, text)
            x += width


def _runs(text: str, places: set[int]) -> list[tuple[int, int]]:
    """Stretches of letters that were all typed, or all not."""
    cuts = [i for i in range(1, len(text)) if (i in places) != (i - 1 in places)]
    ends = [*cuts, len(text)]
    return list(zip([0, *cuts], ends, strict=True)) if text else []
