"""MultiStepLR: a factor at each milestone."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replaying import Entry, Products


class Milestones(Products):
    """lr(t) = lr(t − 1) · gamma ** (how often t is a milestone)."""

    def __init__(self, scheduler: Any) -> None:
        super().__init__(scheduler)
        self._places = sorted(scheduler.milestones)

    def factors(self, first: int, stop: int) -> FloatArray:
        """Powers of gamma at the milestones."""
        values = np.ones(stop - first)
        gamma, counts = self._scheduler.gamma, self._scheduler.milestones
        here = slice(bisect_left(self._places, first), bisect_left(self._places, stop))
        for tick in self._places[here]:
            values[tick - first] = gamma ** counts[tick]
        return values


REPLAY = Entry("MultiStepLR", lambda scheduler, ticks: Milestones(scheduler))
