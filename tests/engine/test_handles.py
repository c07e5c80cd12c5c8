"""Handles: every declared one really moves its parameter, stays within limits, and comes back."""

from __future__ import annotations

import itertools
import json
import math

import pytest

from lrdesigner.catalog import schedulers
from lrdesigner.engine.handles import drag, followed, handles, set_value, unit_of, value_of
from lrdesigner.engine.preview import preview
from lrdesigner.engine.solving import solve, tidied
from lrdesigner.grips import default_grips
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.edits import insert_scheduler, set_param
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Group, OptimizerSpec, Schedule
from lrdesigner.schedule.problems import check

TWO = Schedule(
    optimizer=OptimizerSpec(groups=(Group(name="backbone", lr=0.01), Group(name="head", lr=0.1)))
)
# Nothing of these is a place on a curve: formulas, a fixed zero.
WITHOUT = {"frozen", "adafactor_relative", "LambdaLR", "MultiplicativeLR", "formula"}


def dropped(key, schedule=TWO):
    document, index = insert_scheduler(schedule, key, 0)
    return document, index


def all_handles():
    for spec in schedulers():
        document, index = dropped(spec.key)
        for handle in handles(document, index):
            yield pytest.param(spec.key, handle.key, id=f"{spec.key}-{handle.names}-{handle.group}")


ALL = list(all_handles())


def found(key, place):
    document, index = dropped(key)
    return document, next(h for h in handles(document, index) if h.key == place)


def again(document, handle):
    return followed(document, handle)


def changed(before, after, phase=0):
    old, new = before.phases[phase], after.phases[phase]
    assert old.replace(params={}) == new.replace(params={})
    assert before.replace(phases=()) == after.replace(phases=())
    names = {*old.params, *new.params}
    return {name for name in names if old.params.get(name) != new.params.get(name)}


def wrong(document):
    return [p.message for p in check(document, preview(document)) if p.severity == "error"]


@pytest.mark.parametrize("spec", list(schedulers()), ids=lambda spec: spec.key)
def test_every_scheduler_can_be_taken_hold_of(spec):
    document, index = dropped(spec.key)
    assert bool(handles(document, index)) == (spec.key not in WITHOUT)


@pytest.mark.parametrize("factor", [0.5, 1.3])
@pytest.mark.parametrize(("key", "place"), ALL)
def test_a_level_follows_the_hand_and_nothing_else_changes(key, place, factor):
    document, handle = found(key, place)
    if handle.level is None:
        pytest.skip("it moves sideways only")
    target = handle.lr * factor or 0.003
    result = drag(document, handle, lr=target)
    assert changed(document, result.schedule) <= {handle.level.name}
    assert not wrong(result.schedule)
    now = again(result.schedule, handle)
    if result.limit:
        assert abs(now.lr - handle.lr) <= abs(target - handle.lr)
        return
    assert now.lr == pytest.approx(target, rel=0.02)
    back = drag(result.schedule, now, lr=handle.lr)
    assert again(back.schedule, handle).lr == pytest.approx(handle.lr, rel=0.02, abs=1e-9)


@pytest.mark.parametrize("share", [0.3, 0.62])
@pytest.mark.parametrize(("key", "place"), ALL)
def test_a_time_follows_the_hand_and_nothing_else_changes(key, place, share):
    document, handle = found(key, place)
    if handle.time is None:
        pytest.skip("it moves up and down only")
    target = round(document.steps * share)
    result = drag(document, handle, step=target)
    assert changed(document, result.schedule) <= {handle.time.name}
    assert not wrong(result.schedule)
    now = again(result.schedule, handle)
    if result.limit:
        assert result.limit
        return
    coarse = key == "cosine_hard_restarts"  # a whole number of cycles
    assert now.step == pytest.approx(target, abs=200 if coarse else 1)
    back = drag(result.schedule, now, step=handle.step)
    assert again(back.schedule, handle).step == pytest.approx(handle.step, abs=1)


@pytest.mark.parametrize(("key", "place"), ALL)
@pytest.mark.parametrize(("step", "lr"), [(10**7, -1.0), (-(10**7), 1e12), (0, 0.0)])
def test_impossible_drags_stop_at_a_limit_that_is_said(key, place, step, lr):
    document, handle = found(key, place)
    result = drag(document, handle, step=step, lr=lr)
    assert not wrong(result.schedule)
    if abs(step) > 1000 and handle.time is not None:
        assert result.limit
    spec = schedulers()[key]
    for name, value in result.schedule.phases[0].params.items():
        assert spec.param(name).error(value, 2) is None


def test_levels_are_solved_exactly_where_a_round_number_is_meant():
    document, index = dropped("CosineAnnealingLR")
    (handle,) = handles(document, index)
    assert drag(document, handle, lr=1e-3).schedule.phases[0].params["eta_min"] == 1e-3
    document, index = dropped("OneCycleLR")
    peak = next(h for h in handles(document, index) if h.level.name == "max_lr")
    result = drag(document, peak, step=200, lr=0.5).schedule.phases[0].params
    assert result["max_lr"] == 0.5
    assert result["pct_start"] == pytest.approx(0.201, abs=1e-3)


def test_a_list_of_groups_changes_for_that_group_only():
    document, index = dropped("SWALR")
    document = set_param(document, index, "swa_lr", [0.001, 0.05])
    one, other = handles(document, index)
    assert (one.group, other.group) == (0, 1)
    result = drag(document, other, lr=0.02)
    assert list(result.schedule.phases[0].params["swa_lr"]) == [0.001, 0.02]


def test_a_followed_duration_follows_again_when_it_is_brought_back():
    document, index = dropped("CosineAnnealingLR")
    (handle,) = handles(document, index)
    shorter = drag(document, handle, step=400).schedule
    assert shorter.phases[0].params["T_max"] == 400
    assert drag(document, handle, step=1000).schedule == document


def test_milestones_stop_at_their_neighbours():
    document, index = dropped("MultiStepLR")
    first, second = (h for h in handles(document, index) if h.group == 0)
    result = drag(document, first, step=second.step + 50)
    assert list(result.schedule.phases[0].params["milestones"]) == [second.step - 1, second.step]
    assert result.limit == "stops at its neighbour"


def test_knots_move_in_both_directions_at_once():
    document, index = dropped("piecewise_linear")
    knot = [h for h in handles(document, index) if h.group == 0][1]
    points = drag(document, knot, step=200, lr=knot.lr / 2).schedule.phases[0].params["points"]
    old = document.phases[0].params["points"]
    assert [list(p) for p in points[:1]] == [list(p) for p in old[:1]]
    assert points[1][0] == 200
    assert points[1][1] == pytest.approx(old[1][1] / 2, rel=0.01)
    assert points[2:] == old[2:]


def test_the_end_of_the_phase_is_a_limit_with_a_reason():
    document, index = dropped("MultiStepLR")
    result = drag(document, handles(document, index)[-1], step=5000)
    assert result.limit == "the phase ends here, with the run"
    assert max(result.schedule.phases[0].params["milestones"]) == document.steps


def test_what_does_not_fit_is_refused_in_the_words_of_the_scheduler():
    document, index = dropped("wsd")
    warmup = next(h for h in handles(document, index) if h.time and h.time.name == "warmup_steps")
    result = drag(document, warmup, step=990)
    params = result.schedule.phases[0].params
    assert params["warmup_steps"] + params["decay_steps"] == document.steps
    assert "do not fit" in result.limit


def test_phases_by_epochs_have_handles_at_epochs():
    document, index = dropped("StepLR")
    phase = document.phases[0].replace(interval="epoch", params={"step_size": 3, "gamma": 0.5})
    document = document.replace(phases=(phase,))
    handle = handles(document, index)[0]
    assert handle.step == 300
    result = drag(document, handle, step=512)
    assert result.schedule.phases[0].params["step_size"] == 5
    assert unit_of(document, handle, handle.time) == "epochs"


def test_handles_stand_on_the_curve_of_a_later_phase():
    document = loads(
        """{"format": "lrdesigner", "version": 1,
        "phases": [{"scheduler": "ConstantLR", "length": "3 epochs", "params": {"factor": 1}},
                   {"scheduler": "PolynomialLR", "params": {"power": 2}}]}"""
    )
    fast = preview(document, document.steps)
    middle = next(h for h in handles(document, 1, fast.bases[1]) if h.level)
    assert middle.step == 650
    assert middle.lr == pytest.approx(fast.lr[0, 650], rel=1e-9)


def test_a_phase_that_cannot_run_has_none():
    document, index = dropped("CosineAnnealingLR")
    assert handles(set_param(document, index, "eta_min", -1.0), index) == ()


def test_an_exact_value_is_set_or_refused_with_a_sentence():
    document, index = dropped("CosineAnnealingLR")
    (handle,) = handles(document, index)
    done = set_value(document, handle, handle.level, 0.000123)
    assert value_of(done, handle, handle.level) == 0.000123
    with pytest.raises(DocumentError, match="eta_min must be a number 0 or greater"):
        set_value(document, handle, handle.level, -1.0)
    with pytest.raises(DocumentError, match="T_max must be a whole number"):
        set_value(document, handle, handle.time, 2.5)


def test_defaults_follow_from_the_parameters():
    params = (
        IntParam(name="total", help="", unit="ticks", follows="length"),
        IntParam(name="lead", help="", unit="ticks"),
        FloatParam(name="low", help="", unit="lr"),
        FloatParam(name="bend", help=""),
    )
    grips = default_grips(params)
    names = [(g.time and g.time.name, *[d.name for d in g.level]) for g in grips]
    assert names == [("total", "low"), ("lead",)]


@pytest.mark.parametrize(
    "measure",
    [
        lambda x: 3 * x + 1,
        lambda x: x**1000,
        lambda x: 5 / x,
        lambda x: math.tanh(x) + x**3,
        lambda x: min(x, 0.8),
        lambda x: max(x, 0.3),
    ],
)
def test_solving(measure):
    for start, wanted in itertools.product((0.5, 0.9999), (0.45, 0.75)):
        value = solve(measure, measure(wanted), start, 1e-9, 10.0)
        assert measure(value) == pytest.approx(measure(wanted), rel=1e-6)


def test_tidied_numbers_are_short():
    assert tidied(0.30000001, lambda v: abs(v - 0.3) < 1e-4) == 0.3


def test_another_scheduler_in_the_phase_has_not_the_same_handles():
    before, index = dropped("wsd")
    held = next(h for h in handles(before, index) if "warmup_steps" in h.names)
    assert followed(before, held) is not None
    for key in ("StepLR", "OneCycleLR", "CyclicLR"):
        assert followed(dropped(key)[0], held) is None


@pytest.mark.parametrize(("values", "unit"), [("factor", "× base"), ("lr", "lr")])
def test_values_of_points_have_the_unit_that_they_are_in(values, unit):
    points = {"points": [[0, 0.1], [50, 0.2]], "values": values}
    document = loads(
        json.dumps(
            {
                "format": "lrdesigner",
                "version": 1,
                "phases": [{"scheduler": "piecewise_linear", "params": points}],
            }
        )
    )
    handle = handles(document, 0)[0]
    assert unit_of(document, handle, handle.level) == unit
