"""ConstantLR: the factor is taken back at `total_iters`."""

from __future__ import annotations

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replaying import Entry, Products


class Constant(Products):
    """lr(total_iters) = lr · (1 / factor); the factor itself was applied by the constructor."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """All 1 but one."""
        values = np.ones(stop - first)
        if first <= self._scheduler.total_iters < stop:
            values[self._scheduler.total_iters - first] = 1.0 / self._scheduler.factor
        return values


REPLAY = Entry("ConstantLR", lambda scheduler, ticks: Constant(scheduler))
