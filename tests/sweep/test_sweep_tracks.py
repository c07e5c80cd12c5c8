"""Sweeps of documents with tracks, and documents at random."""

from __future__ import annotations

import pytest
from documents import NAMES, THREE_GROUPS, document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeping import around, numbers, same_as_exact, same_as_one_by_one
from training import read

import lrdesigner as lrd
from lrdesigner.sweep import EpochsTarget, GroupLrTarget, ParamTarget, Sweep, SweepAxis, evaluate


def tracked():
    data = document(
        phase("LinearLR", {"start_factor": 0.1}, length="20%"),
        phase("CosineAnnealingLR"),
        epochs=10,
        per_epoch=5,
        groups=THREE_GROUPS,
    )
    data["tracks"] = [
        {
            "quantity": "lr",
            "groups": ["head"],
            "phases": [phase("frozen", {}, length="3 epochs"), phase("StepLR", start="base")],
        },
        {"quantity": "weight_decay", "phases": [phase("CosineAnnealingLR")]},
    ]
    data["optimizer"]["args"]["weight_decay"] = 0.05
    return read(data)


def fan_of(target, start, stop, count=11):
    return evaluate(Sweep(tracked(), (SweepAxis(target, start, stop),), (count,)), points=10**6)


def test_the_documents_own_phases():
    fan = fan_of(ParamTarget(0, "start_factor"), 0.1, 0.9)
    same_as_one_by_one(fan)
    same_as_exact(fan)
    assert (fan.values[0, 2] == fan.values[10, 2]).all()
    assert (fan.values[0, 1] != fan.values[10, 1]).any()


def test_a_track_of_a_group():
    fan = fan_of(ParamTarget(1, "gamma", track=0), 0.1, 0.9)
    same_as_one_by_one(fan)
    same_as_exact(fan)
    assert (fan.values[0, :2] == fan.values[10, :2]).all()
    assert (fan.values[0, 2] != fan.values[10, 2]).any()


def test_the_lr_of_a_group_in_a_track():
    fan = fan_of(GroupLrTarget(2), 0.1, 0.9)
    same_as_one_by_one(fan)
    same_as_exact(fan)


def test_every_track_has_the_same_run():
    fan = fan_of(EpochsTarget(), 4, 14)
    same_as_one_by_one(fan)
    same_as_exact(fan)


def test_a_lane():
    fan = fan_of(ParamTarget(0, "eta_min", track=1), 0.0, 0.04)
    assert fan.quantity == "weight_decay"
    same_as_one_by_one(fan)
    same_as_exact(fan)
    assert fan.sweep.variant(10).tracks[1].phases[0].params["eta_min"] == 0.04


def test_a_lane_that_cannot_run_has_no_fan():
    schedule = tracked()
    optimizer = schedule.optimizer.replace(type="Rprop", args={})
    schedule = schedule.replace(optimizer=optimizer)
    axis = SweepAxis(ParamTarget(0, "start_factor"), 0.1, 0.9)
    fan = evaluate(Sweep(schedule, (axis,), (3,)))
    assert sorted(fan.errors) == [0, 1, 2]
    assert "Rprop has no weight decay" in fan.errors[0]


def test_tracks_that_get_in_each_others_way_have_no_fan():
    """A lane drives the momentum that a phase would cycle; simulate says the same."""
    data = document(phase("OneCycleLR"), epochs=10, per_epoch=5)
    data["tracks"] = [{"quantity": "momentum", "phases": [phase("CosineAnnealingLR")]}]
    schedule = read(data)
    with pytest.raises(lrd.ScheduleError) as caught:
        lrd.simulate(schedule)
    fan = evaluate(Sweep(schedule, (SweepAxis(ParamTarget(0, "max_lr"), 0.1, 0.9),), (3,)))
    assert fan.errors == dict.fromkeys(range(3), str(caught.value))


@st.composite
def sweeps(draw):
    """Any phases, one or two of their numbers, any ranges."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    lengths = ["1 step", "7 steps", "1.5 epochs", "20%", "0 steps"]
    schedule = read(
        document(
            *(
                phase(
                    name,
                    length=draw(st.sampled_from(lengths)),
                    interval=draw(st.sampled_from(["step", "epoch"])),
                    start=draw(st.sampled_from(["continue", "base"])),
                )
                for name in names
            ),
            epochs=draw(st.sampled_from([5, 8, 13])),
            per_epoch=draw(st.sampled_from([1, 2, 5])),
            groups=draw(st.sampled_from([None, THREE_GROUPS])),
        )
    )
    targets = [GroupLrTarget(0), EpochsTarget()]
    for place, name in enumerate(names):
        targets += [ParamTarget(place, declaration.name) for declaration in numbers(name)]
    chosen = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=2, unique=True))
    axes = tuple(around(schedule, target) for target in chosen)
    return Sweep(schedule, axes, tuple(draw(st.integers(2, 6)) for _ in axes))


@given(sweeps())
@settings(max_examples=3 * settings.default.max_examples)
def test_documents_at_random(sweep):
    fan = evaluate(sweep, points=10**6)
    same_as_one_by_one(fan)
    same_as_exact(fan)
