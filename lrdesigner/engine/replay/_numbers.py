"""Calculations that several replays share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from lrdesigner.engine.curve import FloatArray

EXACT = 2**53  # integers up to here are floats

Function = Callable[[int], float]


def times(first: int, stop: int) -> FloatArray:
    """The ticks, as floats: where Python mixes an integer with a float, it does the same."""
    return np.arange(first, stop, dtype=np.float64)


def column(values: Sequence[float]) -> FloatArray:
    """One value for each group, as a column."""
    return np.array(values, dtype=np.float64)[:, None]


def cosines(angles: FloatArray) -> FloatArray:
    """Python's own cosine of each."""
    return np.fromiter(map(math.cos, angles.tolist()), np.float64, len(angles))


def values_of(functions: Sequence[Function], first: int, stop: int) -> FloatArray:
    """The value at each tick, a row for each function; groups that share one share its row."""
    rows: dict[int, FloatArray] = {}
    for function in functions:
        if id(function) not in rows:
            values = map(function, range(first, stop))
            rows[id(function)] = np.fromiter(values, np.float64, stop - first)
    if len(rows) == 1:
        return next(iter(rows.values()))
    return np.array([rows[id(function)] for function in functions])
