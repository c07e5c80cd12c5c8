"""What is asked again and again about a row of a million values, computed once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEAST_BLOCK = 16
SAME = 1e-9
"""Values this close together, relatively, are one: a warm-up that torch computes step by step
reaches its peak to within rounding, and every cycle of many has the same peak."""


class Digest:
    """Extremes of one row of values: of all of it, and of blocks.

    Everything is computed when it is first asked for. `prepare` does so at once, in whatever
    thread calls it: NumPy lets others run meanwhile.

    Args:
        values: The row; must not change any more.
    """

    def __init__(self, values: FloatArray) -> None:
        self._values = values
        self._levels: dict[int, tuple[FloatArray, FloatArray]] = {}

    def prepare(self) -> None:
        """Compute all there is."""
        _ = self.low, self.high, self.positive, self.peak, self.crest
        size = LEAST_BLOCK
        while size <= len(self._values):
            self.blocks(size)
            size *= 2

    @property
    def low(self) -> float:
        """The lowest finite value; 0 if there is none."""
        return self._ends[0]

    @property
    def high(self) -> float:
        """The highest finite value; 0 if there is none."""
        return self._ends[1]

    @cached_property
    def positive(self) -> float:
        """The lowest finite value above 0; inf if there is none."""
        if self.low > 0:
            return self.low
        values = self._finite
        return float(np.min(values, where=values > 0, initial=np.inf))

    @cached_property
    def peak(self) -> int:
        """Where the highest value is, the first one if there are several."""
        return int(self._values.argmax())

    @cached_property
    def crest(self) -> int:
        """Where the values first reach the highest one, to within rounding (`SAME`)."""
        return int((self._values >= self.high - SAME * abs(self.high)).argmax())

    @cached_property
    def _ends(self) -> tuple[float, float]:
        values = self._finite
        return (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)

    @property
    def _finite(self) -> FloatArray:
        values = self._values
        with np.errstate(over="ignore", invalid="ignore"):  # sums overflow where no value does
            finite = bool(np.isfinite(values.sum()))
        return values if finite else values[np.isfinite(values)]

    def blocks(self, size: int) -> tuple[FloatArray, FloatArray]:
        """Lowest and highest of each block of so many values; the last block may be shorter.

        Args:
            size: A power of two, at least `LEAST_BLOCK`.
        """
        if size not in self._levels:
            if size == LEAST_BLOCK:
                self._levels[size] = extremes(self._values, self._values, size)
            else:
                self._levels[size] = extremes(*self.blocks(size // 2), 2)
        return self._levels[size]


def extremes(low: FloatArray, high: FloatArray, size: int) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest of blocks of `size`; the last block may be shorter."""
    if size == 1:
        return low, high
    starts = np.arange(0, len(low), size)
    return np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
