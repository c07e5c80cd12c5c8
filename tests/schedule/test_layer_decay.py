"""Layer-wise LR decay, and values that go from one group to all."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from documents import document, phase

from lrdesigner.schedule import group_edits
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.layer_decay import layer_factors, split_into_layers
from lrdesigner.schedule.model import Schedule

TWO = [{"name": "trunk", "lr": 0.001, "weight_decay": 0.1}, {"name": "head", "lr": 0.01}]


def of(*phases: dict[str, Any], tracks: list[dict[str, Any]] | None = None) -> Schedule:
    data = document(*phases, groups=TWO)
    if tracks:
        data["tracks"] = tracks
    return loads(json.dumps(data))


def lrs(schedule: Schedule) -> dict[str, float]:
    return {group.name: group.lr for group in schedule.optimizer.groups}


def test_beits_numbers() -> None:
    """BEiT base: 12 layers, 0.65; the published scales are 0.65 ** (num_layers - 1 - i)."""
    found = layer_factors(12, 0.65)
    assert found[-1] == 1.0
    assert found[0] == 0.65**11
    assert [b / a for a, b in pairwise(found)] == pytest.approx([1 / 0.65] * 11)
    assert layer_factors(12, 0.65, "first") == found[::-1]


def test_one_group_becomes_its_layers() -> None:
    after = split_into_layers(of(phase("StepLR", {"step_size": 3})), 0, 3, 0.5, pattern="block {i}")
    assert lrs(after) == {"block 0": 0.00025, "block 1": 0.0005, "block 2": 0.001, "head": 0.01}
    assert after.optimizer.groups[0].overrides == {"weight_decay": 0.1}


def test_another_base_and_the_first_layer_highest() -> None:
    after = split_into_layers(of(), 1, 2, 0.1, lr=1.0, pattern="h{i}", highest="first")
    assert lrs(after) == {"trunk": 0.001, "h0": 1.0, "h1": 0.1}


def test_values_per_group_come_along_and_lrs_are_scaled() -> None:
    one_cycle = phase("OneCycleLR", {"max_lr": [0.002, 0.02]})
    after = split_into_layers(of(one_cycle), 0, 2, 0.5)
    assert after.phases[0].params["max_lr"] == (0.001, 0.002, 0.02)
    formula = phase("LambdaLR", {"lr_lambda": ["0.9 ** t", "1"]})
    after = split_into_layers(of(formula), 0, 2, 0.5)
    assert after.phases[0].params["lr_lambda"] == ("0.9 ** t", "0.9 ** t", "1")


def test_tracks_follow() -> None:
    one_cycle = phase("OneCycleLR", {"max_lr": [0.002]})
    lane = {"quantity": "weight_decay", "groups": ["head", "trunk"], "phases": []}
    own = {"groups": ["trunk"], "phases": [one_cycle]}
    after = split_into_layers(of(phase("StepLR", {"step_size": 3}), tracks=[own, lane]), 0, 2, 0.5)
    assert after.tracks[0].groups == ("layer 0", "layer 1")
    assert after.tracks[0].phases[0].params["max_lr"] == (0.001, 0.002)
    assert after.tracks[1].groups == ("head", "layer 0", "layer 1")


def test_lanes_are_not_scaled() -> None:
    one_cycle = phase("OneCycleLR", {"max_lr": [0.3, 0.4], "cycle_momentum": False})
    lane = {"quantity": "weight_decay", "phases": [one_cycle]}
    after = split_into_layers(of(tracks=[lane]), 0, 2, 0.5)
    assert after.tracks[0].phases[0].params["max_lr"] == (0.3, 0.3, 0.4)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"layers": 0}, "a layer at least"),
        ({"factor": 0.0}, "above 0"),
        ({"pattern": "layer"}, "{i}"),
        ({"pattern": "head", "layers": 1}, "a group named 'head' already"),
        ({"layers": 256}, "257 groups"),
    ],
)
def test_what_cannot_be(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        split_into_layers(of(), 0, **{"layers": 3, "factor": 0.5, **options})


def test_copying_to_all_groups() -> None:
    assert lrs(group_edits.copy_lr(of(), 1)) == {"trunk": 0.01, "head": 0.01}
    after = group_edits.copy_override(of(), 0, "weight_decay")
    assert [group.overrides for group in after.optimizer.groups] == [{"weight_decay": 0.1}] * 2
    after = group_edits.copy_override(of(), 1, "weight_decay")
    assert [group.overrides for group in after.optimizer.groups] == [{}, {}]
