"""Tables: their curve straight from the rows, without reading a formula that grows with them.

The formula stays the one truth that runs and that is exported; this is the same arithmetic on
arrays, in the same order, and the tests hold the two against each other to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lrdesigner.catalog import Args, FloatArray
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.schedulers._common import Times

# (value before, value after, ticks since the row before, ticks between them) -> value
Between = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], FloatArray]
Factors = Callable[[FloatArray, Args, float], FloatArray]


def _always(args: Args) -> bool:
    return True


@dataclass(frozen=True)
class Table:
    """How a family's curve follows from a table.

    Attributes:
        factors: (local times, arguments, base LR) -> factors on the base LR.
        marks: Local times at which it jumps, bends or turns.
        absolute: Whether some LR of it is absolute, so that its factor needs a base LR.
        computable: Whether it surely has a value everywhere; else reading the formula tells why
            not.
    """

    factors: Factors
    marks: Callable[[Args], Iterable[float]]
    absolute: Callable[[Args], bool]
    computable: Callable[[Args], bool] = _always

    def curve(self, times: Times, args: Args, index: int) -> FloatArray:
        """The LR of a group at local times; NaN where there is none."""
        base = args.bases[index]
        with np.errstate(all="ignore"):
            factors = self.factors(times.astype(np.float64), args, base)
            found: FloatArray = base * np.where(np.isfinite(factors), factors, np.nan)
        return found

    def landmarks(self, args: Args) -> Landmarks:
        """Where something happens."""
        return Landmarks(tuple(self.marks(args)))


def floor_factor(args: Args, base: float) -> float | np.float64:
    """The floor as a factor on the base LR; what `_family.floor` writes."""
    ratio: float = args["min_lr_ratio"]
    return ratio or (np.float64(args["min_lr"]) / base if args["min_lr"] else 0.0)


def absolute_floor(args: Args) -> bool:
    """Whether the floor is an LR rather than a factor on it."""
    return bool(args["min_lr"] and not args["min_lr_ratio"])


def place_of(times: FloatArray, bounds: FloatArray, *, up_to: bool = False) -> Any:
    """Which of the pieces that bounds part each time is in, as `_family.branches` parts them.

    Args:
        times: Local times.
        bounds: Rising; one less than there are pieces.
        up_to: Whether a bound belongs to the piece before it.
    """
    return bounds.searchsorted(times, "left" if up_to else "right")


def points(
    rows: Callable[[Args], Sequence[tuple[float, float]]], between: Between | None = None
) -> Table:
    """A curve through points; it holds the first value before them and the last one after.

    Args:
        rows: Local times, rising, each with a value: a factor, or an LR if ``values`` says so.
        between: The curve between two rows with different values; None where each value holds
            until the next row.
    """

    def columns(args: Args) -> tuple[FloatArray, FloatArray]:
        times, values = np.array(rows(args), np.float64).T
        return times, values

    def absolute(args: Args) -> bool:
        return bool(args["values"] != "factor")

    def factors(times: FloatArray, args: Args, base: float) -> FloatArray:
        starts, values = columns(args)
        place = starts.searchsorted(times, "right")
        before, after = np.maximum(place - 1, 0), np.minimum(place, len(starts) - 1)
        found: FloatArray = values[before]
        if between is not None:
            a, b = found, values[after]
            here = between(a, b, times - starts[before], starts[after] - starts[before])
            found = np.where((place > 0) & (a != b), here, a)
        return found / base if absolute(args) else found

    def computable(args: Args) -> bool:
        values = columns(args)[1]
        with np.errstate(all="ignore"):
            return bool(np.isfinite(values).all() and np.isfinite(np.diff(values)).all())

    return Table(factors, lambda args: columns(args)[0].tolist(), absolute, computable)
