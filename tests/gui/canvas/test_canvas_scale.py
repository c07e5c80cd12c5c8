"""The LR axis: what it shows, and that there and back is the same place."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrdesigner.axes import value_axis
from lrdesigner.gui.canvas.lane_content import LaneScale
from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.schedule.model import Group

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


def test_what_is_less_than_zero_is_marked_as_such_in_log():
    scale = LrScale.fit([Extent(-0.1, 0.1, 1e-4)], log=True)
    assert scale.ticks(400)[0] == (scale.floor, "≤ 0")
    nothing = LrScale.fit([Extent(0.0, 0.1, 1e-4)], log=True)
    assert nothing.ticks(400)[0] == (nothing.floor, "0")
    assert not nothing.covers(scale)
    assert nothing.widened(scale).below


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


EXTREME = st.sampled_from([5e-324, 1e-310, 1e-300, 1e-12, 0.1, 1e100, 1e308, 1.7e308])
LRS = st.one_of(EXTREME, st.floats(0.0, allow_infinity=False, allow_nan=False))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(LRS, min_size=1, max_size=3), max_size=3), st.booleans())
@pytest.mark.parametrize("make", [LrScale.fit, LaneScale.around])
def test_any_learning_rates_have_an_axis(make, lines, log):
    extents = [
        Extent(min(line), max(line), min((v for v in line if v > 0), default=math.inf))
        for line in lines
    ]
    scale = make(extents, log)
    assert math.isfinite(scale.low)
    assert math.isfinite(scale.high)
    assert scale.high > scale.low
    ticks = scale.ticks(300)
    assert ticks
    spare = 1e-6 * (scale.high - scale.low)
    assert all(scale.low - spare <= unit <= scale.high + spare for unit, _ in ticks)
    values = np.array([value for line in lines for value in line])
    assert np.isfinite(scale.units(values)).all()
    for value in values.tolist():
        assert math.isfinite(scale.unit(value))
    for unit in (scale.low, scale.high, 2 * scale.high - scale.low):
        assert math.isfinite(scale.value(unit))


@settings(max_examples=200, deadline=None)
@given(st.lists(LRS, min_size=1, max_size=4), st.booleans())
def test_any_learning_rates_have_an_axis_in_pictures(values, log):
    axis = value_axis([np.array(values)], log=log, marks=5)
    assert 0 < axis.high - axis.low < math.inf
    assert np.isfinite(axis.place(np.array(values))).all()


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("rates", [[1e308], [5e-324], [1.7e308, 5e-324], [1e-310, 0.1]], ids=len)
def test_the_canvas_draws_any_learning_rate(qtbot, canvas, rates, log):
    controller = canvas._controller
    groups = tuple(Group(name=f"g{i}", lr=rate) for i, rate in enumerate(rates))
    before = controller.schedule
    changed = before.replace(optimizer=before.optimizer.replace(groups=groups))
    controller.set_view(replace(controller.view, log=log))
    controller.edit("change LR", changed)
    for unit in ("steps", "epochs"):
        controller.set_view(replace(controller.view, unit=unit))
        assert not canvas.grab().isNull()
    assert canvas.view.plane.scale.high < math.inf
