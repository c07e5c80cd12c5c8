"""The main job with mouse and keyboard: drag, edit, undo, save, overlay, copy the code, run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

import lrdesigner as lrd

pytestmark = pytest.mark.e2e

EMPTY = {
    "format": "lrdesigner",
    "version": 1,
    "name": "by hand",
    "horizon": {"epochs": 10, "steps_per_epoch": 100},
    "optimizer": {"type": "SGD", "args": {"momentum": 0.9}, "groups": [{"name": "all", "lr": 0.1}]},
    "phases": [],
}

# What a training script does with the code the user took away.
LOOP = """
import json, torch
groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": 0.1}]
optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
scheduler = build_scheduler(optimizer)
seen = []
for _ in range(1000):
    seen.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    scheduler.step()
print(json.dumps(seen))
"""


def palette_point(window, key: str) -> QPoint:
    palette = window.palette_panel
    return palette.mapToGlobal(palette.entry_rect(key).center())


def timeline_point(window, step: int) -> QPoint:
    timeline = window.timeline
    x = round(window.controller.axis.x_of(step))
    return timeline.mapToGlobal(QPoint(x, timeline.height() // 2))


def field(window, name: str) -> QWidget:
    return window.inspector.findChild(QWidget, name)


def exact(window) -> bool:
    return window.controller.run.kind == "exact"


@pytest.fixture
def window(open_window, tmp_path: Path, qtbot):
    path = tmp_path / "start.json"
    path.write_text(json.dumps(EMPTY), encoding="utf-8")
    window = open_window([path])
    qtbot.waitUntil(lambda: exact(window), timeout=60_000)
    return window


def test_from_nothing_to_code_that_runs(window, hand, qtbot, tmp_path: Path):
    # Drag two schedulers from the palette to the timeline.
    hand.drag(palette_point(window, "CosineAnnealingLR"), timeline_point(window, 500))
    assert [p.scheduler for p in window.schedule.phases] == ["CosineAnnealingLR"]
    hand.drag(palette_point(window, "LinearLR"), timeline_point(window, 40))
    assert [p.scheduler for p in window.schedule.phases] == ["LinearLR", "CosineAnnealingLR"]
    assert window.controller.selection.phase == 0

    # Edit a parameter in the form.
    hand.click(field(window, "param_start_factor"))
    hand.keys("ctrl+a")
    hand.type("0.2")
    hand.keys("Return")
    assert window.schedule.phases[0].params["start_factor"] == 0.2

    # Undo takes exactly that back; redo brings it again.
    hand.click(window.timeline, QPoint(3, 3))
    hand.keys("ctrl+z")
    assert window.schedule.phases[0].params["start_factor"] == 0.01
    hand.keys("ctrl+shift+z")
    assert window.schedule.phases[0].params["start_factor"] == 0.2

    # Save.
    assert window.isWindowModified()
    hand.keys("ctrl+s")
    assert not window.isWindowModified()
    saved = lrd.load(tmp_path / "start.json")
    assert saved == window.schedule

    # Overlay the saved file, then change the design: both curves are there.
    window.open_overlays([tmp_path / "start.json"])
    qtbot.waitUntil(
        lambda: window.controller.overlays.overlays[0].curve is not None, timeout=60_000
    )
    assert np.array_equal(window.controller.overlays.overlays[0].curve.lr, lrd.simulate(saved).lr)

    # Copy the code and run it.
    qtbot.waitUntil(lambda: exact(window), timeout=60_000)
    QApplication.clipboard().clear()
    hand.keys("ctrl+shift+c")
    code = QApplication.clipboard().text()
    assert "def build_scheduler(optimizer" in code
    script = tmp_path / "train.py"
    script.write_text(code + LOOP, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert json.loads(done.stdout) == window.controller.curve.lr[0].tolist()


def test_a_boundary_dragged_is_one_undo_step_and_esc_abandons(window, hand):
    hand.drag(palette_point(window, "CosineAnnealingLR"), timeline_point(window, 500))
    hand.drag(palette_point(window, "LinearLR"), timeline_point(window, 40))
    count = window.controller.undo_stack.count()
    before = window.schedule
    start, end = timeline_point(window, 100), timeline_point(window, 400)
    hand.drag(start, end)
    assert window.schedule.phases[0].length == "4 epochs"
    assert window.controller.undo_stack.count() == count + 1
    hand.keys("ctrl+z")
    assert window.schedule == before
    hand.drag(start, end, cancel=True)
    assert window.schedule == before
    assert not window.controller.in_gesture


def test_blocks_reorder_by_dragging(window, hand):
    hand.drag(palette_point(window, "CosineAnnealingLR"), timeline_point(window, 500))
    hand.drag(palette_point(window, "LinearLR"), timeline_point(window, 40))
    hand.drag(palette_point(window, "ConstantLR"), timeline_point(window, 980))
    assert [p.scheduler for p in window.schedule.phases] == [
        "LinearLR",
        "CosineAnnealingLR",
        "ConstantLR",
    ]
    hand.drag(timeline_point(window, 50), timeline_point(window, 990))
    assert [p.scheduler for p in window.schedule.phases] == [
        "CosineAnnealingLR",
        "ConstantLR",
        "LinearLR",
    ]
    hand.keys("Delete")
    assert [p.scheduler for p in window.schedule.phases] == ["CosineAnnealingLR", "ConstantLR"]


def test_a_drag_let_go_outside_changes_nothing(window, hand):
    before = window.schedule
    end = window.details.mapToGlobal(window.details.rect().center())
    hand.drag(palette_point(window, "StepLR"), end)
    assert window.schedule == before


def test_size_and_layout_come_back(open_window, qtbot):
    window = open_window(size=(1300, 820))
    window.actions_["lock_panels"].trigger()
    window.findChild(QAction, "action_panel_overlays").trigger()
    qtbot.wait(100)
    size = window.size()
    assert window.close()
    again = open_window(size=None)
    qtbot.waitUntil(lambda: again.size() == size)
    assert not again.findChild(QWidget, "overlays").isVisible()
