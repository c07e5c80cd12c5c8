"""The gallery's cards: curve, title, what it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lrdesigner.gui.dialogs.recipe_model import RecipeModel
from lrdesigner.gui.dialogs.recipes import Recipe, Thumbnail
from lrdesigner.gui.theme import Theme

CARD = QSize(236, 168)
GAP = 12
_EDGE = 12
_TITLE = 21  # from the title's top to the lines below

Index = QModelIndex | QPersistentModelIndex


def paint_curve(painter: QPainter, area: QRectF, shape: Thumbnail, colors: tuple[str, ...]) -> None:
    """Draw a curve into an area, the first group on top."""
    xs = area.left() + shape.x * area.width()
    for row, color in reversed(list(zip(shape.y, colors, strict=True))):
        ys = area.bottom() - row * area.height()
        points = [QPointF(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
        painter.setPen(QPen(QColor(color), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))


def _words_height(lines: int) -> int:
    """Of a title and so many lines, in most faces; some have taller lines."""
    return _TITLE + 8 + 15 * lines


class RecipeDelegate(QStyledItemDelegate):
    """Paints an entry as a card.

    Args:
        theme: Colours and fonts.
        parent: Its owner.
        card: How large a card is.
        lines: How many lines the summary has.
    """

    def __init__(self, theme: Theme, parent: QWidget, card: QSize = CARD, lines: int = 3) -> None:
        super().__init__(parent)
        self._theme = theme
        self._usual = QSize(card)
        self._count = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.card + QSize(GAP, GAP)

    def set_width(self, width: int) -> None:
        """Make cards as wide as there is room for."""
        self._usual.setWidth(width)

    @property
    def card(self) -> QSize:
        """How large a card is."""
        return self._usual + QSize(0, self._words_height - _words_height(self._count))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        place: QRect = option.rect  # type: ignore[attr-defined]
        card = QRectF(QRect(place.topLeft(), self.card)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.line), 1.5 if chosen else 1))
        painter.setBrush(QColor(tokens.hover if hovered else tokens.raised))
        painter.drawRoundedRect(card, 7, 7)
        shape: Thumbnail | None = index.data(RecipeModel.THUMBNAIL)
        if shape is not None:
            colors = tokens.group_colors(len(shape.y))
            paint_curve(
                painter, card.adjusted(_EDGE, 14, -_EDGE, -self._words_height - 12), shape, colors
            )
        words = card.adjusted(_EDGE, card.height() - self._words_height, -_EDGE, -8)
        self._words(painter, words, index)
        painter.restore()

    @property
    def _words_height(self) -> int:
        lines = self._count * QFontMetrics(self._theme.font("small")).lineSpacing()
        return max(_words_height(self._count), self._title + lines + 8)

    @property
    def _title(self) -> int:
        return max(_TITLE, QFontMetrics(self._theme.font("strong")).lineSpacing() + 2)

    def _words(self, painter: QPainter, area: QRectF, index: Index) -> None:
        left = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._theme.font("strong"))
        painter.setPen(QColor(self._theme.tokens.text))
        title = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(area.width())
        )
        painter.drawText(area, left, title)
        painter.setFont(self._theme.font("small"))
        painter.setPen(QColor(self._theme.tokens.dim))
        recipe: Recipe = index.data(RecipeModel.RECIPE)
        found = _lines(painter, recipe.summary, area.width(), count=self._count)
        for number, line in enumerate(found):
            drop = self._title + number * painter.fontMetrics().lineSpacing()
            painter.drawText(area.adjusted(0, drop, 0, 0), left, line)


def _lines(painter: QPainter, text: str, width: float, count: int) -> list[str]:
    """A text broken into at most `count` lines, the last one elided."""
    layout = QTextLayout(text, painter.font())
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        if len(lines) == count - 1:
            rest = text[line.textStart() :]
            metrics = painter.fontMetrics()
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(width)))
            break
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines
