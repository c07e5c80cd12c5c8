"""CyclicLR: triangles, of equal height or shrinking."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import column, times
from lrdesigner.engine.replaying import Block, Entry, Replay


class Cyclic(Replay):
    """lr(t) = base_lr + (max_lr − base_lr) · triangle(t) · scale(t); momentum the other way."""

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """In closed form."""
        s = self._scheduler
        triangle, scale = self._shape(first, stop)
        low, high = column(s.base_lrs), column(s.max_lrs)
        lr = low + (high - low) * triangle * scale
        if not s.cycle_momentum:
            return Block(lr)
        low, high = column(s.base_momentums), column(s.max_momentums)
        return Block(lr, high - (high - low) * triangle * scale)

    def _shape(self, first: int, stop: int) -> tuple[FloatArray, FloatArray | float]:
        s = self._scheduler
        turns = times(first, stop) / s.total_size
        cycle = np.floor(1 + turns)
        x = 1.0 + turns - cycle
        triangle = np.where(x <= s.step_ratio, x / s.step_ratio, (x - 1) / (s.step_ratio - 1))
        return triangle, self._scale(cycle, first, stop)

    def _scale(self, cycle: FloatArray, first: int, stop: int) -> FloatArray | float:
        if self._scheduler.mode == "triangular":
            return 1.0
        if self._scheduler.mode == "triangular2":
            begin, end = int(cycle[0]), int(cycle[-1])
            heights = np.array([1 / 2.0 ** (n - 1) for n in range(begin, end + 1)])
            return heights[(cycle - begin).astype(np.int64)]
        powers = map(pow, repeat(self._scheduler.gamma), range(first, stop))
        return np.fromiter(powers, np.float64, stop - first)


def make(scheduler: Any, ticks: int) -> Cyclic | None:
    """The documents' own modes; a function of the user's may be anything."""
    return Cyclic(scheduler) if scheduler._scale_fn_custom is None else None


REPLAY = Entry("CyclicLR", make)
