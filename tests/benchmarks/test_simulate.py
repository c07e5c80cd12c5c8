"""Steps per second of `simulate`, beside the naive loop that everybody writes.

Run with ``pytest tests/benchmarks --benchmark-only``; without that flag each is run once, which
shows that both give the same numbers.
"""

from __future__ import annotations

import numpy as np
import plain_torch
import pytest
from documents import THREE_GROUPS, document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.engine.preview import preview

STEPS = 20_000
SHAPES = {
    "warm-up, cosine": [phase("LinearLR", length="10%"), phase("CosineAnnealingLR")],
    "OneCycle": [phase("OneCycleLR")],
    "warm restarts": [phase("CosineAnnealingWarmRestarts", {"T_0": 1000})],
    "cyclic": [phase("CyclicLR", {"max_lr": 1.0})],
    "formula": [phase("LambdaLR", {"lr_lambda": "0.5 * (1 + cos(pi * t / T))"})],
    "stack": [
        phase("LinearLR", **{"with": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9999}}]})
    ],
}
PARAMETERS = [
    pytest.param(shape, groups, id=f"{shape}, {len(groups or [1])} groups")
    for shape in SHAPES
    for groups in (None, THREE_GROUPS)
]


def make(shape, groups):
    return document(*SHAPES[shape], epochs=1, per_epoch=STEPS, groups=groups)


@pytest.mark.benchmark(group="run")
@pytest.mark.parametrize(("shape", "groups"), PARAMETERS)
def test_simulate(benchmark, shape, groups):
    data = make(shape, groups)
    schedule = read(data)
    lrd.simulate(schedule)  # the first run imports torch
    curve = benchmark(lrd.simulate, schedule)
    benchmark.extra_info["steps"] = STEPS
    assert np.array_equal(curve.lr, plain_torch.run(data).lr)


@pytest.mark.benchmark(group="run")
@pytest.mark.parametrize("shape", SHAPES)
def test_naive_loop(benchmark, shape):
    """A real optimizer, `optimizer.step()` and `scheduler.step()` at every step."""
    data = make(shape, None)
    schedule = read(data)

    def setup():
        opt = plain_torch.optimizer(data)
        return (opt, schedule.build(opt)), {}

    benchmark.extra_info["steps"] = STEPS
    found = benchmark.pedantic(naive_loop, setup=setup, rounds=3)
    assert found == lrd.simulate(schedule).lr[0].tolist()


def naive_loop(opt, scheduler):
    values = []
    for _ in range(STEPS):
        values.append(opt.param_groups[0]["lr"])
        opt.step()
        scheduler.step()
    return values


@pytest.mark.benchmark(group="fast curve")
@pytest.mark.parametrize("shape", SHAPES)
def test_preview(benchmark, shape):
    """What follows the mouse: about 4000 points of any horizon."""
    schedule = read(document(*SHAPES[shape], epochs=1, per_epoch=10_000_000))
    fast = benchmark(preview, schedule)
    assert 4000 <= len(fast.steps) <= 4010
