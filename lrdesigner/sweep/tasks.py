"""Pieces of a sweep's computation: some variants over one segment of the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import as_float, namespace
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.segments import Segment
from lrdesigner.sweep.rows import Rows, SchedulerRows

Steps = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Stretch:
    """Where a segment lies for some variants: one number for all, or a column.

    Attributes:
        start: First optimizer step.
        end: One past the last one.
        ticks: Scheduler steps until the next segment.
        per_epoch: Optimizer steps between scheduler steps.
    """

    start: Any
    end: Any
    ticks: Any
    per_epoch: int

    @property
    def moves(self) -> bool:
        """Whether it lies elsewhere for some variants."""
        return bool(np.ndim(self.start) or np.ndim(self.end))

    def times(self, steps: Any) -> Any:
        """Local times ``[points]``, or ``[rows, points]`` if it starts at different steps."""
        if not np.ndim(self.start):
            return self._ticks(steps) - self.start // self.per_epoch
        starts = namespace(steps).asarray(self.start[:, None] // self.per_epoch)
        # Of many whole numbers each operation with a float would make floats again.
        return as_float(self._ticks(steps)) - as_float(starts)

    def _ticks(self, steps: Any) -> Any:
        return steps if self.per_epoch == 1 else steps // self.per_epoch

    def inside(self, steps: Any) -> Any:
        """Which steps are its own, ``[rows or 1, points]``."""
        xp = namespace(steps)
        start, end = (xp.asarray(np.atleast_1d(v)[:, None]) for v in (self.start, self.end))
        return (steps >= start) & (steps < end)

    def columns(self, steps: Steps) -> slice:
        """The points that any of the variants has in it."""
        first, last = np.min(self.start), np.max(self.end)
        return slice(int(np.searchsorted(steps, first)), int(np.searchsorted(steps, last)))

    def part(self, rows: slice | Rows) -> Stretch:
        """The same for some of the rows."""
        values = (self.start, self.end, self.ticks)
        start, end, ticks = (value[rows] if np.ndim(value) else value for value in values)
        return Stretch(start, end, ticks, self.per_epoch)


@dataclass(frozen=True, eq=False)
class Task:
    """One computation: some variants of one segment.

    Attributes:
        stretch: Where.
        rows: Which variants.
        parts: The schedulers, stacked; empty for a hold.
        bases: Base LRs, ``[rows or 1, groups]``.
        once: Whether it is the same for all of them.
    """

    stretch: Stretch
    rows: Rows
    parts: tuple[SchedulerRows, ...]
    bases: FloatArray
    once: bool

    def values(self, times: Any, rows: slice, group: int) -> Any:
        """The LRs of one group for some of the rows; they broadcast to ``[rows, points]``."""
        xp = namespace(times)
        base = xp.asarray(self.bases[rows, group][:, None])
        if len(self.parts) == 1:
            return self.parts[0].values(times, rows, group)
        result = base
        for part in self.parts:
            # As in the fast curve: each one is a curve relative to its base.
            curve = part.values(times, rows, group)
            with np.errstate(all="ignore"):
                result = result * xp.where(base != 0, curve / base, 0.0)
        return result


def stretch_of(lines: Sequence[Segment], per_epoch: int) -> Stretch:
    """Where the same segment of several variants lies."""
    every = per_epoch if lines[0].interval == "epoch" else 1
    return Stretch(
        _packed([line.start for line in lines]),
        _packed([line.end for line in lines]),
        _packed([line.ticks for line in lines]),
        every,
    )


def _packed(values: Sequence[int]) -> Any:
    column = np.array(values, dtype=np.int64)
    return int(column[0]) if (column == column[0]).all() else column
