"""Dragging, clicking and dropping on the timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.state import Selection
from lrdesigner.gui.time_text import time_ticks
from lrdesigner.schedule import edits
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.model import Horizon

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BEFORE = [("LinearLR", 0, 200), ("ConstantLR", 200, 500), ("CosineAnnealingLR", 500, 1000)]


def test_a_click_selects(fingers, controller):
    fingers.click(fingers.block(1))
    assert controller.selection == Selection(1)
    fingers.click(QPointF(20, 36))
    assert controller.selection == Selection(None)
    assert controller.undo_stack.count() == 0


def test_a_click_on_the_hold_selects_the_run(fingers, controller):
    controller.edit("x", edits.remove_phase(controller.schedule, 2), Selection(0))
    fingers.click(fingers.at(800))
    assert controller.selection == Selection(None)


def test_an_edge_resizes_live_and_snaps(fingers, controller, phases):
    fingers.press(fingers.at(200))
    fingers.move(fingers.at(300))
    fingers.move(fingers.at(404))
    assert phases() == [("LinearLR", 0, 400), ("ConstantLR", 400, 500), BEFORE[2]]
    assert controller.undo_stack.count() == 0
    fingers.release(fingers.at(404))
    assert controller.undo_stack.count() == 1
    assert controller.schedule.phases[0].length == "4 epochs"
    controller.undo_stack.undo()
    assert phases() == BEFORE


@pytest.mark.parametrize("unit", ["percent", "samples", "steps"])
def test_a_line_of_the_axis_attracts_where_there_are_no_epochs(
    fingers, timeline, controller, phases, unit
):
    batch = Batch(batch_size=3)
    once = Horizon(epochs=1, steps_per_epoch=1000, batch=batch)
    controller.edit(
        "x", edits.set_phase(controller.schedule.replace(horizon=once), 1, length="30%")
    )
    controller.edit("x", edits.set_phase(controller.schedule, 0, length="200 steps"))
    controller.set_view(replace(controller.view, unit=unit))
    width = controller.axis.pixels[1] - controller.axis.pixels[0]
    ticks = [round(step) for step, _ in time_ticks(0, 1000, unit, once, width)]
    place = next(step for step in ticks if 250 < step < 450)
    fingers.drag(fingers.at(200), fingers.at(place + 3))
    assert phases()[0] == ("LinearLR", 0, place)
    controller.undo_stack.undo()
    fingers.drag(fingers.at(200), fingers.at(place + 3), CTRL)
    assert phases()[0][2] == pytest.approx(place + 3, abs=1)
    assert phases()[0][2] != place


def test_a_modifier_bypasses_the_snapping(fingers, phases):
    fingers.drag(fingers.at(200), fingers.at(404), CTRL)
    end = phases()[0][2]
    assert end != 400
    assert end == pytest.approx(404, abs=2)


def test_the_grabbed_pixel_stays_under_the_mouse(fingers, phases):
    fingers.drag(fingers.at(200) + QPointF(4, 0), fingers.at(350) + QPointF(4, 0), CTRL)
    assert phases()[0][2] == pytest.approx(350, abs=1)


def test_the_last_edge_makes_a_hold(fingers, controller, phases, timeline):
    fingers.drag(fingers.at(1000) - QPointF(1, 0), fingers.at(800) - QPointF(1, 0))
    assert phases()[2][2] == 800
    assert timeline.blocks.hold is not None


def test_esc_abandons_a_resize(fingers, controller, phases):
    fingers.press(fingers.at(200))
    fingers.move(fingers.at(400))
    fingers.key(Qt.Key.Key_Escape)
    assert phases() == BEFORE
    fingers.move(fingers.at(450))
    fingers.release(fingers.at(450))
    assert phases() == BEFORE
    assert controller.undo_stack.count() == 0


def test_the_selection_survives_a_resize(fingers, controller):
    controller.select(Selection(2))
    fingers.drag(fingers.at(200), fingers.at(400))
    assert controller.selection == Selection(2)


@pytest.mark.parametrize(
    ("index", "step", "order"),
    [
        (1, 950, ["LinearLR", "CosineAnnealingLR", "ConstantLR"]),
        (2, 20, ["CosineAnnealingLR", "LinearLR", "ConstantLR"]),
        (0, 450, ["ConstantLR", "LinearLR", "CosineAnnealingLR"]),
    ],
)
def test_dragging_a_block_reorders(fingers, controller, phases, index, step, order):
    moved = phases()[index][0]
    fingers.drag(fingers.block(index), fingers.at(step, 36))
    assert [scheduler for scheduler, *_ in phases()] == order
    assert controller.selection == Selection(order.index(moved))
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert phases() == BEFORE


def test_ghost_and_bar_show_where_it_would_go(fingers, timeline, phases):
    start, end = fingers.block(1), fingers.at(950, 40)
    fingers.press(start)
    fingers.move(start + QPointF(20, 0))
    fingers.move(end)
    assert phases() == BEFORE  # nothing moves before the button is released
    shown = timeline._input.shown()
    assert shown.ghost.index == 1
    assert shown.ghost.shift == pytest.approx(end.x() - start.x(), abs=1)
    assert shown.ghost.bar == timeline.blocks.blocks[2].end
    assert timeline.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    image = timeline.grab().toImage()
    accent = timeline._theme.tokens.accent
    assert image.pixelColor(round(shown.ghost.bar) - 1, 6).name() == accent
    fingers.key(Qt.Key.Key_Escape)
    assert timeline._input.shown().ghost is None
    fingers.release(end)
    assert phases() == BEFORE


def test_a_block_put_back_changes_nothing(fingers, controller, phases):
    start = fingers.block(1)
    fingers.press(start)
    fingers.move(start + QPointF(60, 0))
    fingers.move(start + QPointF(5, 0))
    fingers.release(start + QPointF(5, 0))
    assert phases() == BEFORE
    assert controller.undo_stack.count() == 0


def test_the_badge_breaks_and_mends_the_link(fingers, controller):
    fingers.click(fingers.badge(1))
    assert controller.schedule.phases[1].start == "base"
    assert controller.selection == Selection(1)
    fingers.click(fingers.badge(1))
    assert controller.schedule.phases[1].start == "continue"
    assert controller.undo_stack.count() == 2


def test_a_drag_that_begins_on_the_badge_resizes(fingers, controller, phases):
    fingers.drag(fingers.badge(1), fingers.at(300, 36))
    assert phases()[0][2] == 300
    assert controller.schedule.phases[1].start == "continue"


def test_a_double_click_does_no_harm(fingers, controller, phases, timeline):
    for point in (fingers.at(200), fingers.block(1)):
        fingers.click(point)
        QTest.mouseDClick(timeline, LEFT, PLAIN, point.toPoint())
        fingers.release(point)
    assert phases() == BEFORE
    assert controller.selection == Selection(1)


def test_a_press_whose_release_was_lost_does_not_block_the_next(fingers, controller):
    fingers.press(fingers.block(1))
    fingers.press(fingers.block(2))
    fingers.release(fingers.block(2))
    assert controller.selection == Selection(2)


def test_cursor_shapes_say_what_can_be_done(fingers, timeline):
    for point, shape in (
        (fingers.block(1), Qt.CursorShape.OpenHandCursor),
        (fingers.at(200), Qt.CursorShape.SizeHorCursor),
        (fingers.badge(1), Qt.CursorShape.PointingHandCursor),
        (QPointF(20, 36), Qt.CursorShape.ArrowCursor),
    ):
        fingers.hover(point)
        assert timeline.cursor().shape() == shape


@pytest.mark.parametrize(("step", "index"), [(5, 0), (490, 2), (995, 3)])
def test_a_scheduler_can_be_dropped_anywhere(fingers, controller, phases, step, index):
    fingers.drop("ExponentialLR", fingers.at(step))
    assert phases()[index][0] == "ExponentialLR"
    assert len(phases()) == 4
    assert controller.selection == Selection(index)
    assert controller.undo_stack.undoText() == "add phase"


def test_a_scheduler_dropped_on_the_hold_takes_the_rest(fingers, controller, phases):
    controller.edit("x", edits.remove_phase(controller.schedule, 2))
    fingers.drop("PolynomialLR", fingers.at(900))
    assert phases()[2] == ("PolynomialLR", 500, 1000)


def test_the_landing_is_shown_before_the_drop(fingers, timeline, controller, phases):
    plain = timeline.grab().toImage()
    assert fingers.drag_over("ExponentialLR", fingers.at(490))
    landing, block = timeline._input.shown().landing
    assert phases() == BEFORE
    assert timeline.grab().toImage() != plain
    fingers.drop("ExponentialLR", fingers.at(490))
    assert phases()[landing.index] == ("ExponentialLR", landing.start, landing.end)
    placed = timeline.blocks.blocks[landing.index]
    assert (placed.start, placed.end) == (block.start, block.end)
    assert timeline._input.shown().landing is None


def test_what_is_not_a_scheduler_is_not_taken(fingers, timeline):
    assert not fingers.drag_over("nobody_knows", fingers.at(490))
    fingers.drag_over("ExponentialLR", fingers.at(490))
    fingers.drag_away()
    assert timeline._input.shown().landing is None


def test_the_wheel_zooms_at_the_cursor(fingers, timeline, controller):
    point = fingers.at(300)
    event = QWheelEvent(
        point,
        QPointF(timeline.mapToGlobal(point.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline, event)
    assert not controller.axis.fitted
    assert controller.axis.x_of(300) == pytest.approx(point.x(), abs=0.5)
