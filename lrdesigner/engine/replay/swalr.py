"""SWALR: from wherever the LR is to the averaging LR."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import EXACT, cosines, times
from lrdesigner.engine.replaying import Block, Entry, Replay


class Averaging(Replay):
    """lr(t) = swa_lr · α(t) + (lr(t − 1) − α(t − 1) · swa_lr) / (1 − α(t − 1)) · (1 − α(t))."""

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """One after the other while it anneals, and level from there on."""
        alphas = self._alphas(first, stop)
        # Where α(t − 1) is 1 the LR before does not count.
        moving = int(np.argmax(alphas[:-1] == 1)) if alphas[-2] == 1 else stop - first
        values = np.empty((len(before), stop - first))
        rest = 1 - alphas[1:]
        for row, lr, group in zip(values, before, self._groups, strict=True):
            target = float(group["swa_lr"])
            ends = target * alphas[1:]
            row[:] = ends + target * rest
            terms = zip(
                (alphas[:moving] * target).tolist(),
                (1 - alphas[:moving]).tolist(),
                rest[:moving].tolist(),
                ends[:moving].tolist(),
                strict=True,
            )
            row[:moving] = list(islice(accumulate(terms, _step, initial=lr), 1, None))
        return Block(values)

    def _alphas(self, first: int, stop: int) -> FloatArray:
        """α from the tick before `first` on."""
        progress: FloatArray = np.minimum(
            times(first - 1, stop) / max(1, self._scheduler.anneal_epochs), 1.0
        )
        if self._scheduler._anneal_strategy == "cos":
            return (1 - cosines(math.pi * progress)) / 2
        return progress


def _step(lr: float, terms: tuple[float, float, float, float]) -> float:
    done, left, rest, end = terms
    return end + (lr - done) / left * rest


def make(scheduler: Any, ticks: int) -> Averaging | None:
    """Python divides integers beyond the exact floats in a way of its own."""
    return Averaging(scheduler) if scheduler.anneal_epochs < EXACT else None


REPLAY = Entry("SWALR", make)
