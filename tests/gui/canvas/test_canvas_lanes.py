"""Lanes: further plots under the curve that share its time axis."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.canvas.lane_content import (
    LaneLine,
    LaneMarks,
    LanePoint,
    LaneRule,
    LaneScale,
    LaneWindow,
)
from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Group
from lrdesigner.schedule.track_edits import add_lane

PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton
COLOR = "#ff00ff"
RAMP = np.linspace(0.0, 1.0, 1000)


def moved(widget, point: QPointF, buttons=NONE) -> None:
    place = QPointF(point.toPoint())
    there = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QMouseEvent(QEvent.Type.MouseMove, place, there, NONE, buttons, PLAIN)
    QApplication.sendEvent(widget, event)


def at(lane, step: float, value: float | None = None) -> QPointF:
    """The lane's point of a step and value (else its middle)."""
    plane = lane.plot.plane
    y = plane.rect.center().y() if value is None else plane.y_of(value)
    return QPointF(plane.x_of(step), y) + QPointF(lane.plot.pos())


@pytest.fixture
def lane(canvas, qtbot):
    """A lane with a ramp from 0 to 1."""
    lane = canvas.lanes.set("ramp", "ramp", [LaneLine("ramp", COLOR, RAMP)])
    qtbot.waitUntil(lambda: lane.plot.plane.rect.height() > 40)
    return lane


def cycle(controller, **params):
    controller.edit("x", edits.insert_scheduler(controller.schedule, "OneCycleLR", 0)[0])


def test_there_is_no_lane_without_something_to_show(canvas):
    assert canvas.lanes.keys == ()
    assert not canvas.lanes.isVisible()


def test_a_lane_lies_under_the_plot_on_the_same_pixels(canvas, lane, controller, qtbot):
    for first, last in ((0, 1000), (200, 300)):
        controller.axis.set_range(first, last)
        ours, theirs = lane.plot.plane.rect, canvas.view.plane.rect
        assert (ours.left(), ours.right()) == (theirs.left(), theirs.right())
        box = lane.plot._box
        point = box.mapViewToScene(QPointF((first + last) / 2, 0.5))
        assert point.x() == pytest.approx(canvas.view.plane.x_of((first + last) / 2), abs=0.01)
        assert point.y() == pytest.approx(lane.plot.plane.y_of(0.5), abs=0.01)
    assert lane.mapTo(canvas, QPoint(0, 0)).y() >= canvas.view.geometry().bottom()
    assert canvas.view.plane.rect.height() > 130


@pytest.mark.parametrize("step", [100, 500, 900])
def test_its_line_is_where_the_values_are(canvas, lane, step):
    image = lane.plot.grab().toImage()
    plane = lane.plot.plane
    x, y = round(plane.x_of(step)), round(plane.y_of(float(RAMP[step])))
    seen = {image.pixelColor(x, y + dy).name() for dy in range(-2, 3)}
    assert any(abs(int(c[1:3], 16) - 255) < 60 and int(c[3:5], 16) < 60 for c in seen), seen
    assert image.pixelColor(x, y + (12 if step > 500 else -12)).name() != COLOR


def test_a_million_steps_become_few_points(canvas, controller):
    controller.edit("x", edits.set_horizon(controller.schedule, steps_per_epoch=100_000))
    values = np.full(1_000_000, 0.5)
    values[333_333] = 2.0
    lane = canvas.lanes.set("big", "big", [LaneLine("big", COLOR, values)])
    shape = lane.plot.lines.items[0].trace
    assert shape is not None
    assert len(shape.x) < 10_000
    assert shape.y.max() == 2.0


def test_the_cursor_stands_at_one_step_everywhere(hand, canvas, lane):
    hand.hover(hand.at(400))
    assert lane.header.caption.entries[0].value == "0.4004"
    moved(lane, at(lane, 700))
    assert canvas.view.cursor_line._step == pytest.approx(700, abs=1)
    assert lane.plot.cursor_line._step == canvas.view.cursor_line._step
    box = canvas.view.readout
    assert box.reading.title.startswith(f"step {lane.plot.cursor_line._step} ")
    assert canvas.view.plane.rect.contains(box.boundingRect())
    QApplication.sendEvent(lane, QEvent(QEvent.Type.Leave))
    assert box.reading is None
    assert canvas.view.cursor_line._step is None
    assert lane.header.caption.entries[0].value == ""


def test_the_cursor_stays_when_the_document_changes_under_it(canvas, lane, controller):
    moved(lane, at(lane, 700))
    controller.edit("x", edits.set_name(controller.schedule, "other"))
    assert lane.plot.cursor_line._step == pytest.approx(700, abs=1)


def test_the_wheel_zooms_the_canvas(lane, controller):
    place = at(lane, 500)
    event = QWheelEvent(
        place,
        QPointF(lane.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120),
        NONE,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(lane, event)
    assert not controller.axis.fitted
    first, _ = controller.axis.range
    QTest.mousePress(lane, LEFT, PLAIN, at(lane, 500).toPoint())
    moved(lane, at(lane, 500) + QPointF(-40, 0), LEFT)
    moved(lane, at(lane, 500) + QPointF(-80, 0), LEFT)
    QTest.mouseRelease(lane, LEFT, PLAIN, at(lane, 500).toPoint())
    assert controller.axis.range[0] > first
    QTest.mouseDClick(lane, LEFT, PLAIN, at(lane, 500).toPoint())
    assert controller.axis.fitted


def test_a_click_selects_the_phase(lane, controller):
    QTest.mouseClick(lane, LEFT, PLAIN, at(lane, 300).toPoint())
    assert controller.selection == Selection(1)


def test_folding_leaves_the_title_and_is_remembered(canvas, lane):
    tall = lane.height()
    QTest.mouseClick(lane.header.fold, LEFT)
    assert lane.height() < tall / 2
    assert not lane.plot.isVisible()
    canvas.lanes.remove("ramp")
    again = canvas.lanes.set("ramp", "ramp", [LaneLine("ramp", COLOR, RAMP)])
    assert again.folded
    QTest.mouseClick(again.header.fold, LEFT)
    assert again.height() == tall
    assert again.header.fold.accessibleName() == "Fold ramp"


def test_the_upper_edge_can_be_dragged(canvas, lane):
    header, before = lane.header, lane.plot.height()
    QTest.mousePress(header, LEFT, PLAIN, QPoint(200, 2))
    moved(header, QPointF(200, -38), LEFT)
    assert lane.plot.height() == before + 40
    QTest.mouseRelease(header, LEFT, PLAIN, QPoint(200, 2))


def test_many_lanes_leave_room_for_the_curve(canvas, qtbot):
    for place in range(8):
        canvas.lanes.set(f"l{place}", f"lane {place}", [LaneLine("x", COLOR, RAMP)], order=-place)
    assert canvas.lanes.keys == tuple(f"l{place}" for place in reversed(range(8)))
    qtbot.waitUntil(lambda: canvas.view.plane.rect.height() > 70)
    qtbot.waitUntil(lambda: canvas.lanes.verticalScrollBar().maximum() > 0)


def test_folded_lanes_whose_titles_have_no_room(canvas, qtbot):
    lanes = [
        canvas.lanes.set(f"l{place}", f"lane {place}", [LaneLine("x", COLOR, RAMP)])
        for place in range(8)
    ]
    with qtbot.capture_exceptions() as errors:
        for lane in lanes:
            QTest.mouseClick(lane.header.fold, LEFT)
        canvas.resize(845, 260)
        qtbot.waitUntil(lambda: canvas.lanes.verticalScrollBar().maximum() > 0)
    assert not errors
    assert all(lane.folded for lane in lanes)
    assert canvas.view.plane.rect.height() > 60


def test_marks_say_what_they_are(canvas, lane):
    marks = LaneMarks(
        windows=[LaneWindow(100, 200, COLOR, "patience"), LaneWindow(300, 400, COLOR, "cooldown")],
        points=[LanePoint(150, 0.5, COLOR, "best"), LanePoint(600, 0.5, COLOR)],
        rules=[LaneRule(COLOR, 300, label="r", text="reduced"), LaneRule(COLOR, value=2.0)],
    )
    line = LaneLine("ramp", COLOR, RAMP)
    canvas.lanes.set("ramp", "ramp", [line], marks=marks, note="all of it")
    texts = {}
    for step in (120, 150, 305, 350, 250, 600):
        moved(lane, at(lane, step))
        texts[step] = canvas.view.readout.reading.more
    assert texts == {
        120: "patience",
        150: "best",
        305: "reduced",
        350: "cooldown",
        250: "",
        600: "",
    }
    assert lane.header.caption.note == "all of it"
    assert lane.plot.scale_.high > 2.0  # a level is in sight


def test_values_per_epoch_and_points(canvas, controller):
    stairs = LaneLine("a", COLOR, np.arange(10.0), every=100)
    points = LaneLine("b", COLOR, np.arange(10.0), every=100, offset=100, joined=True)
    lane = canvas.lanes.set("e", "e", [stairs, points])
    first, second = lane.plot.series
    assert [first.value_at(step) for step in (0, 99, 100, 999)] == [0, 0, 1, 9]
    found = [second.value_at(step) for step in (0, 100, 149, 151, 1000)]
    assert found == [None, 0, 0, 1, 9]
    ends = [item.trace.x[[0, -1]].tolist() for item in lane.plot.lines.items]
    assert ends == [[0, 1000], [100, 1000]]


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside"),
    [(0.85, 0.95, (0.85, 0.95), 0.0), (-2.0, -1.0, (-2, -1), 0.0), (5.0, 5.0, (5,), 0.0)],
)
def test_the_scale_is_about_the_values(low, high, inside, outside):
    scale = LaneScale.around([Extent(low, high, max(low, 0.1))])
    assert all(scale.low < value < scale.high for value in inside)
    assert not scale.low <= outside <= scale.high
    assert scale.value(scale.unit(-1.5)) == -1.5


def test_momentum_that_is_cycled_has_a_lane(canvas, controller, qtbot):
    cycle(controller)
    assert "momentum" in canvas.lanes.keys
    qtbot.waitUntil(lambda: controller.curve is not None)
    lane = canvas.lanes.lane("momentum")
    assert lane.accessibleName() == "momentum"
    series = lane.plot.series
    assert len(series) == 1  # both groups have the same
    moved(lane, at(lane, 30))
    wanted = controller.curve.momentum[0, lane.plot.cursor_line._step]
    assert series[0].value_at(lane.plot.cursor_line._step) == wanted
    assert "starts at 0.95" in lane.accessibleDescription()
    controller.gesture("x", edits.set_name(controller.schedule, "y"))
    assert lane.content.stale
    controller.cancel_gesture()
    qtbot.waitUntil(lambda: not lane.content.stale)
    controller.undo_stack.undo()
    qtbot.waitUntil(lambda: canvas.lanes.keys == ())


def test_what_tracks_drive_has_a_lane_at_once(canvas, controller, qtbot):
    from lrdesigner.schedule import group_edits, track_edits

    before = group_edits.set_optimizer_arg(controller.schedule, "weight_decay", 0.1)
    schedule, _ = track_edits.split_off(before, ("head",))
    schedule, track = track_edits.add_lane(schedule, "weight_decay")
    schedule = track_edits.set_lane_groups(schedule, track, ("head",))
    controller.edit("x", schedule)
    part = controller.part_of(track)
    cosine, _ = edits.insert_scheduler(edits.remove_phase(part.schedule, 0), "ExponentialLR", 0)
    part.gesture("x", cosine)
    assert controller.curve is None
    lane = canvas.lanes.lane("weight_decay")
    fast = [(each.name, each.value_at(900)) for each in lane.plot.series]
    assert fast[0] == ("backbone", 0.1)
    assert fast[1][0] == "head"
    assert fast[1][1] < 0.1
    controller.commit_gesture()
    qtbot.waitUntil(lambda: controller.curve is not None)
    exact = [each.value_at(900) for each in canvas.lanes.lane("weight_decay").plot.series]
    assert exact == list(controller.curve.weight_decay[:, 900])
    QTest.mouseClick(lane, LEFT, PLAIN, at(lane, 30).toPoint())
    assert controller.selection == Selection(0, track)
    controller.undo_stack.undo()
    controller.undo_stack.undo()
    assert canvas.lanes.keys == ()


def test_the_theme_reaches_the_lanes(canvas, lane, theme):
    dark = lane.plot.grab().toImage().pixelColor(2, 2).name()
    theme.set_scheme("light")
    assert lane.plot.grab().toImage().pixelColor(2, 2).name() == theme.tokens.window
    assert dark != theme.tokens.window


@settings(max_examples=200, deadline=None)
@given(
    st.floats(0.0, 2.0),
    st.floats(0.0, 2.0),
    st.floats(40.0, 400.0),
)
@example(0.9, 0.999, 66.0)
@example(0.04, 0.06, 40.0)
@example(0.0, 0.0, 40.0)
def test_at_least_two_values_are_labelled_and_no_label_is_cut(first, second, height):
    low, high = min(first, second), max(first, second)
    scale = LaneScale.around([Extent(low, high, max(low, 1e-9))])
    ticks = scale.ticks(height)
    pixels = [(unit - scale.low) / (scale.high - scale.low) * height for unit, _ in ticks]
    assert len(ticks) >= 2
    assert len({text for _, text in ticks}) == len(ticks)
    assert min(b - a for a, b in pairwise(pixels)) >= 11
    assert min(pixels) >= 4.9
    assert max(pixels) <= height - 4.9


def test_a_line_of_all_groups_says_so(canvas, controller, qtbot):
    two = (Group(name="a", lr=0.1), Group(name="b", lr=0.01))
    before = controller.schedule
    document = before.replace(optimizer=before.optimizer.replace(groups=two))
    controller.edit("x", add_lane(document, "momentum")[0])
    qtbot.waitUntil(lambda: canvas.lanes.lane("momentum") is not None)
    entries = canvas.lanes.lane("momentum").header.caption.entries
    assert [entry.name for entry in entries] == ["all groups"]
