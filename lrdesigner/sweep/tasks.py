"""Pieces of a sweep's computation: some variants over one segment of the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import namespace
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

    def times(self, steps: Any) -> Any:
        """Local times; steps outside give the nearest one inside."""
        start, ticks = self._columns(steps, self.start, self.ticks)
        if self.per_epoch == 1:
            local = steps - start
        else:
            local = steps // self.per_epoch - start // self.per_epoch
        if np.ndim(self.start) or np.ndim(self.end):
            local = namespace(steps).clip(local, 0, ticks)
        return local

    def inside(self, steps: Any) -> Any:
        """Which steps are its own, row by row; None if all that `columns` gives are."""
        if not (np.ndim(self.start) or np.ndim(self.end)):
            return None
        start, end = self._columns(steps, self.start, self.end)
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

    @staticmethod
    def _columns(steps: Any, *values: Any) -> tuple[Any, ...]:
        xp = namespace(steps)
        return tuple(xp.asarray(v[:, None]) if np.ndim(v) else v for v in values)


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
