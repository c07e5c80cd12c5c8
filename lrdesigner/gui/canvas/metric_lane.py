"""The lane of the metric that plateaus react to: it shows why they reduce, and is drawn in."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lrdesigner.axes import FloatArray
from lrdesigner.catalog import schedulers
from lrdesigner.engine.metrics import exact_metric, given_values, metric_series
from lrdesigner.engine.plateau_reasons import explain
from lrdesigner.gui.canvas.lane import Lane
from lrdesigner.gui.canvas.lanes import LaneStack
from lrdesigner.gui.canvas.metric_pen import MODES, MetricPen, Mode
from lrdesigner.gui.canvas.metric_picture import Reactions, picture
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Phase, Schedule

KEY = "metric"
HEIGHT = 112
MOST_DRAWN = 20_000
_MOST_LIVE = 20_000
_MOST_EXACT = 200_000
_TIPS: dict[Mode, tuple[str, str]] = {
    "draw": (
        mark("Draw the metric"),
        mark("Draw the metric with the mouse (Shift: a straight line; Esc: stop drawing)"),
    ),
    "smooth": (mark("Smooth the metric"), mark("Smooth the metric under the brush")),
    "noise": (mark("Add noise to the metric"), mark("Roughen the metric under the brush")),
    "straighten": (
        mark("Straighten the metric"),
        mark("Erase a stretch: a straight line takes its place"),
    ),
}
_HINTS: dict[Mode, str] = {
    "draw": mark("draw with the mouse · Shift: straight · Esc: done"),
    "smooth": mark("brush over what is to be smoother · Esc: done"),
    "noise": mark("brush over what is to be rougher · Esc: done"),
    "straighten": mark("drag over what is to be erased · Esc: done"),
}
_TOO_LONG = mark("Drawing is for runs of up to {epochs:,} epochs; take a formula or a CSV file")


class MetricTools(QWidget):
    """The buttons in the lane's header.

    Signals:
        mode_changed: What the pen does now, or "" while it is put down.
    """

    mode_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[Mode, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for mode in MODES:
            button = QToolButton(self)
            button.setObjectName(f"metric_{mode}")
            button.setIcon(icon(f"metric-{mode}", theme, "dim", on="accent"))
            button.setIconSize(QSize(16, 16))
            button.setFixedHeight(22)
            if mode == "draw":
                button.setText(tr("Draw"))
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            else:
                button.setFixedWidth(24)
            button.setCheckable(True)
            name, tip = _TIPS[mode]
            button.setAccessibleName(tr(name))
            button.setToolTip(tr(tip))
            button.clicked.connect(self._on_clicked)
            self._buttons[mode] = button
            row.addWidget(button)

    @property
    def mode(self) -> Mode | None:
        """What the pen does, if it is taken up."""
        return next((mode for mode, each in self._buttons.items() if each.isChecked()), None)

    def set_possible(self, reason: str) -> None:
        """Whether there can be drawing; `reason` says why not."""
        for mode, button in self._buttons.items():
            button.setEnabled(not reason)
            button.setToolTip(reason or tr(_TIPS[mode][1]))
        if reason:
            self.put_down()

    @Slot()
    def put_down(self) -> None:
        """Stop drawing."""
        if self.mode is not None:
            for button in self._buttons.values():
                button.setChecked(False)
            self.mode_changed.emit("")

    @Slot()
    def _on_clicked(self) -> None:
        pressed = self.sender()
        for button in self._buttons.values():
            if button is not pressed:
                button.setChecked(False)
        self.mode_changed.emit(self.mode or "")


class MetricLane(QObject):
    """Keeps the lane in step with the document.

    Args:
        controller: The document, its curves.
        lanes: Where it is shown.
        theme: Its colours.
    """

    def __init__(self, controller: Controller, lanes: LaneStack, theme: Theme) -> None:
        super().__init__(lanes)
        self._controller = controller
        self._lanes = lanes
        self._theme = theme
        self._tools: MetricTools | None = None
        controller.preview_changed.connect(self.refresh)
        controller.curve_changed.connect(self._on_curve)
        self.refresh()

    @Slot(object)
    def _on_curve(self, curve: object) -> None:
        if curve is not None:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the metric of the document as it is now."""
        schedule = self._controller.schedule
        if not _reacts(schedule):
            self._lanes.remove(KEY)
            self._tools = None
            return
        live = self._controller.in_gesture
        if live and schedule.horizon.epochs > _MOST_LIVE:
            self._lanes.mark_stale(KEY)
            return
        try:
            series, values = self._series(schedule), given_values(schedule)
        except ScheduleError as error:
            self._show_error(str(error))
            return
        given = len(series) if values is None else min(len(values), len(series))
        shown = picture(
            schedule.horizon,
            series,
            given,
            self._reactions(schedule, series),
            self._theme.tokens,
            dots=self._tools is not None and self._tools.mode is not None,
        )
        lane = self._lanes.set(
            KEY,
            tr("metric"),
            shown.lines,
            unit=_source(schedule),
            marks=shown.marks,
            note=self._hint() or shown.note,
            description=shown.description,
            keep_scale=live,
            order=-10,
            height=HEIGHT,
        )
        self._equip(lane)

    def _show_error(self, message: str) -> None:
        """No metric to show, but perhaps one to draw."""
        text = message.split(": ", 1)[-1]
        note = self._hint() or text
        lane = self._lanes.set(
            KEY, tr("metric"), (), note=note, description=text, order=-10, height=HEIGHT
        )
        self._equip(lane)

    def _series(self, schedule: Schedule) -> FloatArray:
        """What the run gets where it can be had quickly; else exact to rounding."""
        exact = self._controller.curve is not None and schedule.horizon.epochs <= _MOST_EXACT
        return exact_metric(schedule) if exact else metric_series(schedule)

    def _reactions(self, schedule: Schedule, series: FloatArray) -> list[Reactions]:
        """The plateaus of the document's own phases, and of each track."""
        controller, curve = self._controller, self._controller.curve
        found = []
        for track in (None, *range(len(schedule.tracks))):
            part = controller.part_of(track)
            if not any(map(_is_plateau, part.schedule.phases)):
                continue
            bases = part.preview.bases
            if curve is not None:
                bases = curve.bases if track is None else curve.track_bases.get(track, bases)
            names = [group.name for group in part.schedule.optimizer.groups]
            runs = explain(part.schedule, bases, series)
            found.append(Reactions(runs, names, part.word))
        return found

    # -- drawing -------------------------------------------------------------------------------

    def _hint(self) -> str:
        mode = None if self._tools is None else self._tools.mode
        return "" if mode is None else tr(_HINTS[mode])

    def _present(self) -> tuple[FloatArray, int]:
        """The metric as it is now, for a stroke to begin with; a level one if there is none."""
        schedule = self._controller.schedule
        try:
            series, values = exact_metric(schedule), given_values(schedule)
        except ScheduleError:
            return np.ones(schedule.horizon.epochs), schedule.horizon.epochs
        return series, len(series) if values is None else min(len(values), len(series))

    def _equip(self, lane: Lane) -> None:
        """Give the lane its buttons, and the pen if it is taken up."""
        if self._tools is None:
            self._tools = MetricTools(self._theme, lane)
            self._tools.mode_changed.connect(self._on_mode)
            lane.tool_refused.connect(self._tools.put_down)
            lane.header.add_tools(self._tools)
        epochs = self._controller.schedule.horizon.epochs
        self._tools.set_possible("" if epochs <= MOST_DRAWN else tr(_TOO_LONG, epochs=MOST_DRAWN))

    @Slot(str)
    def _on_mode(self, _mode: str) -> None:
        lane = self._lanes.lane(KEY)
        if lane is None or self._tools is None:
            return
        mode = self._tools.mode
        if mode is not None:
            lane.set_folded(False)
        lane.set_tool(MetricPen(self._controller, mode, self._present) if mode else None)
        self.refresh()


def _reacts(schedule: Schedule) -> bool:
    """Whether any phase reacts to a metric."""
    phases = [*schedule.phases, *(phase for track in schedule.tracks for phase in track.phases)]
    return any(map(_is_plateau, phases))


def _is_plateau(phase: Phase) -> bool:
    spec = schedulers().get(phase.scheduler)
    return spec is not None and spec.epoch_only


def _source(schedule: Schedule) -> str:
    """Where the metric comes from, in a word."""
    metric = schedule.metric
    if metric is None:
        return ""
    if metric.file is not None:
        return f"{metric.column}, {metric.file}"
    return tr("formula") if metric.formula is not None else ""
