"""A picture on the ground of the canvas, in a frame."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.theme import Theme

_ROUND = 7


class FramedPicture(QWidget):
    """Draws the ground and the frame; what is in it is the business of `paint_inside`.

    Args:
        theme: Colours.
        height: Pixels.
        parent: Where it stands.
    """

    def __init__(self, theme: Theme, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFixedHeight(height)
        theme.changed.connect(self.update)

    def paint_inside(self, painter: QPainter, area: QRectF) -> None:
        """Paint what the frame holds."""

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.window))
        painter.drawRoundedRect(area, _ROUND, _ROUND)
        self.paint_inside(painter, area)
