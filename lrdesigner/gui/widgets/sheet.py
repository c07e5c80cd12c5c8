"""A surface that lies over the window for a while: rounded, with a soft shadow."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.theme import Theme

SHADOW = 14
RADIUS = 9.0
_DROP = 3
_DARKEST = {"dark": 46, "light": 20}


class Sheet(QWidget):
    """A child of the window above all its panels; what it holds stays within `inner`.

    No window of its own: it moves with the window, needs nothing of the window manager, and keys
    that belong to the window go on working.

    Args:
        theme: Colours.
        parent: The window.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setContentsMargins(self.shadow())
        theme.changed.connect(self.update)
        self.hide()

    @staticmethod
    def shadow() -> QMargins:
        """The room that the shadow takes around the surface."""
        return QMargins(SHADOW, SHADOW - _DROP, SHADOW, SHADOW + _DROP)

    @property
    def inner(self) -> QRectF:
        """The surface itself."""
        return QRectF(self.rect().marginsRemoved(self.shadow()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shadow(painter, self.inner, self._theme)
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        painter.setBrush(self._theme.color("panel"))
        painter.drawRoundedRect(self.inner.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def paint_shadow(painter: QPainter, inner: QRectF, theme: Theme) -> None:
    """Darken the ground around a surface, less the farther away."""
    painter.setPen(Qt.PenStyle.NoPen)
    darkest = _DARKEST[theme.scheme]
    for away in range(SHADOW, 0, -1):
        # The rings lie over one another: each adds a little to those outside it.
        color = QColor(0, 0, 0, max(1, round(darkest * (1 - away / SHADOW) ** 2 / 3)))
        painter.setBrush(color)
        ring = inner.adjusted(-away, -away + _DROP, away, away + _DROP)
        painter.drawRoundedRect(ring, RADIUS + away, RADIUS + away)
