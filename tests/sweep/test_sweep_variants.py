"""What a sweep is: its values, its limits, and the variant that is adopted."""

from __future__ import annotations

import pytest
from documents import THREE_GROUPS, document, phase
from training import read

from lrdesigner.schedule import edits
from lrdesigner.sweep import (
    EpochsTarget,
    GroupLrTarget,
    LengthTarget,
    ParamTarget,
    Sweep,
    SweepAxis,
    SweepError,
    fitted,
)


@pytest.fixture
def schedule():
    return read(
        document(
            phase("LinearLR", {"start_factor": 0.1}, length="2 epochs"),
            phase("StepLR", {"step_size": 4, "gamma": 0.5}),
            epochs=10,
            per_epoch=10,
            groups=THREE_GROUPS,
        )
    )


def one(schedule, target, start, stop, count, scale="linear"):
    return Sweep(schedule, (SweepAxis(target, start, stop, scale),), (count,))


def test_values_are_those_a_person_would_write(schedule):
    gamma = ParamTarget(1, "gamma")
    assert one(schedule, gamma, 0.1, 0.9, 9).values == (
        (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    )
    assert one(schedule, gamma, 1e-4, 0.1, 4, "log").values == ((0.0001, 0.001, 0.01, 0.1),)
    # Neighbours stay apart, and the ends are exactly what was asked for.
    (many,) = one(schedule, gamma, 0.99901, 0.99999, 1000).values
    assert len(set(many)) == 1000
    assert (many[0], many[-1]) == (0.99901, 0.99999)
    assert list(many) == sorted(many)


def test_whole_numbers_come_once(schedule):
    sweep = one(schedule, ParamTarget(1, "step_size"), 1, 5, 100)
    assert sweep.values == ((1, 2, 3, 4, 5),)
    assert len(sweep) == 5
    assert all(type(value) is int for value in sweep.values[0])


def test_a_variant_is_an_edit(schedule):
    sweep = one(schedule, ParamTarget(1, "gamma"), 0.1, 0.9, 9)
    assert sweep.variant(2) == edits.set_param(schedule, 1, "gamma", 0.3)
    sweep = one(schedule, ParamTarget(1, "step_size"), 1, 9, 9)
    assert sweep.variant(2) == edits.set_param(schedule, 1, "step_size", 3)
    sweep = one(schedule, EpochsTarget(), 5, 15, 3)
    assert sweep.variant(2).horizon.epochs == 15
    sweep = one(schedule, GroupLrTarget(2), 0.1, 0.3, 3)
    assert sweep.variant(1).optimizer.groups[2].lr == 0.2
    assert sweep.variant(1).optimizer.groups[0].lr == 0.1


@pytest.mark.parametrize(
    ("unit", "stop", "wanted"),
    [("epochs", 3.0, "2.5 epochs"), ("steps", 3.0, "2 steps"), ("percent", 3.0, "2.5%")],
)
def test_a_length_keeps_its_unit(schedule, unit, stop, wanted):
    sweep = one(schedule, LengthTarget(0, unit), 1, stop, 5)
    assert wanted in [sweep.variant(index).phases[0].length for index in range(len(sweep))]


def test_what_adopting_makes_is_what_was_evaluated(schedule):
    """The batch skips the checks of an edit; it must not make another document."""
    targets = [
        ParamTarget(1, "gamma"),
        ParamTarget(1, "step_size"),
        LengthTarget(0),
        LengthTarget(0, "percent"),
        GroupLrTarget(1),
        EpochsTarget(),
    ]
    for target in targets:
        axis, _ = fitted(SweepAxis(target, 1, 9), schedule)
        sweep = Sweep(schedule, (axis,), (7,))
        for index in range(len(sweep)):
            (value,) = sweep.settings[index]
            assert target.quick(schedule, value) == sweep.variant(index)


def test_a_range_is_brought_within_what_is_allowed(schedule):
    axis, said = fitted(SweepAxis(ParamTarget(0, "start_factor"), -1, 2), schedule)
    assert (axis.start, axis.stop) == (0.002, 1)
    assert said == (
        "start_factor must be a number greater than 0 and 1 or less, so its range is 0.002 to 1"
    )
    axis, said = fitted(SweepAxis(ParamTarget(1, "step_size"), 0, 7.4), schedule)
    assert (axis.start, axis.stop) == (1, 7)
    assert said.startswith("step_size must be a whole number 1 or greater")
    axis, said = fitted(SweepAxis(ParamTarget(1, "gamma"), 0, 1, "log"), schedule)
    assert (axis.start, axis.stop) == (0.001, 1)
    assert "a log scale has no 0" in said
    untouched = SweepAxis(ParamTarget(1, "gamma"), 0.5, 1)
    assert fitted(untouched, schedule) == (untouched, "")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (ParamTarget(7, "gamma"), "there is no phase 8"),
        (ParamTarget(1, "beta"), "StepLR has no parameter 'beta'"),
        (ParamTarget(1, "gamma", stacked=0), "nothing stacked there"),
        (ParamTarget(1, "gamma", track=0), "there is no track 1"),
        (GroupLrTarget(3), "there is no group 4"),
        (LengthTarget(0, "rest"), "steps, epochs or percent"),
    ],
)
def test_what_is_not_there_cannot_be_swept(schedule, target, message):
    with pytest.raises(SweepError, match=message):
        one(schedule, target, 0.1, 0.9, 9)


def test_impossible_sweeps(schedule):
    gamma = SweepAxis(ParamTarget(1, "gamma"), 0.1, 0.9)
    with pytest.raises(SweepError, match="1 to 10,000 variants"):
        Sweep(schedule, (gamma,), (10_001,))
    with pytest.raises(SweepError, match="one or two numbers"):
        Sweep(schedule, (), ())
    with pytest.raises(SweepError, match="two different numbers"):
        Sweep(schedule, (gamma, gamma), (3, 3))
    with pytest.raises(SweepError, match="0 or greater"):
        one(schedule, ParamTarget(1, "gamma"), -1, 1, 3)
    with pytest.raises(SweepError, match="finite"):
        one(schedule, ParamTarget(1, "gamma"), 0, float("inf"), 3)
    mode = read(document(phase("CyclicLR", {"max_lr": 1})))
    with pytest.raises(SweepError, match="mode is no number"):
        one(mode, ParamTarget(0, "mode"), 0, 1, 3)


def test_names_tell_variants_apart(schedule):
    sweep = Sweep(
        schedule,
        (
            SweepAxis(ParamTarget(1, "gamma"), 0.1, 0.3),
            SweepAxis(GroupLrTarget(2), 0.1, 0.2),
        ),
        (3, 2),
    )
    assert sweep.label(3) == "gamma = 0.2, lr[head] = 0.2"
    assert sweep.traits[0].place == "phase 2, StepLR"
    assert sweep.traits[0].value == 0.5


def test_the_nearest_variant(schedule):
    sweep = Sweep(
        schedule,
        (
            SweepAxis(ParamTarget(1, "gamma"), 1e-4, 1, "log"),
            SweepAxis(GroupLrTarget(2), 0.1, 0.2),
        ),
        (5, 2),
    )
    assert sweep.settings[sweep.nearest((0.02, 0.19))] == (0.01, 0.2)
    assert sweep.nearest((0.0, 0.0)) == 0


def test_thousands_stand_apart_in_the_window_only(schedule):
    sweep = one(schedule, ParamTarget(1, "step_size"), 1000, 78_188, 2)
    assert sweep.label(1) == "step_size = 78,188"
    assert sweep.label(1, grouped=False) == "step_size = 78188"
