"""The picture in a lane: its own value axis, the time axis of the canvas. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.axes import LEFT_WIDTH, LrAxisItem
from lrdesigner.gui.canvas.guides import GuideLayer
from lrdesigner.gui.canvas.knob_layer import KnobLayer
from lrdesigner.gui.canvas.lane_content import LaneContent, LaneScale
from lrdesigner.gui.canvas.lane_marks import PointsLayer, WindowsLayer
from lrdesigner.gui.canvas.layers import Band, GroundLayer, Layer
from lrdesigner.gui.canvas.lines import CurveLines
from lrdesigner.gui.canvas.marks import MarksLayer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.readout import CursorLayer
from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.theme import Theme

_TOP, _BOTTOM = 4.0, 6.0
_STALE = 0.4


class LanePlot(pg.GraphicsView):
    """Lines and marks over the visible time.

    Args:
        axis: The time axis of the canvas, which also says where the plot's area lies.
        theme: Colours and fonts.
        parent: The lane, which takes the mouse.
    """

    def __init__(self, axis: TimeAxis, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)
        self._axis = axis
        self._theme = theme
        self._scale = LaneScale.around(())
        self._x_lines: Sequence[float] = ()
        self.series: Sequence[Series] = ()
        self._drawn: tuple[object, ...] = ()
        self._awaited = False
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._box.setDefaultPadding(0.0)
        self._box.disableAutoRange()
        self._box.setZValue(0)  # by itself it would lie behind bands and grid
        self._values = LrAxisItem(theme)
        self.ground = GroundLayer(theme)
        self.windows = WindowsLayer(theme)
        self.points = PointsLayer(theme)
        self.cursor_line = CursorLayer(theme)
        self.guides = GuideLayer(theme)
        self.marks = MarksLayer(theme)
        self.knobs = KnobLayer(theme, self.marks)
        self._layers: tuple[Layer, ...] = (
            self.ground,
            self.windows,
            self.points,
            self.cursor_line,
            self.guides,
            self.marks,
            self.knobs,
        )
        for item in (self._box, self._values, *self._layers):
            self.scene().addItem(item)
        self.lines = CurveLines(self._box)
        self.recolor()

    @property
    def plane(self) -> Plane:
        """The mapping of the plot's area."""
        left, right = self._axis.pixels
        height = max(1.0, self.height() - _TOP - _BOTTOM)
        return Plane(QRectF(left, _TOP, right - left, height), self._axis, self._scale)

    @property
    def labels(self) -> list[str]:
        """The labels of the value axis."""
        return [text for _, text in self._values.shown]

    @property
    def scale_(self) -> LaneScale:
        """The value axis (`scale` is QGraphicsView's own)."""
        return self._scale

    def show_content(self, content: LaneContent, *, keep_scale: bool = False) -> None:
        """Show this (from the next `redraw` on).

        Args:
            content: Lines and marks.
            keep_scale: Let the value axis stand still, unless something would leave it.
        """
        tokens, total = self._theme.tokens, self._axis.total
        self.series = [
            line.series(tokens, total, place) for place, line in enumerate(content.lines)
        ]
        levels = [r.value for r in content.marks.rules if r.step is None]
        extents = [each.samples.extent for each in self.series]
        extents += [Extent(value, value, value) for value in levels]
        wanted = LaneScale.around(extents, content.log, content.most)
        if not (keep_scale and self._scale.covers(wanted)):
            self._scale = wanted
        self._drawn = ()
        self._awaited = content.awaited
        self.windows.set_windows(content.marks.windows)
        self.points.set_marks(content.marks)
        self._box.setOpacity(_STALE if content.stale else 1.0)

    def set_ground(self, bands: Sequence[Band], x_lines: Sequence[float]) -> None:
        """The phases' bands and the grid of the canvas (at the next `redraw`)."""
        self.ground.bands, self._x_lines = bands, x_lines

    def redraw(self) -> None:
        """Bring everything to the present range, scale and size."""
        plane = self.plane
        rect = plane.rect
        if rect.width() < 2 or rect.height() < 8 or not self.isVisible():
            return
        drawn: tuple[object, ...] = (
            rect,
            self._axis.range,
            self._scale,
            self.series,
            self.ground.bands,
        )
        drawn = (*drawn, self._x_lines, self.size(), self._theme.tokens.scheme)
        if drawn == self._drawn:
            return  # canvas and lane both ask for it when a document comes
        self._drawn = drawn
        self._box.setGeometry(rect)
        self._values.setGeometry(QRectF(0, rect.top(), LEFT_WIDTH, rect.height()))
        first, last = self._axis.range
        self._box.setRange(
            xRange=(first, last), yRange=(self._scale.low, self._scale.high), padding=0
        )
        if self._awaited:
            self._values.set_ticks(())
        else:
            self._values.set_scale(self._scale, rect.height())
        self.ground.x_lines = self._x_lines
        self.ground.y_lines = [unit for unit, _ in self._values.shown]
        self.lines.draw(self.series, plane)
        bounds = QRectF(self.rect())
        for layer in self._layers:
            layer.place(plane, bounds)

    def show_cursor(self, step: int | None) -> None:
        """Stand at a step, with a point on each line; None: nowhere."""
        dots = []
        if step is not None:
            values = ((each.value_at(step), each.color) for each in self.series)
            dots = [(value, color) for value, color in values if value is not None]
        self.cursor_line.show_at(step, dots)

    def recolor(self) -> None:
        """Take on the theme's colours."""
        self.setBackground(QColor(self._theme.tokens.window))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "lines"):
            self.redraw()
