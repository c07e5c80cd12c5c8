"""Ranges, ticks, labels and the points a line keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.axes import (
    MAX_DECADES,
    log_ticks,
    nice_ticks,
    scientific,
    time_axis,
    value_axis,
)


def axis(*rows, log=False, marks=8):
    return value_axis([np.array(row, dtype=float) for row in rows], log=log, marks=marks)


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 0.00105, 6, [0, 0.0002, 0.0004, 0.0006, 0.0008, 0.001]),
        (0, 50, 11, [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]),
        (0, 125100, 12, [0, 20000, 40000, 60000, 80000, 100000, 120000]),
        (-2e-5, 2e-5, 4, [-2e-5, -1e-5, 0, 1e-5, 2e-5]),
        (0.3, 0.9, 3, [0.4, 0.6, 0.8]),
    ],
)
def test_ticks_are_1_2_5(low, high, count, expected):
    assert nice_ticks(low, high, count) == expected


@given(st.floats(1e-12, 1e12), st.integers(2, 20))
def test_ticks_are_not_many_and_inside(high, count):
    found = nice_ticks(0.0, high, count)
    assert found[0] == 0.0
    assert found[-1] <= high * (1 + 1e-8)
    assert 1 <= len(found) <= count + 1


def test_log_ticks_are_decades():
    assert log_ticks(0.9e-6, 1.1e-2, 8) == [1e-6, 1e-5, 1e-4, 1e-3, 1e-2]
    assert log_ticks(0.9e-8, 1.1e-1, 4) == [1e-8, 1e-6, 1e-4, 1e-2]


def test_a_narrow_log_range_gets_finer_ticks():
    assert log_ticks(0.9e-4, 6e-4, 8) == [1e-4, 2e-4, 5e-4]
    assert log_ticks(2.05e-4, 2.95e-4, 8) == [2.2e-4, 2.4e-4, 2.6e-4, 2.8e-4]


def test_a_linear_axis_begins_at_zero_and_has_room_above():
    found = axis([0.5, 1.0])
    assert found.low == 0.0
    assert 1.0 < found.high < 1.2
    assert found.labels == ("0", "0.2", "0.4", "0.6", "0.8", "1.0")


@pytest.mark.parametrize("log", [False, True])
def test_a_line_of_zeros_has_an_axis(log):
    found = axis([0.0, 0.0], log=log)
    assert not found.log
    assert found.low < found.high
    assert found.place(np.array([0.0])).tolist() == [0.0]


def test_negative_values_are_inside_a_linear_axis():
    found = axis([-2e-5, 2e-5])
    assert found.low < -2e-5 < 2e-5 < found.high
    assert "−1e−5" in found.labels


def test_a_log_axis_spans_the_positive_values():
    found = axis([0.0, 1e-6, 1e-3], log=True)
    assert found.log
    assert 1e-7 < found.low < 1e-6
    assert 1e-3 < found.high < 1e-2
    assert found.labels == ("1e−6", "1e−5", "1e−4", "1e−3")
    assert found.place(np.array([found.low, found.high])) == pytest.approx([0, 1])


def test_a_log_axis_does_not_follow_an_underflow():
    found = axis([1.0, 1e-300], log=True)
    assert found.low > 10.0 ** -(MAX_DECADES + 1)


def test_zero_and_less_lie_below_a_log_axis():
    found = axis([1e-3, 1e-1], log=True)
    places = found.place(np.array([0.0, -1.0, 1e-200]))
    assert np.isfinite(places).all()
    assert (places < 0).all()


def test_a_constant_line_has_a_log_axis_around_it():
    found = axis([1e-3, 1e-3], log=True)
    assert found.low < 1e-3 < found.high
    assert len(found.ticks) >= 2


@pytest.mark.parametrize(
    ("end", "labels"),
    [
        (50, ("0", "10", "20", "30", "40", "50")),
        (125100, ("0", "20,000", "40,000", "60,000", "80,000", "100,000", "120,000")),
        (10_000_000, ("0", "2M", "4M", "6M", "8M", "10M")),
        (2, ("0", "1", "2")),
        (1, ("0", "1")),
        (0.5, ("0", "0.1", "0.2", "0.3", "0.4", "0.5")),
    ],
)
def test_time_labels(end, labels):
    assert time_axis(end, 7).labels == labels


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e-3, "1e−3"), (2.5e-4, "2.5e−4"), (0, "0"), (-1.23456e-5, "−1.235e−5"), (10, "1e1")],
)
def test_scientific(value, text):
    assert scientific(value) == text


def test_tiny_linear_labels_are_scientific():
    assert axis([2e-6]).labels[1] == "5e−7"
