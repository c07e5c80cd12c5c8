"""Fast curves that do not go tick by tick, against the plain loops they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lrdesigner.catalog import Args
from lrdesigner.engine.formula import parse_formula
from lrdesigner.schedulers import multiplicative_lr, reduce_lr_on_plateau


def plain_plateau(metric, args, group):
    """One tick after the other, as torch's own `step` does."""
    low, relative, threshold = (
        args["mode"] == "min",
        args["threshold_mode"] == "rel",
        args["threshold"],
    )
    lr = args.bases[group]
    best, bad, resting = np.inf if low else -np.inf, 0, 0
    levels = [lr]
    for value in metric:
        if low:
            better = value < (best * (1.0 - threshold) if relative else best - threshold)
        else:
            better = value > (best * (threshold + 1.0) if relative else best + threshold)
        if better:
            best, bad = value, 0
        else:
            bad += 1
        if resting > 0:
            resting, bad = resting - 1, 0
        if bad > args["patience"]:
            reduced = max(lr * args["factor"], args.group("min_lr", group))
            lr = reduced if lr - reduced > args["eps"] else lr
            resting, bad = args["cooldown"], 0
        levels.append(lr)
    return np.array(levels)


def plateau_args(metric, bases=(0.1,), **values):
    defaults = {
        "mode": "min",
        "factor": 0.5,
        "patience": 1,
        "threshold": 1e-4,
        "threshold_mode": "rel",
        "cooldown": 0,
        "min_lr": 0.0,
        "eps": 1e-8,
    }
    series = np.array(metric, np.float64)
    values = {**defaults, **values, "metric": series}
    return Args(values, frozenset(), max(1, len(series)), len(series), bases)


def same(metric, **values):
    args = plateau_args(metric, **values)
    times = np.arange(len(metric) + 1, dtype=np.int64)
    found = reduce_lr_on_plateau.curve(times, args, 0)
    wanted = plain_plateau([float(value) for value in metric], args, 0)
    assert found.tobytes() == wanted.tobytes()


numbers = st.one_of(
    st.integers(-3, 3).map(float),  # many ties, and values around zero
    st.floats(-10, 10),
    st.floats(allow_nan=False, allow_infinity=False),
)
params = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["min", "max"]),
        "threshold_mode": st.sampled_from(["rel", "abs"]),
        "threshold": st.sampled_from([0.0, 1e-4, 0.1, 1.0, 1.5]),
        "factor": st.sampled_from([0.0, 0.1, 0.5, 0.9, 0.999]),
        "patience": st.sampled_from([0, 1, 2, 5, 10**30]),
        "cooldown": st.sampled_from([0, 1, 3, 10**30]),
        "min_lr": st.sampled_from([0.0, 0.01, 0.1, 0.5]),
        "eps": st.sampled_from([0.0, 1e-8, 0.02]),
        "bases": st.sampled_from([(0.1,), (0.0,), (1e-7,), (5e-324,)]),
    }
)


@pytest.fixture
def blocks(monkeypatch):
    """Short blocks, so that short metrics cross their borders."""

    def of(size):
        monkeypatch.setattr(reduce_lr_on_plateau, "BLOCK", size)

    return of


@pytest.mark.parametrize("block", [1, 2, 3, 7, 4096])
def test_a_plateau_decides_as_the_plain_loop(blocks, block):
    blocks(block)

    @settings(max_examples=300, deadline=None)
    @given(st.lists(numbers, max_size=40), params)
    @example([], {})
    @example([1.0] * 30, {"patience": 0, "cooldown": 2, "factor": 0.9, "min_lr": 0.05})
    @example([3.0, 2.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4], {"cooldown": 3, "patience": 0})
    def check(metric, values):
        same(metric, **values)

    check()


@pytest.mark.parametrize("mode", ["min", "max"])
@pytest.mark.parametrize("threshold_mode", ["rel", "abs"])
@pytest.mark.parametrize("values", [{}, {"eps": 0.0, "factor": 0.9999, "patience": 0}])
def test_long_plateaus(mode, threshold_mode, values):
    t = np.arange(20_000)
    noise = np.random.default_rng(1).normal(size=len(t))
    for metric in (
        np.exp(-t / 20),
        -1.0 * t,
        1.0 * t,
        np.exp(-t / 3000) + 0.1 * noise,
        np.where(t % 2, 1.0, -t),
        np.full(len(t), 2.0),
    ):
        same(metric, mode=mode, threshold_mode=threshold_mode, cooldown=2, **values)


def test_a_plateau_at_some_times_of_several_groups():
    metric = [1.0] * 500
    args = plateau_args(metric, bases=(0.1, 0.3), min_lr=[0.0, 0.1], patience=20)
    times = np.array([499, 0, 21, 22, 500, 22], np.int64)
    for group in (0, 1):
        found = reduce_lr_on_plateau.curve(times, args, group)
        assert found.tolist() == plain_plateau(metric, args, group)[times].tolist()


SMOOTH = ["1 - 1e-6 * t / T", "exp(-1e-6 * t / T)", "sqrt(1 - 1 / (t + 1000))", "(t + 1) / (t + 2)"]
STEPPED = [
    "0.1 if t == 250000 else 1",  # one step that a grid would miss
    "1 - 1e-3 * (t % 1000 == 0)",
    "1 + 0.001 * cos(pi * t)",  # even and odd steps differ
    "0.99999 if t % 3 else 1",
    "max(1 - 1e-5, 1 - 1e-6 * sqrt(t))",
    "1 - 1e-6 * (t // 50000)",
    "1 + 1e-5 * sin(t / 5000)",
    "1 + 0.001 * cos(t / 5)",
    "1 - 1e-5 * exp(sin(t / 7) * cos(2 * t / 7 + 1))",
]
OTHER = ["-1 + t / (10 * T)", "1 - t / T", "1 - 1e-6 * abs(sin(t))"]


def multiplicative(text, times, length=300_000):
    formula = parse_formula(text)
    args = Args({"lr_lambda": formula}, frozenset(), length, length, (0.1,))
    with np.errstate(all="ignore"):
        found = multiplicative_lr.curve(times, args, 0)
        factors = formula.array(np.arange(1, length + 1), T=length, lr=0.1)
        wanted = np.multiply.accumulate(np.concatenate([[0.1], factors]))[times]
    return found, wanted


TIMES = np.unique(np.linspace(0, 300_000, 4000).astype(np.int64))


@pytest.mark.parametrize("text", [*SMOOTH, *STEPPED, *OTHER])
def test_products_of_very_many_factors(text):
    found, wanted = multiplicative(text, TIMES)
    assert np.allclose(found, wanted, rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize("text", [*SMOOTH, *STEPPED])
def test_a_smooth_formula_is_not_evaluated_at_every_step(text, monkeypatch):
    asked = []
    formula_type = type(parse_formula(text))
    array = formula_type.array

    def counting(self, t, **names):
        asked.append(len(t))
        return array(self, t, **names)

    monkeypatch.setattr(formula_type, "array", counting)
    args = Args({"lr_lambda": parse_formula(text)}, frozenset(), 10**7, 10**7, (0.1,))
    multiplicative_lr.curve(np.array([0, 10**7]), args, 0)
    assert 0 < sum(asked) < 200_000


@pytest.mark.parametrize("text", ["0.9999", "-0.9999", "0 * lr + 1", "0", "0.01 ** (1 / T)"])
def test_a_constant_factor_is_a_power(text):
    found, wanted = multiplicative(text, TIMES)
    assert np.allclose(found, wanted, rtol=1e-10, atol=1e-300)
    assert found[0] == 0.1
