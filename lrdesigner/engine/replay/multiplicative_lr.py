"""MultiplicativeLR: the LR as it stands times a function."""

from __future__ import annotations

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.replay._numbers import values_of
from lrdesigner.engine.replaying import Entry, Products


class Multiplicative(Products):
    """lr(t) = lr(t − 1) · f(t)."""

    def factors(self, first: int, stop: int) -> FloatArray:
        """The function's values."""
        return values_of(self._scheduler.lr_lambdas, first, stop)


REPLAY = Entry("MultiplicativeLR", lambda scheduler, ticks: Multiplicative(scheduler))
