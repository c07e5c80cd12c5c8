"""The legend: a row above the plot, so that it never covers a curve."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from lrdesigner.gui.canvas.layers import Layer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.theme import Theme

HEIGHT = 24.0
_SWATCH, _NEAR, _FAR = 18.0, 6.0, 18.0
_WIDEST = 200.0
_LIFT = 7.0


class LegendLayer(Layer):
    """A swatch and a name for each line; what finds no room is counted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=5)
        self.series: Sequence[Series] = ()

    @property
    def wanted(self) -> bool:
        """One line needs no legend."""
        return len(self.series) > 1

    def entries(self, width: float) -> tuple[list[tuple[Series, str, float]], int]:
        """What is shown on that many pixels (line, text, left edge), and how many lines are not."""
        metrics = QFontMetricsF(self.theme.font("small"))
        found: list[tuple[Series, str, float]] = []
        x = 0.0
        for place, each in enumerate(self.series):
            text = metrics.elidedText(each.name, Qt.TextElideMode.ElideMiddle, _WIDEST)
            needed = _SWATCH + _NEAR + metrics.horizontalAdvance(text)
            rest = len(self.series) - place - 1
            reserve = metrics.horizontalAdvance(_more(rest)) + _FAR if rest else 0.0
            if x + needed + reserve > width:
                return found, rest + 1
            found.append((each, text, x))
            x += needed + _FAR
        return found, 0

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """One row, from the plot's left edge on."""
        if not self.wanted:
            return
        tokens = self.theme.tokens
        metrics = QFontMetricsF(self.theme.font("small"))
        painter.setFont(self.theme.font("small"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = plane.rect.top() - _LIFT - metrics.height()
        middle = top + metrics.height() / 2
        shown, hidden = self.entries(plane.rect.width())
        end = plane.rect.left()
        for each, text, shift in shown:
            left = plane.rect.left() + shift
            pen = QPen(QColor(each.color), 1.6 if each.dashed else 2.4)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if each.dashed else Qt.PenCapStyle.RoundCap)
            if each.dashed:
                pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.drawLine(QLineF(left + 1, middle, left + _SWATCH - 1, middle))
            painter.setPen(QColor(tokens.dim))
            place = QRectF(left + _SWATCH + _NEAR, top, _WIDEST + 4, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            end = place.left() + metrics.horizontalAdvance(text) + _FAR
        if hidden:
            painter.setPen(QColor(tokens.hint))
            place = QRectF(end, top, 120, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _more(hidden))


def _more(count: int) -> str:
    return f"+ {count} more"
