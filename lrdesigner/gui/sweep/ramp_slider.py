"""A slider whose groove shows the colours of the values it goes through."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from lrdesigner.gui.sweep_look import ramp_color
from lrdesigner.gui.theme import Theme

_HANDLE = 7.0
_GROOVE = 4.0
_COLORS = 9


class RampSlider(QAbstractSlider):
    """Each place is a value; a press anywhere goes there.

    Args:
        theme: Where the colours come from.
        colored: Whether the groove is the ramp, or a plain line.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, *, colored: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colored = colored
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        self.valueChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(180, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 24)

    def handle_center(self) -> QPointF:
        """Where the handle is."""
        return QPointF(self._x_of(self.value()), self.height() / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event.position().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event.position().x())
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = self._x_of(self.minimum()), self._x_of(self.maximum())
        middle = self.height() / 2
        groove = QRectF(left, middle - _GROOVE / 2, max(1.0, right - left), _GROOVE)
        if self._colored:
            gradient = QLinearGradient(groove.topLeft(), groove.topRight())
            for place in range(_COLORS):
                share = place / (_COLORS - 1)
                gradient.setColorAt(share, QColor(ramp_color(tokens, share)))
            painter.setBrush(gradient)
        else:
            painter.setBrush(QColor(tokens.line_strong))
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        color = QColor(ramp_color(tokens, self._share()) if self._colored else tokens.dim)
        ring = QColor(tokens.accent) if self.hasFocus() else color
        painter.setPen(QPen(ring, 2.0))
        painter.setBrush(color if self.isSliderDown() else QColor(tokens.panel))
        painter.drawEllipse(self.handle_center(), _HANDLE - 1, _HANDLE - 1)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(self.handle_center(), 2.5, 2.5)

    def _share(self) -> float:
        span = self.maximum() - self.minimum()
        return (self.value() - self.minimum()) / span if span else 0.0

    def _x_of(self, value: int) -> float:
        span = self.maximum() - self.minimum()
        share = (value - self.minimum()) / span if span else 0.5
        return _HANDLE + share * (self.width() - 2 * _HANDLE)

    def _go(self, x: float) -> None:
        share = (x - _HANDLE) / max(1.0, self.width() - 2 * _HANDLE)
        span = self.maximum() - self.minimum()
        self.setValue(self.minimum() + round(min(max(share, 0.0), 1.0) * span))
