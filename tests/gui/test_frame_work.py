"""How much work a frame is, counted: what is counted cannot get slow without a test noticing."""

from __future__ import annotations

import collections
import gc
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lrdesigner.engine.curve import Curve
from lrdesigner.gui import look
from lrdesigner.gui.code import CodePanel
from lrdesigner.gui.collector import relieve_collector
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import codec
from lrdesigner.schedule.edits import set_horizon
from lrdesigner.schedule.model import Schedule

MOVES = 25
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class PatientRunner(Runner):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.submitted: list[Schedule] = []

    def submit(self, schedule: Schedule, device: str = "cpu") -> int:
        self.submitted.append(schedule)
        return len(self.submitted)

    def answer(self) -> None:
        schedule = self.submitted[-1]
        groups = tuple(group.name for group in schedule.optimizer.groups)
        rows = np.linspace(0.1, 0.01, schedule.steps) * np.ones((len(groups), 1))
        curve = Curve(groups, rows, None, schedule.horizon.steps_per_epoch)
        self.finished.emit(len(self.submitted), curve)


class Counted(QObject):
    """Counts the paint events of all widgets."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.paints: collections.Counter[str] = collections.Counter()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.paints[watched.objectName()] += 1
        return False


class Bench:
    """A window with a long run and ten overlays, and a hand on it.

    Attributes:
        documents: Those that have been shown.
    """

    def __init__(self, window, runner: PatientRunner) -> None:
        self.window, self.runner = window, runner
        self.canvas, self.controller = window.canvas, window.controller
        self.documents: list[Schedule] = []
        self.controller.document_changed.connect(self.documents.append)

    @property
    def items(self):
        return self.canvas.view.lines.items

    @property
    def made(self) -> list[int]:
        """How often each line has been made."""
        return [item.made for item in self.items]

    def mouse(self, kind: QEvent.Type, x: float, buttons=LEFT) -> None:
        place = QPointF(round(x), 200)
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        at = QPointF(self.canvas.mapToGlobal(place.toPoint()))
        QApplication.sendEvent(self.canvas, QMouseEvent(kind, place, at, button, buttons, PLAIN))

    def boundary(self) -> float:
        """Where the first phase ends."""
        view = self.canvas.view
        return view.plane.x_of(view.marks.boundaries[0].step) + view.pos().x()

    def press(self, x: float) -> None:
        self.mouse(QEvent.Type.MouseMove, x, Qt.MouseButton.NoButton)
        self.mouse(QEvent.Type.MouseButtonPress, x)

    def drag(self, x: float, moves: int = MOVES) -> None:
        """Move on, painting each time, but never so idly that timers run."""
        for move in range(1, moves + 1):
            self.mouse(QEvent.Type.MouseMove, x + 4 * move)
            self.canvas.grab()

    def release(self, x: float) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, x, Qt.MouseButton.NoButton)


@pytest.fixture
def bench(make_window, schedule, tmp_path: Path, qtbot) -> Bench:
    runner = PatientRunner()
    window = make_window(runner=runner)
    window.resize(1440, 900)
    paths = []
    for index in range(10):
        paths.append(tmp_path / f"overlay {index}.json")
        codec.save(set_horizon(schedule, epochs=10 + index), paths[-1])
    window.open_overlays(paths)
    overlays = window.controller.overlays
    qtbot.waitUntil(lambda: all(o.curve is not None for o in overlays.overlays))
    window.controller.open_document(set_horizon(schedule, steps_per_epoch=100_000), None)
    runner.answer()
    QApplication.processEvents()
    return Bench(window, runner)


def test_a_drag_asks_for_one_fast_curve_a_move_and_none_when_it_ends(bench, monkeypatch):
    calls = collections.Counter()
    for name in ("preview", "check"):
        function = getattr(look, name)

        def counted(*args, function=function, name=name, **options):
            calls[name] += 1
            return function(*args, **options)

        monkeypatch.setattr(look, name, counted)
    x = bench.boundary()
    bench.press(x)
    bench.drag(x)
    shown = len(bench.documents)
    assert shown > MOVES / 2  # the boundary stays where it is while a snap holds it
    assert calls == {"preview": shown, "check": shown}
    bench.release(x + 4 * MOVES)
    assert bench.controller.undo_stack.undoText() == "resize phase"
    assert calls == {"preview": shown, "check": shown}


def test_a_drag_starts_one_exact_run_when_it_ends(bench):
    before = len(bench.runner.submitted)
    x = bench.boundary()
    bench.press(x)
    bench.drag(x)
    assert len(bench.runner.submitted) == before
    assert bench.controller.run.kind == "running"
    bench.release(x + 4 * MOVES)
    assert len(bench.runner.submitted) == before + 1
    assert bench.runner.submitted[-1] is bench.controller.schedule


def test_a_hand_that_rests_is_followed_by_the_exact_run_without_letting_go(bench, qtbot):
    before = len(bench.runner.submitted)
    x = bench.boundary()
    bench.press(x)
    bench.drag(x)
    qtbot.waitUntil(lambda: len(bench.runner.submitted) == before + 1)
    assert bench.controller.in_gesture
    bench.runner.answer()
    assert bench.controller.run.kind == "exact"
    bench.release(x + 4 * MOVES)
    assert len(bench.runner.submitted) == before + 1  # it is known already
    assert bench.controller.run.kind == "exact"


def test_code_is_made_once_for_a_drag(bench, monkeypatch, qtbot):
    texts = collections.Counter()
    render = CodePanel._render

    def counted(panel: CodePanel) -> str:
        texts[panel.objectName()] += 1
        return render(panel)

    monkeypatch.setattr(CodePanel, "_render", counted)
    x = bench.boundary()
    bench.press(x)
    bench.drag(x)
    assert texts == {}
    bench.release(x + 4 * MOVES)
    bench.runner.answer()
    assert texts == {"code": 1}


def test_overlays_are_not_made_again_while_the_document_is_dragged(bench):
    x = bench.boundary()
    bench.press(x)
    bench.drag(x, 1)
    overlays = [index for index, each in enumerate(bench.canvas.view.series) if each.dashed]
    assert len(overlays) == 20
    before, shown = bench.made, len(bench.documents)
    bench.drag(x + 4)
    after = bench.made
    assert [after[index] - before[index] for index in overlays] == [0] * 20
    own = [index for index in range(len(after)) if index not in overlays]
    assert [after[index] - before[index] for index in own] == [len(bench.documents) - shown] * 2
    bench.release(x)


def test_most_of_a_pan_is_nothing_but_painting(bench):
    axis = bench.controller.axis
    axis.set_range(axis.total * 0.3, axis.total * 0.6)
    bench.canvas.grab()
    before = sum(bench.made)
    bench.press(700)
    bench.drag(700, 60)
    made = sum(bench.made) - before
    bench.release(700)
    # Each line once when the hand begins to move, and once more at most in a quarter of the view.
    assert len(bench.items) <= made <= 2 * len(bench.items)


def test_most_of_a_zoom_is_nothing_but_painting(bench):
    axis = bench.controller.axis
    before = sum(bench.made)
    for _ in range(40):
        axis.zoom(0.96, axis.total / 3)
        bench.canvas.grab()
    # Five times closer in the end, in forty steps.
    assert sum(bench.made) - before <= 6 * len(bench.items)


def test_what_moves_ahead_of_the_hand_shows_the_same_as_what_is_made_for_the_view(bench):
    axis = bench.controller.axis
    axis.set_range(axis.total * 0.3, axis.total * 0.6)
    bench.canvas.grab()
    axis.pan(axis.total * 0.01)
    axis.zoom(0.9, axis.total / 2)
    for item, series in zip(bench.items, bench.canvas.view.series, strict=True):
        first, last = axis.range
        steps = np.linspace(first, min(last, series.samples.total * series.stretch - 1), 50)
        shown = np.interp(steps, item.trace.x, item.trace.y)
        scale = bench.canvas.view.scale_
        asked = [scale.unit(series.value_at(step) or 0.0) for step in steps]
        pixel = (scale.high - scale.low) / bench.canvas.view.plane.rect.height()
        assert np.abs(shown - asked).max() < 2 * pixel


def test_points_painted_are_as_many_as_pixels_can_show(bench):
    width = bench.canvas.view.plane.rect.width()
    assert bench.controller.schedule.steps == 1_000_000
    for item in bench.items:
        assert len(item.trace.x) < width / 2  # these curves are smooth


def test_fields_that_a_drag_does_not_change_are_not_painted(bench, qapp):
    QApplication.processEvents()
    counted = Counted(qapp)
    x = bench.boundary()
    bench.press(x)
    for move in range(1, 6):
        bench.mouse(QEvent.Type.MouseMove, x + 10 * move)
        QApplication.processEvents()
    qapp.removeEventFilter(counted)
    bench.release(x + 50)
    for name in ("group_lr_0", "group_name_1", "horizon_epochs", "document_name", "palette_list"):
        assert counted.paints[name] == 0, name
    assert counted.paints["timeline"] >= 5


def test_an_arrow_key_in_a_field_is_one_fast_curve(bench, monkeypatch):
    calls = []
    function = look.preview
    monkeypatch.setattr(
        look, "preview", lambda *args, **options: (calls.append(1), function(*args, **options))[1]
    )
    bench.controller.select(Selection(2))
    field = bench.window.inspector.findChild(QWidget, "param_eta_min")
    field.setFocus()
    before = bench.controller.schedule
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert bench.controller.schedule != before
    assert bench.controller.undo_stack.canUndo()
    assert len(calls) == 1


def test_the_garbage_collector_leaves_what_is_loaded_alone():
    try:
        relieve_collector()
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
