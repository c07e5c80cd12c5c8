"""The curves, as pyqtgraph items that are stroked quickly whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.canvas.trace import Trace, trace

_DASHES = (4.0, 3.0)
_COLUMNS_PER_PIXEL = 2


class CurveLines:
    """One `PlotCurveItem` per series, reused from one drawing to the next.

    Args:
        view: The view box that shows them.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        self._view = view
        self._items: list[pg.PlotCurveItem] = []
        self.traces: tuple[Trace, ...] = ()

    @property
    def items(self) -> Sequence[pg.PlotCurveItem]:
        """The items, in the order of the series."""
        return self._items

    def draw(self, series: Sequence[Series], plane: Plane) -> None:
        """Show these series at this zoom."""
        while len(self._items) < len(series):
            item = pg.PlotCurveItem(skipFiniteCheck=True)
            self._view.addItem(item, ignoreBounds=True)
            self._items.append(item)
        for item in self._items[len(series) :]:
            self._view.removeItem(item)
        del self._items[len(series) :]
        self.traces = tuple(_trace(each, plane) for each in series)
        for place, (item, each, shape) in enumerate(
            zip(self._items, series, self.traces, strict=True)
        ):
            item.setZValue((0 if each.dashed else 100) - place)  # the first group on top
            # As one wide path, a thousand steep zigzags would take half a minute.
            item.setSegmentedLineMode("off" if shape.stroke == "path" else "on")
            item.setData(
                shape.x,
                shape.y,
                pen=_pen(each, shape),
                antialias=shape.smooth,
                connect="pairs" if shape.stroke == "columns" else "all",
                skipFiniteCheck=True,
            )


def _trace(series: Series, plane: Plane) -> Trace:
    first, last = plane.axis.range
    width = max(1.0, plane.rect.width())
    columns = int(width) * _COLUMNS_PER_PIXEL
    stretch = series.stretch
    x, values = series.samples.window(first / stretch, last / stretch, columns)
    scale = plane.scale
    return trace(
        x * stretch,
        scale.units(values),
        width / (last - first),
        plane.rect.height() / (scale.high - scale.low),
        series.width,
    )


def _pen(series: Series, shape: Trace) -> QPen:
    columns = shape.stroke == "columns"
    pen = QPen(QColor(series.color), 1.0 if columns else series.width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    # Pieces must not have round caps: any other takes a fast way through the stroker.
    flat = columns or series.dashed
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if flat else Qt.PenCapStyle.SquareCap)
    if series.dashed and not columns:
        pen.setDashPattern(_DASHES)
    return pen
