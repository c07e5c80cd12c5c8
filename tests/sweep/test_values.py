"""A batch of variants against the same variants one by one, and against torch."""

from __future__ import annotations

import numpy as np
import pytest
from documents import NAMES, PARAMS, THREE_GROUPS, document, phase
from families import FAMILIES
from sweeping import around, numbers, same_as_exact, same_as_one_by_one
from training import read

from lrdesigner.catalog import schedulers
from lrdesigner.sweep import (
    EpochsTarget,
    GroupLrTarget,
    LengthTarget,
    ParamTarget,
    Sweep,
    SweepAxis,
    evaluate,
)

ALL = {**{name: PARAMS[name] for name in NAMES}, **FAMILIES}
SWEPT = [
    pytest.param(name, params, declaration.name, id=f"{name}-{place}-{declaration.name}")
    for name, sets in ALL.items()
    for place, params in enumerate(sets)
    for declaration in numbers(name)
]


def around_phase(what, groups=THREE_GROUPS, epochs=14, per_epoch=5):
    """A phase in the middle, so that something comes before it and something follows it."""
    return read(
        document(
            phase("LinearLR", {"start_factor": 0.1}, length="15 steps"),
            what,
            phase("CosineAnnealingLR", {"eta_min": 1e-4}, length="15 steps"),
            epochs=epochs,
            per_epoch=per_epoch,
            groups=groups,
        )
    )


@pytest.mark.parametrize(("name", "params", "swept"), SWEPT)
def test_every_number_of_every_scheduler(name, params, swept):
    schedule = around_phase(phase(name, params, length="40 steps"))
    axis = around(schedule, ParamTarget(1, swept))
    fan = evaluate(Sweep(schedule, (axis,), (11,)), points=10**6)
    same_as_one_by_one(fan)
    same_as_exact(fan)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("interval", ["step", "epoch"])
def test_every_scheduler_after_a_phase_that_varies(name, interval):
    schedule = around_phase(
        phase(name, ALL[name][-1], length="8 epochs", interval=interval), groups=None
    )
    before = SweepAxis(ParamTarget(0, "end_factor"), 0.2, 1.0)
    fan = evaluate(Sweep(schedule, (before,), (11,)), points=10**6)
    same_as_one_by_one(fan)
    same_as_exact(fan)


@pytest.mark.parametrize("name", ALL)
def test_every_scheduler_in_a_phase_whose_length_varies(name):
    schedule = around_phase(phase(name, ALL[name][0], length="40 steps"))
    axis = SweepAxis(LengthTarget(1, "steps"), 0, 60)
    fan = evaluate(Sweep(schedule, (axis,), (16,)), points=10**6)
    same_as_one_by_one(fan)
    same_as_exact(fan)


@pytest.mark.parametrize("name", ALL)
def test_every_scheduler_in_runs_of_any_length(name):
    params = ALL[name][0]
    schedule = read(
        document(
            phase("LinearLR", {"start_factor": 0.1}, length="20%"),
            phase(name, params, length="2 epochs", interval="epoch"),
            phase(name, params, length="rest"),
            epochs=9,
            per_epoch=4,
        )
    )
    fan = evaluate(Sweep(schedule, (SweepAxis(EpochsTarget(), 1, 12),), (20,)), points=10**6)
    assert len(fan.sweep) == 12
    assert fan.steps[-1] == 47
    same_as_one_by_one(fan)
    same_as_exact(fan, every=5)


@pytest.mark.parametrize("name", [name for name in NAMES if schedulers()[name].composes])
def test_stacks(name):
    stack = [
        {"scheduler": "LinearLR", "params": {"start_factor": 0.2}},
        {"scheduler": "StepLR", "params": {"step_size": 9, "gamma": 0.7}},
    ]
    schedule = around_phase(phase(name, length="40 steps", **{"with": stack}))
    for target in (ParamTarget(1, "gamma", stacked=1), ParamTarget(1, "step_size", stacked=1)):
        fan = evaluate(Sweep(schedule, (around(schedule, target),), (11,)), points=10**6)
        same_as_one_by_one(fan)
        assert same_as_exact(fan, every=5) or fan.errors
    for declaration in numbers(name):
        target = ParamTarget(1, declaration.name)
        fan = evaluate(Sweep(schedule, (around(schedule, target),), (11,)), points=10**6)
        same_as_one_by_one(fan)


@pytest.mark.parametrize("start", ["continue", "base"])
@pytest.mark.parametrize("group", range(3))
def test_the_lr_of_a_group(group, start):
    schedule = around_phase(phase("OneCycleLR", {"max_lr": 0.5, "div_factor": None}, start=start))
    fan = evaluate(
        Sweep(schedule, (SweepAxis(GroupLrTarget(group), 0.0, 0.4),), (21,)), points=10**6
    )
    same_as_one_by_one(fan)
    same_as_exact(fan)
    # torch's div_factor has no way from 0.
    assert 0 in fan.errors


def test_two_numbers_make_every_combination():
    schedule = around_phase(phase("wsd", {"warmup_steps": 5, "decay_steps": 10}, length="40 steps"))
    sweep = Sweep(
        schedule,
        (
            SweepAxis(ParamTarget(1, "decay_steps"), 0, 50),
            SweepAxis(ParamTarget(1, "warmup_steps"), 0, 30),
        ),
        (11, 7),
    )
    assert len(sweep) == 77
    assert sweep.settings[8] == (5, 5)
    fan = evaluate(sweep, points=10**6)
    # Parts that do not fit into the whole are refused, each with its reason.
    assert 0 < len(fan.errors) < 77
    assert "do not fit" in fan.errors[76]
    same_as_one_by_one(fan)
    assert same_as_exact(fan) > 3


def test_two_phases_at_once():
    schedule = around_phase(phase("ExponentialLR", {"gamma": 0.99}, length="40 steps"))
    sweep = Sweep(
        schedule,
        (
            SweepAxis(ParamTarget(1, "gamma"), 0.9, 1.0),
            SweepAxis(LengthTarget(0, "percent"), 1, 60),
        ),
        (10, 10),
    )
    fan = evaluate(sweep, points=10**6)
    same_as_one_by_one(fan)
    assert same_as_exact(fan) == 10


def test_a_list_has_a_value_for_each_group():
    schedule = around_phase(phase("CyclicLR", {"max_lr": 0.5, "step_size_up": 4}))
    fan = evaluate(
        Sweep(schedule, (SweepAxis(ParamTarget(1, "max_lr", element=2), 0.3, 0.9),), (21,)),
        points=10**6,
    )
    assert fan.sweep.variant(3).phases[1].params["max_lr"] == (0.5, 0.5, 0.39)
    same_as_one_by_one(fan)
    same_as_exact(fan)
    assert (fan.values[0, :2] == fan.values[20, :2]).all()
    assert (fan.values[0, 2] != fan.values[20, 2]).any()


def test_constants_and_milestones():
    schedule = around_phase(
        phase("formula", {"formula": "lr * exp(-k * t / T)", "constants": {"k": 4.0}})
    )
    fan = evaluate(
        Sweep(schedule, (SweepAxis(ParamTarget(1, "constants", element="k"), 0, 9),), (31,)),
        points=10**6,
    )
    same_as_one_by_one(fan)
    assert same_as_exact(fan) == 4
    schedule = around_phase(phase("MultiStepLR", {"milestones": [3, 20]}, length="40 steps"))
    fan = evaluate(
        Sweep(schedule, (SweepAxis(ParamTarget(1, "milestones", element=0), 0, 30),), (31,)),
        points=10**6,
    )
    assert sorted(fan.errors) == list(range(21, 31))
    assert "rising order" in fan.errors[25]
    same_as_one_by_one(fan)


def test_values_that_are_not_finite_are_refused():
    schedule = around_phase(phase("ExponentialLR", {"gamma": 1.0}, length="40 steps"))
    fan = evaluate(
        Sweep(schedule, (SweepAxis(ParamTarget(1, "gamma"), 1, 1e9, "log"),), (100,)),
        points=10**6,
    )
    assert 0 < len(fan.errors) < 100
    assert "not finite" in fan.errors[99]
    same_as_one_by_one(fan)
    same_as_exact(fan)


def test_a_document_that_cannot_run_has_no_fan():
    schedule = around_phase(phase("SWALR", {"swa_lr": -1.0}, length="40 steps"))
    fan = evaluate(Sweep(schedule, (SweepAxis(ParamTarget(0, "start_factor"), 0.1, 1),), (5,)))
    assert len(fan.errors) == 5
    assert not fan.valid
    assert np.isnan(fan.values).all()
    assert "phases[1] (SWALR): swa_lr" in fan.errors[0]


def test_few_points_are_spread_over_the_run():
    schedule = around_phase(phase("ExponentialLR", {"gamma": 0.99}), epochs=2000)
    sweep = Sweep(schedule, (SweepAxis(ParamTarget(1, "gamma"), 0.9, 1),), (11,))
    fan = evaluate(sweep, points=100)
    assert 100 <= len(fan.steps) < 110
    assert fan.steps[0] == 0
    assert fan.steps[-1] == 9999
    same_as_one_by_one(fan)
    fan = evaluate(sweep, steps=np.array([3, 17, 9000]))
    assert fan.values.shape == (11, 3, 3)
    same_as_one_by_one(fan)


def test_formulas_too_long_to_be_read_are_refused():
    params = {"first_cycle_steps": 6, "cycle_mult": 1.5, "min_lr": 0.001, "warmup_steps": 2}
    schedule = around_phase(phase("cosine_restarts_decay", params, length="2000 steps"), epochs=500)
    axis = SweepAxis(ParamTarget(1, "first_cycle_steps"), 3, 900)
    fan = evaluate(Sweep(schedule, (axis,), (11,)), points=300)
    assert 0 in fan.errors
    assert 10 not in fan.errors
    same_as_one_by_one(fan)


@pytest.mark.parametrize(
    "after",
    [
        phase("wsd_s", {"period_ends": [100], "min_lr": 1e-3}),
        phase("piecewise_linear", {"points": [[0, 0.1], [50, 0.2]], "values": "lr"}),
        phase("OneCycleLR", {"max_lr": 0.5, "div_factor": None}),
    ],
    ids=lambda entry: entry["scheduler"],
)
def test_what_cannot_start_from_0_is_refused_after_a_swept_trough(after):
    before = phase("CosineAnnealingLR", {"eta_min": 0.0}, length="50%")
    schedule = read(document(before, {**after, "length": "rest"}, epochs=1, per_epoch=1000))
    sweep = Sweep(schedule, (SweepAxis(LengthTarget(0, "percent"), 20, 80),), (4,))
    found = evaluate(sweep, 500)
    assert sorted(found.errors) == [0, 1, 2, 3]
    assert all("an LR of 0" in text for text in found.errors.values())


def test_a_length_of_minus_zero_is_none():
    schedule = read(document(phase("LinearLR", length="1 epoch"), phase("ConstantLR")))
    sweep = Sweep(schedule, (SweepAxis(LengthTarget(0, "epochs"), -0.0, 5.0),), (3,))
    assert sweep.variant(0).phases[0].length == "0 epochs"
    assert not evaluate(sweep).errors
