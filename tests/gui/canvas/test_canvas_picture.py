"""What the canvas shows: curves in their place, legend, read-out, notices, theme."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.canvas.samples import Samples
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.state import Selection, ViewState
from lrdesigner.schedule import edits
from lrdesigner.schedule.codec import save
from lrdesigner.schedule.group_edits import remove_group, set_group


def near(image: QImage, point: QPointF, color: str, reach: int = 2) -> bool:
    """Whether a pixel around the point has about that colour."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    found = False
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            seen = image.pixelColor(round(point.x()) + dx, round(point.y()) + dy)
            away = abs(seen.red() - red) + abs(seen.green() - green) + abs(seen.blue() - blue)
            found = found or away < 140  # thin lines are softened
    return found


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("step", [100, 350, 700])
def test_curves_are_where_handles_and_read_out_say(hand, controller, theme, log, step):
    controller.set_view(ViewState(log=log))
    image = hand.canvas.grab().toImage()
    for group, color in enumerate(theme.tokens.group_colors(2)):
        value = float(controller.curve.lr[group, step])
        assert near(image, hand.at(step, value), color)
        assert not near(image, hand.at(step, value) - QPointF(0, 12), color)


@pytest.mark.parametrize("log", [False, True])
def test_pyqtgraphs_mapping_and_ours_are_one(hand, controller, log):
    controller.set_view(ViewState(log=log))
    controller.axis.set_range(150, 800)
    plane = hand.view.plane
    for step, value in ((150, 0.1), (400, 0.003), (800, 0.05)):
        theirs = hand.view.box.mapViewToScene(QPointF(step, plane.scale.unit(value)))
        assert theirs.x() == pytest.approx(plane.x_of(step), abs=0.01)
        assert theirs.y() == pytest.approx(plane.y_of(value), abs=0.01)


def test_the_plots_place_is_shared_with_the_timeline(hand, controller, qtbot):
    rect = hand.view.plane.rect
    assert controller.axis.pixels == (rect.left(), rect.right())
    hand.canvas.resize(600, 300)
    qtbot.waitUntil(lambda: controller.axis.pixels[1] < 600)
    rect = hand.view.plane.rect
    assert controller.axis.pixels == (rect.left(), rect.right())
    assert rect.width() > 480


def test_the_fast_curve_is_shown_until_the_exact_one_is_there(hand, controller, qtbot):
    controller.edit("x", set_group(controller.schedule, 1, lr=0.2))
    assert controller.curve is None
    hand.hover(hand.at(700))
    step = int(hand.view.readout.reading.title.split()[1])
    fast = [entry.value for entry in hand.view.readout.reading.entries]
    assert fast == [lr_text(float(row[step])) for row in controller.preview.lr]
    source = hand.view.series[0].samples
    qtbot.waitUntil(lambda: controller.curve is not None)
    assert hand.view.series[0].samples is not source
    exact = [entry.value for entry in hand.view.readout.reading.entries]
    assert exact == [lr_text(float(row[step])) for row in controller.curve.lr]


def test_between_samples_of_the_fast_curve_the_read_out_says_about(hand, controller):
    controller.edit("x", edits.set_horizon(controller.schedule, steps_per_epoch=10_000))
    assert not controller.preview.exact
    unknown = next(k for k in range(60_000, 61_000) if k not in controller.preview.steps)
    controller.axis.set_range(unknown - 5, unknown + 5)
    hand.hover(hand.at(unknown))
    assert all(entry.value.startswith("≈") for entry in hand.view.readout.reading.entries)


def test_the_read_out_says_step_epoch_and_every_value(hand, controller, theme):
    hand.hover(hand.at(700))
    reading = hand.view.readout.reading
    step = int(reading.title.split()[1])
    assert step == pytest.approx(700, abs=1)
    assert reading.title == f"step {step} · epoch {step / 100:.1f}"
    assert [(e.name, e.value, e.color) for e in reading.entries] == [
        (name, lr_text(float(row[step])), color)
        for name, row, color in zip(
            ("backbone", "head"), controller.curve.lr, theme.tokens.group_colors(2), strict=True
        )
    ]


def test_the_read_out_leaves_with_the_mouse(hand, controller):
    hand.hover(hand.at(700))
    assert hand.view.readout.reading is not None
    QApplication.sendEvent(hand.canvas, QEvent(QEvent.Type.Leave))
    assert hand.view.readout.reading is None
    assert hand.view.cursor_line.boundingRect().isEmpty()


@pytest.mark.parametrize("step", [0, 100, 500, 900, 999])
def test_the_read_out_stays_in_the_plot_and_off_its_own_point(hand, controller, step):
    for lr in (0.0, 0.05, 0.1):
        point = hand.at(step, lr)
        hand.hover(point)
        box = hand.view.readout.boundingRect()
        x = hand.view.plane.x_of(step)
        assert hand.view.plane.rect.contains(box)
        assert not box.left() - 2 <= x <= box.right() + 2


def test_many_groups_are_counted_rather_than_listed(hand, controller):
    from lrdesigner.schedule.group_edits import add_group

    schedule = controller.schedule
    for _ in range(20):
        schedule = add_group(schedule)
    controller.edit("x", schedule)
    hand.hover(hand.at(500))
    reading = hand.view.readout.reading
    assert len(reading.entries) + int(reading.more.split()[1]) == 22
    shown, hidden = hand.view.legend.entries(hand.view.plane.rect.width())
    assert sum(len(item.names) for item in hidden) == 22 - len(shown) > 0


def test_layers_have_one_swatch_and_hovering_names_them(hand, controller):
    from lrdesigner.schedule.layer_decay import split_into_layers

    controller.edit("x", split_into_layers(controller.schedule, 0, 49, 0.9))
    legend, plane = hand.view.legend, hand.view.plane
    shown, hidden = legend.entries(plane.rect.width())
    assert [text for _, text, _ in shown] == ["layer 0 … layer 48", "head"]
    assert hidden == []
    row = plane.rect.top() - 10
    assert legend.tip(QPointF(plane.rect.left() + 4, row)).startswith("layer 0\nlayer 1\n")
    assert legend.tip(QPointF(plane.rect.left() + shown[1][2] + 4, row)) == "head"
    assert legend.tip(plane.rect.center()) == ""
    rings = hand.view.marks._in_sight(plane)
    assert len(rings) < 50  # those in each other's way are left out


def test_marks_are_those_of_the_track_that_is_worked_on(hand, controller):
    from lrdesigner.schedule import track_edits

    schedule, head = track_edits.freeze_until(controller.schedule, ("head",), 300, 100)
    schedule, lane = track_edits.add_lane(schedule, "weight_decay")
    controller.open_document(schedule, None)
    marks = hand.view.marks
    assert [b.step for b in marks.boundaries] == [200, 500, 1000]
    assert [h.group for h in marks.handles] == [0]
    controller.select(Selection(1, head))
    assert [b.step for b in marks.boundaries] == [300, 400, 1000]
    assert [(h.group, h.step) for h in marks.handles] == [(1, 400)]
    assert [band.selected for band in hand.view.ground.bands] == [False, True, False]
    hand.drag(hand.at(300, 0.05), hand.at(200, 0.05))
    assert controller.schedule.tracks[head].phases[0].length == "2 epochs"
    hand.click(hand.at(950, 0.05))
    assert controller.selection == Selection(2, head)
    hand.drop("StepLR", hand.at(900, 0.05))
    assert controller.schedule.tracks[head].phases[-1].scheduler == "StepLR"
    assert len(controller.schedule.phases) == 3
    controller.select(Selection(0, lane))  # whose own marks are in its lane
    assert [h.group for h in marks.handles] == [0]
    assert [b.step for b in marks.boundaries] == [200, 500, 1000]
    assert [b.track for b in hand.canvas.lanes.lane("weight_decay").plot.marks.boundaries] == [lane]


def test_one_line_needs_no_legend(hand, controller):
    assert hand.view.legend.wanted
    top = hand.view.plane.rect.top()
    controller.edit("x", remove_group(controller.schedule, 1))
    assert not hand.view.legend.wanted
    assert hand.view.plane.rect.top() < top


@pytest.fixture
def overlay(controller, tmp_path, qtbot):
    """The same run in half the epochs and three times the steps of an epoch, at twice the LR."""
    schedule = remove_group(controller.schedule, 0)
    schedule = edits.set_horizon(schedule, epochs=5, steps_per_epoch=300)
    schedule = edits.set_phase(schedule, 0, length="1 epoch")
    schedule = set_group(schedule, 0, lr=0.2)
    path = tmp_path / "other.json"
    save(edits.set_name(schedule, "other"), path)
    controller.overlays.open([path])
    qtbot.waitUntil(lambda: controller.overlays.overlays[0].curve is not None)
    return controller.overlays.overlays[0]


def test_overlays_are_drawn_with_the_curve_and_named(hand, controller, theme, overlay):
    line = hand.view.series[-1]
    assert (line.name, line.dashed, line.color) == (
        "other",
        True,
        theme.tokens.overlay_colors(1)[0],
    )
    assert [text for _, text, _ in hand.view.legend.entries(700)[0]] == [
        "backbone",
        "head",
        "other",
    ]
    assert hand.view.scale_.high > 0.2  # the axis has room for it
    controller.overlays.set_color(overlay.id, "#123456")
    assert hand.view.series[-1].color == "#123456"
    controller.overlays.set_visible(overlay.id, False)
    assert [each.name for each in hand.view.series] == ["backbone", "head"]
    assert len(hand.view.lines.items) == 2


@pytest.mark.parametrize(
    ("unit", "step", "own"), [("epochs", 200, 600), ("steps", 200, 200), ("percent", 200, 300)]
)
def test_overlays_are_compared_in_the_unit_of_the_axis(hand, controller, overlay, unit, step, own):
    controller.set_view(ViewState(log=False, unit=unit))
    value = float(overlay.curve.lr[0, own])
    assert hand.view.series[-1].value_at(step) == value
    image = hand.canvas.grab().toImage()
    color = hand.view.series[-1].color
    around = [near(image, hand.at(step + k, value), color) for k in range(12)]
    assert any(around)  # dashes leave gaps


def test_an_overlay_that_has_ended_has_no_value(hand, controller, overlay):
    assert hand.view.series[-1].value_at(700) is None
    hand.hover(hand.at(700))
    assert [e.name for e in hand.view.readout.reading.entries] == ["backbone", "head"]


@pytest.mark.parametrize(
    ("unit", "labels"),
    [
        ("epochs", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        ("steps", [f"{k:,}" for k in range(0, 1001, 100)]),
        ("percent", [f"{k}" for k in range(0, 101, 10)]),
    ],
)
def test_time_in_the_unit_asked_for(hand, controller, unit, labels):
    controller.set_view(ViewState(log=True, unit=unit))
    assert hand.view.time_labels == labels


def test_log_and_linear_labels(hand, controller):
    assert hand.view.lr_labels[:2] == ["0", "0.02"]
    controller.set_view(ViewState(log=True))
    assert "1e−3" in hand.view.lr_labels


def test_a_curve_that_reaches_zero_is_marked_in_log(hand, controller, qtbot):
    zero = {"scheduler": "PolynomialLR", "length": "5 epochs"}
    phase = controller.schedule.phases[2].replace(**zero, params={})
    controller.edit("x", controller.schedule.replace(phases=(phase,)))
    controller.set_view(ViewState(log=True))
    assert hand.view.lr_labels[0] == "0"
    hand.hover(hand.at(900))
    assert [e.value for e in hand.view.readout.reading.entries] == ["0", "0"]
    image = hand.canvas.grab().toImage()
    assert near(image, hand.at(800, 0.0), hand.view.series[0].color, reach=4)


def test_a_phase_that_cannot_run_is_named_while_the_rest_stays(hand, controller, qtbot):
    assert hand.canvas.notice.text == ""
    broken = edits.set_phase(controller.schedule, 1, params={"factor": 7.0})
    controller.edit("x", broken)
    assert "factor" in hand.canvas.notice.text
    assert hand.view.series[0].value_at(100) == pytest.approx(float(controller.preview.lr[0, 100]))
    button = hand.canvas.notice.findChild(type(hand.canvas.notice._banner._action))
    button.click()
    assert controller.selection == Selection(1)
    controller.undo_stack.undo()
    assert hand.canvas.notice.text == ""


@pytest.mark.parametrize("ratio", [1, 2, 3])
def test_lines_are_as_wide_on_every_screen(hand, controller, theme, ratio):
    controller.axis.set_range(250, 450)  # where the curves are flat
    image = QImage(hand.view.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    hand.view.render(painter, QRectF(hand.view.rect()), hand.view.rect())
    painter.end()
    place = hand.view.plane.point(330, 0.1) * ratio
    ground = image.pixelColor(round(place.x()), round(place.y()) - 8 * ratio).blue()
    full = QColor(theme.tokens.group_colors(2)[1]).green()
    column = [image.pixelColor(round(place.x()), round(place.y()) + k) for k in range(-15, 16)]
    covered = sum((c.green() - ground) / (full - ground) for c in column if c.green() > ground + 20)
    assert covered / ratio == pytest.approx(2.0, abs=0.4)


def test_wide_steps_are_shown_as_stairs(hand, controller):
    controller.axis.set_range(0, 20)
    item = hand.view.lines.items[0]
    values = controller.curve.lr[0]
    heights = dict(zip(item.trace.x.tolist(), item.trace.y.tolist(), strict=True))
    assert heights[10] == values[10]  # a corner: the last point at step 10 is its own value
    at_ten = [y for x, y in zip(item.trace.x, item.trace.y, strict=True) if x == 10]
    assert at_ten == [values[9], values[10]]


def test_focus_is_visible(hand):
    reasons = Qt.FocusReason
    plain = hand.canvas.grab().toImage()
    QApplication.sendEvent(hand.canvas, QFocusEvent(QEvent.Type.FocusIn, reasons.TabFocusReason))
    ringed = hand.canvas.grab().toImage()
    assert ringed != plain
    QApplication.sendEvent(hand.canvas, QFocusEvent(QEvent.Type.FocusOut, reasons.TabFocusReason))
    assert hand.canvas.grab().toImage() == plain


def test_a_failed_run_says_why_until_one_succeeds(hand, controller, qtbot):
    run = controller._exact
    run._on_failed(run._token, "no such device; choose another")
    assert hand.canvas.notice.text == "no such device; choose another"
    controller.restart_run()
    assert controller.run.kind == "running"
    assert hand.canvas.notice.text  # no flicker while the next one runs
    qtbot.waitUntil(lambda: controller.run.kind == "exact")
    assert hand.canvas.notice.text == ""


def test_the_plot_does_not_jump_during_a_gesture(hand, controller):
    broken = edits.set_phase(controller.schedule, 1, params={"factor": 7.0})
    controller.gesture("x", broken)
    assert hand.canvas.notice.text == ""
    controller.commit_gesture()
    assert hand.canvas.notice.text != ""


def test_bands_in_the_categories_colours(hand, controller, theme):
    controller.select(Selection(2))
    image = hand.canvas.grab().toImage()
    tokens = theme.tokens
    seen = image.pixelColor((hand.at(30) + QPointF(0, 90)).toPoint()).name()
    assert seen == tokens.band_fill("warm-up")
    chosen = image.pixelColor((hand.at(620, 0.1) + QPointF(0, -10)).toPoint()).name()
    assert chosen != tokens.band_fill("decay")
    controller.select(Selection(None))
    image = hand.canvas.grab().toImage()
    plain = image.pixelColor((hand.at(620, 0.1) + QPointF(0, -10)).toPoint()).name()
    assert plain == tokens.band_fill("decay")


def test_another_theme_at_once(hand, controller, theme):
    dark = theme.tokens
    assert hand.canvas.grab().toImage().pixelColor(30, 8).name() == dark.window
    theme.set_scheme("light")
    image = hand.canvas.grab().toImage()
    assert image.pixelColor(30, 8).name() == theme.tokens.window != dark.window
    value = float(controller.curve.lr[0, 350])
    assert near(image, hand.at(350, value), theme.tokens.group_colors(1)[0])


def test_the_curve_in_words(hand, controller):
    words = hand.canvas.accessibleDescription()
    assert words.startswith("1,000 steps, 3 phases, 2 groups.")
    assert "head: starts at 1.00e−03, peaks at 1.00e−01 (step 200 · epoch 2.0)" in words


@pytest.mark.parametrize(("period", "stroke"), [(2_000_000, "paths"), (20, "columns")])
def test_a_million_steps_are_a_few_points(hand, controller, period, stroke):
    steps = np.arange(1_000_000)
    values = 0.1 + 0.09 * np.cos(2 * np.pi * steps / period)
    controller.axis.set_total(len(steps))
    line = replace(hand.view.series[0], samples=Samples(values, len(steps)))
    hand.view.set_series([line, line])
    hand.view.redraw()
    for item in hand.view.lines.items:
        assert item.trace.stroke == stroke
        assert len(item.trace.x) <= 2 * hand.canvas.width()
        assert item.trace.y.max() >= values.max()
        assert item.trace.y.min() <= values.min()


def test_ten_thousand_repaints(hand, controller):
    """PySide6 6.12 on Python 3.11 loses a reference to None with each; then it crashes."""
    hand.canvas.resize(140, 90)
    QApplication.processEvents()
    gc.collect()
    objects, nones = len(gc.get_objects()), sys.getrefcount(None)
    for place in range(10_000):
        controller.axis.pan(1 if place % 2 else -1)
        hand.view.viewport().repaint()
    gc.collect()
    assert len(gc.get_objects()) - objects < 500
    assert sys.getrefcount(None) - nones > -500


def test_nothing_is_drawn_twice_for_the_same_state(hand, controller, monkeypatch):
    drawn = []
    monkeypatch.setattr(hand.view, "redraw", lambda: drawn.append(1))
    controller.set_view(replace(controller.view, log=True))
    assert len(drawn) == 1
    controller.overlays.changed.emit(controller.overlays.overlays)
    assert len(drawn) == 1
    assert np.isfinite(hand.view.scale_.low)
