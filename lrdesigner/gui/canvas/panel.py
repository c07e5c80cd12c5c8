"""The canvas panel: keeps the picture in step with the document."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from lrdesigner.engine.preview import Preview
from lrdesigner.gui.announce import announce
from lrdesigner.gui.canvas.compare_lanes import CompareLane
from lrdesigner.gui.canvas.drift_lane import DriftLane
from lrdesigner.gui.canvas.hands import Hands
from lrdesigner.gui.canvas.input import CanvasInput
from lrdesigner.gui.canvas.lanes import LaneStack
from lrdesigner.gui.canvas.metric_lane import MetricLane
from lrdesigner.gui.canvas.notice import Notice
from lrdesigner.gui.canvas.plot_view import PlotView
from lrdesigner.gui.canvas.quantity_lanes import QuantityLanes
from lrdesigner.gui.canvas.scale import LrScale, ShareScale
from lrdesigner.gui.canvas.series import SeriesBuilder
from lrdesigner.gui.canvas.summary import summary
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

_LANES_SHARE = 0.5
_LEAST_PLOT, _LEAST_LANES = 220, 96
_LEAST_HEIGHT = 180
_LEAST_WIDTH = 280
_WINDOW_SHARE = 0.5


class CanvasPanel(QWidget):
    """The curve of every group, with phases, handles, overlays and a read-out; lanes below.

    Attributes:
        view: The picture of the curves.
        lanes: Further plots on the same time axis; see `lrdesigner.gui.canvas.lanes`.
        hands: What can be taken hold of in all of them.

    Args:
        controller: Document, curves, selection, view.
        theme: Colours and fonts.
        parent: Its owner.
    """

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Learning-rate curve"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._controller = controller
        self._theme = theme
        self._builder = SeriesBuilder()
        self._drawn: tuple[object, ...] = ()
        self._live = False
        self.notice = Notice(controller, theme, self)
        self.view = PlotView(controller.axis, theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        self.lanes = LaneStack(controller.axis, theme, self)
        column.addWidget(self.lanes)
        self.hands = Hands(self, controller, theme)
        self._input = CanvasInput(self, controller, self.view)
        self.hands.typing_changed.connect(self._on_typing)
        self._connect()
        self._refresh_lines()
        self._refresh_marks()
        self._metric = MetricLane(controller, self.lanes, theme)
        self._quantities = QuantityLanes(controller, self.lanes, theme, self.hands)
        self._drift = DriftLane(controller, self.lanes, theme)
        self._compared = (
            CompareLane("difference", controller, self.lanes, theme),
            CompareLane("slope", controller, self.lanes, theme),
        )

    def _connect(self) -> None:
        controller = self._controller
        self._marked: Preview | None = None
        controller.document_changed.connect(self._on_document)
        controller.selection_changed.connect(self._on_selection)
        controller.preview_changed.connect(self._refresh_lines)
        controller.curve_changed.connect(self._refresh_lines)
        controller.view_changed.connect(self._refresh_lines)
        controller.overlays.changed.connect(self._refresh_lines)
        controller.comparison.changed.connect(self._on_comparison)
        controller.comparison.pointed.connect(self._refresh_lines)
        controller.axis.changed.connect(self._redraw)
        controller.sweeps.fan_changed.connect(self._on_fan)
        controller.sweeps.chosen_changed.connect(self._on_fan_choice)
        self._theme.changed.connect(self._on_theme)
        self.view.resized.connect(self._on_resized)
        self.lanes.hovered.connect(self._on_lane_hovered)
        self.lanes.clicked.connect(self._on_lane_clicked)
        self.lanes.height_changed.connect(self._fit_lanes)

    def sizeHint(self) -> QSize:
        return QSize(800, 440)

    def minimumSizeHint(self) -> QSize:
        # Lanes ask the tabs below for their room, so that the curve keeps its own.
        lanes = self.lanes.wanted_height
        wanted = _LEAST_PLOT + lanes if lanes else _LEAST_HEIGHT
        most = round(self.window().height() * _WINDOW_SHARE)
        return QSize(_LEAST_WIDTH, max(_LEAST_HEIGHT, min(wanted, most)))

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _refresh_lines(self) -> None:
        """New curves, overlays or view: new lines, and an LR axis that shows them."""
        controller = self._controller
        curve = controller.curve or controller.preview
        state = (
            curve,
            controller.schedule,
            controller.view,
            controller.overlays.overlays,
            controller.comparison.state,
            controller.comparison.pointed_at,
            self._theme.tokens,
        )
        live, was_live = controller.in_gesture, self._live
        self._live = live
        if state == self._drawn:
            # The end of a drag changes no line; the LR axis may fit them again.
            if live != was_live and self._rescale():
                self._redraw()
            return
        self._drawn = state
        series = self._builder.build(controller, self._theme.tokens)
        self.view.set_series(series)
        self.view.set_time(controller.view.unit, controller.schedule.horizon)
        self._reach()
        self._rescale()
        self._redraw()
        self.describe()

    def _reach(self) -> None:
        """Overlays that are longer, or lie elsewhere, can be looked at beyond the run."""
        controller = self._controller
        places = controller.comparison.placements
        shown = [
            places[each.id]
            for each in controller.overlays.overlays
            if each.visible and each.id in places
        ]
        controller.axis.set_reach(
            min((place.start for place in shown), default=0.0),
            max((place.end for place in shown), default=0.0),
        )

    def _rescale(self) -> bool:
        """Fit the LR axis; while the hand drags, it stands still unless the curve leaves it.

        Returns:
            Whether it is another one now.
        """
        extents = [each.extent for each in self.view.series] + self.view.fan.extents
        kind = ShareScale if self._controller.comparison.state.own_peak else LrScale
        wanted = kind.fit(extents, self._controller.view.log)
        present = self.view.scale_
        same = type(present) is kind and present.log == wanted.log
        if self._controller.in_gesture and same:
            if present.covers(wanted):
                return False
            wanted = present.widened(wanted)
        self.view.set_scale(wanted)
        return wanted != present

    @Slot()
    def _on_document(self) -> None:
        # When a gesture ends, its last document is announced again.
        if self._controller.preview is not self._marked:
            self._marked = self._controller.preview
            self._refresh_marks()

    @Slot()
    def _on_comparison(self) -> None:
        self._refresh_lines()
        self._refresh_marks()

    @Slot()
    def _on_fan(self) -> None:
        """Other curves of a sweep, or none any more."""
        sweeps = self._controller.sweeps
        self.view.fan.show_fan(sweeps.view, sweeps.index, self.devicePixelRatioF())
        self._rescale()
        self._redraw()

    @Slot()
    def _on_fan_choice(self) -> None:
        self.view.fan.choose(self._controller.sweeps.index)

    @Slot()
    def _on_selection(self) -> None:
        self._refresh_marks()

    def _refresh_marks(self) -> None:
        """Bands, boundaries and handles of the phases."""
        self.view.ground.bands = self.hands.main.bands
        self.view.say_own_peak(self._controller.comparison.state.own_peak)
        self.view.ground.update()
        self.lanes.set_ground(self.view.ground.bands, self.view.ground.x_lines)
        self.hands.refresh()

    def describe(self) -> None:
        """Tell people who listen of the knob that the keyboard moves, else of the curve."""
        words = self.hands.words
        said = words or summary(self._controller)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
            if words and self.hasFocus():
                announce(self, words)

    def settle(self) -> None:
        """A drag is over: what can be taken hold of and the axis find their places again."""
        self._refresh_marks()
        self._refresh_lines()

    @Slot()
    def _redraw(self) -> None:
        self.view.redraw()
        self.lanes.set_ground(self.view.ground.bands, self.view.ground.x_lines)
        self._input.refresh()

    @Slot()
    def _on_resized(self) -> None:
        rect = self.view.plane.rect
        self._controller.axis.set_pixels(rect.left(), rect.right())
        self._fit_lanes()
        self._redraw()

    @Slot()
    def _fit_lanes(self) -> None:
        """Lanes take what they want, as long as the curve keeps the better half.

        What a low canvas cannot give both the curve gets: lanes can be scrolled.
        """
        free = self.height() - (0 if self.notice.isHidden() else self.notice.height())
        most = round(free * _LANES_SHARE)
        self.lanes.fit_into(max(0, min(most, max(free - _LEAST_PLOT, _LEAST_LANES))))
        self.updateGeometry()

    @Slot()
    def _on_typing(self) -> None:
        self._input.refresh()

    @Slot(object)
    def _on_lane_hovered(self, step: int | None) -> None:
        self._input.hover_step(step)

    @Slot(str, float)
    def _on_lane_clicked(self, _key: str, step: float) -> None:
        self._input.select_at(step)

    @Slot()
    def _on_theme(self) -> None:
        self.view.recolor()
        self.lanes.recolor()
        self._metric.refresh()
        self._quantities.refresh()
        self._drift.refresh()
        for lane in self._compared:
            lane.refresh()
        self._refresh_marks()
        self._refresh_lines()
        self._redraw()

    # -- events --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lanes()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self._input.pinch(event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._input.wants_key(event):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.view.legend.tip(self.in_view(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._input.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._input.wheel(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._input.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab goes through what can be moved of the selected phase before it leaves.
        if self.hasFocus() and self.hands.cycle(forward):
            return True
        return super().focusNextPrevChild(forward)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._input.focus(event.reason() in reasons)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._input.focus(False)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._input.cancel()
        self.lanes.cancel()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._input.drag_move(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._input.drag_move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._input.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._input.drop(event)

    def in_view(self, position: QPointF) -> QPointF:
        """A point of the panel in the picture's coordinates."""
        return position - QPointF(self.view.pos())
