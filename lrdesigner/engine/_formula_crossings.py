"""Where a formula's value passes levels, found by asking it at few ticks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import FloatArray, distinct

GRID = 1000
MANY = 256  # more places than these are no places but a texture

Ticks = NDArray[np.int64]
Value = Callable[[Ticks], FloatArray]
State = Callable[[FloatArray], FloatArray]


def crossings(value: Value, state: State, ticks: int) -> Ticks | None:
    """The ticks at which the state of a smooth function changes; None if there are too many.

    Args:
        value: The function.
        state: Whole numbers that tell where its values stand, such as their signs.
        ticks: How many there are.
    """
    even = np.linspace(0, ticks, min(GRID, ticks + 1))
    # Decays and logarithms do most of what they do at the beginning.
    early = np.geomspace(1, ticks + 1, GRID // 4) - 1
    grid = distinct(np.concatenate([even, early]).astype(np.int64))
    values = value(grid)
    dips = _dips(values)
    if len(dips):
        grid = distinct(np.concatenate([grid, _bottoms(value, grid[dips - 1], grid[dips + 1])]))
        values = value(grid)
    states = state(values)
    change = np.flatnonzero(_differ(states[1:], states[:-1]))
    if len(change) > MANY or (np.abs(np.diff(states)) > 1).any():
        return None
    return _first_after(value, state, grid[change], grid[change + 1], states[change])


def _differ(a: FloatArray, b: FloatArray) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (a != b) & ~(np.isnan(a) & np.isnan(b))
    return found


def _dips(values: FloatArray) -> Ticks:
    """Places where the function comes close to zero and turns back: it may have been beyond."""
    size = np.abs(values)
    near = (size[1:-1] <= size[:-2]) & (size[1:-1] <= size[2:])
    near &= (values[:-2] > 0) == (values[2:] > 0)
    found = np.flatnonzero(near) + 1
    return found[:MANY]


def _bottoms(value: Value, low: Ticks, high: Ticks) -> Ticks:
    """The ticks nearest to zero between these, each pair of them around one dip."""
    low, high = low.copy(), high.copy()
    while (high - low > 2).any():
        third = (high - low) // 3
        left, right = low + third, high - third
        nearer = np.abs(value(left)) <= np.abs(value(right))
        wide = high - low > 2
        high = np.where(wide & nearer, right, high)
        low = np.where(wide & ~nearer, left, low)
    return np.concatenate([low, low + 1, high])


def _first_after(value: Value, state: State, low: Ticks, high: Ticks, before: FloatArray) -> Ticks:
    """The first ticks of another state than `before`, which stands at `low` but not at `high`."""
    while len(low) and (high - low > 1).any():
        middle = (low + high) // 2
        same = ~_differ(state(value(middle)), before)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return high
