"""Files, the command palette and typing, with the X server's own mouse and keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit

import lrdesigner as lrd

pytestmark = pytest.mark.e2e

DOCUMENT = {
    "format": "lrdesigner",
    "version": 1,
    "name": "by hand",
    "horizon": {"epochs": 10, "steps_per_epoch": 100},
    "optimizer": {"type": "SGD", "args": {"momentum": 0.9}, "groups": [{"name": "all", "lr": 0.1}]},
    "phases": [
        {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
        {"scheduler": "CosineAnnealingLR", "params": {"eta_min": 0.001}},
    ],
}


@pytest.fixture
def window(open_window, tmp_path: Path, qtbot):
    path = tmp_path / "start.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    window = open_window([path])
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact", timeout=60_000)
    return window


def ask(hand, qtbot, window, text: str) -> None:
    """Type something into the command palette and take the first that it finds."""
    hand.keys("ctrl+shift+p")
    search = window.findChild(QLineEdit, "command_search")
    qtbot.waitUntil(lambda: search.isVisible() and search.hasFocus())
    hand.type(text)
    hand.keys("Return")
    qtbot.waitUntil(lambda: not search.isVisible())


def test_the_command_palette_finds_and_does(window, hand, qtbot):
    assert window.controller.view.log
    ask(hand, qtbot, window, "linear lr axis")
    assert not window.controller.view.log
    ask(hand, qtbot, window, "StepLR")
    assert "StepLR" in [phase.scheduler for phase in window.schedule.phases]
    hand.keys("ctrl+z")
    assert [phase.scheduler for phase in window.schedule.phases] == [
        "LinearLR",
        "CosineAnnealingLR",
    ]


def test_saving_under_another_name_and_opening_again(window, hand, qtbot, tmp_path):
    field = window.inspector.findChild(QLineEdit, "group_lr_0")
    hand.click(field)
    hand.keys("ctrl+a")
    hand.type("3e-4*2")
    hand.keys("Return")
    assert window.schedule.optimizer.groups[0].lr == 6e-4
    saved, edited = tmp_path / "other.json", window.schedule
    hand.keys("ctrl+s")
    hand.answer(window, "ctrl+shift+s", str(saved))
    assert lrd.load(saved) == edited
    hand.keys("ctrl+n")
    qtbot.waitUntil(lambda: window.schedule != edited)
    hand.answer(window, "ctrl+o", str(saved))
    assert window.schedule == edited
    assert not window.isWindowModified()


def test_a_boundary_of_the_timeline_is_typed_and_walked(window, hand, qtbot):
    timeline = window.timeline

    def boundary() -> QPoint:
        block = timeline.blocks.blocks[0]
        return timeline.mapToGlobal(QPoint(round(block.end), round(block.rect.bottom()) - 4))

    hand.double_click(boundary())
    hand.type("25%")
    hand.keys("Return")
    assert window.schedule.phases[0].length == "25%"
    assert timeline.hasFocus()
    hand.keys("Home", "alt+Right")  # the first phase goes behind the second
    assert [p.scheduler for p in window.schedule.phases] == ["CosineAnnealingLR", "LinearLR"]
    hand.keys("ctrl+z", "ctrl+z")
    assert window.schedule.phases[0].length == "2 epochs"
    hand.keys("ctrl+shift+z")
    assert window.schedule.phases[0].length == "25%"
