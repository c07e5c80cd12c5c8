"""PolynomialLR: a power of a straight line to 0, written as a product."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import EXACT, times
from lrdesigner.engine.replaying import Entry, Products


class Polynomial(Products):
    """lr(t) = lr(t − 1) · ((1 − t / total_iters) / (1 − (t − 1) / total_iters)) ** power."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """Those factors, and 1 after total_iters."""
        total, power = self._scheduler.total_iters, self._scheduler.power
        values = np.ones(stop - first)
        end = min(stop, total + 1)
        if first < end:
            left = 1.0 - times(first - 1, end) / total
            ratios = left[1:] / left[:-1]
            if power != 1:  # the first power of a float is that float
                powers = map(pow, ratios.tolist(), repeat(power))
                ratios = np.fromiter(powers, np.float64, len(ratios))
            values[: end - first] = ratios
        return values


def make(scheduler: Any, ticks: int) -> Polynomial | None:
    """Python divides integers beyond the exact floats in a way of its own."""
    return Polynomial(scheduler) if scheduler.total_iters < EXACT else None


REPLAY = Entry("PolynomialLR", make)
