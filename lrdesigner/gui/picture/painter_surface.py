"""Painting with Qt: for PNG, PDF, the printer and the preview on screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from lrdesigner.axes import FloatArray
from lrdesigner.gui.picture.lettering import lettering, width_of
from lrdesigner.gui.picture.surface import Align, Stroke, Style

_TURNS = 4


class PainterSurface:
    """A surface over a painter.

    Args:
        painter: Set up so that its unit is a pixel of a web page.
        grid: Pixels of the device to one unit, where hair lines are to lie on whole pixels;
            None for paper, which has none.
    """

    def __init__(self, painter: QPainter, grid: float | None = None) -> None:
        self._painter = painter
        self._grid = grid
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Names mean nothing here."""
        del name
        yield

    def rect(
        self, x: float, y: float, width: float, height: float, color: str, opacity: float = 1.0
    ) -> None:
        """Fill a rectangle."""
        self._painter.fillRect(QRectF(x, y, width, height), _color(color, opacity))

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: Stroke) -> None:
        """A straight line; an upright or level one is crisp."""
        pen = _pen(stroke)
        if self._grid is not None and (x1 == x2 or y1 == y2):
            width = max(1.0, round(stroke.width * self._grid))
            pen.setWidthF(width / self._grid)
            if x1 == x2:
                x1 = x2 = self._snapped(x1, width, self._grid)
            else:
                y1 = y2 = self._snapped(y1, width, self._grid)
        self._painter.setPen(pen)
        self._painter.drawLine(QLineF(x1, y1, x2, y2))

    @staticmethod
    def _snapped(place: float, width: float, grid: float) -> float:
        return (round(place * grid - width / 2) + width / 2) / grid

    def polyline(self, xs: FloatArray, ys: FloatArray, stroke: Stroke) -> None:
        """A line through points.

        In pixels it is drawn in pieces where it goes up and down a lot: the work for one that hangs
        together grows with the square of that.
        """
        pen = _pen(stroke)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        pieces = [slice(0, len(xs))] if self._grid is None else _pieces(ys)
        passed = 0.0
        for piece in pieces:
            if stroke.dash:  # the dashes go on where those of the piece before ended
                pen.setDashOffset(passed / stroke.width)
                passed += float(np.hypot(np.diff(xs[piece]), np.diff(ys[piece])).sum())
            self._painter.setPen(pen)
            self._painter.drawPolyline(_points(xs[piece], ys[piece]))

    def polygon(
        self, xs: FloatArray, ys: FloatArray, color: str, stroke: Stroke | None = None
    ) -> None:
        """Fill what a line through points encloses, and stroke its edge."""
        self._painter.setPen(_pen(stroke) if stroke else QPen(Qt.PenStyle.NoPen))
        self._painter.setBrush(QColor(color))
        self._painter.drawPolygon(_points(xs, ys), Qt.FillRule.WindingFill)

    def circle(self, x: float, y: float, radius: float, color: str, stroke: Stroke) -> None:
        """A disc with an edge; no colour leaves it empty."""
        self._painter.setPen(_pen(stroke))
        self._painter.setBrush(QColor(color) if color else Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(QPointF(x, y), radius, radius)

    def text(
        self, text: str, x: float, baseline: float, style: Style, align: Align = "left"
    ) -> None:
        """A line of text."""
        if align != "left":
            x -= width_of(text, style) / (2 if align == "center" else 1)
        self._painter.setFont(lettering(style))
        self._painter.setPen(QColor(style.color))
        self._painter.drawText(QPointF(x, baseline), text)


def _pieces(ys: FloatArray) -> list[slice]:
    """The stretches of a line between some of its turns; neighbours share a point."""
    rise = np.diff(ys)
    turns = (np.flatnonzero(rise[:-1] * rise[1:] < 0) + 1)[_TURNS - 1 :: _TURNS].tolist()
    ends = [0, *turns, len(ys) - 1]
    return [slice(start, end + 1) for start, end in pairwise(ends) if end > start]


def _points(xs: FloatArray, ys: FloatArray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)])


def _color(color: str, opacity: float) -> QColor:
    found = QColor(color)
    if opacity < 1:
        found.setAlphaF(opacity)
    return found


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(_color(stroke.color, stroke.opacity), stroke.width)
    # A round join paints over the line's soft edge: a curve would have a dot at every point.
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.dash else Qt.PenCapStyle.RoundCap)
    if stroke.dash:
        pen.setDashPattern(stroke.dash)
    return pen
