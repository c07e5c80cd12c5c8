"""The curves, as items of a pyqtgraph view box that are stroked quickly whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.canvas.sight import Sight, Traced, traced
from lrdesigner.gui.canvas.trace import Trace

_DASHES = (4.0, 3.0)


class CurveItem(pg.GraphicsObject):
    """One curve, in steps of the document from where it begins, and axis units.

    What was made for one view serves others as long as it can: most of a pan or a zoom costs
    nothing but the painting, and so does a curve that is shifted.

    Attributes:
        made: How often what is stroked had to be made.
    """

    def __init__(self) -> None:
        super().__init__()
        self.made = 0
        self._traced: Traced | None = None
        self._given: tuple[Series, Sight, int] | None = None
        self._series: Series | None = None
        self._lines = 0
        self._bounds = QRectF()
        self._pen = QPen()
        self._paths: list[QPainterPath] = []
        self._pieces: list[QLineF] = []
        self._columns: list[QRectF] = []

    @property
    def trace(self) -> Trace | None:
        """What is stroked, in steps of the document."""
        if self._traced is None:
            return None
        shape, begin = self._traced.shape, self.pos().x()
        return replace(shape, x=shape.x + begin) if begin else shape

    def show_series(self, series: Series, sight: Sight, lines: int, place: int) -> None:
        """Stroke a line.

        Args:
            series: The line.
            sight: What of it is looked at.
            lines: How many there are.
            place: Which of them it is.
        """
        known_line = self._given is not None and self._given[0] is series
        if known_line and self._given == (series, sight, lines):
            return
        self._given = (series, sight, lines)
        if series.offset != self.pos().x():
            self.setPos(series.offset, 0.0)
        if series.offset:
            sight = sight.moved(-series.offset)
        # Where it begins, and what is said of it, makes no other line.
        if known_line and self._series is not None:
            series = self._series
        elif series.offset or series.note:
            series = replace(series, offset=0.0, note="")
        if sight.bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = sight.bounds
        known, line, self._series = self._traced, self._series, series
        same = line is not None and line.samples is series.samples and lines == self._lines
        if same and line == series and known is not None and known.serves(sight):
            return
        self._lines = lines
        # Only while the view moves and the line does not, more is made than is seen.
        before = known.sight if same and known is not None and known.sight != sight else None
        self._traced = traced(series, sight, lines, before, place)
        self.made += 1
        self._stroke(series, self._traced.shape, sight.step_of_pixel)
        self.setZValue(_depth(series, self._traced.shape, place))
        self.update()

    def _stroke(self, series: Series, shape: Trace, pixel: float) -> None:
        self._pen = _pen(series, shape)
        self._paths, self._pieces, self._columns = [], [], []
        if shape.stroke == "paths":
            self._paths = _paths(shape)
        elif shape.stroke == "pieces":
            points = list(zip(shape.x.tolist(), shape.y.tolist(), strict=True))
            self._pieces = [QLineF(*a, *b) for a, b in pairwise(points)]
        else:
            self._columns = _rects(shape, pixel)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self._traced is None:
            return
        if self._columns:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._pen.brush())
            painter.drawRects(self._columns)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._traced.shape.smooth)
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
        sight = Sight.of(plane)
        for place, (item, each) in enumerate(zip(self._items, series, strict=True)):
            item.show_series(each, sight, len(series), place)


def _depth(series: Series, shape: Trace, place: int) -> float:
    """Areas behind lines, overlays behind groups; of lines the first on top, of areas the last."""
    if shape.stroke == "columns":
        return place - 1000.0
    return (50.0 if series.strong else 0.0 if series.quiet else 100.0) - place


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
        pen.setDashPattern(series.dashes or _DASHES)
    return pen
