"""Whole numbers divided and raised quickly, to the bits of NumPy and of Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrdesigner.engine._formula_whole import few_powers, whole_quotients, whole_remainders

COUNT = 1500


def spread(low, high):
    return np.floor(np.linspace(low, high, COUNT))


@given(st.integers(-(10**16), 10**16), st.integers(0, 10**16), st.integers(1, 10**16))
@example(0, 10**6, 100)
@example(-50, 3000, 7)
@example(2**49, 2**49, 3)
def test_division(low, span, divisor):
    values, by = spread(low, low + span), np.asarray(float(divisor))
    for quick, plain in ((whole_quotients, np.floor_divide), (whole_remainders, np.remainder)):
        found = quick(values, by)
        if found is not None:
            assert np.array_equal(found, plain(values, by))
    if abs(low) + span < 2**49 and divisor < 2**49:
        found = whole_remainders(values, by)
        assert found is not None
        assert found[::100].tolist() == [each % divisor for each in values[::100].tolist()]


@given(st.floats(0, 2), st.integers(-200, 200), st.integers(0, 600))
def test_powers(base, low, span):
    exponents = spread(low, low + span)
    with np.errstate(all="ignore"):
        found = few_powers(np.asarray(base), exponents)
        assert found is not None
        assert np.array_equal(found, np.power(base, exponents))


@pytest.mark.parametrize(
    "values",
    [
        np.linspace(0, 10, COUNT),
        np.append(spread(0, 100), np.nan),
        np.append(spread(0, 100), np.inf),
        np.append(spread(0, 100), 1e300),
        np.arange(10.0),
    ],
    ids=["broken", "no number", "endless", "huge", "few"],
)
def test_anything_else_is_numpys(values):
    with np.errstate(all="ignore"):
        assert whole_quotients(values, np.asarray(3.0)) is None
        assert whole_remainders(values, np.asarray(3.0)) is None
        assert few_powers(np.asarray(0.9), values) is None


@pytest.mark.parametrize("divisor", [0.0, -3.0, 2.5, np.nan, np.inf])
def test_odd_divisors_are_numpys(divisor):
    assert whole_remainders(spread(0, 100), np.asarray(divisor)) is None
