"""Lanes are shown and hidden from the View menu; how they stand is remembered."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from lrdesigner.gui.lane_look import LaneLook
from lrdesigner.schedule.codec import loads

CYCLES = """{
  "format": "lrdesigner", "version": 1,
  "horizon": {"epochs": 10, "steps_per_epoch": 100},
  "optimizer": {"type": "SGD", "args": {"momentum": 0.9}, "groups": [{"name": "a", "lr": 0.1}]},
  "metric": {"formula": "1 / (1 + e)"},
  "phases": [
    {"scheduler": "OneCycleLR", "length": "5 epochs", "params": {"max_lr": 0.1}},
    {"scheduler": "ReduceLROnPlateau", "length": "rest"}
  ]
}"""


def open_cycles(window, qtbot):
    window.controller.open_document(loads(CYCLES), None)
    qtbot.waitUntil(lambda: set(window.canvas.lanes.keys) == {"metric", "momentum"})
    return window


@pytest.fixture
def window(make_window, qtbot):
    return open_cycles(make_window(), qtbot)


def lane_actions(window) -> dict[str, QAction]:
    menu = window.findChild(QMenu, "menu_lanes")
    menu.aboutToShow.emit()
    return {action.objectName(): action for action in menu.actions()}


def test_the_menu_has_the_lanes_that_there_are(window, schedule, qtbot):
    actions = lane_actions(window)
    assert list(actions) == ["action_lane_metric", "action_lane_momentum"]
    assert [action.text() for action in actions.values()] == ["metric", "momentum"]
    assert all(action.isChecked() for action in actions.values())
    window.controller.open_document(schedule, None)
    qtbot.waitUntil(lambda: not window.canvas.lanes.entries)
    (nothing,) = lane_actions(window).values()
    assert not nothing.isEnabled()


def test_a_lane_is_hidden_gives_its_room_back_and_returns(window, qtbot):
    lanes = window.canvas.lanes
    both = lanes.height()
    lane_actions(window)["action_lane_metric"].trigger()
    assert lanes.keys == ("momentum",)
    assert not lanes.lane("metric").isVisible()
    qtbot.waitUntil(lambda: lanes.height() < both)
    assert not lane_actions(window)["action_lane_metric"].isChecked()
    lane_actions(window)["action_lane_momentum"].trigger()
    assert lanes.keys == ()
    assert not lanes.isVisible()
    for name in ("action_lane_metric", "action_lane_momentum"):
        lane_actions(window)[name].trigger()
    qtbot.waitUntil(lambda: lanes.height() == both)
    assert lanes.lane("metric").isVisible()


def test_a_hidden_lane_stays_hidden_in_the_next_document_that_has_it(window, schedule, qtbot):
    lane_actions(window)["action_lane_metric"].trigger()
    window.controller.open_document(schedule, None)
    qtbot.waitUntil(lambda: not window.canvas.lanes.entries)
    window.controller.open_document(loads(CYCLES), None)
    qtbot.waitUntil(lambda: len(window.canvas.lanes.entries) == 2)
    assert window.canvas.lanes.keys == ("momentum",)


def test_what_a_hidden_lane_says_of_a_step_is_not_read_out(window):
    lanes = window.canvas.lanes
    step = next(s for s in range(500, 1000) if lanes.notes_at(s))
    lanes.set_hidden("metric", True)
    assert not lanes.notes_at(step)


def test_how_lanes_stand_is_there_again_after_a_restart(make_window, tmp_path, qtbot):
    path = tmp_path / "remembered.json"
    window = open_cycles(make_window(settings_path=path), qtbot)
    lane = window.canvas.lanes.lane("momentum")
    lane.header.dragged.emit(60)
    lane.header.drag_ended.emit()
    height = lane.plot_height
    lane.header.fold_requested.emit()
    window.canvas.lanes.set_hidden("metric", True)
    window.close()
    QApplication.processEvents()
    assert json.loads(path.read_text())["lanes"]["metric"]["hidden"] is True

    window = make_window(settings_path=path)
    window.controller.open_document(loads(CYCLES), None)
    qtbot.waitUntil(lambda: len(window.canvas.lanes.entries) == 2)
    lane = window.canvas.lanes.lane("momentum")
    assert window.canvas.lanes.keys == ("momentum",)
    assert lane.folded
    lane.header.fold_requested.emit()
    assert lane.plot_height == height


def test_reset_layout_resets_the_lanes_too(window):
    lanes = window.canvas.lanes
    own = lanes.lane("momentum").plot_height
    lanes.restore({"momentum": LaneLook(True, False, 200), "metric": LaneLook(hidden=True)})
    assert lanes.keys == ("momentum",)
    window.findChild(QAction, "action_reset_layout").trigger()
    assert lanes.keys == ("metric", "momentum")
    assert not lanes.lane("momentum").folded
    assert lanes.lane("momentum").plot_height == own
    assert lanes.looks == {}
