"""Cosines of many angles, the fast way."""

from __future__ import annotations

import numpy as np
import pytest

from lrdesigner.engine import arrays
from lrdesigner.engine.arrays import branch, swings, waves


@pytest.fixture(params=["swift tangents", "slow tangents"], autouse=True)
def tangents(request, monkeypatch):
    """Both of what a processor may have."""
    swift = request.param == "swift tangents"
    monkeypatch.setattr(arrays, "_tangents_are_swift", lambda: swift)


@pytest.mark.parametrize("reach", [np.pi, 100.0, 1e6])
def test_rows_of_cosines_are_close_to_numpys(reach):
    angles = np.linspace(-reach, reach, 40_002).reshape(3, -1)
    assert np.abs(waves(angles) - np.cos(angles)).max() < 1e-15


def test_ends_of_half_a_cosine():
    ends = waves(np.array([[0.0, np.pi], [-np.pi, 2 * np.pi]]))
    assert ends.tolist() == [[1.0, -1.0], [-1.0, 1.0]]


def test_what_is_no_angle_has_no_cosine():
    with np.errstate(all="ignore"):
        assert np.isnan(waves(np.array([[np.inf, -np.inf, np.nan]]))).all()


def test_one_row_is_numpys_to_the_last_bit():
    angles = np.linspace(0, 50, 20_001)
    assert np.array_equal(waves(angles), np.cos(angles))


@pytest.mark.parametrize("bounds", [(3, 9), (9, 3), (0, 20), (5, 5)])
def test_branches_of_rows_that_turn_at_different_times(bounds):
    times = np.arange(16.0)
    first = np.array(bounds)[:, None]

    def yes(now):
        return np.broadcast_to(now * 2, (2, now.shape[-1]))

    def no(now):
        return -now - first

    found = branch(times < first, times, yes, no)
    assert np.array_equal(found, np.where(times < first, times * 2, -times - first))
    constant = branch(times < first, times, yes, lambda _: np.array([[7.0]]))
    assert np.array_equal(constant, np.where(times < first, times * 2, 7.0))


@pytest.mark.parametrize("half", [100.0, np.array([[90.0], [100.0], [1e4]])])
def test_swings_of_rows(half):
    times = np.linspace(0, 100, 501) + np.zeros((3, 1))
    height, low = np.array([[0.1], [2.0], [0.0]]), np.array([[0.0], [0.5], [0.1]])
    found = swings(times, half, height, low)
    if not arrays._tangents_are_swift():
        assert found is None
        return
    wanted = low + height * (1 + np.cos(np.pi * times / half)) / 2
    np.testing.assert_allclose(found, wanted, rtol=1e-13, atol=1e-15)
    assert times.tolist() == (np.linspace(0, 100, 501) + np.zeros((3, 1))).tolist()


def test_a_single_curve_does_not_swing():
    """It is computed as torch does it, to the last bit."""
    assert swings(np.arange(10), 10, 0.1, 0.0) is None


def test_the_trough_is_low_itself():
    """A phase that starts from an LR of 0 is refused, so nothing may be next to 0."""
    for half in (3, 7, 100, 12_345, 10**7):
        times = np.array([[0.0, half / 3, half]])
        found = swings(times, np.array([[float(half)]]), 0.1, 0.0)
        if found is not None:
            assert found[0, 2] == 0.0
            assert found[0, 1] == pytest.approx(0.075, rel=1e-12)


@pytest.mark.parametrize("half", [10, 10.0, np.float64(10)])
def test_single_curves_do_not_swing_however_long_they_are(half):
    assert swings(np.arange(50_000), half, 0.1, 0.0) is None
    assert swings(np.arange(50_000.0), half, 0.1, 0.0) is None
