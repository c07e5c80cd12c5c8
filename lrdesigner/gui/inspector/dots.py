"""The dot that ties a group's name to its line on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.theme import Theme

_RADIUS = 4.0


class GroupDot(QWidget):
    """A dot in the colour of a group's line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = 0
        self._names: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_group(self, place: int, names: tuple[str, ...]) -> None:
        """Which group it stands for, of groups with these names."""
        if (place, names) != (self._place, self._names):
            self._place, self._names = place, names
            self.update()

    def color(self) -> QColor:
        """The colour it is painted in."""
        return QColor(group_colors(self._theme.tokens, self._names)[self._place])

    def sizeHint(self) -> QSize:
        return QSize(10, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color())
        painter.drawEllipse(QRectF(self.rect()).center(), _RADIUS, _RADIUS)
