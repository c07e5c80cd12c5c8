"""Blocks: where they stand, what they say, what is hit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.state import Selection
from lrdesigner.gui.time_text import length_texts
from lrdesigner.gui.timeline.blocks import Body, Edge, Link, Plus, badge_fits
from lrdesigner.gui.timeline.layout import lay_out
from lrdesigner.gui.timeline.painting import fitting
from lrdesigner.gui.timeline.tips import tip
from lrdesigner.schedule import edits
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import Span

MIDDLE = 36.0


def test_blocks_stand_under_the_plot_pixel_for_pixel(column, controller):
    for first, last in ((0, 1000), (150, 640)):
        controller.axis.set_range(first, last)
        plane = column.canvas.view.plane
        shift = column.canvas.mapTo(column, QPoint(0, 0)).x()
        assert shift == column.timeline.mapTo(column, QPoint(0, 0)).x()
        for block, boundary in zip(column.timeline.blocks.blocks, (200, 500, 1000), strict=True):
            assert block.end == pytest.approx(plane.x_of(boundary), abs=1e-6)
            theirs = column.canvas.view.box.mapViewToScene(QPointF(boundary, 0)).x()
            assert block.end == pytest.approx(theirs, abs=0.01)


def test_blocks_follow_a_change_of_size(column, controller, qtbot):
    column.resize(500, 400)
    qtbot.waitUntil(lambda: column.timeline.blocks.blocks[-1].end < 500)
    assert column.timeline.blocks.blocks[-1].end == pytest.approx(controller.axis.pixels[1])


def test_what_blocks_say(timeline, controller):
    assert [(b.title, b.subtitle) for b in timeline.blocks.blocks] == [
        ("Linear", "2 epochs"),
        ("Constant", "3 epochs"),
        ("Cosine", "rest · 5 epochs"),
    ]
    controller.edit("x", edits.stack(controller.schedule, 1, "ExponentialLR"))
    assert timeline.blocks.blocks[1].chips == ("× Exponential",)
    controller.edit("x", edits.set_phase(controller.schedule, 0, length="10%"))
    assert timeline.blocks.blocks[0].subtitle == "10 % · 1 epoch"


BATCH = Batch(dataset_size=12800, batch_size=128, sequence_length=10)


def test_lengths_are_told_in_the_unit_of_the_axis(column, controller):
    horizon = controller.schedule.horizon.replace(batch=BATCH)
    held = edits.set_phase(controller.schedule, 1, length="30%")
    controller.edit("x", edits.remove_phase(held.replace(horizon=horizon), 2))
    blocks = column.timeline.blocks  # a document of 10 epochs, half of them free
    assert [b.subtitle for b in blocks.blocks] == ["2 epochs", "30 % · 3 epochs"]
    said = {}
    for unit in ("steps", "percent", "samples", "tokens"):
        controller.set_view(replace(controller.view, unit=unit))
        blocks = column.timeline.blocks
        said[unit] = (*(b.subtitle for b in blocks.blocks), blocks.hold.subtitle)
    assert said == {
        "steps": ("2 epochs · 200 steps", "30 % · 300 steps", "500 steps"),
        "percent": ("2 epochs · 20 %", "30 % · 3 epochs", "50 %"),
        "samples": ("2 epochs · 25,600 samples", "30 % · 38,400 samples", "64,000 samples"),
        "tokens": ("2 epochs · 256,000 tokens", "30 % · 384,000 tokens", "640,000 tokens"),
    }
    tips = tip(controller, controller.part, Body(0))
    assert "Steps 0 to 199 · 2 epochs · 256,000 tokens" in tips


def test_where_there_is_less_room_less_is_said(qapp):
    horizon = Horizon(epochs=10, steps_per_epoch=100, batch=BATCH)
    texts = partial(length_texts, span=Span(0, 0, 200, 200), horizon=horizon)
    assert texts("2 epochs", unit="epochs") == ("2 epochs", "2 ep")
    assert texts("rest", unit="epochs") == ("rest · 2 epochs", "2 epochs", "2 ep")
    assert texts("20%", unit="steps") == ("20 % · 200 steps", "20 %", "200 steps", "200")
    tokens = ("2 epochs · 256,000 tokens", "256,000 tokens", "2 epochs", "256,000")
    assert texts("2 epochs", unit="tokens") == tokens
    short = length_texts("30 steps", Span(0, 0, 30, 30), horizon, "epochs")
    assert short == ("30 steps", "30")
    metrics = QFontMetricsF(qapp.font())
    for text in tokens:
        assert fitting(tokens, metrics, metrics.horizontalAdvance(text)) in tokens
    wide, narrow = metrics.horizontalAdvance(tokens[0]), metrics.horizontalAdvance("256,000")
    assert fitting(tokens, metrics, wide) == tokens[0]
    assert fitting(tokens, metrics, narrow) == "256,000"
    assert fitting(tokens, metrics, narrow / 2) == ""


def test_a_part_of_an_epoch_is_not_none(qapp):
    horizon = Horizon(epochs=3, steps_per_epoch=3000)
    assert length_texts("0.001 epochs", Span(0, 0, 3, 3), horizon, "epochs")[0].startswith("0.001 ")
    said = length_texts("1.25 epochs", Span(0, 0, 3750, 3750), horizon, "epochs")
    assert said == ("1.25 epochs", "1.2 ep")


@pytest.mark.parametrize(("width", "links"), [(50, 0), (60, 1), (200, 2), (800, 2)])
def test_words_do_not_touch_the_links(schedule, qapp, width, links):
    blocks = lay_out(schedule, axis_of(1000, width)).blocks
    shown = [b.badge for b in blocks if b.badge is not None and badge_fits(blocks, b)]
    assert len(shown) == links
    for block in blocks:
        assert block.sight.contains(block.words)
        assert not any(block.words.intersects(badge) for badge in shown)
        if not shown:
            assert block.words == block.sight


def test_a_phase_that_cannot_run_looks_different_and_says_why(timeline, controller):
    runs = timeline.grab().toImage()
    wrong = edits.set_param(controller.schedule, 1, "factor", 0.5)
    stacked = edits.stack(wrong, 1, "StepLR")
    controller.edit("x", edits.set_param(stacked, 1, "step_size", 0, stacked=0))
    assert [block.runs for block in timeline.blocks.blocks] == [True, False, True]
    assert timeline.blocks.blocks[1].chips == ("× StepLR",)
    place = timeline.blocks.blocks[1].rect.bottomLeft().toPoint() + QPoint(20, -12)
    area = [(place.x() + dx, place.y() + dy) for dx in range(10) for dy in range(10)]
    seen = timeline.grab().toImage()
    assert len({runs.pixel(x, y) for x, y in area}) == 1
    assert len({seen.pixel(x, y) for x, y in area}) > 1
    text = tip(controller, controller.part, Body(1))
    assert "It cannot run, and holds the LR: step_size must be a whole number, 1 or" in text
    controller.edit("x", edits.set_param(controller.schedule, 1, "step_size", 3, stacked=0))
    assert all(block.runs for block in timeline.blocks.blocks)
    assert "cannot run" not in tip(controller, controller.part, Body(1))


def test_an_unknown_scheduler_keeps_its_name_and_looks_different(timeline, controller):
    known = timeline.grab().toImage()
    place = timeline.blocks.blocks[1].rect.center().toPoint()
    area = [(place.x() + dx, place.y() + dy) for dx in range(12) for dy in range(12)]
    assert len({known.pixel(x, y) for x, y in area}) == 1
    unknown = controller.schedule.phases[1].replace(scheduler="my_own", params={})
    phases = controller.schedule.phases
    controller.edit("x", controller.schedule.replace(phases=(phases[0], unknown, phases[2])))
    block = timeline.blocks.blocks[1]
    assert (block.title, block.runs) == ("my_own", False)
    seen = timeline.grab().toImage()
    assert len({seen.pixel(x, y) for x, y in area}) > 1  # hatched


def test_the_free_stretch_is_a_hold(timeline, controller):
    assert timeline.blocks.hold is None
    controller.edit("x", edits.remove_phase(controller.schedule, 2))
    hold = timeline.blocks.hold
    assert hold.subtitle == "5 epochs"
    assert hold.rect.left() == pytest.approx(controller.axis.x_of(500), abs=2)
    assert hold.rect.right() == pytest.approx(controller.axis.x_of(1000), abs=2)
    assert "Drop a scheduler" in tip(controller, controller.part, None)


def axis_of(total: int, width: float = 800.0) -> TimeAxis:
    axis = TimeAxis()
    axis.set_total(total)
    axis.fit()
    axis.set_pixels(50, 50 + width)
    return axis


def test_hits_in_order_of_size(schedule, qapp):
    blocks = lay_out(schedule, axis_of(1000))
    assert blocks.hit(QPointF(100, MIDDLE)) == Body(0)
    assert blocks.hit(QPointF(210, MIDDLE)) == Link(1)
    assert blocks.hit(QPointF(210, 22)) == Edge(0)
    assert blocks.hit(QPointF(206, 22)) == Edge(0)
    assert blocks.hit(QPointF(203, 22)) == Body(0)
    assert blocks.hit(QPointF(210, 11)) == Plus(0)
    assert blocks.hit(QPointF(849, MIDDLE)) == Edge(2)
    assert blocks.hit(QPointF(20, MIDDLE)) is None
    assert blocks.hit(QPointF(100, 2)) is None


@pytest.mark.parametrize("steps", [0, 1, 4])
def test_tiny_blocks_can_be_taken_hold_of(schedule, qapp, steps):
    small = edits.set_phase(schedule, 1, length=f"{steps} steps")
    blocks = lay_out(small, axis_of(1000))
    hits = [blocks.hit(QPointF(50 + x / 4, 15)) for x in range(3200)]
    assert hits.count(Body(1)) >= 1
    body = [k for k, hit in enumerate(hits) if hit in (Body(1), Edge(1))]
    assert len(body) / 4 >= 5.5
    assert blocks.blocks[1].rect.width() >= 3


def test_nothing_is_hit_beside_the_plot(column, controller):
    controller.axis.set_range(100, 150)
    blocks = column.timeline.blocks
    assert blocks.hit(QPointF(controller.axis.pixels[0] + 10, MIDDLE)) == Body(0)
    assert blocks.hit(QPointF(10, MIDDLE)) is None
    image = column.timeline.grab().toImage()
    assert image.pixelColor(20, 36).name() == column.timeline._theme.tokens.panel


def test_words_stay_in_sight_when_zoomed_in(column, controller):
    controller.axis.set_range(600, 700)
    block = column.timeline.blocks.blocks[2]
    assert block.rect.left() < 0
    assert block.sight.left() == pytest.approx(controller.axis.pixels[0])


def test_selected_and_hovered_blocks_look_it(timeline, controller, fingers):
    def picture():
        return timeline.grab().toImage()

    plain = picture()
    fingers.hover(fingers.block(1))
    hovered = picture()
    assert hovered != plain
    controller.select(Selection(1))
    assert picture() != hovered
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    controller.select(Selection(None))
    assert picture() == plain


def test_a_broken_link_looks_different(timeline, controller):
    place = timeline.blocks.blocks[1].badge.toRect()
    whole = timeline.grab(place).toImage()
    controller.edit("x", edits.set_phase(controller.schedule, 1, start="base"))
    assert not timeline.blocks.blocks[1].linked
    assert timeline.grab(place).toImage() != whole


def _orange(image, theme) -> bool:
    """Whether anything in it has the colour of a warning."""
    wanted = QColor(theme.tokens.warning)
    found = False
    for x in range(image.width()):
        for y in range(image.height()):
            seen = image.pixelColor(x, y)
            away = (seen.red() - wanted.red(), seen.green() - wanted.green())
            found = found or sum(map(abs, (*away, seen.blue() - wanted.blue()))) < 60
    return found


def test_a_broken_link_without_a_jump_is_seen_under_the_mouse_only(
    timeline, controller, fingers, theme
):
    """As after a split whose second half is a formula of the group's own LR."""
    place = timeline.blocks.blocks[1].badge.toRect()
    # The warm-up ends at the groups' own LR, from which the next phase starts.
    controller.edit("x", edits.set_phase(controller.schedule, 1, start="base"))
    assert timeline.blocks.blocks[1].jump == ""
    plain = timeline.grab(place).toImage()
    fingers.hover(fingers.at(200, 24))
    near = timeline.grab(place).toImage()
    assert near != plain
    assert not _orange(near, theme)
    fingers.click(fingers.badge(1))
    assert timeline.blocks.blocks[1].linked
    fingers.click(fingers.badge(1))
    assert not timeline.blocks.blocks[1].linked
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    controller.select(Selection(None))
    assert timeline.grab(place).toImage() == plain
    # Where it is the cause of a jump it is always there.
    controller.edit("x", edits.set_param(controller.schedule, 0, "end_factor", 0.5))
    assert timeline.blocks.blocks[1].jump
    jumping = timeline.grab(place).toImage()
    assert jumping != plain
    assert _orange(jumping, theme)


def test_tool_tips_say_what_happens_when(timeline, controller, fingers):
    point = fingers.block(2).toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, point, timeline.mapToGlobal(point))
    QApplication.sendEvent(timeline, event)
    lines = QToolTip.text().splitlines()
    assert lines[0] == "Cosine (CosineAnnealingLR)"
    assert "Steps 500 to 999 · 5 epochs" in lines
    row = controller.curve.lr[1]
    assert f"head: LR {lr_text(float(row[500]))} → {lr_text(float(row[999]))}" in lines
    QToolTip.hideText()
    assert "length" in tip(controller, controller.part, Edge(0))
    assert "own LR" in tip(controller, controller.part, Link(1))


def test_a_phase_without_steps_says_so(controller):
    empty = edits.set_phase(controller.schedule, 1, length="0 steps")
    controller.edit("x", empty)
    assert "no steps" in tip(controller, controller.part, Body(1))


def test_the_row_in_words(timeline, controller):
    controller.select(Selection(1))
    assert timeline.accessibleName() == "Timeline"
    assert timeline.accessibleDescription() == (
        "3 phases. Linear, 2 epochs. Constant, 3 epochs. Cosine, rest · 5 epochs. "
        "Selected: 2, Constant."
    )


def test_another_theme_at_once(timeline, theme):
    assert timeline.grab().toImage().pixelColor(20, 36).name() == theme.tokens.panel
    theme.set_scheme("light")
    assert timeline.grab().toImage().pixelColor(20, 36).name() == theme.tokens.panel == "#ffffff"
