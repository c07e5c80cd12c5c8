"""Lines that say what has attracted something that is dragged."""

from __future__ import annotations

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lrdesigner.gui.canvas.layers import Layer, pixel
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.snapping import Guide
from lrdesigner.gui.theme import Theme

_STRENGTH = 0.75


class GuideLayer(Layer):
    """A line through the step, and one through the value, that something has snapped to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=9)
        self.guide = Guide()

    def show_guide(self, guide: Guide) -> None:
        """Show these lines; an empty guide hides them."""
        if guide != self.guide:
            self.guide = guide
            self.update()

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Hair lines in the accent's colour, from edge to edge."""
        guide = self.guide
        if guide == Guide():
            return
        color = QColor(self.theme.tokens.accent)
        color.setAlphaF(_STRENGTH)
        pen = QPen(color, 1.0, Qt.PenStyle.DashLine)
        pen.setDashPattern([6.0, 4.0])
        painter.setPen(pen)
        painter.setClipRect(plane.rect.adjusted(-1, -1, 1, 1))
        if guide.step is not None:
            x = pixel(plane.x_of(guide.step))
            painter.drawLine(QLineF(x, plane.rect.top(), x, plane.rect.bottom()))
        if guide.level is not None:
            y = pixel(plane.y_of(guide.level))
            painter.drawLine(QLineF(plane.rect.left(), y, plane.rect.right(), y))
