"""Milliseconds from an event to the painted frame, beside a plain pyqtgraph plot of all points.

    python tests/benchmarks/frames.py [--frames N] [SCENE ...]

Scenes: edit, drag, pan, zoom (all four by default), compare, compare_pan, dense, formula. Real key,
mouse and wheel events are sent to the real window, with the worker process behind it; a frame is
over when the canvas is painted and Qt is back in its loop. What the window's own thread worked for
it stands beside, as that does not depend on what else the machine does. Between events the loop
runs on as it does for a hand that is not that fast, and what it does then is timed too: the last
column is the longest that the window did not answer.

Without a display set ``QT_QPA_PLATFORM=offscreen``, which paints the same pixels.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lrdesigner.compare.frames import Anchor
from lrdesigner.gui.app import create_window
from lrdesigner.gui.collector import Collector, relieve_collector
from lrdesigner.gui.main_window import MainWindow
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import codec
from lrdesigner.schedule.model import Schedule

PAUSES = (0.0, 0.004, 0.016, 0.05, 0.2)  # seconds between events, in turn
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
PHASES = (
    ("LinearLR", {"start_factor": 0.01}, "10%"),
    ("ConstantLR", {"factor": 1.0}, "20%"),
    ("CosineAnnealingLR", {"eta_min": 0.01}, "30%"),
    ("StepLR", {"step_size": 5, "gamma": 0.9}, "20%"),
    ("ExponentialLR", {"gamma": 0.95}, "rest"),
)
CYCLES = (
    ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.3, "step_size_up": 50, "cycle_momentum": False},
     "50%"),
    ("CosineAnnealingWarmRestarts", {"T_0": 120, "eta_min": 0.001}, "rest"),
)  # fmt: skip
WAVES = (("MultiplicativeLR", {"lr_lambda": "1 + 0.001 * cos(t / 5)"}, "rest"),)


def document(steps: int, phases: Any = PHASES, groups: int = 2, lr: float = 0.1) -> Schedule:
    """A document with these phases."""
    data = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 100, "steps_per_epoch": steps // 100},
        "optimizer": {
            "type": "SGD",
            "args": {"momentum": 0.9},
            "groups": [{"name": f"g{i}", "lr": lr / 2**i} for i in range(groups)],
        },
        "phases": [
            {"scheduler": key, "params": params, "length": length, "interval": "epoch"}
            if key in ("StepLR", "ExponentialLR")
            else {"scheduler": key, "params": params, "length": length, "interval": "step"}
            for key, params, length in phases
        ],
    }
    return codec.loads(codec.json.dumps(data))


# -- frames ----------------------------------------------------------------------------------------


@dataclass
class Times:
    """What was measured, in milliseconds."""

    frames: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)

    def row(self) -> str:
        """Median, 99th percentile, greatest, the same of the work; a second; longest stall."""
        cells = [f"{1000 / np.mean(self.frames):8.0f} {max(self.stalls, default=0.0):8.1f}"]
        for values in (self.work, self.frames):
            median, late = np.percentile(values, (50, 99))
            cells.insert(0, f"{median:8.1f} {late:8.1f} {max(values):8.1f}")
        return "  ".join(cells)


class Screen(QObject):
    """Sends events and waits for the frame that shows them."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self._painted = False
        self.times = Times()
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that the widget is painted."""
        if event.type() == QEvent.Type.Paint:
            self._painted = True
        return False

    def frame(self, act: Callable[[], None]) -> None:
        """Do something and time it until it is painted."""
        self._painted = False
        began, work = time.perf_counter(), time.thread_time()
        act()
        while not self._painted:
            QApplication.processEvents()
        self.times.work.append((time.thread_time() - work) * 1e3)
        self.times.frames.append((time.perf_counter() - began) * 1e3)

    def idle(self, seconds: float) -> None:
        """Let the loop run, noting how long each turn of it takes."""
        until = time.perf_counter() + seconds
        while True:
            began = time.perf_counter()
            QApplication.processEvents()
            ended = time.perf_counter()
            self.times.stalls.append((ended - began) * 1e3)
            if ended >= until:
                return
            time.sleep(0.001)

    def play(self, count: int, act: Callable[[int], None]) -> Times:
        """Many frames; the first few do not count, as they load what later ones have."""
        for index in range(count + 5):
            if index == 5:
                self.times = Times()
            self.frame(lambda index=index: act(index))  # type: ignore[misc]
            self.idle(PAUSES[index % len(PAUSES)])
        return self.times


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the loop run until something is so."""
    until = time.perf_counter() + seconds
    while not condition():
        QApplication.processEvents()
        if time.perf_counter() > until:
            raise SystemExit("waited too long")
        time.sleep(0.001)


@contextmanager
def window_of(schedule: Schedule, overlays: int, overlay_steps: int) -> Iterator[MainWindow]:
    """The window with a document, and so many overlays whose curves are there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        window = create_window(settings_path=folder / "settings.json")
        window.resize(1440, 900)
        window.show()
        window.controller.open_document(schedule, None)
        paths = []
        for index in range(overlays):
            path = folder / f"overlay {index}.json"
            codec.save(document(overlay_steps, groups=1, lr=0.09 - 0.001 * index), path)
            paths.append(path)
        store = window.controller.overlays
        store.open(paths)
        wait_for(lambda: all(overlay.curve is not None for overlay in store.overlays))
        wait_for(lambda: window.controller.curve is not None)
        collector = Collector(window)  # as the program has it
        collector.start()
        relieve_collector()  # which it does when it is loaded
        try:
            yield window
        finally:
            collector.stop()
            window.shut_down()
            window.hide()
            window.deleteLater()
            QApplication.processEvents()


def mouse(widget: QWidget, kind: QEvent.Type, place: QPointF, buttons: Qt.MouseButton) -> None:
    """A mouse event at a place of a widget."""
    button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT
    at = QPointF(widget.mapToGlobal(place.toPoint()))
    QApplication.sendEvent(widget, QMouseEvent(kind, place, at, button, buttons, PLAIN))


# -- scenes ----------------------------------------------------------------------------------------


def edit(window: MainWindow, frames: int) -> Times:
    """Arrow keys in a field of the form: each press is an edit, and the exact run starts anew."""
    window.controller.select(Selection(2))
    field_ = window.inspector.findChild(QWidget, "param_eta_min")
    assert field_ is not None
    field_.setFocus()
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def act(index: int) -> None:
        before = window.schedule
        QTest.keyClick(QApplication.focusWidget() or field_, keys[index // 40 % 2])
        assert window.schedule is not before

    return Screen(window.canvas.view.viewport()).play(frames, act)


def drag(window: MainWindow, frames: int) -> Times:
    """The end of a phase in the middle moves to and fro under the mouse."""
    canvas, plane = window.canvas, window.canvas.view.plane
    top = QPointF(canvas.view.pos())
    boundaries = canvas.view.marks.boundaries
    end = boundaries[(len(boundaries) - 1) // 2].step
    start = QPointF(plane.x_of(end), plane.rect.center().y()) + top
    mouse(canvas, QEvent.Type.MouseMove, start, NO_BUTTON)
    mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT)

    def act(index: int) -> None:
        before = window.schedule
        away = 150 * np.sin((index + 1) / 15)
        mouse(canvas, QEvent.Type.MouseMove, start + QPointF(8 + round(away), 0), LEFT)
        if window.schedule is before:  # the pixel before was as good
            canvas.view.viewport().update()

    times = Screen(canvas.view.viewport()).play(frames, act)
    mouse(canvas, QEvent.Type.MouseButtonRelease, start, NO_BUTTON)
    return times


def lift(window: MainWindow, frames: int) -> Times:
    """The handle of a group's LR moves up and down under the mouse."""
    canvas, plane = window.canvas, window.canvas.view.plane
    top = QPointF(canvas.view.pos())
    handle = canvas.view.marks.handles[0]
    start = plane.point(handle.step, handle.lr) + top
    mouse(canvas, QEvent.Type.MouseMove, start, NO_BUTTON)
    mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT)

    def act(index: int) -> None:
        before = window.schedule
        away = 60 * np.sin((index + 1) / 10)
        mouse(canvas, QEvent.Type.MouseMove, start + QPointF(0, 8 + round(away)), LEFT)
        if window.schedule is before:
            canvas.view.viewport().update()

    times = Screen(canvas.view.viewport()).play(frames, act)
    mouse(canvas, QEvent.Type.MouseButtonRelease, start, NO_BUTTON)
    return times


def _wheel(window: MainWindow, x: int, turn: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    canvas = window.canvas
    place = QPointF(x, canvas.view.plane.rect.center().y() + canvas.view.pos().y())
    at = QPointF(canvas.mapToGlobal(place.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, at, turn / 4, turn, NO_BUTTON, modifiers, phase, False)
    QApplication.sendEvent(canvas, event)


def zoom(window: MainWindow, frames: int) -> Times:
    """The wheel turns in and out again."""

    def act(index: int) -> None:
        before = window.controller.axis.range
        turn = 120 if index % 40 < 20 else -120
        _wheel(window, 600, QPoint(0, turn), PLAIN)
        assert window.controller.axis.range != before

    window.controller.axis.fit()
    return Screen(window.canvas.view.viewport()).play(frames, act)


def pan(window: MainWindow, frames: int) -> Times:
    """The curves follow the hand."""
    axis, canvas = window.controller.axis, window.canvas
    axis.set_range(axis.total * 0.3, axis.total * 0.7)
    start = QPointF(600, 200)
    mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT)

    def act(index: int) -> None:
        before = axis.range
        away = 8 + round(200 * np.sin((index + 1) / 20))
        mouse(canvas, QEvent.Type.MouseMove, start + QPointF(away, 0), LEFT)
        if axis.range == before:
            canvas.view.viewport().update()

    times = Screen(canvas.view.viewport()).play(frames, act)
    mouse(canvas, QEvent.Type.MouseButtonRelease, start, NO_BUTTON)
    return times


def _compared(window: MainWindow) -> None:
    """Lanes of differences and slopes, overlays that follow a boundary, the table of numbers."""
    boundary = Anchor("boundary", 2)
    window.controller.comparison.change(difference="absolute", slope="step", align=boundary)
    window.details.show_comparison()
    lanes = window.canvas.lanes
    overlays = len(window.controller.overlays.overlays)
    wait_for(
        lambda: (
            lanes.lane("difference") is not None
            and len(lanes.lane("difference").plot.series) >= overlays
            and window.controller.numbers.complete
        )
    )


def compare(window: MainWindow, frames: int) -> Times:
    """A boundary is dragged, and everything that is compared follows."""
    _compared(window)
    return drag(window, frames)


def compare_pan(window: MainWindow, frames: int) -> Times:
    """The curves and both lanes follow the hand."""
    _compared(window)
    return pan(window, frames)


# -- the naive way ---------------------------------------------------------------------------------


def naive(rows: list[np.ndarray], frames: int, act: str) -> Times:
    """All points of all lines in a pyqtgraph plot as it comes; another curve, or another range."""
    plot = pg.PlotWidget()
    plot.resize(870, 520)
    lines = [plot.plot(row, pen=pg.mkPen(index, width=2)) for index, row in enumerate(rows)]
    total = len(rows[0])
    plot.show()
    QApplication.processEvents()

    def step(index: int) -> None:
        if act == "data":
            lines[0].setData(rows[0] * (1 + 0.01 * (index % 7 + 1)))
        else:
            away = total * 0.1 * np.sin((index + 1) / 20)
            plot.setXRange(total * 0.3 + away, total * 0.7 + away, padding=0)

    screen = Screen(plot.viewport())
    for index in range(frames):
        screen.frame(lambda index=index: step(index))  # type: ignore[misc]
    plot.close()
    return screen.times


def rows_of(window: MainWindow) -> list[np.ndarray]:
    """What the window draws, as plain arrays."""
    curve = window.controller.curve
    overlays = [o.curve for o in window.controller.overlays.overlays]
    return [row for each in (curve, *overlays) if each is not None for row in each.lr]


SCENES: dict[str, tuple[str, Callable[[], Schedule], int, int, Any, str]] = {
    "edit": ("edit, 1,000,000 steps", lambda: document(1_000_000), 10, 1_000_000, edit, "data"),
    "drag": ("drag of a phase, 100,000", lambda: document(100_000), 10, 100_000, drag, "data"),
    "lift": ("drag of an LR, 100,000", lambda: document(100_000), 10, 100_000, lift, "data"),
    "pan": ("pan, 50 overlays", lambda: document(1_000_000), 50, 1_000_000, pan, "range"),
    "zoom": ("zoom, 50 overlays", lambda: document(1_000_000), 50, 1_000_000, zoom, "range"),
    "compare": (
        "drag, all compared", lambda: document(1_000_000), 10, 1_000_000, compare, "data"
    ),
    "compare_pan": (
        "pan, all compared", lambda: document(1_000_000), 10, 1_000_000, compare_pan, "range"
    ),
    "dense": (
        "drag, cycles, 4 groups", lambda: document(100_000, CYCLES, 4), 0, 0, drag, "data"
    ),
    "formula": (
        "drag, waves, 10,000,000", lambda: document(10_000_000, WAVES, 1), 0, 0, lift, "data"
    ),
}  # fmt: skip


def main() -> None:
    """Play the scenes and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", metavar="SCENE", default=[])
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--naive-frames", type=int, default=5)
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    three = f"{'median':>8} {'99 %':>8} {'greatest':>8}"
    print(
        f"{'':28} {'ms on the clock':>26}  {'ms of the thread':>26}  {'frames':>8} {'longest':>8}"
    )
    print(f"{'':28} {three}  {three}  {'a second':>8} {'stall':>8}")
    for name in options.scenes or ("edit", "drag", "lift", "pan", "zoom"):
        label, make, overlays, steps, play, act = SCENES[name]
        with window_of(make(), overlays, steps) as window:
            rows = rows_of(window)
            print(f"{label:28} {play(window, options.frames).row()}", flush=True)
        if options.naive_frames:
            print(f"{'  naive':28} {naive(rows, options.naive_frames, act).row()}", flush=True)
    app.processEvents()


if __name__ == "__main__":
    main()
