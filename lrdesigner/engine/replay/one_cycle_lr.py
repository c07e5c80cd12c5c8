"""OneCycleLR: two or three stretches between the values that stand in the groups."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import column, cosines, times
from lrdesigner.engine.replaying import Block, Entry, Replay


class OneCycle(Replay):
    """lr(t) = end + (start − end) / 2 · (1 + cos(π p)), or a line; momentum the other way."""

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """In closed form."""
        cycling = self._scheduler.cycle_momentum
        lr = np.empty((len(before), stop - first))
        momentum = np.empty_like(lr) if cycling else None
        for stretch, place, progress in self._stretches(first, stop):
            shape = self._shape(progress)
            lr[:, place] = self._annealed(stretch, "lr", shape)
            if momentum is not None:
                momentum[:, place] = self._annealed(stretch, "momentum", shape)
        return Block(lr, momentum)

    def _shape(self, progress: FloatArray) -> FloatArray:
        if self._scheduler._anneal_func_type == "linear":
            return progress
        return cosines(math.pi * progress) + 1

    def _annealed(self, stretch: Any, what: str, shape: FloatArray) -> FloatArray:
        start, end = (
            self._of_groups(stretch[f"start_{what}"]),
            self._of_groups(stretch[f"end_{what}"]),
        )
        if self._scheduler._anneal_func_type == "linear":
            return (end - start) * shape + start
        return end + (start - end) / 2.0 * shape

    def _of_groups(self, key: str) -> FloatArray:
        return column([group[key] for group in self._groups])

    def _stretches(self, first: int, stop: int) -> Iterator[tuple[Any, slice, FloatArray]]:
        """Each stretch that has ticks here: its keys, the place, and how far it has gone."""
        s = self._scheduler
        if stop - 1 > s.total_steps:
            raise ValueError("more ticks than total_steps, which torch refuses")
        ticks = times(first, stop)
        begin, since = 0, 0.0
        for stretch in s._schedule_phases:
            until = stretch["end_step"]
            last = stretch is s._schedule_phases[-1]
            end = len(ticks) if last else int(np.searchsorted(ticks, until, side="right"))
            if begin < end:
                yield stretch, slice(begin, end), (ticks[begin:end] - since) / (until - since)
            begin, since = max(begin, end), until


REPLAY = Entry("OneCycleLR", lambda scheduler, ticks: OneCycle(scheduler))
