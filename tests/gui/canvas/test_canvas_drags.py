"""Taking hold of the curve: LRs, boundaries, Esc, one undo step for a drag."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from lrdesigner.gui.canvas import holdings
from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.state import Selection, ViewState
from lrdesigner.schedule import edits

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def lr(controller, group=1):
    return controller.schedule.optimizer.groups[group].lr


def handle_point(hand, group):
    handle = next(h for h in hand.view.marks.handles if h.group == group)
    return hand.at(handle.step, handle.lr)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(("group", "target"), [(1, 0.0437), (0, 0.0021)])
def test_dragging_a_ring_puts_the_groups_lr_under_the_mouse(hand, controller, log, group, target):
    controller.set_view(ViewState(log=log))
    start = handle_point(hand, group)
    end = QPointF(start.x(), hand.at(0, target).y())
    pixel = abs(hand.view.plane.lr_at(end.y()) - hand.view.plane.lr_at(end.y() + 1))
    hand.drag(start, end, modifiers=CTRL)
    assert lr(controller, group) == pytest.approx(target, abs=1.5 * pixel)
    assert lr(controller, group) == float(f"{lr(controller, group):.3g}")
    assert lr(controller, 1 - group) == (0.1, 0.01)[group]
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert lr(controller, group) == (0.01, 0.1)[group]


def test_the_ring_follows_the_hand_and_says_the_value(hand, controller):
    start = handle_point(hand, 1)
    hand.press(start)
    hand.move(start + QPointF(0, 40))
    hand.move(start + QPointF(0, 80))
    assert controller.in_gesture
    held = handle_point(hand, 1)
    assert held.y() == pytest.approx(start.y() + 80, abs=1.5)
    (entry,) = hand.view.readout.reading.entries
    assert entry.name == "head"
    assert entry.value.endswith(" lr")
    assert float(entry.value.split()[0].replace("−", "-")) == lr(controller)
    hand.release(start + QPointF(0, 80))
    assert not controller.in_gesture


def test_the_ring_stays_in_the_hand_whatever_place_would_be_good_now(hand, monkeypatch):
    start = handle_point(hand, 1)
    step = next(h.step for h in hand.view.marks.handles if h.group == 1)
    hand.press(start)
    monkeypatch.setattr(holdings, "part_handles", lambda part: (LrHandle(1, 900, 0.5, 1.0),))
    hand.move(start + QPointF(0, 40))
    (held,) = hand.view.marks.handles
    assert held.step == step
    hand.release(start + QPointF(0, 40))
    (free,) = hand.view.marks.handles
    assert free.step == 900


def test_esc_abandons_and_the_rest_of_the_drag_does_nothing(hand, controller):
    before = controller.schedule
    start = handle_point(hand, 1)
    hand.press(start)
    hand.move(start + QPointF(0, 60))
    assert controller.schedule != before
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert controller.schedule == before
    hand.move(start + QPointF(0, 90))
    hand.release(start + QPointF(0, 90))
    assert controller.schedule == before
    assert controller.undo_stack.count() == 0


def test_a_gesture_ended_elsewhere_stays_ended(hand, controller):
    before = controller.schedule
    start = handle_point(hand, 1)
    hand.press(start)
    hand.move(start + QPointF(0, 60))
    controller.cancel_gesture()
    hand.move(start + QPointF(0, 90))
    hand.release(start + QPointF(0, 90))
    assert controller.schedule == before
    assert not controller.in_gesture


def test_a_click_on_a_ring_changes_nothing(hand, controller):
    before = controller.schedule
    hand.click(handle_point(hand, 0))
    assert controller.schedule is before


def test_the_lr_axis_stands_still_during_a_drag_and_fits_after_it(hand, controller):
    start = handle_point(hand, 1)
    scale = hand.view.scale_
    hand.press(start)
    hand.move(start + QPointF(0, 100))
    assert hand.view.scale_ is scale
    hand.release(start + QPointF(0, 100))
    assert hand.view.scale_.high < 0.9 * scale.high


def test_a_curve_that_leaves_the_axis_takes_it_along(hand, controller):
    controller.set_view(ViewState(log=True))
    start = handle_point(hand, 1)
    high = hand.view.scale_.high
    hand.press(start)
    hand.move(start - QPointF(0, 30))
    hand.move(QPointF(start.x(), -40))
    assert hand.view.scale_.high > high
    assert hand.view.scale_.high >= hand.view.scale_.unit(lr(controller))
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release(QPointF(start.x(), -40))


def test_dragging_a_boundary_resizes_and_snaps_to_epochs(hand, controller):
    hand.drag(hand.at(200), hand.at(404))
    assert controller.schedule.phases[0].length == "4 epochs"
    assert controller.schedule.phases[1].length == "1 epoch"
    assert controller.undo_stack.undoText() == "resize phase"
    assert controller.undo_stack.count() == 1


def test_ctrl_leaves_the_epochs(hand, controller):
    key = CTRL
    start, end = hand.at(200), hand.at(404)
    hand.press(start, modifiers=key)
    hand.move(end, modifiers=key)
    hand.release(end, modifiers=key)
    steps = edits.spans(controller.schedule)[0].end
    assert steps != 400
    assert steps == pytest.approx(404, abs=2)


def test_far_from_an_epochs_end_nothing_snaps(hand, controller):
    hand.drag(hand.at(200), hand.at(350))
    assert edits.spans(controller.schedule)[0].end == pytest.approx(350, abs=2)


def test_the_length_is_shown_while_a_boundary_is_dragged(hand, controller):
    hand.press(hand.at(200))
    hand.move(hand.at(300))
    hand.move(hand.at(400))
    reading = hand.view.readout.reading
    assert [(e.name, e.value) for e in reading.entries] == [
        ("Linear", "4 epochs"),
        ("Constant", "1 epoch"),
    ]
    assert hand.canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    hand.release(hand.at(400))


def test_the_end_of_the_run_can_be_taken_hold_of(hand, controller):
    hand.drag(hand.at(1000), hand.at(800))
    assert edits.spans(controller.schedule)[2].end == 800
    # The hold's beginning is a boundary like the others.
    hand.drag(hand.at(800), hand.at(1000))
    assert controller.schedule.phases[2].length == "rest"


def test_cursor_shapes_say_what_can_be_done(hand, controller):
    hand.hover(hand.at(500))
    assert hand.canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    hand.hover(handle_point(hand, 0))
    assert hand.canvas.cursor().shape() == Qt.CursorShape.SizeVerCursor
    hand.hover(hand.at(350))
    assert hand.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_rings_are_easier_to_hit_than_they_look(hand, controller):
    before = lr(controller)
    start = handle_point(hand, 1) + QPointF(7, 7)
    hand.drag(start, start + QPointF(0, 50))
    assert lr(controller) < before


def test_a_click_in_a_band_selects_the_phase(hand, controller):
    hand.click(hand.at(350))
    assert controller.selection == Selection(1)
    assert [band.selected for band in hand.view.ground.bands] == [False, True, False]
    hand.click(hand.at(700))
    assert controller.selection == Selection(2)


def test_a_click_outside_every_phase_selects_the_run(hand, controller):
    controller.edit("x", edits.remove_phase(controller.schedule, 2), Selection(1))
    hand.click(hand.at(800))
    assert controller.selection == Selection(None)
    controller.select(Selection(0))
    hand.click(QPointF(20, 200))
    assert controller.selection == Selection(None)
