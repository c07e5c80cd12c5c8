"""Overlays on the canvas and in the lanes of the comparison: their places, their differences."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from lrdesigner.compare.frames import Anchor
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.state import Overlay, ViewState
from lrdesigner.schedule import edits
from lrdesigner.schedule.group_edits import set_group

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def later(schedule):
    """The same with a warm-up twice as long, under another name."""
    return edits.set_name(edits.set_phase(schedule, 0, length="4 epochs"), "later")


@pytest.fixture
def put(controller, qtbot, tmp_path):
    """Opens documents as overlays and waits for their curves."""

    def put(*schedules):
        paths = []
        for number, schedule in enumerate(schedules):
            paths.append(tmp_path / f"overlay {number}.json")
            schedule.save(paths[-1])
        controller.overlays.open(paths)
        overlays = controller.overlays
        qtbot.waitUntil(lambda: all(o.curve is not None for o in overlays.overlays))
        return overlays.overlays

    return put


def overlay_series(canvas):
    return [each for each in canvas.view.series if each.overlay]


def lane_of(canvas, qtbot, kind):
    qtbot.waitUntil(lambda: canvas.lanes.lane(kind) is not None)
    return canvas.lanes.lane(kind)


def shown(lane, name: str, step: float) -> float | None:
    """What a lane's lines of a name have at a step; of several pieces the one that is there."""
    found = [s.value_at(step) for s in lane.plot.series if s.name == name]
    assert found, name
    return next((value for value in found if value is not None), None)


# -- where overlays lie --------------------------------------------------------------------------


def test_aligned_by_their_peaks_the_peaks_are_at_the_same_place(canvas, controller, put, later):
    put(later)
    line = overlay_series(canvas)[0]
    assert line.value_at(400) == pytest.approx(0.01)
    controller.comparison.change(align=Anchor("peak"))
    line = overlay_series(canvas)[0]
    assert line.offset == -200
    for step in (0, 100, 200, 500, 799):
        assert line.value_at(step) == controller.overlays.overlays[0].curve.lr[0, step + 200]
    assert line.value_at(800) is None  # it is over
    trace = canvas.view.lines.items[-1].trace
    assert trace.x.max() == pytest.approx(800)
    assert "shifted by \N{MINUS SIGN}2 epochs" in line.note or "last 8 of 10 epochs" in line.note


def test_before_an_overlay_that_starts_later_there_is_nothing(canvas, controller, put, later):
    early = edits.set_phase(later, 0, length="1 epoch")
    put(early)
    controller.comparison.change(align=Anchor("boundary", 1))
    line = overlay_series(canvas)[0]
    assert line.offset == 100
    assert line.value_at(99) is None
    assert line.value_at(100) == controller.overlays.overlays[0].curve.lr[0, 0]


def test_the_boundary_that_is_dragged_takes_the_overlays_along(canvas, controller, put, later):
    put(later)
    controller.comparison.change(align=Anchor("boundary", 1))
    before = canvas.view.lines.items[-1].made
    for step in (210, 230, 250):
        controller.gesture("resize phase", edits.resize(controller.before_gesture, 0, step))
        assert overlay_series(canvas)[0].offset == step - 400
    # A line that only moves is painted elsewhere, not made anew.
    assert canvas.view.lines.items[-1].made <= before + 1
    controller.cancel_gesture()
    assert overlay_series(canvas)[0].offset == -200


def test_each_over_its_own_length(canvas, controller, put, later):
    put(edits.set_horizon(later, epochs=40))
    controller.comparison.change(own_length=True)
    line = overlay_series(canvas)[0]
    assert line.stretch == 0.25
    assert line.value_at(999.9) == controller.overlays.overlays[0].curve.lr[0, -1]


@pytest.mark.parametrize("log", [False, True])
def test_each_over_its_own_peak_all_reach_one(canvas, controller, put, later, log):
    controller.set_view(ViewState(log=log))
    put(set_group(later, 0, lr=0.3))
    controller.comparison.change(own_peak=True)
    view = canvas.view
    for line in view.series:
        assert line.extent.high == pytest.approx(1.0)
        assert line.height_at(400) == pytest.approx(1.0)
    assert "100%" in view.lr_labels
    scale = view.scale_
    assert scale.low < scale.unit(1.0) <= scale.high
    controller.comparison.change(own_peak=False)
    assert "100%" not in view.lr_labels
    assert overlay_series(canvas)[0].factor == 1


def test_the_read_out_says_lrs_and_their_share_of_the_peak(hand, controller, put, later):
    put(later)
    controller.comparison.change(own_peak=True)
    hand.hover(hand.at(100))
    reading = hand.view.readout.reading
    step = int(reading.title.split()[1])
    entry = next(e for e in reading.entries if e.name == "later: backbone")
    share = controller.overlays.overlays[0].curve.lr[0, step] / 0.01
    assert entry.value.endswith(f"· {share:.0%}")


def test_in_parts_of_the_peak_rings_and_knobs_have_no_place(hand, controller):
    assert hand.view.marks.handles
    controller.comparison.change(own_peak=True)
    assert not hand.view.marks.handles
    hand.hover(hand.at(300))
    assert not hand.view.knobs.knobs
    before = controller.schedule
    boundary = hand.at(200)
    hand.drag(boundary, boundary + QPointF(60, 0))
    assert controller.schedule != before  # boundaries can still be moved
    controller.comparison.change(own_peak=False)
    assert hand.view.marks.handles


def test_a_sweep_and_own_peaks_exclude_each_other_and_say_so(canvas, controller, qtbot):
    told = []
    controller.told.connect(told.append)
    controller.comparison.change(own_peak=True)
    controller.sweeps.open()
    assert not controller.comparison.state.own_peak
    assert "sweep" in told[-1]
    controller.comparison.change(own_peak=True)
    assert not controller.comparison.state.own_peak
    assert "close it" in told[-1]
    controller.sweeps.close()
    controller.comparison.change(own_peak=True)
    assert controller.comparison.state.own_peak


# -- differences ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["absolute", "ratio"])
def test_the_lane_shows_what_overlays_differ_by(canvas, controller, put, later, qtbot, kind):
    put(later)
    controller.comparison.change(difference=kind)
    lane = lane_of(canvas, qtbot, "difference")
    own, other = controller.curve.lr, controller.overlays.overlays[0].curve.lr
    for group, name in enumerate(("backbone", "head")):
        for step in (0, 150, 200, 399, 400, 999):
            a, b = other[group, step], own[group, step]
            expected = a - b if kind == "absolute" else a / b
            assert shown(lane, f"later: {name}", step) == pytest.approx(expected, rel=1e-12)
    (rule,) = lane.content.marks.rules
    assert rule.value == (0.0 if kind == "absolute" else 1.0)
    assert "this schedule" in lane.content.unit


def test_against_an_overlay_the_document_is_compared_too(canvas, controller, put, later, qtbot):
    first, _ = put(later, edits.set_name(edits.set_param(later, 2, "eta_min", 1e-3), "third"))
    controller.comparison.change(difference="absolute", reference=first.id)
    lane = lane_of(canvas, qtbot, "difference")
    names = {each.name for each in lane.plot.series}
    assert names == {"backbone", "head", "third: backbone", "third: head"}
    expected = controller.curve.lr[1, 300] - first.curve.lr[1, 300]
    assert shown(lane, "head", 300) == expected
    assert "later" in lane.content.unit


def test_aligned_the_difference_is_that_of_what_lies_on_each_other(
    canvas, controller, put, later, qtbot
):
    put(later)
    controller.comparison.change(difference="absolute", align=Anchor("peak"))
    lane = lane_of(canvas, qtbot, "difference")
    other = controller.overlays.overlays[0].curve.lr
    for step in (0, 100, 200, 700, 799):
        expected = other[0, step + 200] - controller.curve.lr[0, step]
        assert shown(lane, "later: backbone", step) == expected
    assert shown(lane, "later: backbone", 800) is None


def test_a_longer_run_differs_as_far_as_this_one_goes(canvas, controller, put, later, qtbot):
    put(edits.set_horizon(later, steps_per_epoch=50, epochs=40))
    controller.comparison.change(difference="ratio")
    lane = lane_of(canvas, qtbot, "difference")
    other = controller.overlays.overlays[0].curve.lr
    # Epoch with epoch: a step of the overlay is two of the document's.
    for step in (1, 250, 999):
        expected = other[1, step // 2] / controller.curve.lr[1, step]
        assert shown(lane, "later: head", step) == pytest.approx(expected, rel=1e-12)


def test_with_own_peaks_it_is_the_shapes_that_differ(canvas, controller, put, schedule, qtbot):
    put(edits.set_name(set_group(set_group(schedule, 0, lr=0.02), 1, lr=0.2), "twice"))
    controller.comparison.change(difference="absolute", own_peak=True)
    lane = lane_of(canvas, qtbot, "difference")
    assert abs(shown(lane, "twice: head", 100)) < 1e-12
    assert "peak" in lane.content.unit


def test_hidden_overlays_are_not_compared(canvas, controller, put, later, qtbot):
    put(later)
    controller.comparison.change(difference="absolute")
    lane = lane_of(canvas, qtbot, "difference")
    assert lane.plot.series
    controller.overlays.set_visible(0, False)
    qtbot.waitUntil(lambda: not lane.plot.series)
    assert "compare with" in lane.content.note
    controller.overlays.set_visible(0, True)
    qtbot.waitUntil(lambda: len(lane.plot.series) == 2)


def test_where_the_references_lr_is_zero_there_is_no_ratio_and_it_is_said(
    canvas, controller, put, schedule, later, qtbot
):
    frozen = edits.set_param(schedule, 2, "eta_min", 0.0)
    frozen = edits.insert_scheduler(frozen, "frozen", 0)[0]
    frozen = edits.set_phase(frozen, 1, start="base")
    controller.edit("freeze", frozen)
    qtbot.waitUntil(lambda: controller.curve is not None)
    zeros = int(np.count_nonzero(controller.curve.lr[0] == 0))
    assert zeros > 10
    put(later)
    controller.comparison.change(difference="ratio")
    lane = lane_of(canvas, qtbot, "difference")
    qtbot.waitUntil(lambda: "no ratio" in lane.content.note)
    assert f"{zeros:,} steps" in lane.content.note
    assert shown(lane, "later: backbone", 0) is None
    known = int(np.argmax(controller.curve.lr[0] > 0))
    assert shown(lane, "later: backbone", known) is not None


def test_groups_of_other_names_are_compared_in_their_order_and_it_is_said(
    canvas, controller, put, later, qtbot
):
    renamed = set_group(set_group(later, 0, name="encoder"), 1, name="decoder")
    put(renamed)
    controller.comparison.change(difference="absolute")
    lane = lane_of(canvas, qtbot, "difference")
    qtbot.waitUntil(lambda: bool(lane.plot.series))
    assert "order" in lane.content.note
    other = controller.overlays.overlays[0].curve.lr
    expected = other[1, 100] - controller.curve.lr[1, 100]
    assert shown(lane, "later: decoder", 100) == expected


def test_it_follows_the_hand_while_the_document_is_dragged(canvas, controller, put, later, qtbot):
    put(later)
    controller.comparison.change(difference="absolute")
    lane = lane_of(canvas, qtbot, "difference")
    qtbot.waitUntil(lambda: bool(lane.plot.series))
    controller.gesture("x", edits.resize(controller.before_gesture, 0, 300))
    fast = controller.preview
    other = controller.overlays.overlays[0].curve.lr
    expected = other[0, 250] - np.interp(250, fast.steps, fast.lr[0])
    qtbot.waitUntil(lambda: shown(lane, "later: backbone", 250) == pytest.approx(expected))
    controller.cancel_gesture()
    expected = other[0, 250] - 0.01
    qtbot.waitUntil(lambda: shown(lane, "later: backbone", 250) == pytest.approx(expected))


def test_a_spike_of_one_step_of_a_long_run_is_seen(canvas, controller, qtbot):
    """A recorded run, without phases, that jumps for a single step."""
    long = edits.set_horizon(controller.schedule, steps_per_epoch=30_000)
    controller.edit("x", long)
    qtbot.waitUntil(lambda: controller.curve is not None)
    row = np.full((1, 300_000), 0.05)
    row[0, 123_456] = 0.5
    curve = Curve(("lr",), row, None, 30_000)
    store = controller.overlays
    store._overlays = (Overlay(7, None, "run", curve=curve, title="run"),)
    store.changed.emit(store.overlays)
    controller.comparison.change(difference="absolute", align=Anchor("boundary", 1))
    lane = lane_of(canvas, qtbot, "difference")
    qtbot.waitUntil(lambda: bool(lane.plot.series))
    assert controller.comparison.placements[7].missing == Anchor("boundary", 1)  # has no phases
    (line,) = lane.plot.series
    lane.plot.redraw()
    trace = lane.plot.lines.items[0].trace
    assert len(trace.x) < 4000
    assert trace.y.max() == pytest.approx(0.5 - controller.curve.lr[0, 123_456])
    assert line.value_at(123_456) == 0.5 - controller.curve.lr[0, 123_456]


# -- slopes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["step", "epoch", "step_share", "epoch_share"])
def test_slopes(canvas, controller, put, later, qtbot, kind):
    put(later)
    controller.comparison.change(slope=kind)
    lane = lane_of(canvas, qtbot, "slope")
    over = 100 if kind.startswith("epoch") else 1
    curves = {"": controller.curve.lr, "later: ": controller.overlays.overlays[0].curve.lr}
    for prefix, lr in curves.items():
        for step in (0, 100, 199, 300, 700, 899):
            change = lr[1, step + over] - lr[1, step]
            expected = 100 * change / lr[1, step] if kind.endswith("share") else change
            assert shown(lane, f"{prefix}head", step) == pytest.approx(
                expected, rel=1e-9, abs=1e-15
            )
        assert shown(lane, f"{prefix}head", 1000 - over) is None


def test_growth_from_next_to_nothing_does_not_hide_the_rest(canvas, controller, qtbot):
    controller.comparison.change(slope="epoch_share")
    lane = lane_of(canvas, qtbot, "slope")
    assert shown(lane, "head", 0) > 4000  # percent
    assert lane.plot.scale_.high < 150
    assert "beyond the picture" in lane.content.note


# -- the lanes themselves ------------------------------------------------------------------------


def test_lanes_say_how_to_get_something_into_them(canvas, controller, qtbot):
    controller.comparison.change(difference="absolute")
    lane = lane_of(canvas, qtbot, "difference")
    assert "open an overlay" in lane.content.note


def test_a_lane_changes_its_kind_and_is_closed_in_its_header(canvas, controller, put, later, qtbot):
    put(later)
    controller.comparison.change(difference="absolute")
    lane = lane_of(canvas, qtbot, "difference")
    menu = lane.findChild(QMenu, "compare_menu_difference")
    menu.aboutToShow.emit()
    menu.actions()[2].trigger()
    assert controller.comparison.state.difference == "ratio"
    qtbot.waitUntil(lambda: lane.content.title == "Ratio")
    qtbot.mouseClick(lane.findChild(QToolButton, "difference_close"), LEFT)
    assert controller.comparison.state.difference == "off"
    qtbot.waitUntil(lambda: canvas.lanes.lane("difference") is None)


def test_rows_that_have_not_changed_are_not_computed_again(
    canvas, controller, put, later, qtbot, monkeypatch
):
    from lrdesigner.gui import compare_run

    put(later, edits.set_name(later, "third"))
    controller.comparison.change(difference="absolute")
    lane = lane_of(canvas, qtbot, "difference")
    qtbot.waitUntil(lambda: len(lane.plot.series) == 4)
    made = []
    function = compare_run.difference
    monkeypatch.setattr(
        compare_run, "difference", lambda *a, **o: (made.append(a), function(*a, **o))[1]
    )
    controller.overlays.set_color(0, "#123456")
    qtbot.waitUntil(lambda: lane.plot.series[0].color == "#123456")
    controller.overlays.set_visible(1, False)
    qtbot.waitUntil(lambda: len(lane.plot.series) == 2)
    assert made == []
    controller.set_view(ViewState(log=True))
    QApplication.processEvents()
    assert made == []


def test_the_theme_recolours_the_lanes(canvas, controller, theme, put, later, qtbot):
    put(later)
    controller.comparison.change(difference="absolute", slope="step")
    lane = lane_of(canvas, qtbot, "difference")
    qtbot.waitUntil(lambda: bool(lane.plot.series))
    theme.set_scheme("light")
    assert lane.plot.series[0].color == theme.tokens.overlays[0]


# -- beyond the run ------------------------------------------------------------------------------


def test_what_lies_beyond_the_run_can_be_looked_at_and_read(hand, controller, put, later):
    put(edits.set_horizon(later, epochs=20))
    axis = controller.axis
    assert axis.range == (0, 1000)
    axis.fit_all()
    assert axis.range == (0, 2000)
    hand.hover(hand.at(1500))
    reading = hand.view.readout.reading
    step = int(reading.title.split()[1].replace(",", ""))
    assert step == pytest.approx(1500, abs=2)
    assert [entry.name for entry in reading.entries] == ["later: backbone", "later: head"]
    value = controller.overlays.overlays[0].curve.lr[1, step]
    assert reading.entries[1].value == lr_text(value)
    image = hand.view.grab().toImage()
    inside, outside = (hand.at(place, 0.09).toPoint() for place in (950, 1950))
    assert image.pixelColor(inside) != image.pixelColor(outside)
    controller.overlays.set_visible(0, False)
    assert axis.range == (0, 1000)


def test_while_the_document_is_dragged_overlays_slopes_are_not_made_again(
    canvas, controller, put, later, qtbot
):
    put(later)
    controller.comparison.change(slope="step")
    lane = lane_of(canvas, qtbot, "slope")
    qtbot.waitUntil(lambda: len(lane.plot.series) == 4)
    series, made = lane.plot.series[2:], [item.made for item in lane.plot.lines.items]
    for end in (240, 280, 320):
        before = lane.plot.series[0].samples
        controller.gesture("x", edits.resize(controller.before_gesture, 0, end))
        qtbot.waitUntil(lambda before=before: lane.plot.series[0].samples is not before)
    assert [s.samples for s in lane.plot.series[2:]] == [s.samples for s in series]
    after = [item.made for item in lane.plot.lines.items]
    assert after[0] > made[0]
    assert after[2:] == made[2:]
