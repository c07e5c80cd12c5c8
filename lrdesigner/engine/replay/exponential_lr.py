"""ExponentialLR: the same factor at every step."""

from __future__ import annotations

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replaying import Entry, Products


class Exponential(Products):
    """lr(t) = lr(t − 1) · gamma."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """All gamma."""
        return np.full(stop - first, self._scheduler.gamma, np.float64)


REPLAY = Entry("ExponentialLR", lambda scheduler, ticks: Exponential(scheduler))
