"""The lane of the metric: what it shows of a plateau, and drawing in it with the mouse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrdesigner.engine.plateau_reasons import explain
from lrdesigner.gui.canvas.metric_strokes import Spot, drawn, roughened, smoothed, straightened
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Metric, Schedule

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
EPOCHS, PER_EPOCH = 20, 50
VALUES = (2.0, 1.5, 1.2, 1.0, 1.1, 1.1, 1.2, 0.9, 0.8, 0.8, 0.85, 0.9)


def plateau(metric=None, **params):
    return Schedule.model_validate(
        {
            "horizon": {"epochs": EPOCHS, "steps_per_epoch": PER_EPOCH},
            "optimizer": {"groups": [{"name": "all", "lr": 0.1}]},
            "phases": [
                {"scheduler": "LinearLR", "length": "2 epochs"},
                {
                    "scheduler": "ReduceLROnPlateau",
                    "params": {"patience": 2, "cooldown": 1, "factor": 0.5, **params},
                },
            ],
            "metric": metric or {"values": VALUES},
        }
    )


class Pencil:
    """Real mouse events at epochs and values of the lane."""

    def __init__(self, canvas) -> None:
        self.canvas = canvas

    @property
    def lane(self):
        return self.canvas.lanes.lane("metric")

    def at(self, epoch: float, value: float) -> QPointF:
        plane = self.lane.plot.plane
        point = QPointF(plane.x_of(epoch * PER_EPOCH), plane.y_of(value))
        return point + QPointF(self.lane.plot.pos())

    def tool(self, mode: str) -> None:
        QTest.mouseClick(self.button(mode), LEFT)

    def button(self, mode: str):
        from PySide6.QtWidgets import QToolButton

        return self.lane.findChild(QToolButton, f"metric_{mode}")

    def press(self, point: QPointF, modifiers=PLAIN) -> None:
        QTest.mousePress(self.lane, LEFT, modifiers, point.toPoint())

    def move(self, point: QPointF, buttons=LEFT, modifiers=PLAIN) -> None:
        place = QPointF(point.toPoint())
        there = QPointF(self.lane.mapToGlobal(place.toPoint()))
        kind = QEvent.Type.MouseMove
        event = QMouseEvent(kind, place, there, Qt.MouseButton.NoButton, buttons, modifiers)
        QApplication.sendEvent(self.lane, event)

    def release(self, point: QPointF, modifiers=PLAIN) -> None:
        QTest.mouseRelease(self.lane, LEFT, modifiers, point.toPoint())

    def hover(self, epoch: float, value: float = 1.0) -> None:
        self.move(self.at(epoch, value), Qt.MouseButton.NoButton)

    def stroke(self, *spots, modifiers=PLAIN) -> None:
        """Through these epochs and values."""
        points = [self.at(*spot) for spot in spots]
        self.press(points[0], modifiers)
        for point in points[1:]:
            self.move(point, modifiers=modifiers)
        self.release(points[-1], modifiers)


@pytest.fixture
def pencil(canvas, controller, qtbot) -> Pencil:
    controller.open_document(plateau(), None)
    canvas.resize(900, 560)
    pencil = Pencil(canvas)
    qtbot.waitUntil(lambda: pencil.lane is not None and pencil.lane.plot.height() > 80)
    qtbot.waitUntil(lambda: controller.curve is not None)
    return pencil


def values(controller) -> tuple[float, ...]:
    found = controller.schedule.metric.values
    assert found is not None
    return found


# -- what is shown ---------------------------------------------------------------------------


def test_the_lane_comes_and_goes_with_the_plateau(pencil, canvas, controller):
    assert canvas.lanes.keys == ("metric",)
    controller.edit("x", edits.remove_phase(controller.schedule, 1))
    assert canvas.lanes.keys == ()
    controller.undo_stack.undo()
    assert canvas.lanes.keys == ("metric",)


def test_the_metric_stands_at_the_ends_of_the_epochs(pencil):
    line = pencil.lane.plot.lines.items[0].trace
    assert line.x[0] == PER_EPOCH
    assert line.x[-1] == PER_EPOCH * len(VALUES)
    assert line.y[[0, -1]].tolist() == [2.0, 0.9]


def test_what_repeats_is_dashed_until_the_end(pencil, controller):
    tail = next(each for each in pencil.lane.plot.series if each.name == "repeats")
    assert tail.dashed
    place = pencil.lane.plot.series.index(tail)
    line = pencil.lane.plot.lines.items[place].trace
    assert line.x[[0, -1]].tolist() == [PER_EPOCH * len(VALUES), PER_EPOCH * EPOCHS]
    assert set(line.y.tolist()) == {0.9}
    assert pencil.lane.header.caption.note.startswith("12 values for 20 epochs")
    assert "From epoch 13 on the last value repeats." in pencil.lane.accessibleDescription()
    whole = Metric(values=VALUES + VALUES)
    controller.edit("x", edits.set_metric(controller.schedule, whole))
    assert all(each.name != "repeats" for each in pencil.lane.plot.series)


def test_every_reduction_is_there_with_its_reason(pencil, canvas, controller):
    (run,) = explain(controller.schedule, controller.curve.bases)
    assert len(run.reductions) >= 3
    rules = pencil.lane.content.marks.rules
    assert [rule.step for rule in rules] == [each.step for each in run.reductions]
    assert {rule.label for rule in rules} == {"×0.5"}
    for reduction in run.reductions[:2]:
        pencil.hover(reduction.epoch)
        told = canvas.view.readout.reading.more.replace("\n", " ").replace("\xa0", " ")
        assert told == reduction.reason()
        assert f"Epoch {reduction.reason()[6:]}." in pencil.lane.accessibleDescription()
    assert "(patience 2), best 1 at epoch 4 → LR 0.1 → 0.05" in rules[0].text


def test_the_reason_is_told_in_the_plot_of_the_lr_as_well(pencil, hand, controller):
    (run,) = explain(controller.schedule)
    hand.hover(hand.at(run.reductions[0].step, 0.07))
    assert "no improvement for 3 epochs" in hand.view.readout.reading.more.replace("\n", " ")


def test_patience_and_cooldown_are_shaded(pencil, canvas, controller):
    (run,) = explain(controller.schedule)
    windows = pencil.lane.content.marks.windows
    assert [(w.start, w.end) for w in windows] == [(s.start, s.end) for s in run.stretches]
    assert [w.hatched for w in windows] == [s.kind == "cooldown" for s in run.stretches]
    pencil.hover(5.5)
    assert "3 bad epochs; patience puts up with 2" in canvas.view.readout.reading.more
    pencil.hover(7.5)
    assert "cooldown" in canvas.view.readout.reading.more


def test_the_best_so_far_is_a_line_and_a_point(pencil, canvas):
    pencil.hover(6.0)
    entries = {entry.name: entry.value for entry in pencil.lane.header.caption.entries}
    assert entries["best"] == "1"
    assert entries[""] == "1.1"
    points = pencil.lane.content.marks.points
    assert (4 * PER_EPOCH, 1.0) in [(point.step, point.value) for point in points]


def test_two_plateaus_after_a_warm_up(pencil, controller):
    document = controller.schedule
    second = document.phases[1].replace(length="8 epochs")
    controller.edit("x", document.replace(phases=(document.phases[0], second, document.phases[1])))
    runs = explain(controller.schedule)
    assert [run.phase for run in runs] == [1, 2]
    wanted = sorted(each.step for run in runs for each in run.reductions)
    assert [rule.step for rule in pencil.lane.content.marks.rules] == wanted


def test_no_metric_says_so_and_can_be_drawn(pencil, controller):
    controller.edit("x", edits.set_metric(controller.schedule, None))
    assert "needs a metric" in pencil.lane.header.caption.note
    pencil.tool("draw")
    pencil.stroke((3, 0.8), (6, 0.4))
    found = values(controller)
    assert len(found) == EPOCHS
    assert found[2:6] == pytest.approx((0.8, 0.667, 0.533, 0.4), abs=0.02)


def test_a_million_epochs(pencil, controller, canvas):
    document = controller.schedule.replace(metric=Metric(formula="exp(-t / 200000)"))
    controller.edit("x", edits.set_horizon(document, epochs=1_000_000, steps_per_epoch=1))
    assert len(pencil.lane.plot.lines.items[0].trace.x) < 10_000
    assert not pencil.button("draw").isEnabled()
    assert "formula or a CSV" in pencil.button("draw").toolTip()


# -- drawing ---------------------------------------------------------------------------------


def test_a_stroke_is_one_undo_step_and_undo_gives_the_same_document(pencil, controller):
    before = controller.schedule
    text = before.model_dump_json()
    pencil.tool("draw")
    spots = ((5, 1.5), (8, 1.7), (10, 0.9))
    pencil.stroke(*spots)
    found = values(controller)
    assert len(found) == len(VALUES)
    assert (found[:4], found[10:]) == (VALUES[:4], VALUES[10:])
    wanted = np.interp(range(5, 11), *zip(*spots, strict=True))
    assert found[4:10] == pytest.approx(tuple(wanted), abs=0.03)
    assert controller.undo_stack.count() == 1
    assert controller.undo_stack.undoText() == "draw metric"
    controller.undo_stack.undo()
    assert controller.schedule == before
    assert controller.schedule.model_dump_json() == text
    controller.undo_stack.redo()
    assert values(controller) == found


def test_the_lr_follows_while_the_hand_draws(pencil, controller):
    pencil.tool("draw")
    falls = controller.preview.lr[0][-1]
    pencil.press(pencil.at(12, 0.8))
    for epoch in range(12, EPOCHS + 1):  # better and better: nothing to reduce for
        pencil.move(pencil.at(epoch, 0.7 - 0.03 * (epoch - 12)))
    assert controller.in_gesture
    assert pencil.canvas.view.readout.reading is None  # it would hide the curve that follows
    assert controller.preview.lr[0][-1] > falls
    assert len(values(controller)) == EPOCHS
    pencil.release(pencil.at(EPOCHS, 0.46))
    assert not controller.in_gesture


def test_escape_abandons_the_stroke_then_puts_the_pen_down(pencil, canvas, controller):
    before = controller.schedule
    pencil.tool("draw")
    pencil.press(pencil.at(5, 1.5))
    pencil.move(pencil.at(9, 1.9))
    assert controller.schedule != before
    assert canvas.hasFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert controller.schedule == before
    assert controller.undo_stack.count() == 0
    pencil.move(pencil.at(10, 1.5))
    pencil.release(pencil.at(10, 1.5))
    assert controller.schedule == before
    assert pencil.button("draw").isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not pencil.button("draw").isChecked()
    pencil.stroke((5, 1.5), (9, 1.9))
    assert controller.schedule == before


def test_undo_in_the_middle_of_a_stroke_ends_it(pencil, controller):
    pencil.tool("draw")
    pencil.stroke((3, 1.4), (3, 1.4))
    once = controller.schedule
    pencil.press(pencil.at(9, 1.0))
    pencil.move(pencil.at(10, 1.0))
    controller.undo_stack.undo()
    assert values(controller) == VALUES
    pencil.move(pencil.at(12, 1.0))
    pencil.release(pencil.at(12, 1.0))
    assert values(controller) == VALUES
    controller.undo_stack.redo()
    assert controller.schedule == once


def test_strokes_follow_each_other_before_the_run_is_done(pencil, controller):
    """Each begins with what is there, not with what was there when the pen was taken up."""
    pencil.tool("draw")
    pencil.stroke((3, 1.9), (4, 1.9))
    pencil.stroke((9, 1.5), (10, 1.5))
    found = values(controller)
    assert found[2:4] == pytest.approx((1.9, 1.9), abs=0.03)
    assert found[8:10] == pytest.approx((1.5, 1.5), abs=0.03)


def test_a_click_moves_one_value(pencil, controller):
    pencil.tool("draw")
    pencil.stroke((7.2, 1.7), (7.2, 1.7))
    found = values(controller)
    assert found[6] == pytest.approx(1.7, abs=0.03)
    assert found[:6] + found[7:] == VALUES[:6] + VALUES[7:]


def test_shift_draws_a_straight_line(pencil, controller):
    pencil.tool("draw")
    pencil.stroke((2, 1.8), (5, 0.5), (11, 0.9), modifiers=SHIFT)
    wanted = np.interp(range(2, 12), (2, 11), (1.8, 0.9))
    assert values(controller)[1:11] == pytest.approx(tuple(wanted), abs=0.03)


def test_straighten_erases_a_stretch(pencil, controller):
    pencil.tool("straighten")
    pencil.stroke((3, 0.9), (6, 1.9), (8, 1.0))
    found = values(controller)
    assert found[2:8] == pytest.approx(tuple(np.linspace(1.2, 0.9, 6)), abs=1e-3)
    assert found[:2] + found[8:] == VALUES[:2] + VALUES[8:]


def test_smoothing_makes_it_smoother_only_under_the_brush(pencil, controller):
    rough = tuple(1.0 + 0.3 * (-1) ** k for k in range(EPOCHS))
    controller.edit("x", edits.set_metric(controller.schedule, Metric(values=rough)))
    pencil.tool("smooth")
    pencil.stroke((4, 1.0), (9, 1.0), (4, 1.0), (9, 1.0))
    found = np.array(values(controller))
    assert np.abs(np.diff(found[4:8])).max() < 0.3
    assert tuple(found[12:]) == rough[12:]


def test_noise_makes_it_rougher_only_under_the_brush(pencil, controller):
    controller.edit("x", edits.set_metric(controller.schedule, Metric(values=(1.0,) * EPOCHS)))
    pencil.tool("noise")
    pencil.stroke((4, 1.0), (9, 1.0))
    found = np.array(values(controller))
    assert np.std(found[3:9]) > 0
    assert set(found[12:].tolist()) == {1.0}


def test_drawing_in_a_formula_makes_it_values(pencil, controller):
    controller.edit("x", edits.set_metric(controller.schedule, Metric(formula="2 * exp(-t / 8)")))
    pencil.tool("draw")
    pencil.stroke((10, 1.5), (12, 1.5))
    found = values(controller)
    assert len(found) == EPOCHS
    untouched = [k for k in range(EPOCHS) if not 9 <= k <= 11]
    assert [found[k] for k in untouched] == [2 * math.exp(-k / 8) for k in untouched]
    controller.undo_stack.undo()
    assert controller.schedule.metric.formula == "2 * exp(-t / 8)"


def test_a_loss_does_not_fall_below_zero_by_accident(pencil, controller):
    pencil.tool("draw")
    controller.edit("x", edits.set_metric(controller.schedule, Metric(values=(0.05, 1.0))))
    pencil.stroke((6, 0.5), (7, -5.0))
    assert values(controller)[6] == 0
    controller.edit("x", edits.set_metric(controller.schedule, Metric(values=(-1.0, 1.0))))
    pencil.stroke((6, 0.4), (7, -0.8))
    assert values(controller)[6] == pytest.approx(-0.8, abs=0.03)


def test_only_one_tool_is_held(pencil, controller):
    pencil.tool("draw")
    pencil.tool("smooth")
    assert not pencil.button("draw").isChecked()
    assert pencil.lane.header.caption.note.startswith("brush over")
    pencil.tool("smooth")
    assert pencil.lane.tool is None
    QTest.mouseClick(pencil.lane, LEFT, PLAIN, pencil.at(1, 1.0).toPoint())
    assert controller.selection == Selection(0)


def test_every_tool_has_a_name_and_can_be_reached_by_keyboard(pencil):
    for mode in ("draw", "smooth", "noise", "straighten"):
        button = pencil.button(mode)
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert pencil.lane.tool is not None


# -- strokes, as numbers -----------------------------------------------------------------------


def test_fast_strokes_leave_no_gaps():
    found, touched = drawn(np.zeros(100), Spot(10.0, 1.0), Spot(60.0, 2.0))
    assert touched == 59
    assert (found[9:60] > 0).all()
    assert found[9:60] == pytest.approx(np.linspace(1, 2, 51))
    backwards, touched = drawn(np.zeros(100), Spot(60.0, 2.0), Spot(10.0, 1.0))
    assert backwards == pytest.approx(found)
    assert touched == 59


@pytest.mark.parametrize("epochs", [-3.0, 0.0, 0.4, 200.0])
def test_the_hand_may_leave_the_run(epochs):
    for result, touched in (
        drawn(np.zeros(5), Spot(2.0, 1.0), Spot(epochs, 1.0)),
        straightened(np.zeros(5), Spot(2.0, 1.0), Spot(epochs, 1.0)),
        smoothed(np.zeros(5), Spot(epochs, 1.0), 1.0),
        roughened(np.zeros(5), Spot(epochs, 1.0), 1.0, 1.0, np.ones(5)),
    ):
        assert len(result) == 5
        assert 0 <= touched < 5


def test_a_plateau_of_a_track_is_explained_in_its_own_words(pencil, controller, qtbot):
    head = {"name": "head", "lr": 0.2}
    data = plateau().model_dump(mode="json", by_alias=True)
    data["optimizer"]["groups"].append(head)
    steps = {"scheduler": "ReduceLROnPlateau", "params": {"patience": 4, "factor": 0.25}}
    data["tracks"] = [{"groups": ["head"], "phases": [steps]}]
    data["phases"] = [{"scheduler": "ConstantLR", "params": {"factor": 1.0}}]
    controller.open_document(Schedule.model_validate(data), None)
    qtbot.waitUntil(lambda: controller.curve is not None)
    rules = pencil.lane.content.marks.rules
    row = controller.curve.lr[controller.curve.groups.index("head")]
    falls = (np.flatnonzero(np.diff(row)) + 1).tolist()
    assert falls
    assert [rule.step for rule in rules if rule.step < len(row)] == falls
    assert "LR 0.2 → 0.05" in rules[0].text
