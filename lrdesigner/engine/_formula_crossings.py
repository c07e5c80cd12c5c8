"""Where a formula's value passes levels, found by asking it at few ticks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import FloatArray, distinct

GRID = 1000
MANY = 256  # more places than these are no places but a texture
_PARTS = 8

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
    rows = np.arange(len(low))
    above = (value(low) > 0)[:, None]  # of the whole gap: the search may go beyond zero
    while (high - low > 2).any():
        # Asking costs the same for many places as for two.
        ticks = low[:, None] + (high - low)[:, None] * np.arange(_PARTS + 1) // _PARTS
        values = value(ticks.ravel()).reshape(ticks.shape)
        best = np.where(above, values, -values).argmin(axis=1)
        # In a narrow gap some places are the same tick.
        low_places = ticks < ticks[rows, best, None]
        high_places = ticks > ticks[rows, best, None]
        low = np.where(low_places, ticks, low[:, None]).max(axis=1)
        high = np.where(high_places, ticks, high[:, None]).min(axis=1)
    return np.concatenate([low, low + 1, high])


def _first_after(value: Value, state: State, low: Ticks, high: Ticks, before: FloatArray) -> Ticks:
    """The first ticks of another state than `before`, which stands at `low` but not at `high`."""
    while len(low) and (high - low > 1).any():
        middle = (low + high) // 2
        same = ~_differ(state(value(middle)), before)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return high
