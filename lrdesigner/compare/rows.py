"""Rows of values that are computed where they are looked at: differences, ratios, slopes.

A difference of two curves of a million steps is a million numbers, for every overlay and every
group; kept, they would take more memory than the curves. A row here knows only what it is made
of. `digest` goes through it once, piece by piece, and keeps the extremes that a picture needs.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lrdesigner.compare.frames import Frame
from lrdesigner.engine.digest import LEAST_BLOCK, Digest, FloatArray, extremes

Index = int | slice | NDArray[np.int64]

_PIECE = 1 << 18
_MOST_INT = 1 << 62


class Row(ABC):
    """Something like an array of floats; its values are made when they are asked for."""

    @abstractmethod
    def __len__(self) -> int:
        """How many values there are."""

    @abstractmethod
    def values(self, places: slice | NDArray[np.int64]) -> FloatArray:
        """The values at a stretch of places (with both ends, no step), or at some places."""

    def __getitem__(self, index: Index) -> FloatArray | float:
        """One value, or some of them, as of an array."""
        if isinstance(index, slice):
            first, last, _ = index.indices(len(self))
            return self.values(slice(first, max(first, last)))
        if isinstance(index, np.ndarray):
            return self.values(index)
        place = int(index)
        place += len(self) if place < 0 else 0
        return float(self.values(slice(place, place + 1))[0])


class Part(Row):
    """A stretch of a row or of an array.

    Args:
        row: The whole.
        first: Its first place.
        last: One past its last place.
    """

    def __init__(self, row: Row | FloatArray, first: int, last: int) -> None:
        self._row, self._first, self._last = row, first, last

    def __len__(self) -> int:
        """How many values there are."""
        return self._last - self._first

    def values(self, places: slice | NDArray[np.int64]) -> FloatArray:
        """The values at some places."""
        return np.asarray(self._row[_moved(places, self._first)])


class Scaled(Row):
    """An array times a number.

    Args:
        values: The array.
        factor: The number.
    """

    def __init__(self, values: FloatArray, factor: float) -> None:
        self._values, self._factor = values, factor

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._values)

    def values(self, places: slice | NDArray[np.int64]) -> FloatArray:
        """The values at some places."""
        found = self._values[places]
        return found if self._factor == 1 else found * self._factor


class RowDigest(Digest):
    """The extremes of a row, found piece by piece; always prepared.

    Args:
        row: The row.
        cancelled: Asked after each piece; true gives up.

    Raises:
        InterruptedError: If `cancelled` said so.
    """

    def __init__(self, row: Row, cancelled: Callable[[], bool] | None = None) -> None:
        super().__init__(np.empty(0))
        count = len(row)
        lows = np.empty(-(-count // LEAST_BLOCK))
        highs = np.empty_like(lows)
        positive, peak, high = math.inf, 0, -math.inf
        for start in range(0, count, _PIECE):
            if cancelled is not None and cancelled():
                raise InterruptedError
            part = row.values(slice(start, min(start + _PIECE, count)))
            blocks = slice(start // LEAST_BLOCK, start // LEAST_BLOCK - (-len(part) // LEAST_BLOCK))
            lows[blocks], highs[blocks] = extremes(part, part, LEAST_BLOCK)
            top = float(highs[blocks].max())
            if top > high:
                high, peak = top, start + int(part.argmax())
            if float(lows[blocks].min()) > 0:
                positive = min(positive, float(lows[blocks].min()))
            elif top > 0:
                positive = min(positive, float(np.min(part, where=part > 0, initial=np.inf)))
        self._levels[LEAST_BLOCK] = lows, highs
        self._reach = (float(lows.min()), high) if count else (0.0, 0.0)
        # What `Digest` would look for in the values, which are not kept.
        self.__dict__.update(positive=positive, peak=peak, crest=peak)
        size = LEAST_BLOCK
        while size <= count:
            self.blocks(size)
            size *= 2

    def prepare(self) -> None:
        """Everything is there already."""

    @property
    def low(self) -> float:
        """The lowest value."""
        return self._reach[0]

    @property
    def high(self) -> float:
        """The highest value."""
        return self._reach[1]


class Pairing:
    """The steps of two curves that are in force at the same time.

    At every moment each curve has the LR of the step that has begun last. The moments looked at
    are the beginnings of steps of the finer one of the two, as far as both curves go.

    Args:
        found: The frame and the steps of one curve.
        reference: Those of the other.

    Attributes:
        frame: The frame of the finer curve.
        first: The first of its steps at which both are there.
        last: One past the last.
        coarse: Whether the finer one is the reference.
    """

    def __init__(self, found: tuple[Frame, int], reference: tuple[Frame, int]) -> None:
        self.coarse = reference[0].stretch < found[0].stretch
        (fine, steps), (other, others) = (reference, found) if self.coarse else (found, reference)
        self.frame = fine
        # The other's step at the beginning of step i is floor((i · up + shift) / down), exactly.
        rate = fine.stretch / other.stretch
        shift = (fine.offset - other.offset) / other.stretch
        self._down = math.lcm(rate.denominator, shift.denominator)
        self._up, self._shift = int(rate * self._down), int(shift * self._down)
        self._most = others - 1
        begin = max(fine.offset, other.offset)
        end = min(fine.place(steps), other.place(others))
        self.first = max(0, math.ceil((begin - fine.offset) / fine.stretch))
        self.last = max(self.first, min(steps, math.ceil((end - fine.offset) / fine.stretch)))

    def __len__(self) -> int:
        """How many moments there are."""
        return self.last - self.first

    def steps(
        self, places: slice | NDArray[np.int64]
    ) -> tuple[slice | NDArray[np.int64], slice | NDArray[np.int64]]:
        """The steps of the curve and of the reference at some moments, counted from the first."""
        own = _moved(places, self.first)
        if self._up == self._down and isinstance(own, slice):
            by = self._shift // self._down
            other: slice | NDArray[np.int64] = slice(own.start + by, own.stop + by)
        else:
            index = np.arange(own.start, own.stop) if isinstance(own, slice) else own
            other = np.clip(self._others(index), 0, self._most)
        return (other, own) if self.coarse else (own, other)

    def _others(self, index: NDArray[np.int64]) -> NDArray[np.int64]:
        biggest = max(abs(self.first), abs(self.last)) * self._up + abs(self._shift)
        if biggest < _MOST_INT:
            return np.asarray((index * self._up + self._shift) // self._down)
        rate, shift = self._up / self._down, self._shift / self._down
        return np.asarray(np.floor(index * rate + shift + 1e-9).astype(np.int64))


class Difference(Row):
    """One curve less another, moment by moment.

    Args:
        found: One row.
        reference: The other.
        pairing: Which steps belong together.
    """

    def __init__(self, found: Scaled, reference: Scaled, pairing: Pairing) -> None:
        self._found, self._reference, self._pairing = found, reference, pairing

    def __len__(self) -> int:
        """How many moments there are."""
        return len(self._pairing)

    def values(self, places: slice | NDArray[np.int64]) -> FloatArray:
        """The differences at some moments."""
        own, other = self._pairing.steps(places)
        return self._found.values(own) - self._reference.values(other)


class Ratio(Difference):
    """One curve in parts of another; 1 where both are 0, NaN where only the other is."""

    def values(self, places: slice | NDArray[np.int64]) -> FloatArray:
        """The ratios at some moments."""
        own, other = self._pairing.steps(places)
        found, reference = self._found.values(own), self._reference.values(other)
        return parts(found, reference)


class Slope(Row):
    """By how much the LR differs some steps later: ``lr[k + over] − lr[k]``.

    Args:
        row: The LRs.
        over: How many steps later; 1 for the change of a step, an epoch's steps for that of an
            epoch.
        relative: In percent of ``lr[k]``: NaN where that is 0 and the later one is not, 0 where
            both are.
    """

    def __init__(self, row: Scaled, over: int, *, relative: bool) -> None:
        self._row, self._over, self._relative = row, over, relative

    def __len__(self) -> int:
        """How many steps have a later one."""
        return max(0, len(self._row) - self._over)

    def values(self, places: slice | NDArray[np.int64]) -> FloatArray:
        """The changes from some steps on."""
        now, later = self._row.values(places), self._row.values(_moved(places, self._over))
        return share_of_change(later, now) if self._relative else later - now


def parts(values: FloatArray, of: FloatArray) -> FloatArray:
    """Values in parts of others: 1 where both are 0, NaN where only the other is."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.asarray(values / of)
    zero = of == 0
    if zero.any():
        found[zero] = np.where(values[zero] == 0, 1.0, np.nan)
    return found


def share_of_change(later: FloatArray, now: FloatArray) -> FloatArray:
    """By how many percent values have changed: 0 where both are 0, NaN where only the first is."""
    return (parts(later, now) - 1.0) * 100.0


def _moved(places: slice | NDArray[np.int64], by: int) -> slice | NDArray[np.int64]:
    if isinstance(places, slice):
        return slice(places.start + by, places.stop + by)
    return places + by
