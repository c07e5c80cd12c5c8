"""How cards and headings of the palette are drawn."""

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

from lrdesigner.gui.palette.model import CATEGORY_ROLE, HEADING_ROLE, KEY_ROLE, SHAPE_ROLE
from lrdesigner.gui.palette.rows import Heading
from lrdesigner.gui.palette.shapes import Shape
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import chevron
from lrdesigner.numerals import grouped

MIN_COLUMNS = 2
WIDE_CARD = 125
"""A wider palette gets a further column for each of these."""
LEFT, RIGHT, BELOW = 3, 2, 6
"""Room around a card in its cell; cells touch."""
CARD_HEIGHT = 54
HEADING_HEIGHT = 30
RADIUS = 6.0
_SQUARE = 7
_INSET = 4
"""Between a heading's frame and what it says."""
_COUNT = 20
"""Room for the chevron after the count."""
_CHEVRON_LINE = 1.4
_LINE = 1.6


class CardDelegate(QStyledItemDelegate):
    """Draws cards abreast, and headings over the whole width."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = 0
        self._marked = ""

    def set_width(self, width: int) -> bool:
        """Lay out for columns over that many pixels; returns whether it is a new width."""
        changed = width != self._width
        self._width = width
        return changed

    def set_marked(self, key: str) -> bool:
        """Outline the card of that scheduler; returns whether it is another one."""
        changed = key != self._marked
        self._marked = key
        return changed

    def heading_rect(self, cell: QRect) -> QRect:
        """The heading in its cell: as wide as the cards under it."""
        return cell.adjusted(LEFT, 2, -RIGHT, -4)

    def card_rect(self, cell: QRect) -> QRect:
        """The card in its cell."""
        return cell.adjusted(LEFT, 0, -RIGHT, -BELOW)

    def title_rect(self, card: QRect) -> QRect:
        """Where a card's title is written."""
        return card.adjusted(9, 0, -6, -4)

    def cell_rect(self, size: QSize) -> QRect:
        """The cell of a card of that size, the card at the origin."""
        return QRect(-LEFT, 0, size.width() + LEFT + RIGHT, size.height() + BELOW)

    # Qt

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        if index.data(KEY_ROLE) is None:
            return QSize(self._width, HEADING_HEIGHT)
        columns = max(MIN_COLUMNS, self._width // WIDE_CARD)
        return QSize(self._width // columns, CARD_HEIGHT + BELOW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        color = QColor(self._theme.tokens.category_color(str(index.data(CATEGORY_ROLE))))
        if index.data(KEY_ROLE) is None:
            self._paint_heading(painter, option, index.data(HEADING_ROLE), color)
        else:
            self._paint_card(painter, option, index, color)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, heading: Heading, color: QColor
    ) -> None:
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        whole = QRectF(self.heading_rect(option.rect))  # type: ignore[attr-defined]
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if heading.folded is not None and (focused or state & QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hover"))
            painter.drawRoundedRect(whole, RADIUS, RADIUS)
        if heading.folded is not None and focused:
            painter.setPen(QPen(self._theme.color("accent"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        rect = whole.toRect().adjusted(_INSET, 0, -_INSET, 0)
        square = QRectF(rect.left() + 0.5, 0, _SQUARE, _SQUARE)
        square.moveTop(whole.center().y() - _SQUARE / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(square, 2, 2)
        font = painter.font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.color("dim"))
        painter.drawText(rect.adjusted(14, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, heading.title)
        if heading.folded is None:
            return
        painter.setFont(self._theme.font("small"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -_COUNT, 0), right, grouped(heading.count))
        pen = QPen(self._theme.color("dim"), _CHEVRON_LINE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(
            chevron(QPointF(rect.right() - 4.0, whole.center().y()), not heading.folded)
        )

    def _paint_card(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        color: QColor,
    ) -> None:
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        card = QRectF(self.card_rect(option.rect))  # type: ignore[attr-defined]
        key = str(index.data(KEY_ROLE))
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover" if hovered or focused else "raised"))
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        if focused or key == self._marked:
            ring = self._theme.color("accent") if focused else color
            width = 2.0 if focused else 1.2
            painter.setPen(QPen(ring, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = width / 2
            painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        paint_shape(painter, card.adjusted(12, 9, -12, -25), index.data(SHAPE_ROLE), color)
        painter.setPen(self._theme.color("text"))
        words = self.title_rect(card.toRect())
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)


def paint_shape(painter: QPainter, place: QRectF, shape: Shape, color: QColor) -> None:
    """Draw a shape into a rectangle."""
    pen = QPen(color, _LINE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(place.left() + x * place.width(), place.bottom() - y * place.height())
                for x, y in shape
            ]
        )
    )
