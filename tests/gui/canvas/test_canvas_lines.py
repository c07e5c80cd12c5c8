"""Lines: no peak is lost, nothing is drawn that pixels cannot show."""

from __future__ import annotations

import numpy as np
import pytest

from lrdesigner.gui.canvas.samples import Samples
from lrdesigner.gui.canvas.trace import straightened, trace

WIDTH, HEIGHT = 800, 400


def peaks(n: int) -> np.ndarray:
    """A flat line with one step that sticks out upwards and one downwards."""
    values = np.full(n, 0.5)
    values[n // 3], values[2 * n // 3] = 1.0, 0.0
    return values


@pytest.mark.parametrize("n", [10, 1000, 125_100, 1_000_000])
def test_no_peak_is_lost_and_points_stay_few(n):
    x, y = Samples(peaks(n), n).window(0, n, WIDTH)
    assert y.max() == 1.0
    assert y.min() == 0.0
    assert x[np.argmax(y)] == pytest.approx(n // 3, abs=max(1, n / WIDTH))
    assert len(x) <= max(n + 1, 10 * WIDTH)
    assert (np.diff(x) >= 0).all()


def test_a_zoomed_window_has_exactly_the_steps_in_sight():
    values = np.arange(1_000_000, dtype=float)
    x, y = Samples(values, len(values)).window(500_000.5, 500_010.5, WIDTH)
    assert list(x) == list(range(499_999, 500_013))
    assert list(y) == list(values[499_999:500_013])


def test_the_last_value_holds_until_its_step_is_over():
    x, y = Samples(np.array([1.0, 2.0, 3.0]), 3).window(0, 3, WIDTH)
    assert (list(x), list(y)) == ([0, 1, 2, 3], [1, 2, 3, 3])


def test_samples_at_some_steps_only_say_which_they_know():
    samples = Samples(np.array([0.0, 10.0, 20.0]), 101, np.array([0, 50, 100]))
    assert samples.value_at(25) == 5.0
    assert samples.knows(50)
    assert not samples.knows(25)
    assert Samples(np.array([1.0, 2.0]), 2).knows(1)


def test_extent_looks_past_what_is_not_finite():
    extent = Samples(np.array([np.nan, 0.0, 2.0, np.inf]), 4).extent
    assert (extent.low, extent.high, extent.positive) == (0.0, 2.0, 2.0)


def deviation(x, y, kept) -> float:
    """The farthest any point lies from the kept line, upright."""
    return float(np.abs(np.interp(x, x[kept], y[kept]) - y).max())


def test_straightened_keeps_curves_in_shape_with_few_points():
    x = np.linspace(0, WIDTH, 8000)
    curve = HEIGHT * (0.5 + 0.5 * np.cos(x / WIDTH * np.pi))
    kept = straightened(x, curve)
    assert deviation(x, curve, kept) < 0.5
    assert len(kept) < 200
    corner = np.abs(x - 300)
    assert len(straightened(x, corner)) < 200
    assert deviation(x, corner, straightened(x, corner)) < 0.5


def test_smooth_curves_are_whole_lines():
    x = np.arange(1000.0)
    shape = trace(x, np.cos(x / 1000 * np.pi), WIDTH / 1000, HEIGHT / 2, 2.0)
    assert shape.stroke == "paths"
    assert shape.cuts == ()
    assert shape.smooth


def test_restarts_are_cut_where_they_jump():
    x = np.arange(1000.0)
    shape = trace(x, 1 - (x % 100) / 100, WIDTH / 1000, HEIGHT, 2.0)
    assert shape.stroke == "paths"
    tops = {int(step) for step in shape.x[list(shape.cuts)] if step % 100 == 0}
    assert tops == set(range(100, 1000, 100))


@pytest.mark.parametrize("amplitude", [1.0, 0.05])
def test_what_swings_faster_than_pixels_becomes_columns_that_reach_all_of_it(amplitude):
    x = np.arange(8000.0)
    y = 0.5 + amplitude * np.where(x % 2, 0.5, -0.5)
    shape = trace(x, y, WIDTH / 8000, HEIGHT, 2.0)
    assert shape.stroke == "columns"
    assert len(shape.x) == pytest.approx(2 * WIDTH, abs=4)
    pen = 1.0 / HEIGHT
    assert shape.y[::2] == pytest.approx(y.min() - pen)
    assert shape.y[1::2] == pytest.approx(y.max() + pen)
