"""CosineAnnealingLR: a cosine, written as a recursion on the LR as it stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, islice
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import cosines, times
from lrdesigner.engine.replaying import Block, Entry, Products, Replay

_RESTART = -1.0  # stands among ratios, which are never negative


class Falling(Products):
    """Half a period to 0: lr(t) = (1 + cos(π t / T)) / (1 + cos(π (t − 1) / T)) · lr(t − 1)."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """Those ratios."""
        heights = _heights(first, stop, self._scheduler.T_max)
        return heights[1:] / heights[:-1]


class Annealing(Replay):
    """The same towards eta_min, lr(t) = ratio · (lr(t − 1) − eta_min) + eta_min.

    After the bottom, where the ratio would be a division by zero, the LR is raised by a number.
    """

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """One after the other: a sum and a product in turn have no shorter way."""
        s = self._scheduler
        heights = _heights(first, stop, s.T_max)
        restarts = slice((s.T_max + 1 - first) % (2 * s.T_max), None, 2 * s.T_max)
        below = heights[:-1].copy()
        restarted = restarts.start < stop - first
        if restarted:
            below[restarts] = 1.0
        ratios = heights[1:] / below
        if restarted:
            ratios[restarts] = _RESTART
        steps = ratios.tolist()
        values = np.empty((len(before), len(steps)))
        for row, lr, base in zip(values, before, s.base_lrs, strict=True):
            step = self._with_restarts(base) if restarted else self._plain()
            row[:] = list(islice(accumulate(steps, step, initial=lr), 1, None))
        return Block(values)

    def _plain(self) -> Callable[[float, float], float]:
        low = self._scheduler.eta_min
        return lambda lr, ratio: ratio * (lr - low) + low

    def _with_restarts(self, base: float) -> Callable[[float, float], float]:
        low = self._scheduler.eta_min
        rise = (base - low) * (1 - math.cos(math.pi / self._scheduler.T_max)) / 2
        return lambda lr, ratio: ratio * (lr - low) + low if ratio >= 0.0 else lr + rise


def _heights(first: int, stop: int, half: int) -> FloatArray:
    """1 + cos(π t / T) from the tick before `first` on; never negative.

    Its steps need the one at their own tick and the one before.
    """
    return 1 + cosines(math.pi * times(first - 1, stop) / half)


def make(scheduler: Any, ticks: int) -> Replay | None:
    """The simpler one where it is enough."""
    if scheduler.T_max < 1:
        return None
    falling = scheduler.eta_min == 0 and ticks <= scheduler.T_max
    return Falling(scheduler) if falling else Annealing(scheduler)


REPLAY = Entry("CosineAnnealingLR", make)
