"""The numbers curves are compared by: their definitions, followed literally step by step."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.compare.numbers import curve_numbers, ratio, sampled_numbers
from lrdesigner.engine.preview import preview
from lrdesigner.engine.simulate import simulate
from lrdesigner.examples import examples

VALUES = st.one_of(st.just(0.0), st.floats(1e-8, 10.0), st.floats(-1e-3, -1e-8))
ROWS = st.lists(VALUES, min_size=1, max_size=60).map(lambda values: np.array(values))


def literally(lr: list[float]) -> dict[str, object]:
    """The numbers as their definitions say, one step after another."""
    peak = max(lr)
    logs = [math.log10(value) for value in lr if value > 0]
    return {
        "steps": len(lr),
        "peak": peak,
        "peak_step": next(k for k, v in enumerate(lr) if v >= peak - 1e-9 * abs(peak)),
        "minimum": min(lr),
        "minimum_step": lr.index(min(lr)),
        "end": lr[-1],
        "area": math.fsum(lr),
        "near_peak": sum(v >= 0.9 * peak * (1 - 1e-9) for v in lr) if peak > 0 else 0,
        "mean_log": math.fsum(logs) / len(logs) if logs else None,
        "zeros": sum(v <= 0 for v in lr),
        "missing": 0,
        "exact": True,
    }


@given(ROWS)
def test_every_number_is_what_its_definition_says(lr):
    found = curve_numbers(lr)
    for name, expected in literally(lr.tolist()).items():
        value = getattr(found, name)
        if name in ("area", "mean_log") and expected is not None:
            assert value == pytest.approx(expected, rel=1e-12, abs=1e-12)
        else:
            assert value == expected, name
    assert found.warm_up == found.peak_step / len(lr)
    assert found.near_peak_share == found.near_peak / len(lr)


def test_a_warm_up_hold_and_linear_decay():
    """Numbers one can check by hand: 10 steps up, 20 at the peak, 10 down to zero."""
    up = [k / 10 for k in range(10)]
    down = [1 - k / 10 for k in range(10)]
    found = curve_numbers(np.array([*up, *[1.0] * 20, *down]))
    assert (found.peak, found.peak_step, found.warm_up) == (1.0, 10, 0.25)
    assert (found.minimum, found.minimum_step, found.zeros) == (0.0, 0, 1)
    assert found.end == pytest.approx(0.1)
    assert found.area == pytest.approx(4.5 + 20 + 5.5)
    assert found.near_peak == 1 + 20 + 2  # 0.9; the hold; 1.0 and 0.9


def test_the_mean_of_the_log_is_that_of_the_geometric_mean():
    found = curve_numbers(np.array([1e-2, 1e-4, 1e-3]))
    assert found.mean_log == pytest.approx(-3)
    assert found.geometric_mean == pytest.approx(1e-3)


def test_steps_at_zero_are_counted_and_have_no_say_in_the_log():
    found = curve_numbers(np.array([0.0, 1e-2, 1e-4, 0.0]))
    assert (found.mean_log, found.zeros) == (pytest.approx(-3), 2)
    nothing = curve_numbers(np.zeros(5))
    assert (nothing.mean_log, nothing.geometric_mean, nothing.zeros) == (None, None, 5)
    assert (nothing.peak, nothing.near_peak, nothing.area) == (0.0, 0, 0.0)


def test_rounding_does_not_move_the_peak():
    """Each cycle reaches the same peak but for the last bit; the first one is meant."""
    lr = np.array([0.0, 0.1, 0.0, 0.1 * (1 + 2**-52), 0.0, 0.1 * (1 + 2**-50)])
    assert curve_numbers(lr).peak_step == 1
    assert curve_numbers(np.array([0.1, 0.1 * (1 + 1e-8)])).peak_step == 1


def test_gaps_of_a_recorded_run_are_counted_and_left_out():
    lr = np.array([math.nan, 0.2, math.nan, 0.4, 0.1, math.inf])
    found = curve_numbers(lr)
    assert found.missing == 3
    assert (found.peak, found.peak_step, found.minimum, found.end) == (0.4, 3, 0.1, 0.1)
    assert found.area == pytest.approx(0.7)
    assert found.steps == 6
    with pytest.raises(ValueError, match="no values"):
        curve_numbers(np.array([math.nan, math.nan]))


def test_a_sum_that_overflows_is_no_gap():
    assert curve_numbers(np.array([1e308, 1e308])).missing == 0


@given(ROWS, st.data())
def test_known_at_some_steps_the_rest_lies_on_straight_lines(lr, data):
    """Sampled numbers are those of the row with all steps between filled in."""
    gaps = data.draw(st.lists(st.integers(1, 9), min_size=len(lr) - 1, max_size=len(lr) - 1))
    steps = np.concatenate([[0], np.cumsum(gaps)]).astype(np.int64)
    total = int(steps[-1]) + data.draw(st.integers(1, 9))
    full = np.interp(np.arange(total), steps, lr)
    found, expected = sampled_numbers(lr, steps, total), curve_numbers(full)
    assert found.steps == total
    for name in ("peak", "minimum", "end"):
        assert getattr(found, name) == getattr(expected, name)
    scale = 1e-9 * total * float(np.abs(lr).max())
    assert found.area == pytest.approx(expected.area, rel=1e-9, abs=scale + 1e-300)
    level = 0.9 * expected.peak * (1 - 1e-9)
    unclear = np.count_nonzero(np.abs(full - level) <= 1e-12 * abs(level))
    assert abs(found.near_peak - expected.near_peak) <= unclear


@pytest.mark.parametrize("name", [example.key for example in examples()])
def test_the_fast_curves_numbers_are_close_to_the_exact_ones(name):
    schedule = next(example for example in examples() if example.key == name).load()
    fast = preview(schedule)
    exact = simulate(schedule)
    for row, truth in zip(fast.lr, exact.lr, strict=True):
        found, expected = sampled_numbers(row, fast.steps, schedule.steps), curve_numbers(truth)
        assert found.peak == pytest.approx(expected.peak, rel=1e-3)
        assert found.end == pytest.approx(expected.end, rel=1e-9, abs=1e-15)
        assert found.area == pytest.approx(expected.area, rel=5e-3)
        if expected.mean_log is not None and found.mean_log is not None:
            assert found.mean_log == pytest.approx(expected.mean_log, abs=0.02)


def test_ratios_are_left_out_where_they_say_nothing():
    assert ratio(3.0, 2.0) == 1.5
    assert ratio(0.0, 0.0) == 1.0
    assert ratio(1.0, 0.0) is None
    assert ratio(-1.0, 2.0) is None
    assert ratio(1e308, 1e-308) is None
