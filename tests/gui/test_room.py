"""The curve keeps its room when lanes come: the tabs below give way."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrdesigner.gui.runner import DirectRunner
from lrdesigner.schedule import edits
from lrdesigner.schedule.group_edits import set_optimizer_type

DOCUMENT = {
    "format": "lrdesigner",
    "version": 1,
    "horizon": {"epochs": 20, "steps_per_epoch": 10},
    "optimizer": {"type": "SGD", "groups": [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.2}]},
    "phases": [{"scheduler": "ReduceLROnPlateau"}],
    "metric": {"formula": "exp(-t / 5)"},
    "tracks": [
        {"groups": ["b"], "phases": [{"scheduler": "CosineAnnealingLR"}]},
        {"quantity": "weight_decay", "phases": [{"scheduler": "CosineAnnealingLR"}]},
    ],
}


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_the_curve_is_no_lower_than_its_lanes(make_window, qtbot, tmp_path, size):
    path = tmp_path / "lanes.json"
    path.write_text(json.dumps(DOCUMENT))
    window = make_window([path])
    window.resize(*size)
    qtbot.waitUntil(lambda: window.canvas.lanes.height() > 100)
    qtbot.waitUntil(lambda: window.canvas.view.height() >= 220)
    assert window.canvas.view.height() >= window.canvas.lanes.height() - 1
    assert window.details.height() < window.height() * 0.32 - 10
    assert window.height() == size[1]


def _swept_window(make_window, qtbot, tmp_path, size):
    """A window with four tracks and lanes, and the lanes on screen."""
    cosine = {"phases": [{"scheduler": "CosineAnnealingLR"}]}
    document = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 20, "steps_per_epoch": 10},
        "optimizer": {
            "type": "AdamW",
            "groups": [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.2}, {"name": "c", "lr": 1}],
        },
        **cosine,
        "tracks": [
            {"groups": ["b"], **cosine},
            {"groups": ["c"], **cosine},
            {"quantity": "weight_decay", **cosine},
            {"quantity": "momentum", **cosine},
        ],
    }
    path = tmp_path / "tracks.json"
    path.write_text(json.dumps(document))
    window = make_window([path])
    window.resize(*size)
    qtbot.waitUntil(lambda: len(window.canvas.lanes.keys) > 1)
    return window


def test_a_sweep_does_not_make_the_window_higher(make_window, qtbot, tmp_path):
    window = _swept_window(make_window, qtbot, tmp_path, (1280, 800))
    window.actions_["sweep"].trigger()
    bar = window.sweep_bar
    qtbot.waitUntil(bar.isVisible)
    assert window.height() == 800
    QTest.mouseClick(bar.rows[0].button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.rows[1].isVisible)
    # The panels stand one below the other, each in full.
    qtbot.waitUntil(lambda: bar.height() >= bar.sizeHint().height())
    qtbot.waitUntil(lambda: window.canvas.geometry().top() > bar.geometry().bottom())
    assert window.canvas.geometry().bottom() < window.timeline.geometry().top()
    assert window.timeline.geometry().bottom() <= window.centralWidget().rect().bottom()
    qtbot.waitUntil(lambda: window.canvas.view.height() >= 120)
    assert window.minimumSizeHint().height() <= 800
    assert window.height() == 800
    QTest.keyClick(bar.rows[0].slider, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.canvas.view.height() >= 160)
    assert window.height() == 800


def test_a_high_window_may_become_a_low_one_at_once(make_window, qtbot, tmp_path):
    window = _swept_window(make_window, qtbot, tmp_path, (1440, 1100))
    window.actions_["sweep"].trigger()
    qtbot.waitUntil(lambda: window.canvas.height() > 400)
    window.resize(1280, 800)
    assert window.height() == 800
    qtbot.waitUntil(lambda: window.canvas.geometry().bottom() < window.timeline.geometry().top())
    bottom = window.centralWidget().mapTo(window, window.centralWidget().rect().bottomLeft()).y()
    assert bottom < window.details.mapTo(window, window.details.rect().topLeft()).y()
    assert window.timeline.geometry().bottom() <= window.centralWidget().rect().bottom()
    assert window.height() == 800


class _LateRunner(DirectRunner):
    """Gives nothing back until it is told to."""

    late = False

    def _run(self) -> None:
        if not self.late:
            super()._run()

    def arrive(self) -> None:
        self.late = False
        super()._run()


@pytest.mark.parametrize("kind", ["Adam", "SGD"])
def test_the_timeline_stands_still_when_the_run_is_done(make_window, qtbot, tmp_path, kind):
    """The lane of a momentum that only the run shows is there before, and empty."""
    document = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 20, "steps_per_epoch": 10},
        "optimizer": {"type": kind, "groups": [{"name": "a", "lr": 0.1}]},
        "phases": [{"scheduler": "ReduceLROnPlateau"}],
        "metric": {"formula": "exp(-t / 5)"},
        "tracks": [{"quantity": "weight_decay", "phases": [{"scheduler": "CosineAnnealingLR"}]}],
    }
    path = tmp_path / "late.json"
    path.write_text(json.dumps(document))
    runner = _LateRunner()
    window = make_window([path], runner=runner)
    window.resize(1280, 800)
    lanes, controller = window.canvas.lanes, window.controller
    qtbot.waitUntil(lambda: controller.curve is not None)
    qtbot.waitUntil(lambda: lanes.lane("metric") is not None)
    runner.late = True
    controller.edit("x", edits.insert_scheduler(controller.schedule, "OneCycleLR", 100)[0])
    name = "beta1" if kind == "Adam" else "momentum"
    lane = lanes.lane("momentum")
    assert lane is not None
    assert lane.accessibleName() == name
    assert lane.content.note == "torch's own run will show it"
    assert lane.plot.labels == []
    assert lane.content not in lanes.contents  # which pictures show
    QTest.qWait(20)
    places = window.timeline.geometry(), lanes.geometry(), window.canvas.view.geometry()
    QTest.mouseMove(lane, lane.rect().center())
    window.canvas.grab()
    assert controller.curve is None
    runner.arrive()
    qtbot.waitUntil(lambda: controller.curve is not None)
    assert lanes.lane("momentum") is lane
    assert lane.content.note == ""
    assert len(lane.plot.labels) >= 2
    assert lane.content in lanes.contents
    QTest.qWait(20)
    assert (window.timeline.geometry(), lanes.geometry(), window.canvas.view.geometry()) == places
    # A momentum that nothing cycles any more goes at once as well.
    runner.late = True
    controller.undo_stack.undo()
    assert lanes.lane("momentum") is None


def test_a_momentum_that_will_not_come_has_no_lane(make_window, qtbot, tmp_path, schedule):
    runner = _LateRunner()
    window = make_window(runner=runner)
    controller, lanes = window.controller, window.canvas.lanes
    runner.late = True
    cycled = edits.insert_scheduler(schedule, "OneCycleLR", 0)[0]
    quiet = edits.set_param(cycled, 0, "cycle_momentum", False)
    adagrad = set_optimizer_type(cycled, "Adagrad")
    for document, there in ((cycled, True), (quiet, False), (cycled, True), (adagrad, False)):
        controller.edit("x", document)
        assert (lanes.lane("momentum") is not None) == there
