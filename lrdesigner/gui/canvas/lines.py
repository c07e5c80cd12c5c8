"""The curves, as items of a pyqtgraph view box that are stroked quickly whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.canvas.trace import Trace, trace

_DASHES = (4.0, 3.0)
_COLUMNS_PER_PIXEL = 2
_STAIRS = 6.0


class CurveItem(pg.GraphicsObject):
    """One curve, in steps and axis units."""

    def __init__(self) -> None:
        super().__init__()
        self.trace: Trace | None = None
        self._bounds = QRectF()
        self._pen = QPen()
        self._paths: list[QPainterPath] = []
        self._pieces: list[QLineF] = []
        self._columns: list[QRectF] = []

    def show_trace(self, shape: Trace, pen: QPen, bounds: QRectF, pixel: float) -> None:
        """Stroke this.

        Args:
            shape: What.
            pen: With what.
            bounds: The visible area, in steps and axis units.
            pixel: Steps of a pixel.
        """
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.trace, self._pen = shape, pen
        self._paths, self._pieces, self._columns = [], [], []
        if shape.stroke == "paths":
            self._paths = _paths(shape)
        elif shape.stroke == "pieces":
            points = list(zip(shape.x.tolist(), shape.y.tolist(), strict=True))
            self._pieces = [QLineF(*a, *b) for a, b in pairwise(points)]
        else:
            self._columns = _rects(shape, pixel)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self.trace is None:
            return
        if self._columns:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._pen.brush())
            painter.drawRects(self._columns)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.trace.smooth)
        pen = QPen(self._pen)
        # A cosmetic pen counts the screen's pixels, of which there may be two to one of ours.
        pen.setWidthF(pen.widthF() * painter.device().devicePixelRatio())
        painter.setPen(pen)
        if self._pieces:
            painter.drawLines(self._pieces)
        for path in self._paths:
            painter.drawPath(path)


class CurveLines:
    """One item per series, reused from one drawing to the next.

    Args:
        view: The view box that shows them.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        self._view = view
        self._items: list[CurveItem] = []

    @property
    def items(self) -> Sequence[CurveItem]:
        """The items, in the order of the series."""
        return self._items

    def draw(self, series: Sequence[Series], plane: Plane) -> None:
        """Show these series at this zoom."""
        while len(self._items) < len(series):
            item = CurveItem()
            self._view.addItem(item, ignoreBounds=True)
            self._items.append(item)
        for item in self._items[len(series) :]:
            self._view.removeItem(item)
        del self._items[len(series) :]
        first, last = plane.axis.range
        scale = plane.scale
        bounds = QRectF(first, scale.low, last - first, scale.high - scale.low)
        pixel = (last - first) / max(1.0, plane.rect.width())
        for place, (item, each) in enumerate(zip(self._items, series, strict=True)):
            shape = _trace(each, plane, len(series))
            item.setZValue(_depth(each, shape, place))
            item.show_trace(shape, _pen(each, shape), bounds, pixel)


def _depth(series: Series, shape: Trace, place: int) -> float:
    """Areas behind lines, overlays behind groups; of lines the first on top, of areas the last."""
    if shape.stroke == "columns":
        return place - 1000.0
    return (0.0 if series.dashed else 100.0) - place


def _trace(series: Series, plane: Plane, lines: int) -> Trace:
    first, last = plane.axis.range
    width = max(1.0, plane.rect.width())
    columns = int(width) * _COLUMNS_PER_PIXEL
    stretch, offset = series.stretch, series.offset
    x, values = series.samples.window(
        (first - offset) / stretch, (last - offset) / stretch, columns
    )
    scale = plane.scale
    per_step = width / (last - first)
    if per_step * stretch >= _STAIRS and not series.joined and (np.diff(x) <= 1).all():
        # Wide steps show what they are: the LR of step k holds until step k + 1.
        x, values = np.repeat(x, 2)[1:], np.repeat(values, 2)[:-1]
    return trace(
        x * stretch + offset,
        scale.units(values),
        per_step,
        plane.rect.height() / (scale.high - scale.low),
        series.width,
        lines,
    )


def _paths(shape: Trace) -> list[QPainterPath]:
    ends = [0, *shape.cuts, len(shape.x) - 1]
    return [
        pg.arrayToQPath(shape.x[a : b + 1], shape.y[a : b + 1], finiteCheck=False)
        for a, b in pairwise(ends)
    ]


def _rects(shape: Trace, pixel: float) -> list[QRectF]:
    left, low, high = shape.x[::2] - pixel / 2, shape.y[::2], shape.y[1::2]
    rows = zip(left.tolist(), low.tolist(), (high - low).tolist(), strict=True)
    return [QRectF(x, y, pixel, height) for x, y, height in rows]


def _pen(series: Series, shape: Trace) -> QPen:
    color = series.fill if shape.stroke == "columns" else series.color
    pen = QPen(QColor(color), series.width)
    pen.setCosmetic(True)
    # A round join paints over the line's soft edge: a curve would have a dot at every point.
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    # Pieces must not have round caps: all others take a fast way through the stroker.
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if series.dashed else Qt.PenCapStyle.SquareCap)
    if series.dashed:
        pen.setDashPattern(_DASHES)
    return pen
