"""The picture: curves, axes and all around them. It shows and measures, it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.axes import RIGHT_WIDTH, LrAxisItem, TimeAxisItem
from lrdesigner.gui.canvas.drop_marker import DropMarker
from lrdesigner.gui.canvas.fan import FanLayer
from lrdesigner.gui.canvas.guides import GuideLayer
from lrdesigner.gui.canvas.knob_layer import KnobLayer
from lrdesigner.gui.canvas.layers import GroundLayer, Layer
from lrdesigner.gui.canvas.legend import HEIGHT as LEGEND_HEIGHT
from lrdesigner.gui.canvas.legend import LegendLayer
from lrdesigner.gui.canvas.lines import CurveLines
from lrdesigner.gui.canvas.marks import MarksLayer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.readout import CursorLayer, ReadoutBox
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.state import XUnit
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Horizon

TOP, BOTTOM = 18.0, 2.0


class PlotView(pg.GraphicsView):
    """The picture of one document.

    Signals:
        resized: The plot's area lies elsewhere.
    """

    resized = Signal()

    def __init__(self, axis: TimeAxis, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        # The panel around it takes the mouse and the keyboard, in one set of coordinates.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)
        self._axis = axis
        self._theme = theme
        self._series: Sequence[Series] = ()
        self._unit: XUnit = "epochs"
        self._horizon = Horizon()
        self._scale = LrScale.fit((), log=True)
        self._build_plot(theme)
        self.ground = GroundLayer(theme)
        self.fan = FanLayer(theme, self)
        self.legend = LegendLayer(theme)
        self.cursor_line = CursorLayer(theme)
        self.guides = GuideLayer(theme)
        self.marks = MarksLayer(theme)
        self.knobs = KnobLayer(theme, self.marks)
        self.drop_marker = DropMarker(theme)
        self.readout = ReadoutBox(theme)
        self._layers: tuple[Layer, ...] = (
            self.ground,
            self.fan,
            self.legend,
            self.cursor_line,
            self.guides,
            self.marks,
            self.knobs,
            self.drop_marker,
            self.readout,
        )
        for layer in self._layers:
            self.scene().addItem(layer)
        self._box.sigResized.connect(self._on_resized)
        self.recolor()

    def _build_plot(self, theme: Theme) -> None:
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._box.setDefaultPadding(0.0)
        self._box.disableAutoRange()
        self._lr_axis = LrAxisItem(theme)
        self._time_axis = TimeAxisItem(theme)
        layout = self.centralLayout
        layout.setSpacing(0)
        layout.addItem(self._lr_axis, 0, 0)
        layout.addItem(self._box, 0, 1)
        layout.addItem(self._time_axis, 1, 1)
        self._set_margins()
        self.lines = CurveLines(self._box)

    def _set_margins(self) -> None:
        legend = LEGEND_HEIGHT - 6 if len(self._series) > 1 else 0.0
        self.centralLayout.setContentsMargins(0, TOP + legend, RIGHT_WIDTH, BOTTOM)
        self.centralLayout.activate()

    # -- what is shown -------------------------------------------------------------------------

    @property
    def plane(self) -> Plane:
        """The mapping of the plot's area."""
        return Plane(self._box.mapRectToScene(self._box.rect()), self._axis, self._scale)

    @property
    def scale_(self) -> LrScale:
        """The LR axis (`scale` is taken: QGraphicsView's own)."""
        return self._scale

    @property
    def series(self) -> Sequence[Series]:
        """The lines."""
        return self._series

    @property
    def box(self) -> pg.ViewBox:
        """The view box the curves are in."""
        return self._box

    @property
    def time_labels(self) -> list[str]:
        """The labels of the time axis."""
        return [text for _, text in self._time_axis.shown]

    @property
    def lr_labels(self) -> list[str]:
        """The labels of the LR axis."""
        return [text for _, text in self._lr_axis.shown]

    def set_series(self, series: Sequence[Series]) -> None:
        """Show these lines (at the next `redraw`)."""
        self._series = series
        self.legend.series = series
        self._set_margins()

    def say_own_peak(self, own_peak: bool) -> None:
        """Say at the LR axis whether every curve is drawn in parts of its own peak."""
        self._lr_axis.set_caption(tr("of peak") if own_peak else "")

    def set_scale(self, scale: LrScale) -> None:
        """Use this LR axis (from the next `redraw` on)."""
        self._scale = scale

    def set_time(self, unit: XUnit, horizon: Horizon) -> None:
        """Label the time axis in this unit (at the next `redraw`)."""
        self._unit, self._horizon = unit, horizon

    def redraw(self) -> None:
        """Bring everything to the present range, scale and size."""
        plane = self.plane
        if plane.rect.width() < 2 or plane.rect.height() < 2:
            return
        first, last = self._axis.range
        self._box.setRange(
            xRange=(first, last), yRange=(self._scale.low, self._scale.high), padding=0
        )
        # Not the axes' own sizes: the layout may not have come to them yet.
        self._lr_axis.set_scale(self._scale, plane.rect.height())
        self._time_axis.follow(first, last, self._unit, self._horizon, plane.rect.width())
        self.ground.x_lines = [step for step, _ in self._time_axis.shown]
        self.ground.y_lines = [unit for unit, _ in self._lr_axis.shown]
        self.lines.draw(self._series, plane)
        bounds = QRectF(self.rect())
        for layer in self._layers:
            layer.place(plane, bounds)

    def recolor(self) -> None:
        """Take on the theme's colours."""
        self.setBackground(QColor(self._theme.tokens.window))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_box"):
            self.centralLayout.activate()

    def _on_resized(self, _box: pg.ViewBox) -> None:
        self.resized.emit()
