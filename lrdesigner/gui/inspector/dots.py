"""The dot that ties a group's name to its line on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lrdesigner.gui.theme import Theme

_RADIUS = 4.0


class GroupDot(QWidget):
    """A dot in the colour of a group's line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place, self._count = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_place(self, place: int, count: int) -> None:
        """Which of how many groups it stands for."""
        if (place, count) != (self._place, self._count):
            self._place, self._count = place, count
            self.update()

    def color(self) -> QColor:
        """The colour it is painted in."""
        return QColor(self._theme.tokens.group_colors(self._count)[self._place])

    def sizeHint(self) -> QSize:
        return QSize(10, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color())
        painter.drawEllipse(QRectF(self.rect()).center(), _RADIUS, _RADIUS)
