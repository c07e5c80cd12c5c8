"""The curve keeps its room when lanes come: the tabs below give way."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

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
    qtbot.waitUntil(lambda: window.canvas.view.height() >= window.canvas.lanes.height() - 1)
    assert window.canvas.view.height() >= 160
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
