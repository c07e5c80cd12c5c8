"""Painting a picture: one function for every kind of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from lrdesigner.axes import Axis, simplified, staircase, time_axis, value_axis
from lrdesigner.gui.picture.content import Band, Content, Line
from lrdesigner.gui.theme.fonts import font
from lrdesigner.gui.theme.tokens import Tokens

MARGIN = 24.0
GAP = 8.0
SAMPLE = 24.0
MAX_LEGEND_ROWS = 3
POINTS_PER_PIXEL = 2
TOLERANCE = 0.08
GRID_OPACITY = 0.7

Align = Literal["left", "center", "right"]


def paint(painter: QPainter, area: QRectF, content: Content, tokens: Tokens) -> None:
    """Paint the whole picture into `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, QColor(tokens.window))
    _Painting(painter, area, content, tokens).run()


@dataclass
class _Painting:
    """One run of painting; keeps what every part of it needs."""

    painter: QPainter
    area: QRectF
    content: Content
    tokens: Tokens

    def run(self) -> None:
        top = self._header(self.area.adjusted(MARGIN, MARGIN - 2, -MARGIN, 0))
        height = self.area.bottom() - 54 - top
        values = value_axis(
            (line.values for line in self.content.lines),
            log=self.content.log,
            marks=max(2, int(height / 40)),
        )
        labels = QFontMetricsF(_sized(12))
        left = max((labels.horizontalAdvance(text) for text in values.labels), default=0.0)
        plot = QRectF(self.area.left() + MARGIN + left + 10, top, 0, height)
        plot.setRight(self.area.right() - MARGIN)
        times = time_axis(self.content.end, max(2, int(plot.width() / 76)))
        self._bands(plot, times)
        self._grid(plot, times, values)
        self._boundaries(plot, times)
        self._lines(plot, times, values)

    # -- above the plot ------------------------------------------------------------------------

    def _header(self, area: QRectF) -> float:
        """Title, subtitle and legend; returns where the plot begins."""
        self._text(self.content.title, area.left(), area.top() + 14, _sized(16, strong=True),
                   self.tokens.text, room=area.width())  # fmt: skip
        self._text(self.content.subtitle, area.left(), area.top() + 35, _sized(12),
                   self.tokens.dim, room=area.width())  # fmt: skip
        return self._legend(area, area.top() + 60) + 36

    def _legend(self, area: QRectF, baseline: float) -> float:
        """The names of the lines in rows; returns the last row's base line."""
        lines = self.content.lines[::-1]
        if len(lines) == 1:
            return baseline - 24  # the title says all
        style = _sized(12)
        metrics = QFontMetricsF(style)
        x, row = area.left(), 1
        for index, line in enumerate(lines):
            name = metrics.elidedText(line.name, Qt.TextElideMode.ElideMiddle, 240)
            width = SAMPLE + GAP + metrics.horizontalAdvance(name)
            more = f"and {len(lines) - index} more" if index + 1 < len(lines) else ""
            room = metrics.horizontalAdvance(more) + 20 if row == MAX_LEGEND_ROWS and more else 0.0
            if x > area.left() and x + width + room > area.right():
                if row == MAX_LEGEND_ROWS:
                    self._text(f"and {len(lines) - index} more", x, baseline, style,
                               self.tokens.hint)  # fmt: skip
                    break
                x, row, baseline = area.left(), row + 1, baseline + 20
            self.painter.setPen(_line_pen(line))
            self.painter.drawLine(QLineF(x, baseline - 4, x + SAMPLE, baseline - 4))
            self._text(name, x + SAMPLE + GAP, baseline, style, self.tokens.text)
            x += width + 20
        return baseline

    # -- the plot ------------------------------------------------------------------------------

    def _bands(self, plot: QRectF, times: Axis) -> None:
        for band in self.content.bands:
            left, right = self._band_sides(band, plot, times)
            fill = QColor(self.tokens.band_fill(band.category))
            self.painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), fill)

    def _boundaries(self, plot: QRectF, times: Axis) -> None:
        """Dotted lines between the phases, and their names above the plot."""
        style = _sized(11)
        for band in self.content.bands:
            left, right = self._band_sides(band, plot, times)
            if band.start > 0:
                pen = QPen(QColor(self.tokens.line_strong), 1.0)
                pen.setDashPattern([2.0, 3.0])
                self.painter.setPen(pen)
                self.painter.drawLine(QLineF(left, plot.top(), left, plot.bottom()))
            if right - left > 36:
                color = self.tokens.readable(self.tokens.category_color(band.category))
                self._text(band.title, (left + right) / 2, plot.top() - 7, style, color,
                           align="center", room=right - left - 8)  # fmt: skip

    def _band_sides(self, band: Band, plot: QRectF, times: Axis) -> tuple[float, float]:
        sides = np.array([band.start, band.end]) * self.content.band_scale
        left, right = plot.left() + times.place(sides) * plot.width()
        return float(left), float(right)

    def _grid(self, plot: QRectF, times: Axis, values: Axis) -> None:
        style = _sized(12)
        color = QColor(self.tokens.line)
        color.setAlphaF(GRID_OPACITY)
        self.painter.setPen(QPen(color, 1.0))
        ys = plot.bottom() - values.place(np.array(values.ticks)) * plot.height()
        xs = plot.left() + times.place(np.array(times.ticks)) * plot.width()
        for y in ys:
            self.painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        for x in xs:
            self.painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        for y, text in zip(ys, values.labels, strict=True):
            self._text(text, plot.left() - 10, y + 4.5, style, self.tokens.hint, align="right")
        for x, text in zip(xs, times.labels, strict=True):
            self._text(text, x, plot.bottom() + 19, style, self.tokens.hint, align="center")
        self._text("LR", plot.left() - 10, plot.top() - 7, style, self.tokens.dim, align="right")
        self._text("epoch" if self.content.unit == "epochs" else "step",
                   plot.right(), plot.bottom() + 38, style, self.tokens.dim,
                   align="right")  # fmt: skip

    def _lines(self, plot: QRectF, times: Axis, values: Axis) -> None:
        self.painter.save()
        # Room for the pen at the top, and for nothing that log cannot show at the bottom.
        self.painter.setClipRect(plot.adjusted(-2, -2, 2, 2))
        for line in self.content.lines:
            width = plot.width() * min(1.0, len(line.values) * line.scale / times.high)
            xs, ys = staircase(line.values, max(1, int(width * POINTS_PER_PIXEL)))
            across = plot.left() + times.place(xs * line.scale) * plot.width()
            down = plot.bottom() - values.place(ys) * plot.height()
            keep = simplified(across, down, TOLERANCE)
            kept = zip(across[keep].tolist(), down[keep].tolist(), strict=True)
            points = QPolygonF([QPointF(x, y) for x, y in kept])
            self.painter.setPen(_line_pen(line))
            self.painter.drawPolyline(points)
        self.painter.restore()

    def _text(
        self,
        text: str,
        x: float,
        baseline: float,
        style: QFont,
        color: str,
        *,
        align: Align = "left",
        room: float = 0.0,
    ) -> None:
        """Write a line, as outlines: an SVG then looks the same where the font is missing."""
        metrics = QFontMetricsF(style)
        if room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        x -= {"left": 0.0, "center": width / 2, "right": width}[align]
        x = min(x, self.area.right() - 8 - width)  # a long last tick label stays whole
        path = QPainterPath()
        path.addText(QPointF(x, baseline), style, text)
        self.painter.fillPath(path, QColor(color))


def _line_pen(line: Line) -> QPen:
    pen = QPen(QColor(line.color), line.width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if line.dash else Qt.PenCapStyle.RoundCap)
    if line.dash:
        pen.setDashPattern(line.dash)
    return pen


def _sized(pixels: int, *, strong: bool = False) -> QFont:
    """The application's font in pixels of the picture, whatever the screen's resolution."""
    style = font("strong" if strong else "ui")
    style.setPixelSize(pixels)
    style.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return style
