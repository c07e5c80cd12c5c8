"""The drift of a device, on request: a second run, a lane, an entry in the menu."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.runner import DirectRunner

DRIFT = 3e-7
AT = 640


class DeviceRunner(DirectRunner):
    """Has a device whose LRs drift; notes what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def submit(self, schedule, device="cpu"):
        self.asked.append(device)
        return super().submit(schedule, device)

    def _run(self) -> None:
        if self._pending is None or self._pending[2] == "cpu":
            super()._run()
            return
        token, schedule, device = self._pending
        self._pending = None
        curve = simulate(schedule)
        share = np.zeros(curve.steps)
        share[AT] = DRIFT
        self.finished.emit(token, replace(curve, lr=curve.lr * (1 + share), device=device))


@pytest.fixture
def runner() -> DeviceRunner:
    return DeviceRunner()


@pytest.fixture
def window(make_window, runner, schedule, qtbot):
    window = make_window(runner=runner)
    window.controller.open_document(schedule, None)
    runner.devices_found.emit(["cpu", "cuda"])
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    return window


def action(window) -> QAction:
    found = window.findChild(QAction, "action_drift")
    window._states.show()
    return found


def choose(window, device: str) -> None:
    window.findChild(QAction, f"action_device_{device}").trigger()


def show(window, qtbot) -> None:
    choose(window, "cuda")
    qtbot.waitUntil(lambda: window.controller.curve.device == "cuda")
    action(window).trigger()
    assert window.canvas.lanes.lane("drift") is not None  # its room is there at once
    qtbot.waitUntil(lambda: window.controller.drift.view is not None)


def test_it_is_offered_on_other_devices_only(window, qtbot):
    assert not action(window).isEnabled()
    choose(window, "cuda")
    assert action(window).isEnabled()
    assert not action(window).isChecked()
    choose(window, "cpu")
    assert not action(window).isEnabled()


def test_nothing_runs_besides_until_it_is_asked_for(window, runner, qtbot):
    runner.asked.clear()
    choose(window, "cuda")
    qtbot.waitUntil(lambda: window.controller.curve.device == "cuda")
    QApplication.processEvents()
    assert runner.asked == ["cuda"]
    action(window).trigger()
    assert runner.asked == ["cuda", "cpu"]


def test_the_lane_shows_the_difference_of_the_two_runs(window, schedule, qtbot):
    show(window, qtbot)
    lane = window.canvas.lanes.lane("drift")
    exact = simulate(schedule)
    for series, row in zip(lane.plot.series, exact.lr, strict=True):
        assert series.value_at(AT) == row[AT] * (1 + DRIFT) - row[AT] != 0
        assert series.value_at(AT + 1) == 0
    assert "CUDA" in lane.content.unit
    assert lane.content.note == "at most 3.0e-07 of the LR (head, step 640 · epoch 6.4)"
    assert window.controller.run.kind == "exact"
    assert window.controller.curve.device == "cuda"  # the picture stays the device's


def test_an_edit_makes_it_faint_until_both_runs_are_done(window, schedule, runner, qtbot):
    show(window, qtbot)
    lane = window.canvas.lanes.lane("drift")
    controller = window.controller
    controller.edit("edit", schedule.model_copy(update={"name": "other"}))
    assert lane.content.stale
    qtbot.waitUntil(lambda: not lane.content.stale)
    assert runner.asked[-2:] == ["cuda", "cpu"]


def test_it_goes_when_it_is_unchecked_or_the_device_is_the_cpu(window, qtbot):
    show(window, qtbot)
    action(window).trigger()
    assert window.canvas.lanes.lane("drift") is None
    action(window).trigger()
    qtbot.waitUntil(lambda: window.canvas.lanes.lane("drift") is not None)
    choose(window, "cpu")
    assert window.canvas.lanes.lane("drift") is None


def test_a_run_that_is_overtaken_shows_nothing(window, schedule, qtbot):
    show(window, qtbot)
    controller = window.controller
    controller.edit("edit", schedule.model_copy(update={"name": "one"}))
    qtbot.waitUntil(lambda: controller.curve is not None)  # the CPU's run has just begun
    controller.edit("edit", schedule.model_copy(update={"name": "two"}))
    assert controller.drift.view is None
    assert window.canvas.lanes.lane("drift").content.stale
    qtbot.waitUntil(lambda: controller.drift.view is not None)
    assert not window.canvas.lanes.lane("drift").content.stale
