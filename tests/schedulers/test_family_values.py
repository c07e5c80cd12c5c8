"""The families: published numbers, values that are refused, and values at random."""

from __future__ import annotations

import contextlib
import json

import numpy as np
import pytest
from documents import ONE_GROUP, document
from families import FAMILIES, NAMES
from hypothesis import given, settings
from hypothesis import strategies as st
from training import read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.params import (
    BoolParam,
    ChoiceParam,
    ConstantsParam,
    FloatParam,
    FormulaParam,
    IntListParam,
    IntParam,
    TableParam,
    TextParam,
)
from lrdesigner.schedule.errors import ScheduleError

each = pytest.mark.parametrize("name", NAMES)
DECLARED = [
    pytest.param(name, param, id=f"{name}-{param.name}")
    for name in NAMES
    for param in schedulers()[name].params
]
TEN = [{"name": "all", "lr": 10.0}]


def run(*phases, steps, groups=ONE_GROUP):
    data = document(*phases, epochs=1, per_epoch=steps, groups=groups)
    return lrd.simulate(read(data)).lr[0]


def errors(name, params, steps=24, lr=0.1):
    """What the check says of it; the run says the same."""
    phase = {"scheduler": name, "params": params, "length": "rest"}
    groups = [{"name": "all", "lr": lr}]
    schedule = read(document(phase, epochs=1, per_epoch=steps, groups=groups))
    found = [p.message for p in lrd.check(schedule) if p.severity == "error"]
    if found:
        with pytest.raises(ScheduleError) as raised:
            lrd.simulate(schedule)
        assert found[0] in str(raised.value)
    return found


# -- published numbers -----------------------------------------------------------------------------


def after_warm_up(name, params=None):
    """Two steps of warm-up to an LR of 10 and eight of the family: Hugging Face's own test."""
    warm_up = {"scheduler": "warmup_linear", "params": {}, "length": "2 steps"}
    phase = {"scheduler": name, "params": params or {}, "length": "rest", "start": "base"}
    return run(warm_up, phase, steps=10, groups=TEN)


def inside(name, params):
    return run({"scheduler": name, "params": params}, steps=10, groups=TEN)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (after_warm_up("budgeted_linear"), [0, 5, 10, 8.75, 7.5, 6.25, 5, 3.75, 2.5, 1.25]),
        (after_warm_up("cosine_cycles"), [0, 5, 10, 9.61, 8.53, 6.91, 5, 3.08, 1.46, 0.38]),
        (after_warm_up("cosine_floor"), [0, 5, 10, 9.61, 8.53, 6.91, 5, 3.08, 1.46, 0.38]),
        (
            after_warm_up("cosine_hard_restarts", {"num_cycles": 2}),
            [0, 5, 10, 8.53, 5, 1.46, 10, 8.53, 5, 1.46],
        ),
        (
            after_warm_up("polynomial_end", {"power": 2, "lr_end": 1e-7}),
            [0, 5, 10, 7.656, 5.625, 3.906, 2.5, 1.406, 0.625, 0.156],
        ),
        (
            inside("inverse_sqrt", {"num_warmup_steps": 2}),
            [0, 5, 10, 8.165, 7.071, 6.325, 5.774, 5.345, 5, 4.714],
        ),
        (
            inside("wsd", {"warmup_steps": 2, "decay_steps": 2}),
            [0, 5, 10, 10, 10, 10, 10, 10, 10, 5],
        ),
    ],
    ids=["linear", "cosine", "floor", "restarts", "polynomial", "inverse sqrt", "wsd"],
)
def test_the_numbers_in_hugging_faces_tests(found, wanted):
    assert np.allclose(found, wanted, atol=1e-2)


def test_paddles_documented_example():
    """boundaries = [100, 200], values = [1.0, 0.5, 0.1]."""
    params = {"table": [[0, 1.0], [100, 0.5], [200, 0.1]], "values": "lr"}
    found = run({"scheduler": "piecewise_constant", "params": params}, steps=300)
    assert np.allclose(found, [1.0] * 100 + [0.5] * 100 + [0.1] * 100, rtol=1e-15)


def test_a_hand_written_list_of_epochs_and_lrs():
    params = {"table": [[2, 0.1], [1, 0.01], [1, 0.001]], "times": "length", "values": "lr"}
    phase = {"scheduler": "piecewise_constant", "params": params, "interval": "epoch"}
    data = document(phase, epochs=5, per_epoch=3)
    wanted = np.repeat([0.1, 0.1, 0.01, 0.001, 0.001], 3)
    assert np.allclose(lrd.simulate(read(data)).lr[0], wanted, rtol=1e-15)


def test_the_transformers_peak():
    """d_model 512 and 4000 steps of warm-up: 7.0e-4 at the 4000th step."""
    found = run({"scheduler": "noam", "params": {}}, steps=8000, groups=[{"name": "a", "lr": 1.0}])
    assert found.argmax() + 1 == 4000
    assert found.max() == pytest.approx(512**-0.5 * 4000**-0.5, rel=1e-12)
    assert found.max() == pytest.approx(7.0e-4, abs=2e-6)


def test_t5_begins_at_a_hundredth():
    found = run({"scheduler": "t5_rsqrt", "params": {}}, steps=10, groups=TEN)
    assert np.allclose(found, 0.01, rtol=1e-15)


def test_deepspeeds_logarithm_is_the_default():
    found = inside("deepspeed_warmup", {})
    assert found[:2] == pytest.approx([0, 10 * np.log10(2)])
    assert found[9] == pytest.approx(10)


def test_rex_is_two_different_curves():
    half = inside("rex", {"total_steps": 20})[-1], inside("rex", {"beta": 0.9})[5]
    assert inside("rex", {})[5] == pytest.approx(10 * 2 / 3)
    assert half[1] == pytest.approx(10 * 0.5 / 0.55)


# -- what is refused -------------------------------------------------------------------------------


def bad_values(param):
    """Values just outside what a parameter allows."""
    if isinstance(param, FloatParam):
        for bound, beyond in (
            (param.minimum, -1e-9),
            (param.maximum, 1e-6),
            (param.above, 0),
            (param.below, 0),
        ):
            if bound is not None:
                yield bound + beyond
    elif isinstance(param, IntParam):
        yield param.minimum - 1
        yield param.maximum + 1
    elif isinstance(param, IntListParam):
        yield from ([-1], [3, 2])
    elif isinstance(param, TableParam):
        yield from ([[-1, 0.5]], [[0, -0.5]], [[10**12, 1.0]])
    elif isinstance(param, ChoiceParam):
        yield "nonsense"
    elif isinstance(param, TextParam):
        yield "x" * 10**6
    elif isinstance(param, ConstantsParam):
        yield {f"k{place}": 1.0 for place in range(33)}


HOSTILE = ("__class__", "t.__class__", "__import__('os')", "lambda: 0", "9 ** 9 ** 9", "t" * 10**6)
NOT_NAMES = (
    "",
    "t",
    "T",
    "lr",
    "pi",
    "exp",
    "math",
    "lambda",
    "True",
    "__class__",
    "a.b",
    "ä",
    " k",
)


def wrong_types(param):
    if isinstance(param, FormulaParam):
        yield from (0.5, True, {}, [[]], "", "0.5 *", "(" * 60 + ")" * 60, *HOSTILE)
        return
    if isinstance(param, TextParam):
        yield from (0.5, True, {}, [[]], "a\nb", "a\x00", "\u202e")
        return
    if isinstance(param, ConstantsParam):
        yield from ("0.5", [[]], {"k": "1"}, {"k": True}, {"k": None}, {"k": {}}, {"k": 10**400})
        yield from ({name: 1.0} for name in (*NOT_NAMES, "k" * 33))
        return
    yield from ({}, [[]], "0.5" if not isinstance(param, ChoiceParam) else 3)
    if isinstance(param, IntParam | BoolParam):
        yield 2.5
    if not isinstance(param, BoolParam):
        yield True
    if isinstance(param, TableParam):
        yield from ([[0]], [[0, 1, 2]], [[0.5, 1]], [[0, "1"]], [[True, 1]], [[0, 10**400]])


@pytest.mark.parametrize(("name", "param"), DECLARED)
def test_every_limit_has_its_sentence(name, param):
    for value in bad_values(param):
        found = errors(name, {**FAMILIES[name][0], param.name: value})
        assert found[0] == param.error(value)
        assert param.name in found[0]


@pytest.mark.parametrize(("name", "param"), DECLARED)
def test_the_wrong_type_is_no_document(name, param):
    for value in wrong_types(param):
        params = {**FAMILIES[name][0], param.name: value}
        phase = {"scheduler": name, "params": params}
        with pytest.raises(lrd.DocumentError, match=param.name):
            lrd.loads(json.dumps(document(phase)))


@each
def test_required_parameters(name):
    for param in schedulers()[name].params:
        if param.required:
            rest = {k: v for k, v in FAMILIES[name][0].items() if k != param.name}
            assert errors(name, rest)[0].startswith(f"{param.name} is missing; give ")


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("wsd", {"warmup_steps": 20, "decay_steps": 5}, "25 steps do not fit into 24"),
        ("wsd", {"min_lr": 0.1, "min_lr_ratio": 0.1}, "min_lr and min_lr_ratio are both given"),
        ("polynomial_end", {"lr_end": 1, "lr_end_ratio": 1}, "lr_end and lr_end_ratio are both"),
        ("trapezoidal", {"decay_steps": 25}, "25 steps do not fit into 24"),
        ("knee", {"explore_steps": 24}, "24 steps do not fit into 24, and 1 must be left over"),
        ("inverse_sqrt_megatron", {"lr_warmup_steps": 24}, "and 1 must be left over"),
        ("tri_stage", {"warmup_steps": 10, "hold_steps": 14}, "leave nothing of 24 for the decay"),
        ("cosine_restarts_decay", {"warmup_steps": 24}, "but a cycle has 24 steps"),
        (
            "cosine_restarts_decay",
            {"first_cycle_steps": 1, "cycle_mult": 1.1, "gamma": 0.9},
            "cycles of different lengths",
        ),
        ("wsd_s", {"period_ends": []}, "period_ends must be 1 or greater, each one once"),
        ("wsd_s", {"period_ends": [0, 3]}, "period_ends must be 1 or greater, each one once"),
        ("wsd_s", {"period_ends": [3, 3]}, "period_ends must be 1 or greater, each one once"),
        ("wsd_s", {"period_ends": [9], "warmup_steps": 9}, "do not fit into the first period"),
        ("wsd_s", {"period_ends": [9], "decay_type": "inverse"}, "needs a floor above 0"),
        ("inverse_floor", {"min_lr_ratio": 0}, "must be above 0"),
        ("cosine_linear_tail", {"decay_steps": 25}, "25 steps do not fit into 24"),
        ("piecewise_constant", {"table": [[3, 1], [3, 2]]}, "rising starts"),
        ("piecewise_constant", {"table": [[0, 1]], "times": "length"}, "must be 1 or greater"),
        ("piecewise_linear", {"points": [[3, 1], [3, 2]]}, "rising times, each one once"),
        ("piecewise_linear", {"points": [[n, n % 7] for n in range(1001)]}, "at most 1,000"),
        ("log_interpolation", {"min_lr": 1e-300, "max_lr": 1e300}, "no formula that can be"),
    ],
)
def test_rules_across_parameters(name, params, words):
    steps = 300 if "cycles" in words else 24
    assert words in errors(name, params, steps)[0]


def test_absolute_lrs_from_nothing():
    (message,) = errors("cosine_floor", {"min_lr": 1e-3}, lr=0.0)
    assert "starts from an LR of 0" in message
    assert not errors("cosine_floor", {"min_lr_ratio": 0.1}, lr=0.0)


def test_growth_beyond_all_numbers_is_said():
    phase = {"scheduler": "exponential_steps", "params": {"decay_rate": 1e300, "decay_steps": 1}}
    with pytest.raises(ScheduleError, match="at t = 2"):
        run(phase, steps=24)
    assert "not finite" in errors_of_preview(phase)


def errors_of_preview(phase):
    return next(iter(preview(read(document(phase, epochs=1, per_epoch=24))).errors.values()))


# -- at random -------------------------------------------------------------------------------------


def some_values(param):
    if isinstance(param, FloatParam):
        low = max(x for x in (param.minimum, param.above, -1e3) if x is not None)
        high = min(x for x in (param.maximum, param.below, 1e3) if x is not None)
        usual = st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0, 1e-12, 1e-300, 1e300])
        one = st.floats(low, high) | usual
    elif isinstance(param, IntParam):
        one = st.integers(param.minimum, 30) | st.sampled_from([24, 1000, 10**9])
    elif isinstance(param, IntListParam):
        one = st.lists(st.integers(0, 30), max_size=4).map(sorted)
    elif isinstance(param, TableParam):
        row = st.tuples(st.integers(0, 30), st.floats(0, 3)).map(list)
        one = st.lists(row, min_size=1, max_size=5).map(sorted)
    elif isinstance(param, ChoiceParam):
        one = st.sampled_from(param.choices)
    elif isinstance(param, FormulaParam):
        one = st.sampled_from(["lr * exp(-k * t / T)", "k", "lr / (t - 3) ** 2", "abs(k) ** t"])
    elif isinstance(param, ConstantsParam):
        one = st.dictionaries(st.sampled_from(["k", "low"]), st.floats(0, 1e3))
    elif isinstance(param, TextParam):
        one = st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=20)
    else:
        one = st.booleans()
    return one | st.none() if param.accepts_null else one


@each
@settings(max_examples=25)
@given(data=st.data())
def test_finite_or_refused(name, data):
    """Every value from t = 0 to the end is a finite LR, or the app says why not."""
    params = {}
    for param in schedulers()[name].params:
        if param.required or data.draw(st.booleans()):
            params[param.name] = data.draw(some_values(param))
    steps = data.draw(st.sampled_from([1, 2, 5, 24]))
    lr = data.draw(st.sampled_from([0.1, 1e-7, 3.0, 0.0]))
    phase = {"scheduler": name, "params": params, "length": f"{steps} steps"}
    groups = [{"name": "all", "lr": lr}]
    schedule = read(document(phase, epochs=1, per_epoch=steps + 2, groups=groups))
    fast, curve = preview(schedule), simulated(schedule)
    assert bool(fast.errors) == (curve is None)
    if curve is None:
        return
    assert np.isfinite(curve.lr).all()
    assert (curve.lr >= 0).all()
    height = max(lr, curve.lr.max())  # 1 - exp(-x) has no more digits than its 1
    assert np.allclose(fast.lr, curve.lr, rtol=1e-11, atol=1e-14 * height)


def simulated(schedule):
    """The run, or None where the app refuses it by naming the phase."""
    with contextlib.suppress(ScheduleError):
        return lrd.simulate(schedule)
    with pytest.raises(ScheduleError, match=r"phases\[0\]"):
        lrd.simulate(schedule)
    return None
