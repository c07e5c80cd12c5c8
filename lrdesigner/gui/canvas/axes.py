"""The labels along the plot: learning rates at the left, time below."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.state import XUnit
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import time_ticks, unit_text
from lrdesigner.schedule.model import Horizon

Ticks = Sequence[tuple[float, str]]

LEFT_WIDTH = 64
BOTTOM_HEIGHT = 30
RIGHT_WIDTH = 26.0
_GAP = 10.0
_NEAR, _EDGE = 6.0, 2.0
_CAPTION, _LIFT = 26.0, 7.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _LabelAxis(pg.GraphicsWidget):
    """Labels only, where and as they are told; the grid is drawn behind the curves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ticks: Ticks = ()
        self.setZValue(1)

    def set_ticks(self, ticks: Ticks) -> None:
        """Show these labels."""
        self._ticks = ticks
        self.update()

    @property
    def shown(self) -> Ticks:
        """The labels that are shown."""
        return self._ticks

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        painter.setFont(self._theme.font("small"))
        painter.setPen(QColor(self._theme.tokens.hint))
        self._draw_labels(painter, QFontMetricsF(painter.font()))

    def _draw_labels(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        raise NotImplementedError  # pragma: no cover - both axes define it


class LrAxisItem(_LabelAxis):
    """Learning rates, linear or in powers of ten."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFixedWidth(LEFT_WIDTH)
        self._scale: LrScale | None = None
        self._caption = ""

    def set_caption(self, text: str) -> None:
        """Say above the labels what is counted, where it is not LRs; "" for nothing."""
        if text != self._caption:
            self._caption = text
            self.prepareGeometryChange()
            self.update()

    def boundingRect(self) -> QRectF:
        # The caption stands above the plot, in the row of the legend.
        return QRectF(super().boundingRect()).adjusted(0, -_CAPTION, 0, 0)

    def set_scale(self, scale: LrScale, height: float) -> None:
        """Follow the scale, on that many pixels."""
        self._scale = scale
        self.set_ticks(scale.ticks(height))

    def _draw_labels(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        if self._scale is None:
            return
        size = self.size()
        span = self._scale.high - self._scale.low
        line = metrics.height()
        if self._caption:
            place = QRectF(0, -_LIFT - line, size.width() - _GAP, line)
            painter.drawText(place, _RIGHT, self._caption)
        for unit, text in self._ticks:
            y = size.height() * (1 - (unit - self._scale.low) / span)
            place = QRectF(0, y - line / 2, size.width() - _GAP, line)
            painter.drawText(place, _RIGHT, text)


class TimeAxisItem(_LabelAxis):
    """Steps, or whatever the time axis counts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFixedHeight(BOTTOM_HEIGHT)
        self._range = (0.0, 1.0)
        self._unit = ""

    def follow(
        self, first: float, last: float, unit: XUnit, horizon: Horizon, width: float
    ) -> None:
        """Follow the visible range, on that many pixels."""
        self._range, self._unit = (first, last), unit_text(unit, horizon)
        self.set_ticks(time_ticks(first, last, unit, horizon, width))

    def boundingRect(self) -> QRectF:
        # The unit's name stands in the corner under the other axis, end labels stick out.
        return QRectF(super().boundingRect()).adjusted(-LEFT_WIDTH, 0, RIGHT_WIDTH, 0)

    def _draw_labels(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        top, line = 6.0, metrics.height()
        named = metrics.horizontalAdvance(self._unit)
        free = 0.0
        for place, (step, text) in enumerate(self._ticks):
            half = metrics.horizontalAdvance(text) / 2
            x = self._inside(self._x(step), half, named)
            if not place:
                free = x - half
            label = QRectF(x - half - 1, top, 2 * half + 2, line)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
        right = min(-_GAP, free - _NEAR)
        corner = QRectF(-LEFT_WIDTH, top, LEFT_WIDTH + right, line)
        painter.drawText(corner, _RIGHT, self._unit)

    def _x(self, step: float) -> float:
        first, last = self._range
        return float(self.size().width()) * (step - first) / (last - first)

    def _inside(self, x: float, half: float, named: float) -> float:
        """A long label at either end moves in: it stays whole, and leaves room for the unit."""
        least = -LEFT_WIDTH + _EDGE + named + _NEAR + half
        most = float(self.size().width()) + RIGHT_WIDTH - _EDGE - half
        return max(least, min(x, most))
