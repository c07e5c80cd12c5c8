"""StepLR: a factor at every multiple of `step_size`."""

from __future__ import annotations

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replaying import Entry, Products


class Steps(Products):
    """lr(t) = lr(t − 1) · gamma where t is a multiple of step_size."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """Gamma at the multiples."""
        size = self._scheduler.step_size
        values = np.ones(stop - first)
        offset = -first % size
        if offset < stop - first:  # a size beyond machine integers never gets here
            values[offset::size] = self._scheduler.gamma
        return values


REPLAY = Entry(
    "StepLR", lambda scheduler, ticks: Steps(scheduler) if scheduler.step_size > 0 else None
)
