from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.gui.widgets.stepping import Pace, step_float, step_int


def walk(value: float, direction: int, count: int, pace: Pace = Pace.NORMAL) -> list[float]:
    result = []
    for _ in range(count):
        value = step_float(value, direction, pace, 1e-6)
        result.append(value)
    return result


def test_a_step_is_a_tenth_of_the_decade() -> None:
    assert walk(1e-3, 1, 3) == [1.1e-3, 1.2e-3, 1.3e-3]
    assert walk(9.8e-3, 1, 3) == [9.9e-3, 1e-2, 1.1e-2]
    assert walk(0.9, 1, 2) == [0.91, 0.92]


def test_stepping_down_uses_the_decade_it_leads_into() -> None:
    assert walk(1.1e-3, -1, 3) == [1e-3, 9.9e-4, 9.8e-4]


def test_fine_is_a_hundredth_and_coarse_goes_by_1_2_5() -> None:
    assert walk(1e-3, 1, 2, Pace.FINE) == [1.01e-3, 1.02e-3]
    assert walk(1e-3, 1, 4, Pace.COARSE) == [2e-3, 5e-3, 1e-2, 2e-2]
    assert walk(1e-3, -1, 4, Pace.COARSE) == [5e-4, 2e-4, 1e-4, 5e-5]
    assert walk(3e-3, 1, 1, Pace.COARSE) == [5e-3]
    assert walk(3e-3, -1, 1, Pace.COARSE) == [2e-3]


def test_zero_is_left_and_reached() -> None:
    assert walk(0.0, 1, 2) == [1e-6, 1.1e-6]
    assert walk(0.0, -1, 1) == [-1e-6]
    assert walk(1e-6, -1, 1) == [0.0]
    assert walk(-1e-6, 1, 1) == [0.0]


def test_negative_numbers_mirror_positive_ones() -> None:
    assert walk(-1e-3, -1, 2) == [-1.1e-3, -1.2e-3]
    assert walk(-1.1e-3, 1, 2) == [-1e-3, -9.9e-4]


@given(
    st.one_of(
        st.tuples(st.integers(10, 99), st.just(Pace.NORMAL)),
        st.tuples(st.integers(100, 999), st.just(Pace.FINE)),
    ),
    st.integers(-12, 6),
    st.integers(1, 40),
)
def test_back_and_forth_finds_the_same_float(
    start: tuple[int, Pace], exponent: int, count: int
) -> None:
    digits, pace = start
    first = value = float(f"{digits}e{exponent}")
    for direction in (1, -1):
        for _ in range(count):
            value = step_float(value, direction, pace, 1e-30)
    assert value == first


@given(st.floats(1e-12, 1e6), st.sampled_from(list(Pace)), st.sampled_from([1, -1]))
def test_a_step_always_moves_the_right_way_and_little(
    value: float, pace: Pace, direction: int
) -> None:
    stepped = step_float(value, direction, pace, 1e-30)
    assert (stepped > value) == (direction > 0)
    assert value / 2.6 < stepped < value * 2.6


@pytest.mark.parametrize(
    ("value", "direction", "pace", "expected"),
    [
        (5, 1, Pace.NORMAL, 6),
        (5, -1, Pace.NORMAL, 4),
        (0, -1, Pace.NORMAL, -1),
        (5, 1, Pace.FINE, 6),
        (50, 1, Pace.COARSE, 60),
        (100, 1, Pace.COARSE, 110),
        (1251, 1, Pace.COARSE, 1351),
        (1000, -1, Pace.COARSE, 990),
        (5, 1, Pace.COARSE, 15),
        (0, 1, Pace.COARSE, 10),
    ],
)
def test_whole_numbers_step_by_one_or_coarsely(
    value: int, direction: int, pace: Pace, expected: int
) -> None:
    assert step_int(value, direction, pace) == expected
