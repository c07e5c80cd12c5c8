"""What can be swept, and the range that is offered."""

from __future__ import annotations

import pytest
from documents import PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from families import FAMILIES
from training import read

from lrdesigner.sweep import (
    EpochsTarget,
    GroupLrTarget,
    LengthTarget,
    ParamTarget,
    Sweep,
    evaluate,
    suggested,
    targets,
)


def test_every_number_is_there():
    data = document(
        phase(
            "StepLR",
            length="2 epochs",
            **{"with": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9}}]},
        ),
        phase("formula", {"formula": "lr * exp(-k * t)", "constants": {"k": 1.0}}, length="10%"),
        phase("SWALR", {"swa_lr": [0.1, 0.2, 0.3]}),
        groups=THREE_GROUPS,
    )
    data["tracks"] = [
        {"groups": ["head"], "phases": [phase("frozen", {}, length="3 steps")]},
        {"quantity": "momentum", "phases": [phase("CosineAnnealingLR")]},
    ]
    assert targets(read(data)) == [
        ParamTarget(0, "step_size"),
        ParamTarget(0, "gamma"),
        ParamTarget(0, "gamma", stacked=0),
        LengthTarget(0, "epochs"),
        ParamTarget(1, "constants", element="k"),
        LengthTarget(1, "percent"),
        ParamTarget(2, "swa_lr", element=0),
        ParamTarget(2, "swa_lr", element=1),
        ParamTarget(2, "swa_lr", element=2),
        ParamTarget(2, "anneal_epochs"),
        LengthTarget(2, "epochs"),
        LengthTarget(0, "steps", track=0),
        GroupLrTarget(0),
        GroupLrTarget(1),
        GroupLrTarget(2),
        EpochsTarget(),
    ]


@pytest.mark.parametrize(
    ("name", "params"),
    [
        pytest.param(name, params, id=f"{name}-{place}")
        for name, sets in {**PARAMS, **FAMILIES}.items()
        for place, params in enumerate([*sets[-2:], *PER_GROUP.get(name, [])])
    ],
)
def test_what_is_offered_can_be_evaluated(name, params):
    schedule = read(document(phase(name, params), epochs=20, per_epoch=50, groups=THREE_GROUPS))
    for target in targets(schedule):
        axis = suggested(schedule, target)
        assert axis.start < axis.stop
        evaluate(Sweep(schedule, (axis,), (5,)), points=20)


@pytest.mark.parametrize(
    ("what", "target", "wanted"),
    [
        (phase("ExponentialLR", {"gamma": 0.999}), ParamTarget(0, "gamma"), (0.998, 0.99975)),
        (phase("StepLR", {"step_size": 4, "gamma": 0.5}), ParamTarget(0, "gamma"), (0, 1)),
        (phase("StepLR", {"step_size": 4}), ParamTarget(0, "step_size"), (2, 8)),
        (phase("CosineAnnealingLR", {"eta_min": 0.01}), ParamTarget(0, "eta_min"), (0.001, 0.1)),
        (phase("CosineAnnealingLR"), ParamTarget(0, "T_max"), (500, 2000)),
        (phase("LinearLR", {"start_factor": 0.01}), ParamTarget(0, "start_factor"), (0.001, 0.1)),
        (phase("OneCycleLR"), ParamTarget(0, "pct_start"), (0, 1)),
        (phase("StepLR", length="4 epochs"), LengthTarget(0, "epochs"), (2, 8)),
        (phase("StepLR"), EpochsTarget(), (10, 40)),
    ],
)
def test_ranges(what, target, wanted):
    schedule = read(document(what, epochs=20, per_epoch=50))
    axis = suggested(schedule, target)
    assert (axis.start, axis.stop) == pytest.approx(wanted)
