"""Putting phases in between, typing where they end, and how far boundaries go."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from lrdesigner.gui.state import Selection
from lrdesigner.gui.timeline.blocks import Edge, Plus
from lrdesigner.gui.timeline.insert_menu import InsertMenu
from lrdesigner.gui.timeline.menu import PhaseMenu
from lrdesigner.gui.widgets import ValueBubble
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.model import Horizon, Phase, Schedule

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
BEFORE = [("LinearLR", 0, 200), ("ConstantLR", 200, 500), ("CosineAnnealingLR", 500, 1000)]


def names(phases):
    return [scheduler for scheduler, *_ in phases()]


def menu_at(timeline, point) -> PhaseMenu:
    place = timeline.mapToGlobal(point.toPoint())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point.toPoint(), place)
    QApplication.sendEvent(timeline, event)
    return timeline.findChildren(PhaseMenu)[-1]


def trigger(menu, name) -> None:
    action = menu.findChild(QAction, name)
    assert action is not None, name
    action.trigger()
    menu.close()


def field(timeline, name) -> QLineEdit:
    return timeline.window().findChild(QLineEdit, f"bubble_{name}")


def enter(edit, text) -> None:
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


# -- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "to", "modifier", "end", "reason"),
    [
        (200, -200, PLAIN, 1, "a phase has one step at least"),
        (200, 800, PLAIN, 499, "the next phase keeps one step at least"),
        (200, 990, ALT, 699, "the later phases need the rest of the run"),
        (1000, 1100, PLAIN, 1000, "the run ends here"),
    ],
)
def test_an_edge_stops_at_its_limit_and_says_why(
    fingers, timeline, phases, start, to, modifier, end, reason
):
    here = fingers.at(start) - QPointF(1, 0)
    fingers.press(here, modifier)
    fingers.move(fingers.at(start + (to - start) * 0.1), modifier)
    assert timeline._input.shown().warning == ("" if start < 1000 else reason)
    fingers.move(fingers.at(to), modifier)
    assert timeline._input.shown().warning == reason
    picture = timeline.grab().toImage()
    fingers.key(Qt.Key.Key_Escape)
    assert phases() == BEFORE
    fingers.release(fingers.at(to))
    shown = {picture.pixelColor(x, y).name() for x in range(0, 845, 2) for y in range(0, 72, 2)}
    tokens = timeline._theme.tokens
    assert tokens.readable(tokens.warning, tokens.raised) in shown


def test_shift_makes_an_edge_ten_times_finer(fingers, phases):
    fingers.drag(fingers.at(200), fingers.at(400), SHIFT)
    assert phases()[0][2] == pytest.approx(220, abs=2)


# -- typing --------------------------------------------------------------------------------------


def test_a_double_click_on_an_edge_types_the_length(fingers, timeline, controller, phases):
    QTest.mouseDClick(timeline, LEFT, PLAIN, fingers.at(200).toPoint())
    assert field(timeline, "length").hasFocus()
    bubble = timeline.window().findChild(ValueBubble)
    assert timeline.window().rect().contains(bubble.geometry())
    enter(field(timeline, "length"), "1 epoch")
    assert phases()[:2] == [("LinearLR", 0, 100), ("ConstantLR", 100, 500)]
    assert controller.undo_stack.count() == 1
    assert timeline.hasFocus()
    assert timeline.typing.bubble is None


def test_enter_types_the_length_of_the_selected_phase(fingers, timeline, controller, phases):
    controller.select(Selection(1))
    fingers.key(Qt.Key.Key_Return)
    assert field(timeline, "length").text() == "3 epochs"
    QTest.keyClick(field(timeline, "length"), Qt.Key.Key_Escape)
    assert phases() == BEFORE
    assert timeline.hasFocus()


def test_the_menu_types_the_length_too(fingers, timeline, controller, phases):
    trigger(menu_at(timeline, fingers.block(1)), "phase_type")
    enter(field(timeline, "length"), "20%")
    assert controller.schedule.phases[1].length == "20%"
    assert phases()[1] == ("ConstantLR", 200, 400)


def test_another_document_closes_the_form(fingers, timeline, controller):
    QTest.mouseDClick(timeline, LEFT, PLAIN, fingers.at(200).toPoint())
    QTest.keyClicks(field(timeline, "length"), "7 epochs")
    controller.open_document(controller.schedule.replace(name="x"), None)
    assert timeline.typing.bubble is None
    assert controller.undo_stack.count() == 0


# -- in between ----------------------------------------------------------------------------------


def test_a_boundary_offers_to_put_a_phase_in(fingers, timeline, controller, phases, qtbot):
    plus = timeline.blocks.blocks[0].plus.center()
    plain = timeline.grab().toImage().pixelColor(plus.toPoint()).name()
    fingers.hover(fingers.at(200))
    assert timeline._input.shown().hot.hit == Edge(0)
    assert timeline.grab().toImage().pixelColor(plus.toPoint()).name() != plain
    fingers.hover(plus)
    assert timeline._input.shown().hot.hit == Plus(0)
    assert timeline.cursor().shape() == Qt.CursorShape.PointingHandCursor
    fingers.click(plus)
    menu = timeline.findChild(InsertMenu)
    qtbot.waitUntil(menu.isVisible)
    trigger(menu, "insert_StepLR")
    assert phases() == [
        ("LinearLR", 0, 200),
        ("StepLR", 200, 300),
        ("ConstantLR", 300, 500),
        BEFORE[2],
    ]
    assert controller.selection == Selection(1)
    controller.undo_stack.undo()
    assert phases() == BEFORE


def test_a_drag_that_begins_on_the_plus_resizes(fingers, timeline, phases):
    plus = timeline.blocks.blocks[0].plus.center()
    fingers.drag(plus, plus + fingers.at(400) - fingers.at(200))
    assert phases()[0] == ("LinearLR", 0, 400)
    assert timeline.findChild(InsertMenu) is None


@pytest.mark.parametrize(
    ("index", "where", "order"),
    [
        (0, "before", ["ExponentialLR", "LinearLR", "ConstantLR", "CosineAnnealingLR"]),
        (1, "after", ["LinearLR", "ConstantLR", "ExponentialLR", "CosineAnnealingLR"]),
        (2, "after", ["LinearLR", "ConstantLR", "CosineAnnealingLR", "ExponentialLR"]),
    ],
)
def test_the_menu_inserts_before_and_after(
    fingers, timeline, controller, phases, index, where, order
):
    trigger(menu_at(timeline, fingers.block(index)), f"phase_{where}_ExponentialLR")
    assert names(phases) == order
    assert phases()[-1][2] == 1000
    assert controller.selection == Selection(order.index("ExponentialLR"))
    assert not [p for p in controller.problems if p.severity == "error"]


def test_several_files_are_spliced_in_one_after_the_other(
    fingers, timeline, controller, phases, tmp_path
):
    paths = []
    for key in ("StepLR", "ExponentialLR"):
        phase = Phase(scheduler=key, length="50 steps", params={"gamma": 0.5, "step_size": 10})
        if key == "ExponentialLR":
            phase = phase.replace(params={"gamma": 0.99})
        paths.append(tmp_path / f"{key}.json")
        Schedule(horizon=Horizon(epochs=4, steps_per_epoch=100), phases=(phase,)).save(paths[-1])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, point = Qt.DropAction.CopyAction, fingers.at(480)
    QApplication.sendEvent(timeline, QDragEnterEvent(point.toPoint(), copy, data, LEFT, PLAIN))
    assert timeline._input.shown().hint == "Insert the phases of 2 files"
    QApplication.sendEvent(timeline, QDropEvent(point, copy, data, LEFT, PLAIN))
    assert phases()[2:4] == [("StepLR", 500, 550), ("ExponentialLR", 550, 600)]
    assert controller.selection.phases == (2, 3)
    assert controller.undo_stack.count() == 1


def test_jumps_of_tracks_are_shown_and_mended(fingers, timeline, controller):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "optimizer": {
            "type": "AdamW",
            "args": {"weight_decay": 0.1},
            "groups": [{"name": "a", "lr": 0.1}],
        },
        "phases": [
            {"scheduler": "ExponentialLR", "length": "4 epochs", "params": {"gamma": 0.99}},
            {"scheduler": "ExponentialLR", "start": "base", "params": {"gamma": 0.999}},
        ],
        "tracks": [
            {
                "quantity": "weight_decay",
                "phases": [
                    {"scheduler": "ExponentialLR", "length": "4 epochs", "params": {"gamma": 0.99}},
                    {"scheduler": "ConstantLR", "start": "base", "params": {"factor": 1}},
                ],
            }
        ],
    }
    controller.open_document(loads(json.dumps(text)), None)
    for track, count in ((None, 1), (0, 2)):
        row = timeline.rows.of(track)
        block = row.blocks.blocks[1]
        assert block.jump == "×55.2"
        assert not block.pill.intersects(block.badge)
        assert timeline.rect().contains(block.pill.toRect())
        assert "jumps here" in timeline._tip(block.pill.center())
        fingers.click(block.pill.center())
        assert controller.undo_stack.count() == count
        assert timeline.rows.of(track).blocks.blocks[1].jump == ""
