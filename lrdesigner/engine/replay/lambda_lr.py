"""LambdaLR: the base LR times a function."""

from __future__ import annotations

from collections.abc import Sequence

from lrdesigner.engine.replay._numbers import column, values_of
from lrdesigner.engine.replaying import Block, Entry, Replay


class Lambda(Replay):
    """lr(t) = base · f(t)."""

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """In closed form."""
        factors = values_of(self._scheduler.lr_lambdas, first, stop)
        return Block(column(self._scheduler.base_lrs) * factors)


REPLAY = Entry("LambdaLR", lambda scheduler, ticks: Lambda(scheduler))
