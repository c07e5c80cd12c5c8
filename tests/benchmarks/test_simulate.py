"""Steps per second of `simulate`, beside the naive loop that everybody writes.

Run with ``pytest tests/benchmarks --benchmark-only``; without that flag each is run once, which
shows that both give the same numbers. The table of ratios is printed by `exact_run.py`.
"""

from __future__ import annotations

import numpy as np
import plain_torch
import pytest
from documents import THREE_GROUPS
from live import anew
from shapes import make, naive_loop, shapes
from training import read

import lrdesigner as lrd

STEPS = 20_000
SHAPES = list(shapes(STEPS))
PARAMETERS = [
    pytest.param(shape, groups, id=f"{shape}, {len(groups or [1])} groups")
    for shape in SHAPES
    for groups in (None, THREE_GROUPS)
]


@pytest.mark.benchmark(group="run")
@pytest.mark.parametrize(("shape", "groups"), PARAMETERS)
def test_simulate(benchmark, shape, groups):
    schedule = read(make(shape, STEPS, groups))
    lrd.simulate(schedule)  # the first run imports torch
    curve = benchmark(lrd.simulate, schedule)
    benchmark.extra_info["steps"] = STEPS
    assert curve.steps == STEPS


@pytest.mark.benchmark(group="run")
@pytest.mark.parametrize("shape", SHAPES)
def test_naive_loop(benchmark, shape):
    """A real optimizer, `optimizer.step()` and `scheduler.step()` at every step."""
    data = make(shape, STEPS)
    schedule = read(data)
    metric = plain_torch.metric_of(data) if data.get("metric") else None

    def setup():
        opt = plain_torch.optimizer(data)
        return (opt, schedule.build(opt), STEPS, metric), {}

    benchmark.extra_info["steps"] = STEPS
    found = benchmark.pedantic(naive_loop, setup=setup, rounds=3)
    assert np.array_equal(found, lrd.simulate(schedule).lr[0])


@pytest.mark.benchmark(group="fast curve")
@pytest.mark.parametrize("shape", SHAPES)
def test_preview(benchmark, shape):
    """What follows the mouse: 4000 points of any horizon, and more where it turns often."""
    schedule = read(make(shape, 10_000_000))
    fast = benchmark(anew(schedule))
    assert 4000 <= len(fast.steps) <= 3 * 4000
