"""Cutting, joining, changing, copying phases: curves that stay, and edits that are sound."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrdesigner.catalog import schedulers
from lrdesigner.engine.simulate import simulate
from lrdesigner.schedule import edits
from lrdesigner.schedule.codec import dumps, loads
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.model import Group, Horizon, OptimizerSpec, Phase, Schedule
from lrdesigner.schedule.phase_change import change_scheduler
from lrdesigner.schedule.phase_clip import clip, clip_text, insert, read_clip
from lrdesigner.schedule.phase_group import (
    duplicate_phases,
    in_unit,
    move_phases,
    remove_phases,
    ripple,
    shift_phases,
)
from lrdesigner.schedule.phase_split import PhaseOpError, extend, join, same_curve, split
from lrdesigner.schedule.problems import check
from lrdesigner.schedule.units import spans

HORIZON = Horizon(epochs=10, steps_per_epoch=20)
ONE = OptimizerSpec(args={"momentum": 0.9})


def make(*phases: Phase, optimizer: OptimizerSpec = ONE) -> Schedule:
    return Schedule(horizon=HORIZON, optimizer=optimizer, phases=phases)


def phase(key: str, length: str = "rest", start: str = "continue", **params: Any) -> Phase:
    return Phase(scheduler=key, length=length, start=start, params=params)


def with_phase(key: str, before: bool) -> tuple[Schedule, int]:
    """A phase of 100 steps in a run of 200, after a short warm-up or alone."""
    schedule = make()
    if before:
        schedule = make(phase("warmup_linear", "40 steps"))
    schedule, index = edits.insert_scheduler(schedule, key, 199)
    return edits.set_phase(schedule, index, length="100 steps"), index


def runs(schedule: Schedule) -> bool:
    try:
        simulate(schedule)
    except ScheduleError:
        return False
    return True


# -- split and join --------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("key", schedulers().keys())
def test_a_split_keeps_the_curve_or_says_why_not(key, before):
    schedule, index = with_phase(key, before)
    if not runs(schedule):
        with pytest.raises(PhaseOpError, match="cannot run"):
            split(schedule, index, spans(schedule)[index].start + 10)
        return
    start = spans(schedule)[index].start
    old = simulate(schedule).lr
    for step in (1, 25, 50, 73, 99):
        try:
            found = split(schedule, index, start + step)
        except PhaseOpError:
            continue
        halves = spans(found.schedule)[index : index + 2]
        assert [(h.start, h.end) for h in halves] == [
            (start, start + step),
            (start + step, start + 100),
        ]
        new = simulate(found.schedule).lr
        if found.exact:
            assert np.array_equal(old, new)
        else:
            np.testing.assert_allclose(old, new, rtol=1e-11, atol=1e-15)
        joined = join(found.schedule, index)
        assert len(joined.phases) == len(schedule.phases)
        np.testing.assert_allclose(old, simulate(joined).lr, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize(
    ("key", "step", "exact"),
    [
        ("ExponentialLR", 33, True),
        ("ConstantLR", 33, True),
        ("cosine_floor", 33, True),
        ("LinearLR", 33, False),
        ("PolynomialLR", 33, False),
        ("StepLR", 50, True),
        ("MultiStepLR", 33, True),
    ],
)
def test_what_can_be_split(key, step, exact):
    schedule, index = with_phase(key, before=False)
    assert split(schedule, index, step).exact == exact


@pytest.mark.parametrize(
    ("key", "step", "why"),
    [
        ("CosineAnnealingLR", 33, "begin in its middle"),
        ("OneCycleLR", 33, "begin in its middle"),
        ("StepLR", 26, "multiple of step_size"),
        ("ExponentialLR", 0, "between its first and its last step"),
    ],
)
def test_what_cannot_be_split(key, step, why):
    schedule, index = with_phase(key, before=False)
    with pytest.raises(PhaseOpError, match=why):
        split(schedule, index, step)


def test_a_warm_up_that_starts_elsewhere_cannot_be_split():
    schedule = make(
        phase("ExponentialLR", "40 steps", gamma=0.9), phase("LinearLR", start_factor=0.1)
    )
    with pytest.raises(PhaseOpError, match="each group's own LR"):
        split(schedule, 1, 100)
    based = edits.set_phase(schedule, 1, start="base")
    assert split(based, 1, 100).schedule.phases[2].start == "base"


def test_a_formula_is_shifted_and_a_second_cut_adds_up():
    schedule = make(phase("formula", formula="lr * exp(-k * t / T)", constants={"k": 3.0}))
    once = split(schedule, 0, 50).schedule
    twice = split(once, 1, 80).schedule
    assert twice.phases[2].params["formula"] == "lr * exp(-k * (t + 80) / 200)"
    assert np.array_equal(simulate(schedule).lr, simulate(twice).lr)


def test_halves_keep_the_unit_and_the_second_the_rest():
    after = split(make(phase("ExponentialLR", gamma=0.99)), 0, 60).schedule
    assert [each.length for each in after.phases] == ["3 epochs", "rest"]
    after = split(make(phase("ExponentialLR", "50%", gamma=0.99)), 0, 60).schedule
    assert [each.length for each in after.phases] == ["30%", "20%"]


def test_a_phase_that_steps_at_epochs_is_split_between_ticks():
    one = Phase(scheduler="ExponentialLR", interval="epoch", params={"gamma": 0.5})
    schedule = make(one)
    found = split(schedule, 0, 70)
    assert found.exact
    assert np.array_equal(simulate(schedule).lr, simulate(found.schedule).lr)


def test_a_stack_is_split_with_what_is_stacked():
    stacked = edits.stack(make(phase("ExponentialLR", gamma=0.99)), 0, "MultiStepLR")
    found = split(stacked, 0, 60)
    assert found.schedule.phases[1].with_[0].params["milestones"] == (40, 90)
    np.testing.assert_allclose(simulate(stacked).lr, simulate(found.schedule).lr, rtol=1e-12)


def test_join_refuses_another_curve_and_extend_does_not():
    schedule = make(
        phase("LinearLR", "2 epochs", start_factor=0.1), phase("ExponentialLR", gamma=0.9)
    )
    with pytest.raises(PhaseOpError, match="another curve"):
        join(schedule, 0)
    longer = extend(schedule, 0)
    assert [(p.scheduler, p.length) for p in longer.phases] == [("LinearLR", "rest")]
    with pytest.raises(PhaseOpError, match="no phase comes after"):
        join(schedule, 1)


# -- several at once -------------------------------------------------------------------------------

FOUR = make(
    phase("LinearLR", "20 steps", start_factor=0.1),
    phase("ConstantLR", "40 steps", factor=1.0),
    phase("ExponentialLR", "60 steps", gamma=0.99),
    phase("PolynomialLR"),
)


def keys(schedule: Schedule) -> str:
    return "".join(each.scheduler[0] for each in schedule.phases)


def test_groups_of_phases_move_together():
    assert keys(remove_phases(FOUR, {0, 2})) == "CP"
    assert (keys(shift_phases(FOUR, {0, 2}, 1)[0]), shift_phases(FOUR, {0, 2}, 1)[1]) == (
        "CLPE",
        (1, 3),
    )
    assert shift_phases(FOUR, {0, 1}, -1) == (FOUR, (0, 1))
    assert shift_phases(FOUR, {1, 2}, 1)[1] == (2, 3)
    after, places = move_phases(FOUR, {0, 3}, 1)
    assert (keys(after), places) == ("CLPE", (1, 2))
    after, places = duplicate_phases(FOUR, {1, 2})
    assert (keys(after), places) == ("LCECEP", (3, 4))
    assert [each.length for each in after.phases[1:5]] == [
        "20 steps",
        "30 steps",
        "20 steps",
        "30 steps",
    ]


def test_ripple_moves_what_comes_later_and_stops_at_the_horizon():
    moved = ripple(FOUR, 0, 50)
    assert [(s.start, s.end) for s in spans(moved)] == [(0, 50), (50, 90), (90, 150), (150, 200)]
    assert spans(ripple(FOUR, 0, 500))[0].end == 100  # 40 and 60 steps come after it
    assert spans(ripple(FOUR, 1, 0))[1].steps == 1
    traded = edits.resize(FOUR, 0, 50)
    assert spans(traded)[1].end == 60


# -- units -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["steps", "epochs", "percent", "rest"])
@pytest.mark.parametrize("length", ["40 steps", "2 epochs", "20%", "rest"])
def test_a_unit_changes_no_curve(length, unit):
    after = in_unit(make(phase("ExponentialLR", length, gamma=0.99)), 0, "steps")
    start = make(phase("ExponentialLR", length, gamma=0.99), phase("PolynomialLR", "0 steps"))
    if unit == "rest" and length != "rest":
        with pytest.raises(PhaseOpError, match="something would move"):
            in_unit(start, 0, unit)
        return
    after = in_unit(start, 0, unit)
    assert spans(after) == spans(start)
    assert np.array_equal(simulate(after).lr, simulate(start).lr)


def test_units_that_cannot_say_it_are_refused():
    long = Schedule(
        horizon=Horizon(epochs=1, steps_per_epoch=100_000_000),
        phases=(phase("ExponentialLR", "12345677 steps", gamma=1.0), phase("ConstantLR")),
    )
    with pytest.raises(PhaseOpError, match="12,345,677 steps are no round number of epochs"):
        in_unit(long, 0, "epochs")
    with pytest.raises(PhaseOpError, match="another phase takes the rest"):
        in_unit(long, 0, "rest")
    assert in_unit(in_unit(FOUR, 3, "steps"), 3, "rest") == FOUR


# -- change in place -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "key"),
    [
        (0, "LinearLR"),
        (0, "deepspeed_warmup"),
        (2, "ExponentialLR"),
        (2, "LinearLR"),
        (2, "StepLR"),
        (2, "cosine_floor"),
        (2, "polynomial_end"),
        (2, "natural_exponential"),
        (2, "inverse_time"),
        (2, "wsd"),
        (2, "OneCycleLR"),
        (2, "LambdaLR"),
        (2, "MultiplicativeLR"),
        (2, "formula"),
        (2, "piecewise_constant"),
        (2, "piecewise_linear"),
        (2, "piecewise_cosine"),
    ],
)
def test_a_changed_scheduler_keeps_both_ends(index, key):
    schedule = make(
        phase("LinearLR", "2 epochs", start_factor=0.01),
        phase("ConstantLR", "3 epochs", factor=1.0),
        phase("CosineAnnealingLR", "80 steps", eta_min=1e-3),
    )
    changed = change_scheduler(schedule, index, key)
    assert (changed.start, changed.end) == (True, True)
    assert spans(changed.schedule) == spans(schedule)
    old, new = simulate(schedule).lr[0], simulate(changed.schedule).lr[0]
    span = spans(schedule)[index]
    assert new[span.start] == pytest.approx(old[span.start])
    assert new[span.end] == pytest.approx(old[span.end])


@pytest.mark.parametrize("index", [0, 1, 2, 3])
@pytest.mark.parametrize("key", schedulers().keys())
def test_what_change_promises_is_true(key, index):
    changed = change_scheduler(FOUR, index, key)
    assert changed.schedule.phases[index].scheduler == key
    assert spans(changed.schedule) == spans(FOUR)
    span = spans(FOUR)[index]
    if changed.start:
        new, old = simulate(changed.schedule).lr[0], simulate(FOUR).lr[0]
        assert new[span.start] == pytest.approx(old[span.start], rel=1e-5)
        if changed.end and span.end < FOUR.steps and index < 3:
            assert new[span.end] == pytest.approx(old[span.end], rel=1e-5)


# -- copy and paste --------------------------------------------------------------------------------


def test_a_copy_is_a_document_and_comes_back():
    text = clip_text(FOUR, {1, 3})
    assert [each.scheduler for each in loads(text).phases] == ["ConstantLR", "PolynomialLR"]
    after, places, fits = insert(FOUR, 2, read_clip(text, FOUR))
    assert (keys(after), places, fits) == ("LCCPEP", (2, 3), True)
    # All of it would have left nothing to the rest, which keeps half of what it had.
    assert all(span.steps > 0 for span in spans(after))
    shared = sum(span.steps for span in spans(after)[2:4])
    rest = next(i for i, phase in enumerate(FOUR.phases) if phase.length == "rest")
    assert shared == pytest.approx(spans(FOUR)[rest].steps / 2, abs=2)


def test_what_fits_keeps_its_length():
    after, places, fits = insert(FOUR, 4, clip(FOUR, {0}))
    assert fits
    assert after.phases[places[0]].length == FOUR.phases[0].length


def test_pasted_at_the_front_it_starts_as_it_did():
    assert clip(FOUR, {0, 1}).phases[0].start == "base"
    assert insert(FOUR, 4, clip(FOUR, {0}))[0].phases[4].start == "base"


@pytest.mark.parametrize(
    "text",
    [
        '{"scheduler": "ExponentialLR", "length": "3 epochs", "params": {"gamma": 0.9}}',
        '[{"scheduler": "ExponentialLR", "length": "3 epochs", "params": {"gamma": 0.9}}]',
    ],
)
def test_single_phases_and_lists_of_them_are_read(text):
    found = read_clip(text, FOUR)
    assert [(p.scheduler, p.length) for p in found.phases] == [("ExponentialLR", "3 epochs")]
    assert found.horizon == FOUR.horizon


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", "not valid JSON"),
        ("[1, 2]", r"phases\[0\]"),
        ('{"a": 1}', "not a schedule"),
        ("[" * 100_000, "nested too deeply|not valid JSON"),
        ('{"scheduler": "ExponentialLR", "length": "a while"}', "not a length"),
        ('[{"scheduler": "x", "params": {"a": NaN}}]', "NaN|valid"),
        (dumps(make()), "there are none"),
        ("", "not valid JSON"),
    ],
)
def test_foreign_text_is_refused_in_one_line(text, why):
    with pytest.raises(DocumentError, match=why) as caught:
        read_clip(text, FOUR)
    assert "\n" not in str(caught.value)


def test_another_horizon_keeps_the_curve():
    source = Schedule(
        horizon=Horizon(epochs=4, steps_per_epoch=10),
        phases=(
            phase("LinearLR", "25%", start_factor=0.1),
            Phase(scheduler="ExponentialLR", interval="epoch", params={"gamma": 0.5}),
        ),
    )
    after, places, fits = insert(make(), 0, source)
    assert (places, fits) == ((0, 1), True)
    assert [each.length for each in after.phases] == ["10 steps", "3 epochs"]
    old, new = simulate(source).lr[0], simulate(after).lr[0]
    assert np.array_equal(old[:10], new[:10])
    assert set(old) <= set(new)


def test_lists_of_values_fit_the_groups_there():
    two = OptimizerSpec(groups=(Group(name="a", lr=0.1), Group(name="b", lr=0.2)))
    cyclic = phase("CyclicLR", "40 steps", base_lr=[0.01, 0.02], max_lr=[0.1, 0.2])
    after, _, _ = insert(FOUR, 0, make(cyclic, optimizer=two))
    assert after.phases[0].params["max_lr"] == (0.1,)


# -- all of them -----------------------------------------------------------------------------------

OPS: list[Any] = [
    lambda s, a, b: split(s, a % len(s.phases), b % s.steps).schedule,
    lambda s, a, b: join(s, a % len(s.phases)),
    lambda s, a, b: extend(s, a % len(s.phases)),
    lambda s, a, b: in_unit(s, a % len(s.phases), ("steps", "epochs", "percent", "rest")[b % 4]),
    lambda s, a, b: ripple(s, a % len(s.phases), b),
    lambda s, a, b: shift_phases(s, {a % len(s.phases), b % len(s.phases)}, 1 - 2 * (a % 2))[0],
    lambda s, a, b: move_phases(s, {a % len(s.phases)}, b % len(s.phases))[0],
    lambda s, a, b: duplicate_phases(s, {a % len(s.phases), b % len(s.phases)})[0],
    lambda s, a, b: insert(s, b % len(s.phases), clip(s, {a % len(s.phases)}))[0],
    lambda s, a, b: (
        change_scheduler(s, a % len(s.phases), schedulers().keys()[b % len(schedulers())]).schedule
    ),
]
KEEPING = 4
"""The first ones keep the curve (extend aside)."""


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(st.integers(0, len(OPS) - 1), st.integers(0, 9), st.integers(0, 250)), max_size=8
    )
)
def test_any_sequence_of_operations_is_sound(sequence):
    schedule = FOUR
    for which, a, b in sequence:
        before = dumps(schedule)
        try:
            after = OPS[which](schedule, a, b)
        except PhaseOpError:
            continue
        finally:
            assert dumps(schedule) == before
        if which < KEEPING and which != 2 and not_failing(schedule):
            assert same_curve(schedule, after)
        schedule = after
    assert loads(dumps(schedule)) == schedule
    found = [(span.start, span.end) for span in spans(schedule)]
    assert all(a[1] == b[0] for a, b in pairwise(found))
    json.loads(clip_text(schedule, {0}))


def not_failing(schedule: Schedule) -> bool:
    from lrdesigner.engine.preview import preview

    return not preview(schedule, points=50).errors


def test_a_phase_that_was_split_reaches_its_end_in_the_second_part():
    halves = split(FOUR, 0, 10).schedule
    assert halves.phases[0].params["total_iters"] > 10
    assert "never-reached" not in {problem.rule for problem in check(halves)}
    alone = halves.replace(phases=(halves.phases[0], *halves.phases[2:]))
    assert "never-reached" in {problem.rule for problem in check(alone)}


def test_the_same_scheduler_again_is_not_a_split():
    cut = FOUR.phases[0].replace(length="10 steps", params={"start_factor": 0.1, "total_iters": 20})
    again = FOUR.replace(phases=(cut, cut, *FOUR.phases[1:]))
    assert [p.phase for p in check(again) if p.rule == "never-reached"] == [0, 1]
