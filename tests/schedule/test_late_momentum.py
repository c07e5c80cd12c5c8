"""A momentum that comes too late for RMSprop: what the rule says is what a training does."""

from __future__ import annotations

import json

import plain_torch
import pytest
import torch
from documents import document, phase
from tracked_documents import CYCLE, TWO, WARM_UP, track, tracked

import lrdesigner as lrd

STEPS = 12
HOLD = phase("ConstantLR", {"factor": 1.0}, length="4 steps")
LATE = phase("LambdaLR", {"lr_lambda": "0 if t < 3 else 0.5"})
EARLY = phase("LambdaLR", {"lr_lambda": "0.5 if t < 3 else 0"})
SOME = [{**TWO[0], "momentum": 0.5}, TWO[1]]


def rmsprop(*phases, tracks=None, momentum=0.9, groups=TWO):
    more = {"optimizer": "RMSprop", "args": {"momentum": momentum}, "groups": groups}
    return tracked(*phases, tracks=tracks, **more) if tracks else document(*phases, **more)


# Document, and the track and phase where a training stops.
TRAININGS = {
    "a lane that begins late": (rmsprop(WARM_UP, tracks=[track(LATE, on="momentum")]), (0, 0)),
    "a lane that is late for one": (
        rmsprop(WARM_UP, tracks=[track(LATE, on="momentum", groups=["head"])], groups=SOME),
        (0, 0),
    ),
    "a lane that pauses": (rmsprop(WARM_UP, tracks=[track(HOLD, LATE, on="momentum")]), None),
    "a lane that ends": (rmsprop(WARM_UP, tracks=[track(EARLY, on="momentum")]), None),
    "a lane at zero": (rmsprop(WARM_UP, tracks=[track(LATE, on="momentum")], momentum=0), None),
    "a cycle that begins late": (rmsprop(HOLD, CYCLE, momentum=0), (None, 1)),
    "a cycle that begins late for one": (
        rmsprop(HOLD, CYCLE, momentum=0, groups=SOME),
        (None, 1),
    ),
    "a cycle that takes over": (rmsprop(HOLD, CYCLE, momentum=0.4), None),
    "cycles, also from the start": (
        rmsprop({**CYCLE, "length": "4 steps"}, HOLD, CYCLE, momentum=0),
        None,
    ),
    "a late cycle in a track": (
        rmsprop(WARM_UP, tracks=[track(HOLD, CYCLE, groups=["head"])], momentum=0),
        (0, 1),
    ),
    "another optimizer": (document(HOLD, CYCLE, groups=TWO, args={}), None),
}


def stops(data) -> bool:
    """Whether a training with gradients comes to an end before its time."""
    opt = plain_torch.optimizer(data)
    scheduler = lrd.loads(json.dumps(data)).build(opt)
    for _ in range(STEPS):
        for group in opt.param_groups:
            for parameter in group["params"]:
                parameter.grad = torch.ones_like(parameter)
        try:
            opt.step()
        except KeyError:
            return True
        scheduler.step()
    return False


@pytest.mark.parametrize("name", TRAININGS)
def test_it_is_told_where_a_training_stops(name):
    data, place = TRAININGS[name]
    found = [p for p in lrd.check(lrd.loads(json.dumps(data))) if p.rule == "momentum-too-late"]
    assert [(problem.track, problem.phase) for problem in found] == ([place] if place else [])
    assert all(problem.severity == "error" for problem in found)
    assert stops(data) == (place is not None)
