"""The curve keeps its room when lanes come: the tabs below give way."""

from __future__ import annotations

import json

import pytest

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
