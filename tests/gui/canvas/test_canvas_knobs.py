"""Knobs: the parameters of a phase, taken hold of on its curve with mouse and keyboard."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from lrdesigner.gui.snapping import snap_level
from lrdesigner.gui.state import Selection, ViewState
from lrdesigner.gui.widgets import ValueBubble
from lrdesigner.schedule.codec import loads

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
GROUPS = [{"name": "backbone", "lr": 0.01}, {"name": "head", "lr": 0.1}]
ONE = [{"name": "all", "lr": 0.1}]


def show(controller, key, params, groups=ONE, phase=1, log=False):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "optimizer": {"type": "SGD", "args": {"momentum": 0.9}, "groups": groups},
        "phases": [
            {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
            {"scheduler": key, "params": params},
        ],
    }
    controller.edit("new", loads(json.dumps(text)), Selection(phase))
    controller.set_view(ViewState(log=log, unit="epochs"))
    controller.undo_stack.clear()


def knob(hand, name, place=0, group=None):
    found = [k for k in hand.view.knobs.knobs if name in k.handle.names]
    found = [k for k in found if group is None or k.group == group]
    found.sort(key=lambda k: k.handle.step)
    return found[place]


def at(hand, a_knob):
    return hand.view.knobs.spot(a_knob) + QPointF(hand.view.pos())


def params(controller, phase=1):
    return controller.schedule.phases[phase].params


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("target", [0.0123, 0.0346])
def test_a_floor_follows_the_hand(hand, controller, log, target):
    show(controller, "CosineAnnealingLR", {"eta_min": 0.02}, log=log)
    start = at(hand, knob(hand, "eta_min"))
    end = QPointF(start.x(), hand.at(0, target).y())
    pixel = abs(hand.view.plane.lr_at(end.y()) - hand.view.plane.lr_at(end.y() + 1))
    hand.drag(start, end, modifiers=CTRL)
    assert params(controller)["eta_min"] == pytest.approx(target, abs=1.5 * pixel)
    assert "T_max" not in params(controller)
    assert controller.undo_stack.count() == 1
    assert controller.undo_stack.undoText() == "drag eta_min"
    controller.undo_stack.undo()
    assert params(controller) == {"eta_min": 0.02}


def test_the_curve_and_the_knob_follow_and_the_value_is_said(hand, controller):
    show(controller, "OneCycleLR", {"max_lr": 0.1})
    start = at(hand, knob(hand, "max_lr"))
    hand.press(start)
    hand.move(start + QPointF(30, 40))
    hand.move(start + QPointF(60, 80), modifiers=CTRL)
    held = at(hand, knob(hand, "max_lr"))
    assert (held - start - QPointF(60, 80)).manhattanLength() < 26  # the second way has some slack
    now = params(controller)
    reading = {entry.name: entry.value for entry in hand.view.readout.reading.entries}
    assert reading["pct_start"] == f"{now['pct_start']:.6g} of cycle"
    assert reading["max_lr"] == f"{now['max_lr']:.6g} lr"
    assert controller.preview.lr[0, 200:].max() == pytest.approx(now["max_lr"], rel=1e-3)
    hand.release(start + QPointF(60, 80))
    assert controller.undo_stack.undoText() == "drag pct_start, max_lr"


def test_times_snap_to_epochs_unless_ctrl_is_held(hand, controller):
    show(controller, "MultiStepLR", {"milestones": [330, 600], "gamma": 0.5})
    start = at(hand, knob(hand, "milestones"))
    near = QPointF(hand.at(604).x(), start.y())
    hand.drag(start, near)
    assert list(params(controller)["milestones"]) == [400, 600]
    controller.undo_stack.undo()
    hand.press(start)
    hand.move(near, modifiers=CTRL)
    hand.release(near)
    assert params(controller)["milestones"][0] == pytest.approx(404, abs=2)


def test_times_snap_to_lines_of_the_axis(hand, controller):
    show(controller, "MultiStepLR", {"milestones": [330, 600], "gamma": 0.5})
    hand.canvas.resize(2400, 440)  # a line every half epoch
    start = at(hand, knob(hand, "milestones"))
    hand.drag(start, QPointF(hand.at(452).x(), start.y()))
    assert list(params(controller)["milestones"]) == [250, 600]  # the phase begins at 200
    hand.drag(QPointF(hand.at(450).x(), start.y()), QPointF(hand.at(437).x(), start.y()))
    assert params(controller)["milestones"][0] == pytest.approx(237, abs=1)


def test_levels_snap_to_round_values(hand, controller):
    show(controller, "CosineAnnealingLR", {"eta_min": 0.03}, log=True)
    start = at(hand, knob(hand, "eta_min"))
    hand.drag(start, QPointF(start.x(), hand.at(0, 0.0205).y()))
    assert params(controller)["eta_min"] == 0.02


def test_round_values_need_room(hand, controller):
    show(controller, "CosineAnnealingLR", {"eta_min": 0.03})
    plane = hand.view.plane
    assert snap_level(plane.y_of, 0.0021, plane.y_of(0.0021)).value == 0.0021
    assert snap_level(plane.y_of, 0.0502, plane.y_of(0.0502)).value == 0.05


def test_shift_is_ten_times_finer(hand, controller):
    show(controller, "CosineAnnealingLR", {"eta_min": 0.02})
    start = at(hand, knob(hand, "eta_min"))
    down = start - QPointF(0, 100)
    hand.press(start)
    hand.move(down, modifiers=SHIFT)
    hand.release(down)
    gone = hand.view.plane.lr_at(start.y() - 10) - hand.view.plane.lr_at(start.y())
    assert params(controller)["eta_min"] - 0.02 == pytest.approx(abs(gone), rel=0.35)


def test_the_first_direction_holds_until_the_hand_leaves_it(hand, controller):
    show(controller, "piecewise_linear", {"points": [[0, 1.0], [300, 0.5], [800, 0.2]]})
    start = at(hand, knob(hand, "points", 1))
    hand.drag(start, start + QPointF(-50, 8), modifiers=CTRL)
    (_, first), (time, value), _ = params(controller)["points"]
    assert (first, value) == (1.0, 0.5)
    assert time < 250
    controller.undo_stack.undo()
    hand.drag(start, start + QPointF(-50, 60), modifiers=CTRL)
    assert params(controller)["points"][1][1] < 0.45


@pytest.mark.parametrize(("key", "free"), [(Qt.Key.Key_X, 0), (Qt.Key.Key_Y, 1)])
def test_x_and_y_lock_the_direction(hand, controller, key, free):
    show(controller, "piecewise_linear", {"points": [[0, 1.0], [300, 0.5], [800, 0.2]]})
    start = at(hand, knob(hand, "points", 1))
    hand.press(start)
    hand.move(start + QPointF(-50, 60), modifiers=CTRL)
    QTest.keyClick(hand.canvas, key)
    hand.move(start + QPointF(-60, 70), modifiers=CTRL)
    hand.release(start + QPointF(-60, 70))
    row, old = params(controller)["points"][1], [300, 0.5]
    assert row[free] != old[free]
    assert row[1 - free] == old[1 - free]


def test_esc_restores_everything(hand, controller):
    show(controller, "StepLR", {"step_size": 200, "gamma": 0.5})
    before = controller.schedule
    start = at(hand, knob(hand, "step_size"))
    hand.press(start)
    hand.move(start + QPointF(60, 40))
    assert controller.schedule != before
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert controller.schedule == before
    hand.move(start + QPointF(90, 40))
    hand.release(start + QPointF(90, 40))
    assert controller.schedule == before
    assert controller.undo_stack.count() == 0


@pytest.mark.parametrize(
    ("key", "given", "name", "way", "reason"),
    [
        ("CosineAnnealingLR", {"eta_min": 0.02}, "eta_min", (0, 900), "LR cannot be below 0"),
        ("MultiStepLR", {"milestones": [300]}, "milestones", (900, 0), "the phase ends here"),
        ("MultiStepLR", {"milestones": [300, 500]}, "milestones", (500, 0), "neighbour"),
        ("ConstantLR", {"factor": 0.5}, "factor", (0, -300), "factor must be a number"),
        ("wsd", {"warmup_steps": 80, "decay_steps": 400}, "warmup_steps", (500, 0), "do not fit"),
    ],
)
def test_impossible_drags_stop_at_the_limit_and_say_why(
    hand, controller, key, given, name, way, reason
):
    show(controller, key, given)
    start = at(hand, knob(hand, name))
    hand.press(start)
    hand.move(start + QPointF(*way) / 2)
    hand.move(start + QPointF(*way))
    assert reason in hand.view.readout.reading.warning
    hand.release(start + QPointF(*way))
    assert [p for p in controller.problems if p.severity == "error"] == []


def test_each_group_of_a_list_has_its_own_knob(hand, controller):
    show(controller, "OneCycleLR", {"max_lr": [0.02, 0.3]}, groups=GROUPS)
    start = at(hand, knob(hand, "max_lr", group=1))
    hand.drag(start, start + QPointF(0, 60))
    low, high = params(controller)["max_lr"]
    assert low == 0.02
    assert high < 0.27


def test_hovering_shows_the_knobs_of_a_phase_that_is_not_selected(hand, controller):
    show(controller, "StepLR", {"step_size": 200}, phase=None)
    assert hand.view.knobs.knobs == ()
    hand.hover(hand.at(700))
    assert {k.handle.phase for k in hand.view.knobs.knobs} == {1}
    hand.click(at(hand, knob(hand, "step_size")))
    assert controller.selection == Selection(1)
    hand.hover(hand.at(100))
    assert {k.handle.phase for k in hand.view.knobs.knobs} == {0, 1}


def test_a_knob_under_the_mouse_says_what_it_changes(hand, controller):
    show(controller, "StepLR", {"step_size": 200, "gamma": 0.5})
    hand.hover(at(hand, knob(hand, "step_size")))
    entries = [(e.name, e.value) for e in hand.view.readout.reading.entries]
    assert entries[:2] == [("step_size", "200 steps"), ("gamma", "0.5 ×")]
    assert hand.canvas.cursor().shape() == Qt.CursorShape.SizeAllCursor
    hand.hover(hand.at(650))
    assert hand.view.readout.reading.entries[0].name != "step_size"


def test_rings_keep_their_place_and_knobs_stand_beside_them(hand, controller):
    show(controller, "CosineAnnealingLR", {}, phase=0)
    (ring,) = hand.view.marks.handles
    spot = at(hand, knob(hand, "end_factor"))
    there = hand.at(ring.step, ring.lr)
    assert 13 < there.x() - spot.x() < 22
    hand.drag(there, there + QPointF(0, 50))
    assert controller.schedule.optimizer.groups[0].lr < 0.1
    assert "end_factor" not in params(controller, 0)


def test_double_click_opens_fields_for_the_exact_values(hand, controller):
    show(controller, "CosineAnnealingLR", {"eta_min": 0.02})
    spot = at(hand, knob(hand, "eta_min")).toPoint()
    QTest.mouseDClick(hand.canvas, Qt.MouseButton.LeftButton, pos=spot)
    field = hand.canvas.findChild(QLineEdit, "bubble_eta_min")
    assert field.hasFocus()
    assert field.text() == "0.02"
    QTest.keyClicks(field, "-1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    labels = hand.canvas.findChild(ValueBubble).findChildren(QLabel)
    assert any("0 or greater" in label.text() for label in labels)
    field.selectAll()
    QTest.keyClicks(field, "1.25e-3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert params(controller)["eta_min"] == 1.25e-3
    assert controller.undo_stack.undoText() == "change eta_min"
    assert controller.undo_stack.count() == 1
    assert hand.canvas.hasFocus()
    assert controller.axis.fitted


@pytest.mark.parametrize(("typed", "steps"), [("2k", 2000), ("25%", 250), ("1.5 epochs", 150)])
def test_a_duration_is_typed_with_a_unit_as_in_the_form(hand, controller, typed, steps):
    show(controller, "StepLR", {"step_size": 200})
    spot = at(hand, knob(hand, "step_size")).toPoint()
    QTest.mouseDClick(hand.canvas, Qt.MouseButton.LeftButton, pos=spot)
    field = hand.canvas.findChild(QLineEdit, "bubble_step_size")
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert params(controller)["step_size"] == steps


def test_esc_in_the_field_changes_nothing(hand, controller):
    show(controller, "StepLR", {"step_size": 200})
    before = controller.schedule
    spot = at(hand, knob(hand, "step_size")).toPoint()
    QTest.mouseDClick(hand.canvas, Qt.MouseButton.LeftButton, pos=spot)
    field = hand.canvas.findChild(QLineEdit, "bubble_step_size")
    field.selectAll()
    QTest.keyClicks(field, "250")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert controller.schedule == before
    assert hand.canvas.hasFocus()


def test_tab_goes_through_the_knobs_and_arrows_move_them(hand, controller):
    show(controller, "MultiStepLR", {"milestones": [300, 500], "gamma": 0.5})
    canvas = hand.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert "milestones[0] 300 steps" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert "milestones[1] 500 steps" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Backtab)
    QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    assert list(params(controller)["milestones"]) == [301, 500]
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert 303 <= params(controller)["milestones"][0] <= 310
    assert "milestones[0] 3" in canvas.accessibleDescription()
    assert controller.undo_stack.count() == 1  # one step, however often the key is pressed
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert params(controller)["gamma"] > 0.5
    assert controller.undo_stack.count() == 2
    assert controller.undo_stack.undoText() == "move gamma"


def test_without_a_chosen_knob_arrows_pan_and_esc_lets_go(hand, controller):
    show(controller, "StepLR", {"step_size": 200})
    before = controller.schedule
    QTest.keyClick(hand.canvas, Qt.Key.Key_Tab)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert "step_size" not in hand.canvas.accessibleDescription()
    controller.axis.set_range(100, 300)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Right)
    assert controller.axis.range[0] > 100
    assert controller.schedule == before


def test_enter_types_the_value_of_the_chosen_knob(hand, controller):
    show(controller, "StepLR", {"step_size": 200})
    QTest.keyClick(hand.canvas, Qt.Key.Key_Tab)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Return)
    assert hand.canvas.findChild(QLineEdit, "bubble_step_size") is not None


def test_after_the_last_knob_tab_leaves(hand, controller, qtbot):
    show(controller, "StepLR", {"step_size": 200})
    knobs = hand.canvas
    assert knobs.focusNextPrevChild(True)
    knobs.focusNextPrevChild(True)
    assert "step_size" not in hand.canvas.accessibleDescription()


def test_a_track_has_knobs_of_its_own_groups(hand, controller):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "optimizer": {"type": "SGD", "groups": GROUPS},
        "phases": [{"scheduler": "ConstantLR", "params": {"factor": 1}}],
        "tracks": [
            {
                "groups": ["head"],
                "phases": [{"scheduler": "CosineAnnealingLR", "params": {"eta_min": 0.05}}],
            },
            {
                "quantity": "weight_decay",
                "phases": [{"scheduler": "StepLR", "params": {"step_size": 100}}],
            },
        ],
    }
    controller.edit("new", loads(json.dumps(text)), Selection(0, 0))
    found = knob(hand, "eta_min")
    assert found.group == 1
    start = at(hand, found)
    hand.drag(start, start + QPointF(0, 50))
    assert controller.schedule.tracks[0].phases[0].params["eta_min"] < 0.05
    assert controller.schedule.phases == loads(json.dumps(text)).phases
    controller.select(Selection(0, 1))  # a lane's curve is not in this plot
    assert hand.view.knobs.knobs == ()
