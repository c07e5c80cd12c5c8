"""The fast curve of every declaration against the exact run."""

from __future__ import annotations

import numpy as np
import pytest
from documents import NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.engine.simulate import run

# A metric that falls, rests and rises again over many epochs.
WAVES = {"formula": "exp(-t / 300) + 0.05 * sin(t / 9)"}
CASES = [
    pytest.param(name, params, id=f"{name}-{place}")
    for name in NAMES
    for place, params in enumerate(PARAMS[name] + PER_GROUP.get(name, []))
    # No room for 5000 steps in these, and LRs beyond all numbers.
    if "total_steps" not in params and "epochs" not in params
    and params.get("gamma", 1) <= 1 and params.get("lr_lambda", "") != "1.5 if t < 4 else 0.7"
]  # fmt: skip


def close(found, wanted, scale):
    """Within 1e-11 relative, and 1e-14 of the curve's height where it comes down to zero."""
    return np.allclose(found, wanted, rtol=1e-11, atol=1e-14 * scale)


@pytest.mark.parametrize("interval", ["step", "epoch"])
@pytest.mark.parametrize(("name", "params"), CASES)
def test_every_scheduler(name, params, interval):
    per_epoch = 2 if interval == "epoch" else 1
    what = phase(name, params, interval=interval)
    data = document(what, epochs=5000, per_epoch=per_epoch, groups=THREE_GROUPS, metric=WAVES)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data), points=10**6)
    assert fast.exact
    assert not fast.errors
    assert close(fast.lr, exact, exact.max())


@pytest.mark.parametrize("name", NAMES)
def test_between_other_phases(name):
    """What a phase reaches is what the next one starts from, in the fast curve too."""
    data = document(
        phase("LinearLR", length="70 steps"),
        phase(name, length="900 steps"),
        phase("CosineAnnealingLR", {"eta_min": 1e-4}, length="500 steps", start="continue"),
        epochs=160,
        per_epoch=10,
        groups=THREE_GROUPS,
        metric=WAVES,
    )
    curve = lrd.simulate(read(data))
    fast = preview(read(data))
    assert close(fast.lr, curve.lr, curve.lr.max())
    for index, bases in curve.bases.items():
        assert close(fast.bases[index], bases, 1.0)


@pytest.mark.parametrize("name", [name for name in NAMES if schedulers()[name].composes])
def test_stacks(name):
    stack = [
        {"scheduler": "LinearLR", "params": {}},
        {"scheduler": "StepLR", "params": {"step_size": 99}},
    ]
    data = document(phase(name, **{"with": stack}), epochs=60, per_epoch=10, groups=THREE_GROUPS)
    exact = lrd.simulate(read(data)).lr
    assert close(preview(read(data)).lr, exact, exact.max())


def test_random_access():
    """Any times in any order: what a zoomed canvas asks for."""
    data = document(phase("LinearLR"), epochs=100, per_epoch=10)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data), points=50)
    assert not fast.exact
    assert len(fast.steps) <= 52 + 2  # where the rise ends
    assert close(fast.lr, exact[:, fast.steps], exact.max())


@pytest.mark.parametrize(
    ("name", "params"), [case for case in CASES if schedulers()[case.values[0]].closed]
)
def test_closed_ones_do_not_depend_on_the_steps_before(name, params):
    """Which makes their curve the same whether torch steps there or starts there."""
    data = document(phase(name, params), epochs=500, per_epoch=1, groups=THREE_GROUPS)
    curve, plan = run(read(data))
    (part,) = plan.stages[0].parts
    times = np.arange(500, dtype=np.int64)
    for group in range(3):
        fast = part.spec.curve(times, part.args, group)
        assert np.allclose(fast, curve.lr[group], rtol=4e-15, atol=1e-18)
        order = np.random.default_rng(0).permutation(times)
        assert np.array_equal(part.spec.curve(order, part.args, group), fast[order])
