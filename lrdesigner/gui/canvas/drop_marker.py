"""Shows where a dragged scheduler would go."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lrdesigner.gui.canvas.layers import Layer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.dropping import Landing
from lrdesigner.gui.theme import Theme


class DropMarker(Layer):
    """The band the new phase would take, in its category's colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=15)
        self.landing: Landing | None = None

    def show_landing(self, landing: Landing | None) -> None:
        """Show this place; None hides the marker."""
        if landing != self.landing:
            self.landing = landing
            self.update()

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """A tinted band between two lines, with the scheduler's name."""
        landing = self.landing
        if landing is None:
            return
        tokens = self.theme.tokens
        color = QColor(tokens.category_color(landing.category))
        left, right = plane.x_of(landing.start), plane.x_of(landing.end)
        area = QRectF(left, plane.rect.top(), right - left, plane.rect.height())
        area = area.intersected(plane.rect)
        tint = QColor(color)
        tint.setAlphaF(0.16)
        painter.fillRect(area, tint)
        painter.setPen(QPen(color, 2.0))
        painter.drawLine(QLineF(area.left(), area.top(), area.left(), area.bottom()))
        painter.drawLine(QLineF(area.right(), area.top(), area.right(), area.bottom()))
        painter.setFont(self.theme.font("strong"))
        painter.setPen(QColor(tokens.readable(tokens.category_color(landing.category))))
        place = area.adjusted(8, 6, 200, 0)
        corner = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, corner, landing.title)
