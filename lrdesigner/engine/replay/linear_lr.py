"""LinearLR: a straight line, written as a product."""

from __future__ import annotations

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import times
from lrdesigner.engine.replaying import Entry, Products


class Linear(Products):
    """lr(t) = lr(t − 1) · (1 + r / (total_iters · start + (t − 1) · r)), r = end − start."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """Those factors, and 1 after total_iters."""
        s = self._scheduler
        values = np.ones(stop - first)
        end = min(stop, s.total_iters + 1)
        if first < end:
            rise = s.end_factor - s.start_factor
            before = times(first - 1, end - 1)
            values[: end - first] = 1.0 + rise / (s.total_iters * s.start_factor + before * rise)
        return values


REPLAY = Entry("LinearLR", lambda scheduler, ticks: Linear(scheduler))
