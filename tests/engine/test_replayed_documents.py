"""Whole documents with replays: nothing else is slow, and the real schedulers have the last word.

What costs time is counted rather than timed: steps of the real objects, calls of formulas, bytes.
"""

from __future__ import annotations

import math
import re
import tracemalloc
from unittest import mock

import numpy as np
import plain_torch
import pytest
from documents import NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from test_random import documents
from torch.optim import lr_scheduler, swa_utils
from training import first_difference, read

import lrdesigner as lrd
from lrdesigner.engine import driver, metric_run, stepping
from lrdesigner.engine.simulate import simulate

STEPS = 30_000
CYCLIC = {"max_lr": 1.0, "step_size_up": 700}
SHAPES = {
    "warm-up, cosine": [phase("LinearLR", length="10%"), phase("CosineAnnealingLR")],
    "cosine above a floor": [phase("CosineAnnealingLR", {"eta_min": 0.01, "T_max": 9000})],
    "OneCycle": [phase("OneCycleLR")],
    "restarts": [phase("CosineAnnealingWarmRestarts", {"T_0": 1000, "T_mult": 2})],
    "cyclic": [phase("CyclicLR", CYCLIC)],
    "formula": [phase("LambdaLR", {"lr_lambda": "0.5 * (1 + cos(pi * t / T))"})],
    "product": [phase("MultiplicativeLR", {"lr_lambda": "0.01 ** (1 / T)"})],
    "steps": [phase("StepLR", {"step_size": 999})],
    "milestones": [phase("MultiStepLR", {"milestones": [5, 9000, 9001, 20_000]})],
    "constant": [phase("ConstantLR", {"total_iters": 10_000})],
    "exponential": [phase("ExponentialLR", {"gamma": 0.9999})],
    "polynomial": [phase("PolynomialLR", {"power": 0.9, "total_iters": 20_000})],
    "SWA": [phase("SWALR", {"swa_lr": 0.01, "anneal_epochs": 20_000})],
    "stack": [
        phase(
            "LinearLR",
            **{
                "with": [
                    {"scheduler": "ExponentialLR", "params": {"gamma": 0.9999}},
                    {"scheduler": "CosineAnnealingLR", "params": {}},
                ]
            },
        )
    ],
    "family": [{"scheduler": "noam", "params": {"warmup_steps": 1000, "model_size": 512}}],
    "plateau": [phase("ReduceLROnPlateau", {"patience": 3})],
    "phases": [
        phase("LinearLR", length="11%"),
        phase("CyclicLR", CYCLIC, length="30%"),
        phase("ExponentialLR", {"gamma": 0.9999}, length="40%"),
        phase("PolynomialLR", length="9%"),
    ],
}


def make(shape, groups=None, steps=STEPS):
    """The document; an epoch is a step where a metric is reacted to."""
    per_epoch = 1 if shape == "plateau" else steps
    metric = {"formula": "exp(-t / 1000) + 0.1 * sin(t)"} if shape == "plateau" else None
    return read(
        document(
            *SHAPES[shape],
            epochs=steps // per_epoch,
            per_epoch=per_epoch,
            groups=groups,
            metric=metric,
        )
    )


def stepped(schedule):
    """A run in which the real objects do every step."""
    with (
        mock.patch.object(driver, "find_replay", return_value=None),
        mock.patch.object(metric_run.Counter, "rows", return_value=None),
    ):
        return lrd.simulate(schedule)


def replayed(schedule):
    """A run in which they must not do whole chunks, however short these are."""
    with (
        mock.patch.object(driver, "FEW", 0),
        mock.patch.object(driver, "record_steps", side_effect=AssertionError),
        mock.patch.object(metric_run, "_steps", side_effect=AssertionError),
    ):
        return lrd.simulate(schedule)


def assert_same(found, wanted):
    assert not first_difference(found.lr, wanted.lr)
    assert (found.momentum is None) == (wanted.momentum is None)
    if wanted.momentum is not None:
        assert not first_difference(found.momentum, wanted.momentum)
    assert found.bases == wanted.bases


@pytest.mark.parametrize("groups", [None, THREE_GROUPS], ids=["one", "three"])
@pytest.mark.parametrize("shape", SHAPES)
def test_without_replays_it_is_the_same(shape, groups):
    schedule = make(shape, groups)
    assert_same(replayed(schedule), stepped(schedule))


@given(documents())
def test_random_documents_are_the_same(data):
    schedule = read(data)
    try:
        wanted = stepped(schedule)
    except lrd.ScheduleError as error:
        message = re.escape(str(error))
        with pytest.raises(lrd.ScheduleError, match=f"^{message}$"):
            lrd.simulate(schedule)
    else:
        assert_same(replayed(schedule), wanted)


@pytest.mark.parametrize("interval", ["step", "epoch"])
@pytest.mark.parametrize("name", NAMES)
def test_every_class_is_replayed(name, interval):
    for params in PARAMS[name] + PER_GROUP.get(name, []):
        data = document(phase(name, params, interval=interval), groups=THREE_GROUPS)
        curve = replayed(read(data))
        assert not first_difference(curve.lr, plain_torch.run(data).lr)


@settings(max_examples=15)
@given(st.integers(1, 9000), st.integers(1, 20), st.sampled_from(["step", "epoch"]))
def test_cut_by_the_horizon_and_held(length, per_epoch, interval):
    first = phase("PolynomialLR", {"power": 0.7}, length=f"{length} steps", interval=interval)
    schedule = read(
        document(
            first,
            phase("CosineAnnealingLR", {"eta_min": 0.2}, length="4000 steps"),
            epochs=9000 // per_epoch,
            per_epoch=per_epoch,
        )
    )
    assert_same(replayed(schedule), stepped(schedule))


# -- the real schedulers have the last word --------------------------------------------------------

CLASSES = {
    "OneCycle": lr_scheduler.OneCycleLR,
    "restarts": lr_scheduler.CosineAnnealingWarmRestarts,
    "cyclic": lr_scheduler.CyclicLR,
    "formula": lr_scheduler.LambdaLR,
    "product": lr_scheduler.MultiplicativeLR,
    "steps": lr_scheduler.StepLR,
    "milestones": lr_scheduler.MultiStepLR,
    "constant": lr_scheduler.ConstantLR,
    "exponential": lr_scheduler.ExponentialLR,
    "polynomial": lr_scheduler.PolynomialLR,
    "SWA": swa_utils.SWALR,
    "cosine above a floor": lr_scheduler.CosineAnnealingLR,
    "stack": lr_scheduler.LinearLR,
}


@pytest.mark.parametrize("since", [1, 12_000, STEPS - 1])
@pytest.mark.parametrize("shape", CLASSES)
def test_a_torch_that_computes_differently_is_followed(shape, since, monkeypatch):
    """By the last bit, from some step on."""
    kind, schedule = CLASSES[shape], make(shape)
    usual = lrd.simulate(schedule).lr
    get_lr = kind.get_lr

    def another(self):
        values = get_lr(self)
        if self.last_epoch < since:
            return values
        return [math.nextafter(value, math.inf) for value in values]

    monkeypatch.setattr(kind, "get_lr", another)
    found = lrd.simulate(schedule)
    assert first_difference(found.lr, usual).startswith(f"step {since}:")
    assert_same(found, stepped(schedule))


@pytest.mark.parametrize("shape", ["OneCycle", "cyclic"])
def test_a_torch_that_cycles_momentum_differently_is_followed(shape, monkeypatch):
    kind, schedule = CLASSES[shape], make(shape)
    usual = lrd.simulate(schedule).momentum
    get_lr = kind.get_lr

    def another(self):
        values = get_lr(self)
        for group in self.optimizer.param_groups:
            group["momentum"] *= 0.5
        return values

    monkeypatch.setattr(kind, "get_lr", another)
    found = lrd.simulate(schedule)
    assert not np.array_equal(found.momentum, usual)
    assert_same(found, stepped(schedule))


@pytest.mark.parametrize("what", ["_is_better", "_reduce_lr"])
def test_a_torch_whose_plateau_differs_is_followed(what, monkeypatch):
    plateau = lr_scheduler.ReduceLROnPlateau
    schedule = make("plateau")
    usual = lrd.simulate(schedule).lr

    def never_better(self, a, best):
        return a < best * 0.5

    def halve(self, epoch):
        for group in self.optimizer.param_groups:
            group["lr"] *= 0.5

    another = {"_is_better": never_better, "_reduce_lr": halve}
    monkeypatch.setattr(plateau, what, another[what])
    found = lrd.simulate(schedule)
    assert not np.array_equal(found.lr, usual)
    assert_same(found, stepped(schedule))


# -- what fails, fails where torch fails -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "formula", "reason"),
    [
        ("LambdaLR", "1 / (t - 10001)", "division by zero"),
        ("LambdaLR", "(10000.5 - t) ** 0.5", "the formula gives a complex number"),
        ("LambdaLR", "sqrt(10000.5 - t)", "outside its domain"),
        ("LambdaLR", "2.0 ** where(t > 10000, t, 0)", "a number is too large"),
        ("MultiplicativeLR", "1 / (t - 10001)", "division by zero"),
        ("MultiplicativeLR", "(10000.5 - t) ** 0.5", "the formula gives a complex number"),
    ],
)
def test_a_formula_fails_at_its_step(name, formula, reason):
    data = document(phase(name, {"lr_lambda": formula}), epochs=1, per_epoch=STEPS)
    with pytest.raises(lrd.ScheduleError) as found:
        lrd.simulate(read(data))
    assert "fails at t = 10,001" in str(found.value)
    assert reason in str(found.value)


def test_an_lr_that_grows_without_end_is_refused_at_its_step():
    data = document(phase("ExponentialLR", {"gamma": 1.05}), epochs=1, per_epoch=STEPS)
    with pytest.raises(lrd.ScheduleError) as found:
        lrd.simulate(read(data))
    lr, steps = 0.1, 0
    while math.isfinite(lr):
        lr, steps = lr * 1.05, steps + 1
    assert driver.CHUNK < steps < STEPS
    assert f"is inf at t = {steps:,};" in str(found.value)


# -- work ------------------------------------------------------------------------------------------


def count(monkeypatch, owner, name):
    """How often a method is called from now on."""
    calls = []
    original = getattr(owner, name)

    def counted(*args):
        calls.append(None)
        return original(*args)

    monkeypatch.setattr(owner, name, counted)
    return calls


@pytest.mark.parametrize("groups", [None, THREE_GROUPS], ids=["one", "three"])
@pytest.mark.parametrize("shape", CLASSES)
def test_the_real_schedulers_take_few_steps(shape, groups, monkeypatch):
    calls = count(monkeypatch, CLASSES[shape], "get_lr")
    lrd.simulate(make(shape, groups))
    assert 0 < len(calls) < STEPS / 100


def test_the_real_plateau_takes_few_steps(monkeypatch):
    calls = count(monkeypatch, lr_scheduler.ReduceLROnPlateau, "step")
    lrd.simulate(make("plateau"))
    assert 0 < len(calls) < STEPS / 100


def test_short_phases_are_stepped():
    """To check a replay of theirs would take longer."""
    short = phase("StepLR", {"step_size": 3}, length=f"{driver.FEW - 1} steps")
    schedule = read(document(*[short] * 4, epochs=1, per_epoch=4 * (driver.FEW - 1)))
    with mock.patch.object(driver, "find_replay", side_effect=AssertionError):
        found = lrd.simulate(schedule)
    assert_same(found, replayed(schedule))


def test_steps_without_a_replay_cost_one_call_each(monkeypatch):
    calls = count(monkeypatch, lr_scheduler.StepLR, "get_lr")
    stepped(make("steps"))
    assert len(calls) == STEPS + 1


def test_groups_with_the_same_formula_run_it_once():
    groups = [{"name": str(i), "lr": 0.1 + i} for i in range(50)]
    for formula, functions in (("0.5 ** t", 1), ("lr ** t", 50)):
        data = document(phase("LambdaLR", {"lr_lambda": formula}), groups=groups)
        made = read(data).build(plain_torch.optimizer(data))
        assert len({id(function) for function in made.lr_lambdas}) == functions


def test_many_groups_are_done_in_shorter_chunks():
    """So that a run of a hundred groups can be stopped as soon as one of a single group."""
    seen = []
    groups = [{"name": str(i), "lr": 0.1 + i} for i in range(40)]
    data = document(phase("LinearLR"), epochs=1, per_epoch=driver.CHUNK, groups=groups)
    simulate(read(data), progress=seen.append)
    assert len(seen) > driver.CHUNK / driver.SHORTEST


@pytest.mark.parametrize("groups", [None, THREE_GROUPS], ids=["one", "three"])
@pytest.mark.parametrize("per_epoch", [1, 2, 300])
@pytest.mark.parametrize("name", ["LinearLR", "OneCycleLR", "CyclicLR"])
def test_memory(name, per_epoch, groups):
    steps = 120_000
    epoch = phase(name, interval="step" if per_epoch == 1 else "epoch")
    schedule = read(document(epoch, epochs=steps // per_epoch, per_epoch=per_epoch, groups=groups))
    lrd.simulate(make("steps"))  # torch is imported now
    tracemalloc.start()
    try:
        lrd.simulate(schedule)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 64 * steps * len(schedule.optimizer.groups)


def test_the_plain_classes_are_torchs_own():
    """A subclass may override anything, so it is stepped through its own `step`."""

    class Mine(lr_scheduler.StepLR):
        def step(self, epoch=None):
            self.taken = True
            super().step(epoch)

    opt = plain_torch.optimizer(document())
    scheduler = Mine(opt, 3)
    opt.step()
    scheduler.taken = False
    stepping.one_step(scheduler)(1)
    assert scheduler.taken
