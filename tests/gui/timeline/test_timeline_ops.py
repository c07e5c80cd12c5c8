"""Several phases at once, cutting and joining, the clipboard, files dropped in, jumps, ripple."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QToolButton

from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.mime import overlay_mime
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import Selection
from lrdesigner.gui.timeline.layout import jump_text
from lrdesigner.gui.timeline.menu import PhaseMenu
from lrdesigner.schedule.codec import dumps, loads
from lrdesigner.schedule.model import Horizon, Phase, Schedule
from lrdesigner.schedule.phase_jumps import Jump

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
COPY = Qt.DropAction.CopyAction
BEFORE = [("LinearLR", 0, 200), ("ConstantLR", 200, 500), ("CosineAnnealingLR", 500, 1000)]


def names(phases):
    return [scheduler for scheduler, *_ in phases()]


def click(timeline, point, modifiers):
    QTest.mouseClick(timeline, LEFT, modifiers, point.toPoint())


def menu_at(timeline, point) -> PhaseMenu:
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point.toPoint(), timeline.mapToGlobal(point.toPoint())
    )
    QApplication.sendEvent(timeline, event)
    return timeline.findChildren(PhaseMenu)[-1]


def action_of(menu, name) -> QAction:
    found = menu.findChild(QAction, name)
    assert found is not None, name
    return found


def choose(menu, name) -> None:
    action_of(menu, name).trigger()
    menu.close()


# -- several ---------------------------------------------------------------------------------------


def test_ctrl_and_shift_select_several(fingers, timeline, controller):
    fingers.click(fingers.block(0))
    click(timeline, fingers.block(2), CTRL)
    assert controller.selection.phases == (0, 2)
    assert controller.selection.phase == 2
    click(timeline, fingers.block(2), CTRL)
    assert controller.selection == Selection(0)
    click(timeline, fingers.block(2), SHIFT)
    assert controller.selection.phases == (0, 1, 2)
    fingers.click(fingers.block(1))
    assert controller.selection == Selection(1)
    assert controller.undo_stack.count() == 0


def test_all_selected_blocks_are_outlined(fingers, timeline, controller):
    controller.select(Selection(2))
    one = timeline.grab().toImage()
    click(timeline, fingers.block(0), CTRL)
    controller.select(Selection(2, None, (0,)))
    assert timeline.grab().toImage() != one


def test_delete_and_arrows_concern_all_selected(fingers, controller, phases):
    controller.select(Selection(1, None, (0,)))
    fingers.key(Key.Key_Right, ALT)
    assert names(phases) == ["CosineAnnealingLR", "LinearLR", "ConstantLR"]
    assert controller.selection.phases == (1, 2)
    fingers.key(Key.Key_Delete)
    assert names(phases) == ["CosineAnnealingLR"]
    assert controller.undo_stack.count() == 2
    controller.undo_stack.undo()
    controller.undo_stack.undo()
    assert phases() == BEFORE
    assert controller.selection.phases == (0, 1)


def test_a_drag_takes_all_selected_along(fingers, controller, phases):
    controller.select(Selection(1, None, (0,)))
    fingers.drag(fingers.block(0), fingers.at(900))
    assert names(phases) == ["CosineAnnealingLR", "LinearLR", "ConstantLR"]
    assert controller.selection.phases == (1, 2)
    assert controller.undo_stack.count() == 1


def test_the_menu_duplicates_all_selected(fingers, timeline, controller, phases):
    controller.select(Selection(1, None, (0,)))
    choose(menu_at(timeline, fingers.block(0)), "phase_duplicate")
    assert names(phases) == [
        "LinearLR",
        "ConstantLR",
        "LinearLR",
        "ConstantLR",
        "CosineAnnealingLR",
    ]
    assert controller.selection.phases == (2, 3)


# -- split, join, change ---------------------------------------------------------------------------


def test_the_menu_splits_where_it_was_opened(fingers, timeline, controller, phases):
    before = simulate(controller.schedule).lr
    choose(menu_at(timeline, fingers.at(402)), "phase_split")
    assert phases()[1:3] == [("ConstantLR", 200, 400), ("ConstantLR", 400, 500)]
    assert np.array_equal(simulate(controller.schedule).lr, before)
    assert controller.undo_stack.count() == 1
    choose(menu_at(timeline, fingers.at(300)), "phase_join")
    assert phases() == BEFORE


def test_what_cannot_be_split_or_joined_says_why(fingers, timeline):
    menu = menu_at(timeline, fingers.at(800))
    split, join = action_of(menu, "phase_split"), action_of(menu, "phase_join")
    assert not split.isEnabled()
    assert "begin in its middle" in split.toolTip()
    assert not join.isEnabled()
    menu.close()


def test_a_phase_is_extended_over_the_next(fingers, timeline, phases):
    choose(menu_at(timeline, fingers.block(0)), "phase_extend")
    assert phases() == [("LinearLR", 0, 500), BEFORE[2]]


def test_the_menu_changes_the_scheduler_and_keeps_the_ends(fingers, timeline, controller, phases):
    told = []
    controller.told.connect(told.append)
    choose(menu_at(timeline, fingers.block(2)), "phase_change_cosine_envelope")
    assert phases()[2] == ("cosine_envelope", 500, 1000)
    assert "starts and ends where it did" in told[-1]
    controller.undo_stack.undo()
    assert phases() == BEFORE


def test_the_menu_changes_the_unit_and_moves_nothing(fingers, timeline, controller, phases):
    choose(menu_at(timeline, fingers.block(1)), "phase_unit_percent")
    assert controller.schedule.phases[1].length == "30%"
    menu = menu_at(timeline, fingers.block(1))
    rest = action_of(menu, "phase_unit_rest")
    assert not rest.isEnabled()
    assert "Another phase takes the rest" in rest.toolTip()
    menu.close()
    assert phases() == BEFORE


# -- boundaries ------------------------------------------------------------------------------------


def test_alt_moves_the_later_phases(fingers, phases, controller):
    fingers.drag(fingers.at(200), fingers.at(404), ALT)
    assert phases() == [
        ("LinearLR", 0, 400),
        ("ConstantLR", 400, 700),
        ("CosineAnnealingLR", 700, 1000),
    ]
    assert controller.undo_stack.count() == 1


def test_the_button_chooses_what_a_boundary_does(fingers, timeline, controller, phases):
    button = timeline.findChild(QToolButton, "timeline_ripple")
    assert button.text() == "Trade"
    QTest.mouseClick(button, LEFT)
    assert (controller.view.ripple, button.text()) == (True, "Ripple")
    fingers.drag(fingers.at(200), fingers.at(300))
    assert phases()[1] == ("ConstantLR", 300, 600)
    controller.undo_stack.undo()
    fingers.drag(fingers.at(200), fingers.at(300), ALT)
    assert phases()[1] == ("ConstantLR", 300, 500)


def test_a_drag_says_what_it_does(fingers, timeline):
    fingers.press(fingers.at(200))
    fingers.move(fingers.at(300))
    assert timeline._input.shown().hint == "3 epochs · trading time (Alt: later phases move)"
    fingers.move(fingers.at(400), ALT)
    assert timeline._input.shown().hint == "4 epochs · later phases move (Alt: trade time)"
    fingers.release(fingers.at(400), ALT)


JUMPY = """{
  "format": "lrdesigner", "version": 1, "horizon": {"epochs": 10, "steps_per_epoch": 100},
  "phases": [
    {"scheduler": "ExponentialLR", "length": "4 epochs", "params": {"gamma": 0.99}},
    {"scheduler": "ExponentialLR", "length": "3 epochs", "start": "base",
     "params": {"gamma": 0.999}},
    {"scheduler": "LinearLR", "length": "rest", "params": {"start_factor": 0.1}}
  ]
}"""


def test_jumps_are_shown_and_one_click_mends_them(fingers, timeline, controller):
    controller.open_document(loads(JUMPY), None)
    assert [block.jump for block in timeline.blocks.blocks] == ["", "×55.2", "÷10"]
    assert "The LR jumps here" in timeline._tip(timeline.blocks.blocks[1].pill.center())
    fingers.click(timeline.blocks.blocks[1].pill.center())
    assert controller.schedule.phases[1].start == "continue"
    fingers.click(timeline.blocks.blocks[2].pill.center())
    assert controller.schedule.phases[2].params["start_factor"] == 1.0
    assert [block.jump for block in timeline.blocks.blocks] == ["", "", ""]
    assert controller.undo_stack.count() == 2


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (1.0, 2.5, "×2.5"),
        (1e-6, 1.37e-3, "×1,370"),
        (0.9997, 1e-3, "÷1,000"),
        (1e-9, 1.0, "×1e+09"),
        (0.1, 0.0, "→ 0"),
        (0.0, 0.1, "from 0"),
    ],
)
def test_jumps_in_a_few_letters(before, after, text):
    assert jump_text(Jump(0, before, after)) == text


def test_smooth_boundaries_show_no_jump(timeline):
    assert [block.jump for block in timeline.blocks.blocks] == ["", "", ""]


# -- clipboard -------------------------------------------------------------------------------------


@pytest.fixture
def window(make_window, tmp_path, schedule):
    window = make_window()
    window.controller.open_document(schedule, None)
    window.activateWindow()
    window.timeline.setFocus()
    QApplication.processEvents()
    yield window
    QApplication.clipboard().clear()


def keys(window):
    return [phase.scheduler[0] for phase in window.controller.schedule.phases]


def test_copy_and_paste_by_keys(window):
    window.controller.select(Selection(1, None, (0,)))
    QTest.keyClick(window.timeline, Key.Key_C, CTRL)
    data = QApplication.clipboard().mimeData()
    assert data.hasFormat("application/json")
    assert [p["scheduler"] for p in json.loads(data.text())["phases"]] == ["LinearLR", "ConstantLR"]
    window.controller.select(Selection(2))
    QTest.keyClick(window.timeline, Key.Key_V, CTRL)
    assert keys(window) == ["L", "C", "C", "L", "C"]
    assert window.controller.selection.phases == (3, 4)
    assert window.controller.undo_stack.undoText() == "paste phases"
    window.controller.undo_stack.undo()
    assert keys(window) == ["L", "C", "C"]


def test_cut_and_select_all_by_keys(window):
    QTest.keyClick(window.timeline, Key.Key_A, CTRL)
    assert window.controller.selection.phases == (0, 1, 2)
    QTest.keyClick(window.timeline, Key.Key_X, CTRL)
    assert keys(window) == []
    QTest.keyClick(window.timeline, Key.Key_V, CTRL)
    assert keys(window) == ["L", "C", "C"]
    assert simulate(window.controller.schedule).lr[0, 999] < 1e-4


def test_phases_go_from_window_to_window(window, make_window):
    other = make_window()
    other.controller.open_document(Schedule(horizon=Horizon(epochs=5, steps_per_epoch=1000)), None)
    window.controller.select(Selection(0))
    PhaseCommands(window.controller).copy()
    PhaseCommands(other.controller).paste()
    assert [(p.scheduler, p.length, p.start) for p in other.controller.schedule.phases] == [
        ("LinearLR", "200 steps", "base")
    ]


@pytest.mark.parametrize(
    "text",
    ["just words", '{"format": "lrdesigner"', '{"scheduler": "LinearLR", "length": "soon"}'],
)
def test_foreign_text_is_told_of_and_changes_nothing(window, text):
    before = dumps(window.controller.schedule)
    QApplication.clipboard().setText(text)
    QTest.keyClick(window.timeline, Key.Key_V, CTRL)
    box = window.findChild(QMessageBox, "error_message")
    assert box is not None
    assert "Nothing was pasted" in box.informativeText()
    box.close()
    assert dumps(window.controller.schedule) == before
    assert window.controller.undo_stack.count() == 0


def test_an_empty_clipboard_is_told_of(window):
    QApplication.clipboard().clear()
    QTest.keyClick(window.timeline, Key.Key_V, CTRL)
    assert "no phases on the clipboard" in window.statusBar().currentMessage()


def test_s_splits_at_the_mouse_and_says_why_it_cannot(window):
    timeline, axis = window.timeline, window.controller.axis
    for step, count in ((300, 4), (800, 4)):
        point = QPointF(axis.x_of(step), 25.0).toPoint()
        QTest.mouseMove(timeline, point)
        QApplication.processEvents()
        axis.cursor = axis.step_at(point.x())  # offscreen, the mouse may not move
        QTest.keyClick(timeline, Key.Key_S)
        assert len(window.controller.schedule.phases) == count
    assert "Cosine was not split" in window.statusBar().currentMessage()


def test_the_timeline_tells_the_axis_where_the_mouse_is(fingers, timeline, controller):
    fingers.hover(fingers.at(300))
    assert controller.axis.cursor == pytest.approx(300, abs=2)
    timeline._input.leave()
    assert controller.axis.cursor is None


def test_ripple_is_remembered(window, tmp_path):
    window.actions_["ripple"].trigger()
    assert window.controller.view.ripple
    assert window.actions_["ripple"].isChecked()
    window.close()
    assert Settings.read(tmp_path / "settings" / "settings.json").ripple


# -- files -----------------------------------------------------------------------------------------


def drop_file(timeline, path, point):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(timeline, kind(point.toPoint(), COPY, data, LEFT, PLAIN))
    yield
    QApplication.sendEvent(timeline, QDropEvent(point, COPY, data, LEFT, PLAIN))
    yield


def test_a_files_phases_are_spliced_in(fingers, timeline, controller, phases, tmp_path):
    saved = Schedule(
        horizon=Horizon(epochs=4, steps_per_epoch=50),
        phases=(
            Phase(scheduler="LinearLR", length="25%", params={"start_factor": 0.1}),
            Phase(scheduler="StepLR", params={"step_size": 50, "gamma": 0.5}),
        ),
    )
    path = tmp_path / "saved.json"
    saved.save(path)
    drag = drop_file(timeline, path, fingers.at(480))
    next(drag)
    assert timeline._input.shown().hint == "Insert the phases of saved.json"
    assert timeline._input.shown().splice[1] == pytest.approx(fingers.at(500).x())
    next(drag)
    assert phases()[2:4] == [("LinearLR", 500, 550), ("StepLR", 550, 700)]
    assert controller.selection.phases == (2, 3)
    assert controller.undo_stack.count() == 1
    old, new = simulate(saved).lr[0], simulate(controller.schedule).lr[1]
    assert np.array_equal(old, new[500:700])
    controller.undo_stack.undo()
    assert phases() == BEFORE


def test_a_broken_file_is_told_of(fingers, timeline, controller, phases, tmp_path):
    path = tmp_path / "broken.json"
    path.write_text("{")
    refused = []
    controller.refused.connect(lambda title, text: refused.append((title, text)))
    list(drop_file(timeline, path, fingers.at(480)))
    assert refused[0][0] == "broken.json was not spliced in"
    assert "not valid JSON" in refused[0][1]
    assert phases() == BEFORE


def test_an_overlays_row_is_dropped_like_its_file(fingers, timeline, phases, tmp_path):
    path = tmp_path / "part.json"
    Schedule(phases=(Phase(scheduler="StepLR", params={"step_size": 5}),)).save(path)
    data, point = overlay_mime(3, path), fingers.at(480)
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(point.toPoint(), COPY, data, LEFT, PLAIN)
        QApplication.sendEvent(timeline, event)
        assert event.isAccepted()
    QApplication.sendEvent(timeline, QDropEvent(point, COPY, data, LEFT, PLAIN))
    assert names(phases).count("StepLR") == 1
    assert path.exists()  # a drop copies, it never takes the file away
