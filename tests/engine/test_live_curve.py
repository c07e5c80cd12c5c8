"""The fast curve against the exact run: right where it is drawn, and nothing missed between."""

from __future__ import annotations

import numpy as np
import pytest
from documents import THREE_GROUPS, document, phase
from hypothesis import given, settings
from long_documents import long_documents
from training import read

import lrdesigner as lrd
from lrdesigner.engine.preview import POINTS, preview

STEPS = 200_000
# Rhythms of a few steps to a few thousand, in a run whose points are 50 steps apart.
CYCLES = {
    "triangles": phase("CyclicLR", {"max_lr": 1.0, "step_size_up": 37, "step_size_down": 55}),
    "halving": phase("CyclicLR", {"max_lr": 1.0, "step_size_up": 500, "mode": "triangular2"}),
    "shrinking": phase(
        "CyclicLR", {"max_lr": 1.0, "step_size_up": 13, "mode": "exp_range", "gamma": 0.99999}
    ),
    "restarts": phase("CosineAnnealingWarmRestarts", {"T_0": 11}),
    "growing restarts": phase("CosineAnnealingWarmRestarts", {"T_0": 10, "T_mult": 2}),
    "waves": phase("CosineAnnealingLR", {"T_max": 77, "eta_min": 0.001}),
    "stairs": phase("StepLR", {"step_size": 7, "gamma": 0.9999}),
    "square wave": phase("LambdaLR", {"lr_lambda": "1 if t % 100 < 50 else 0.5"}),
    "spikes": phase("LambdaLR", {"lr_lambda": "1 + 5 * (t % 997 == 13)"}),
    "fading": {
        "scheduler": "cosine_restarts_decay",
        "params": {"first_cycle_steps": 150, "warmup_steps": 20, "gamma": 0.9999},
    },
    "periods": {"scheduler": "wsd_s", "params": {"period_ends": list(range(100, 4000, 100))}},
    "stack": phase(
        "StepLR",
        {"step_size": 100, "gamma": 0.999},
        **{"with": [{"scheduler": "MultiStepLR", "params": {"milestones": [5000, 5001]}}]},
    ),
}
# One step in two hundred thousand.
SPIKES = [
    "5 if t == 54321 else 1",
    "0.1 if 100000 <= t < 100001 else 1",
    "where((t - 123456.3) ** 2 < 2, 10, 1)",
    "1 if t * t != 40000 * 40000 else 3",
    "max(0.5, 2 - abs(t - 77777))",
]


def shortfall(fast, exact, width):
    """How far the exact values of a column reach beyond what is drawn there or next to it."""
    edges = np.arange(0, exact.shape[1], width)
    worst = 0.0
    for drawn, row in zip(fast, exact, strict=True):
        for sign in (1, -1):
            high = np.maximum.reduceat(sign * row, edges)
            seen = np.pad(np.maximum.reduceat(sign * drawn, edges), 1, constant_values=-np.inf)
            around = np.maximum(np.maximum(seen[:-2], seen[2:]), seen[1:-1])
            worst = max(worst, (high - around).max())
    return worst


def joined(fast, total):
    """The picture: straight lines between the points that are drawn."""
    return np.array([np.interp(np.arange(total), fast.steps, row) for row in fast.lr])


@pytest.mark.parametrize("groups", [None, THREE_GROUPS])
@pytest.mark.parametrize("name", CYCLES)
def test_cycles_shorter_than_the_points_are_apart(name, groups):
    data = document(CYCLES[name], epochs=20, per_epoch=STEPS // 20, groups=groups)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data))
    assert np.allclose(fast.lr, exact[:, fast.steps], rtol=1e-11, atol=1e-14 * exact.max())
    assert len(fast.steps) < 5 * POINTS
    # Columns of a picture 2,000 pixels wide.
    assert shortfall(joined(fast, STEPS), exact, 100) <= 1e-9 * exact.max()


@pytest.mark.parametrize("formula", SPIKES)
def test_a_single_step_is_not_missed(formula):
    data = document(phase("LambdaLR", {"lr_lambda": formula}), epochs=1, per_epoch=STEPS)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data))
    assert len(fast.steps) < POINTS + 20
    # Every step, not only every column: the picture is the curve.
    assert np.allclose(joined(fast, STEPS), exact, rtol=1e-11, atol=0)


@pytest.mark.parametrize("interval", ["step", "epoch"])
def test_jumps_stand_between_two_steps(interval):
    """A drop is drawn as a drop, not as a slope from one point to the next."""
    what = phase("MultiStepLR", {"milestones": [30, 31, 60], "gamma": 0.5}, interval=interval)
    data = document(what, epochs=100, per_epoch=1777)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data))
    assert np.array_equal(joined(fast, 177_700), exact)


def test_epochs_are_stairs():
    data = document(phase("ExponentialLR", {"gamma": 0.9}, interval="epoch"), epochs=90)
    data["horizon"]["steps_per_epoch"] = 5000
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data))
    assert np.allclose(joined(fast, 450_000), exact, rtol=1e-11, atol=0)


def test_a_phase_that_fails_at_a_landmark_says_so():
    """Between the evenly spread points; the exact run would stop there."""
    data = document(
        phase("LambdaLR", {"lr_lambda": "1 / (t - 54321)"}, length="60000 steps"),
        phase("ConstantLR"),
        epochs=1,
        per_epoch=STEPS,
    )
    fast = preview(read(data))
    assert list(fast.errors) == [0]
    assert "not finite at t = 54,321" in fast.errors[0]
    # The picture goes on from where the phase began.
    assert fast.bases[1] == (0.1,)
    assert np.isfinite(fast.lr).all()


def test_points_of_all_tracks_are_shared():
    data = document(phase("LinearLR"), epochs=1, per_epoch=STEPS, groups=THREE_GROUPS)
    drop = phase("MultiStepLR", {"milestones": [54_321], "gamma": 0.5})
    data["tracks"] = [{"groups": ["head"], "phases": [drop]}]
    fast = preview(read(data))
    assert {54_320, 54_321} <= set(fast.steps.tolist())
    exact = lrd.simulate(read(data)).lr[:, fast.steps]
    assert np.allclose(fast.lr, exact, rtol=1e-11, atol=0)


@pytest.mark.parametrize(
    "what",
    [
        phase("CyclicLR", {"max_lr": 1.0, "step_size_up": 37}),
        phase("CyclicLR", {"max_lr": 1.0, "step_size_up": 1500, "mode": "triangular2"}),
        phase("CyclicLR", {"max_lr": 1, "step_size_up": 9, "mode": "exp_range", "gamma": 0.9999}),
        phase("OneCycleLR", {"max_lr": 0.7, "pct_start": 0.37}),
        phase("OneCycleLR", {"max_lr": 0.7, "three_phase": True}),
        phase("OneCycleLR", {"max_lr": 0.7, "anneal_strategy": "linear"}),
        phase("CosineAnnealingWarmRestarts", {"T_0": 777, "eta_min": 0.003}),
        phase("CosineAnnealingWarmRestarts", {"T_0": 13, "T_mult": 3}),
    ],
)
@pytest.mark.parametrize("interval", ["step", "epoch"])
def test_what_torch_has_in_closed_form_is_the_same_to_the_last_bit(what, interval):
    data = document({**what, "interval": interval}, epochs=STEPS // 3, per_epoch=3)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data))
    assert np.array_equal(fast.lr, exact[:, fast.steps])


def test_a_few_steps_are_looked_at_closely():
    """Zoomed in: of what is in sight every step is drawn, the rest of the run as ever."""
    data = document(CYCLES["restarts"], epochs=1, per_epoch=STEPS)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data), focus=(150_000.2, 151_000.7))
    assert set(range(150_000, 151_001)) <= set(fast.steps.tolist())
    assert np.array_equal(fast.lr, exact[:, fast.steps])
    assert shortfall(joined(fast, STEPS), exact, 100) <= 1e-9 * exact.max()
    wide = preview(read(data), focus=(-50.0, 1e9))
    assert shortfall(joined(wide, STEPS), exact, 100) <= 1e-9 * exact.max()


@pytest.mark.parametrize("name", CYCLES)
def test_what_is_computed_does_not_grow_with_the_horizon(name, monkeypatch):
    """Counted at the declarations: values asked for, over runs a thousand times as long."""
    from lrdesigner.catalog import schedulers

    spec = schedulers()[CYCLES[name]["scheduler"]]
    counted, curve = [], spec.curve

    def counting(times, args, index):
        counted.append(len(times))
        return curve(times, args, index)

    monkeypatch.setitem(spec.__dict__, "curve", counting)
    for steps in (10_000, 100_000, 1_000_000, 10_000_000):
        params = {**CYCLES[name]["params"]}
        if params.get("mode") == "triangular2":
            params["step_size_up"] = steps // 100  # torch overflows over too many cycles
        what = {**CYCLES[name], "params": params}
        counted.clear()
        preview(read(document(what, epochs=1, per_epoch=steps)))
        assert sum(counted) < 80_000


@given(long_documents())
@settings(max_examples=4 * settings.default.max_examples)
def test_any_document_is_right_wherever_it_is_drawn(data):
    try:
        exact = lrd.simulate(read(data)).lr
    except lrd.ScheduleError:
        return
    fast = preview(read(data), points=300)
    assert not fast.errors
    for row, wanted in zip(fast.lr, exact, strict=True):
        scale = np.abs(wanted).max()
        assert np.allclose(row, wanted[fast.steps], rtol=1e-11, atol=1e-14 * scale)
