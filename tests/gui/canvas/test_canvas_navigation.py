"""Zoom and pan along the shared time axis, and schedulers dropped on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.state import Selection

PLAIN = Qt.KeyboardModifier.NoModifier


def turn(widget, point: QPointF, dx=0, dy=0, modifiers=PLAIN) -> None:
    event = QWheelEvent(
        point,
        QPointF(widget.mapToGlobal(point.toPoint())),
        QPoint(),
        QPoint(dx, dy),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("modifiers", [PLAIN, Qt.KeyboardModifier.ControlModifier])
def test_the_wheel_zooms_at_the_cursor(hand, controller, modifiers):
    point = hand.at(300)
    turn(hand.canvas, point, dy=240, modifiers=modifiers)
    first, last = controller.axis.range
    assert last - first < 700
    assert controller.axis.x_of(300) == pytest.approx(point.x(), abs=0.5)
    assert hand.view.box.viewRange()[0] == pytest.approx([first, last])
    turn(hand.canvas, point, dy=-1200)
    assert controller.axis.fitted


@pytest.mark.parametrize(
    ("dx", "dy", "modifiers"), [(-120, 0, PLAIN), (0, -120, Qt.KeyboardModifier.ShiftModifier)]
)
def test_sideways_scrolling_pans(hand, controller, dx, dy, modifiers):
    controller.axis.set_range(200, 400)
    turn(hand.canvas, hand.at(300), dx=dx, dy=dy, modifiers=modifiers)
    first, last = controller.axis.range
    assert first > 200
    assert last - first == pytest.approx(200)


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton])
def test_dragging_pans_and_keeps_the_step_under_the_mouse(hand, controller, button):
    controller.axis.set_range(220, 480)
    start = hand.at(350)
    end = start - QPointF(200, 0)
    hand.drag(start, end, button)
    assert controller.axis.x_of(350) == pytest.approx(end.x(), abs=1)
    assert controller.selection == Selection(None)
    assert controller.undo_stack.count() == 0


def test_space_turns_any_drag_into_panning(hand, controller):
    controller.axis.set_range(100, 400)
    start = hand.at(200)
    QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    assert hand.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    hand.drag(start, start - QPointF(100, 0))
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Space)
    assert controller.axis.range[0] > 100
    assert controller.undo_stack.count() == 0  # the boundary at 200 was not dragged


def test_esc_takes_panning_back(hand, controller):
    controller.axis.set_range(220, 480)
    start = hand.at(350)
    hand.press(start)
    hand.move(start - QPointF(100, 0))
    assert controller.axis.range != (220, 480)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert controller.axis.range == (220, 480)
    hand.release(start - QPointF(100, 0))


def test_a_double_click_shows_the_whole_run(hand, controller):
    controller.axis.set_range(220, 480)
    QTest.mouseDClick(hand.canvas, Qt.MouseButton.LeftButton, PLAIN, hand.at(350).toPoint())
    assert controller.axis.fitted


def test_keys_zoom_and_pan(hand, controller):
    QTest.keyClick(hand.canvas, Qt.Key.Key_Plus)
    assert not controller.axis.fitted
    first = controller.axis.range[0]
    QTest.keyClick(hand.canvas, Qt.Key.Key_Right)
    assert controller.axis.range[0] > first
    QTest.keyClick(hand.canvas, Qt.Key.Key_Left)
    assert controller.axis.range[0] == pytest.approx(first)
    QTest.keyClick(hand.canvas, Qt.Key.Key_0)
    assert controller.axis.fitted


def test_a_longer_horizon_stays_in_sight(hand, controller):
    from lrdesigner.schedule import edits

    controller.edit("x", edits.set_horizon(controller.schedule, epochs=20))
    assert hand.view.box.viewRange()[0] == [0, 2000]
    assert hand.view.time_labels[-1] == "20"


def test_a_scheduler_dropped_on_the_canvas_becomes_a_phase_there(hand, controller):
    hand.drop("ExponentialLR", hand.at(990))
    assert [phase.scheduler for phase in controller.schedule.phases][-1] == "ExponentialLR"
    assert controller.selection == Selection(3)
    assert controller.undo_stack.undoText() == "add phase"


def test_the_marker_shows_what_a_drop_would_do(hand, controller, theme):
    before = controller.schedule
    plain = hand.canvas.grab().toImage()
    assert hand.drag_over("ExponentialLR", hand.at(990))
    landing = hand.view.drop_marker.landing
    assert controller.schedule is before
    inside = hand.at((landing.start + landing.end) / 2).toPoint()
    assert hand.canvas.grab().toImage().pixel(inside) != plain.pixel(inside)
    hand.drop("ExponentialLR", hand.at(990))
    from lrdesigner.schedule.units import spans

    span = spans(controller.schedule)[landing.index]
    assert (span.start, span.end) == (landing.start, landing.end)
    assert hand.view.drop_marker.landing is None


def test_what_is_dragged_away_leaves_nothing(hand, controller):
    hand.drag_over("ExponentialLR", hand.at(500))
    hand.drag_away()
    assert hand.view.drop_marker.landing is None
    assert not hand.drag_over("nobody_knows", hand.at(500))
