"""The LR axis: what it shows, and that there and back is the same place."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.gui.canvas.scale import LrScale

USUAL = Extent(1e-5, 1e-1, 1e-5)
TO_ZERO = Extent(0.0, 1e-1, 1e-4)


@pytest.mark.parametrize("log", [False, True])
def test_everything_has_its_place_with_a_margin(log):
    scale = LrScale.fit([USUAL, Extent(1e-3, 5e-3, 1e-3)], log)
    units = scale.units(np.array([1e-5, 1e-1]))
    assert scale.low < units[0] < units[1] < scale.high


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("value", [1e-5, 3.21e-3, 0.1])
def test_there_and_back(log, value):
    scale = LrScale.fit([USUAL], log)
    assert scale.value(scale.unit(value)) == pytest.approx(value, rel=1e-12)
    assert scale.unit(value) == pytest.approx(float(scale.units(np.array([value]))[0]))


def test_linear_starts_at_zero():
    scale = LrScale.fit([Extent(0.05, 0.1, 0.05)], log=False)
    assert scale.low <= 0 < scale.high


def test_log_labels_are_powers_of_ten():
    ticks = LrScale.fit([USUAL], log=True).ticks(300)
    assert [text for _, text in ticks] == ["1e−5", "1e−4", "1e−3", "1e−2", "1e−1"]
    assert [unit for unit, _ in ticks] == pytest.approx([-5, -4, -3, -2, -1])


def test_linear_labels_have_at_most_four_digits():
    for extent in (USUAL, Extent(0, 0.00123, 0.001), Extent(0, 3e-4, 1e-6), Extent(0, 12.5, 1)):
        for _, text in LrScale.fit([extent], log=False).ticks(300):
            digits = text.replace("−", "").split("e")[0].replace(".", "").lstrip("0")
            assert len(digits) <= 4, text


def test_zero_in_log_stands_on_a_marked_floor_below_all_else():
    scale = LrScale.fit([TO_ZERO], log=True)
    floor = scale.unit(0.0)
    assert scale.zero
    assert scale.low < floor < math.log10(1e-4)
    assert scale.unit(-1.0) == floor
    assert scale.ticks(300)[0] == (floor, "0")
    assert not LrScale.fit([USUAL], log=True).zero


def test_the_floors_label_has_room():
    height = 200
    for low in (1e-7, 2e-7, 5e-7, 1e-6):
        scale = LrScale.fit([Extent(0.0, 1e-2, low)], log=True)
        first, second, *_ = scale.ticks(height)
        assert (second[0] - first[0]) * height / (scale.high - scale.low) >= 16


def test_a_dive_to_almost_nothing_does_not_squeeze_the_rest():
    scale = LrScale.fit([Extent(1e-30, 1e-1, 1e-30)], log=True)
    assert scale.high - scale.low < 10
    assert scale.clipped
    assert scale.ticks(300)[0][1] == "lower"
    # A group whose LR is simply much lower is not cut off.
    low_group = LrScale.fit([Extent(1e-1, 1.0, 1e-1), Extent(1e-9, 1e-8, 1e-9)], log=True)
    assert not low_group.clipped


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "extents", [[], [Extent(0.0, 0.0, math.inf)], [Extent(0.1, 0.1, 0.1)]], ids=len
)
def test_flat_or_empty_still_has_a_range(extents, log):
    scale = LrScale.fit(extents, log)
    assert scale.high - scale.low > 0
    assert math.isfinite(scale.low)
    assert math.isfinite(scale.high)


def test_covers_tells_whether_a_curve_has_left_the_range():
    scale = LrScale.fit([USUAL], log=True)
    assert scale.covers(LrScale.fit([Extent(1e-4, 5e-2, 1e-4)], log=True))
    assert not scale.covers(LrScale.fit([Extent(1e-4, 5.0, 1e-4)], log=True))
    assert not scale.covers(LrScale.fit([TO_ZERO], log=True))
    assert not scale.covers(LrScale.fit([USUAL], log=False))
    both = scale.widened(LrScale.fit([Extent(1e-4, 5.0, 1e-4)], log=True))
    assert both.covers(scale)
    assert both.high > scale.high
