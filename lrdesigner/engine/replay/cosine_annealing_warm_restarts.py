"""CosineAnnealingWarmRestarts: half a cosine in every cycle."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import column, cosines, times
from lrdesigner.engine.replaying import Block, Entry, Replay


class WarmRestarts(Replay):
    """lr(t) = eta_min + (base − eta_min) · (1 + cos(π T_cur / T_i)) / 2."""

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """In closed form."""
        low = self._scheduler.eta_min
        height = 1 + cosines(self._angles(first, stop))
        return Block(low + (column(self._scheduler.base_lrs) - low) * height / 2)

    def _angles(self, first: int, stop: int) -> FloatArray:
        angles = np.empty(stop - first)
        if self._scheduler.T_mult == 1:
            length = self._scheduler.T_0
            angles[:] = math.pi * (times(first, stop) % length) / length
            return angles
        for start, length in self._cycles(stop):
            begin, end = max(first, start), min(stop, start + length)
            if begin < end:
                angles[begin - first : end - first] = (
                    math.pi * times(begin - start, end - start) / float(length)
                )
        return angles

    def _cycles(self, stop: int) -> Iterator[tuple[int, int]]:
        """First tick and length of each cycle that begins before `stop`."""
        start, length = 0, self._scheduler.T_0
        while start < stop:
            yield start, length
            start, length = start + length, length * self._scheduler.T_mult

    def seek(self, tick: int) -> None:
        """The class counts within the cycle as well."""
        super().seek(tick)
        s = self._scheduler
        if s.T_mult == 1:
            s.T_cur, s.T_i = tick % s.T_0, s.T_0
            return
        start, s.T_i = list(self._cycles(tick + 1))[-1]
        s.T_cur = tick - start


REPLAY = Entry("CosineAnnealingWarmRestarts", lambda scheduler, ticks: WarmRestarts(scheduler))
