"""Tables of points: their curve straight from the rows, without reading a formula of thousands.

The formula stays the one truth that runs and that is exported; this is the same arithmetic on
arrays, in the same order, and the tests hold the two against each other to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lrdesigner.catalog import Args, FloatArray
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.schedulers._common import Times

# (value before, value after, ticks since the point before, ticks between them) -> value
Between = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], FloatArray]
Row = tuple[float, float]


@dataclass(frozen=True)
class Table:
    """How a family's curve follows from the rows of a table.

    Attributes:
        rows: The local times, rising, with their values. The first value holds before the first
            time.
        absolute: Whether values are LRs rather than factors on the base LR.
        between: The curve between two rows with different values; None where each value holds
            until the next.
    """

    rows: Callable[[Args], Sequence[Row]]
    absolute: Callable[[Args], bool]
    between: Between | None = None

    def computable(self, args: Args) -> bool:
        """Whether it surely has a value everywhere; else reading the formula tells why not."""
        values = self._columns(args)[1]
        with np.errstate(all="ignore"):
            return bool(np.isfinite(values).all() and np.isfinite(np.diff(values)).all())

    def curve(self, times: Times, args: Args, index: int) -> FloatArray:
        """The LR of a group at local times; NaN where there is none."""
        base = args.bases[index]
        with np.errstate(all="ignore"):
            factors = self._values(times, args)
            if self.absolute(args):
                factors = factors / base
            found: FloatArray = base * np.where(np.isfinite(factors), factors, np.nan)
        return found

    def landmarks(self, args: Args) -> Landmarks:
        """Every row is one."""
        return Landmarks(tuple(self._columns(args)[0].tolist()))

    def _columns(self, args: Args) -> tuple[FloatArray, FloatArray]:
        times, values = np.array(self.rows(args), np.float64).T
        return times, values

    def _values(self, times: Times, args: Args) -> FloatArray:
        starts, values = self._columns(args)
        place = starts.searchsorted(times, "right")
        last = len(starts) - 1
        before, after = np.maximum(place - 1, 0), np.minimum(place, last)
        a = values[before]
        if self.between is None:
            return a
        b = values[after]
        here = self.between(a, b, times - starts[before], starts[after] - starts[before])
        return np.where((place > 0) & (a != b), here, a)
