"""The values of one line, ready to be drawn at any zoom. No Qt.

Lines of a million steps are never drawn point by point. From the lowest and highest values of
blocks of 16, 32, 64 … steps `Samples` hands out as many points as the pixels can show; no peak is
lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lrdesigner.axes import FloatArray
from lrdesigner.engine.digest import LEAST_BLOCK, Digest, extremes

_MOST_ALONE = 4


@dataclass(frozen=True)
class Extent:
    """What values reach: lowest, highest, and lowest positive (inf if none is)."""

    low: float
    high: float
    positive: float


class Values(Protocol):
    """An array of floats, or what makes its values when they are asked for."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, index: Any, /) -> Any:
        """One value; with a slice or an array of places, an array."""


class Samples:
    """One row of a curve.

    Args:
        values: LR at each sample.
        steps: The optimizer step of each sample, rising; None if sample k is step k.
        total: Optimizer steps of the run; the last value holds until there.
        digest: Extremes of the values, if somebody has them already.
    """

    def __init__(
        self,
        values: Values,
        total: float,
        steps: NDArray[np.int64] | None = None,
        digest: Digest | None = None,
    ) -> None:
        self._values = values
        self._steps = steps
        self._digest = digest or Digest(np.asarray(values))
        self.total = total

    @property
    def extent(self) -> Extent:
        """What the whole line reaches."""
        return Extent(self._digest.low, self._digest.high, self._digest.positive)

    def value_at(self, step: int) -> float:
        """The value at a step, between samples the straight line's."""
        if self._steps is None:
            return float(self._values[max(0, min(step, len(self._values) - 1))])
        return float(np.interp(step, self._steps, self._values[:]))

    def knows(self, step: int) -> bool:
        """Whether the value at that step was computed, rather than lying between two that were."""
        if self._steps is None:
            return True
        place = int(np.searchsorted(self._steps, step))
        return place < len(self._steps) and int(self._steps[place]) == step

    def window(self, first: float, last: float, columns: int) -> tuple[FloatArray, FloatArray]:
        """Points that show the line from step `first` to `last` on that many pixel columns.

        One sample more on each side lets the line run out of the picture. Where there are more
        samples than needed, blocks of them are shown by their extremes, in the order in which
        the line runs.
        """
        start, end = self._slice(first, last)
        block = self._block_size((end - start) / max(1, columns))
        if block == 1:
            return self._tail(self._positions(start, end), self._values[start:end], end)
        start, end = start // block, -(-end // block)
        xs, ys = self._blocks(block, start, end)
        return self._tail(xs, ys, min(end * block, len(self._values)))

    def _slice(self, first: float, last: float) -> tuple[int, int]:
        count = len(self._values)
        if self._steps is None:
            start, end = int(np.floor(first)) - 1, int(np.ceil(last)) + 2
        else:
            start = int(np.searchsorted(self._steps, first)) - 1
            end = int(np.searchsorted(self._steps, last)) + 2
        return max(0, min(start, count - 1)), max(1, min(end, count))

    def _block_size(self, per_column: float) -> int:
        if self._steps is not None or per_column < _MOST_ALONE:
            return 1
        return 1 << (int(per_column).bit_length() - 1)

    def _positions(self, start: int, end: int) -> FloatArray:
        if self._steps is None:
            return np.arange(start, end, dtype=np.float64)
        return self._steps[start:end].astype(np.float64)

    def _tail(self, xs: FloatArray, ys: FloatArray, end: int) -> tuple[FloatArray, FloatArray]:
        """The last step's value holds until the step is over."""
        if end < len(self._values) or not len(ys):
            return xs, ys
        return np.append(xs, float(self.total)), np.append(ys, self._values[-1])

    def _blocks(self, block: int, start: int, end: int) -> tuple[FloatArray, FloatArray]:
        low, high = self._extremes(block, start, end)
        values, count = self._values, len(low)
        xs, ys = np.empty((count, 2)), np.empty((count, 2))
        xs[:, 0] = np.arange(start, start + count) * block
        np.minimum(xs[:, 0] + (block - 1), len(values) - 1, out=xs[:, 1])
        last = values[start * block + block - 1 :: block][:count]
        if len(last) < count:  # the last block is not a whole one
            last = np.append(last, values[-1])
        rising = last >= values[start * block :: block][:count]
        ys[:, 0], ys[:, 1] = np.where(rising, low, high), np.where(rising, high, low)
        return xs.ravel(), ys.ravel()

    def _extremes(self, block: int, start: int, end: int) -> tuple[FloatArray, FloatArray]:
        if block < LEAST_BLOCK:
            part = self._values[start * block : end * block]
            return extremes(part, part, block)
        low, high = self._digest.blocks(block)
        return low[start:end], high[start:end]
