"""From the variants of one sequence of phases to the few computations that give them all.

Variants are followed through the timeline side by side. Where a phase is the same for all of
them, and starts from the same LRs, it is resolved and computed once: that is the prefix before
what is swept. Where it differs, what differs becomes columns (`lrdesigner.sweep.rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.plan import SNAP, own_lrs, stage
from lrdesigner.engine.resolve import find_spec
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.sweep.arguments import Resolver, stacks
from lrdesigner.sweep.rows import Rows, cohorts
from lrdesigner.sweep.tasks import Steps, Stretch, Task, stretch_of


@dataclass(eq=False)
class Batch:
    """All computations of one sequence of phases.

    Attributes:
        tasks: What to compute.
        errors: Why a variant cannot run, by its index.
        doubtful: Variants that only asking one by one tells about.
        totals: Steps of each variant's run.
    """

    tasks: list[Task] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    totals: Steps = field(default_factory=lambda: np.empty(0, np.int64))


def plan_batch(views: Sequence[Schedule]) -> Batch:
    """The computations that give all variants of a sequence of phases.

    Args:
        views: The variants, documents without tracks, alike but for swept numbers.
    """
    batch = Batch(totals=np.array([view.steps for view in views], dtype=np.int64))
    known: dict[object, tuple[Segment, ...]] = {}
    timelines = []
    for view in views:
        key = (view.horizon, tuple([phase.length for phase in view.phases]))
        if key not in known:
            known[key] = segments(view)
        timelines.append(known[key])
    for rows in _alike([tuple([s.index for s in line]) for line in timelines]):
        _Front(batch, rows, [views[i] for i in rows], [timelines[i] for i in rows]).run()
    return batch


class _Front:
    """Variants with the same segments, followed side by side from the first to the last."""

    def __init__(
        self,
        batch: Batch,
        rows: Rows,
        views: Sequence[Schedule],
        timelines: Sequence[tuple[Segment, ...]],
    ) -> None:
        self._batch = batch
        self._rows = rows
        self._views = list(views)
        self._timelines = list(timelines)
        self._own = np.array([own_lrs(view) for view in views])
        self._reached = self._own

    def run(self) -> None:
        """Plan one segment after the other."""
        for position in range(len(self._timelines[0])):
            if len(self._rows):
                self._plan(position)

    def _plan(self, position: int) -> None:
        lines = [timeline[position] for timeline in self._timelines]
        bases = self._bases(position, lines[0])
        stretch = stretch_of(lines, self._views[0].horizon.steps_per_epoch)
        phases = [_phase(view, line) for view, line in zip(self._views, lines, strict=True)]
        same = all(phase is phases[0] for phase in phases) and _same_lengths(lines)
        if same and (bases == bases[0]).all():
            self._plan_once(lines[0], stretch, bases)
        else:
            self._plan_each(lines, phases, stretch, bases)

    def _bases(self, position: int, line: Segment) -> FloatArray:
        """The base LRs; what `next_bases` does, for all rows."""
        if position == 0 or line.phase is None:
            return self._reached
        if line.phase.start == "base":
            return self._own
        near = np.abs(self._reached - self._own) <= SNAP * np.abs(self._own)
        return np.where(near, self._own, self._reached)

    def _plan_once(self, line: Segment, stretch: Stretch, bases: FloatArray) -> None:
        start = tuple(bases[0].tolist())
        try:
            parts = stage(self._views[0], line, start).parts
        except (ArithmeticError, ValueError, TypeError, IndexError) as error:
            self._fail(range(len(self._rows)), str(error))
            return
        found = []
        for part in parts:
            ((_, rows),) = cohorts(part.spec, [part.args])
            found.append(rows)
        task = Task(stretch, self._rows, tuple(found), bases[:1], once=True)
        reached = self._reach(task, slice(0, 1))
        self._reached = np.repeat(reached, len(self._rows), axis=0)
        self._add(task)
        # A doubt about one is a doubt about all.
        sound = all(bool(rows.sound.all()) for rows in found) and np.isfinite(reached).all()
        self._keep(np.full(len(self._rows), sound))

    def _plan_each(
        self,
        lines: Sequence[Segment],
        phases: Sequence[Phase | None],
        stretch: Stretch,
        bases: FloatArray,
    ) -> None:
        if phases[0] is None:
            self._reached = bases
            self._add(Task(stretch, self._rows, (), bases, once=False))
            return
        args, failed = self._arguments(lines, phases, bases)
        kept = np.array([row for row in range(len(lines)) if row not in failed], dtype=np.int64)
        self._fail_each(failed)
        if not len(kept):
            return
        bases, stretch = bases[kept], stretch.part(kept)
        args = [args[row] for row in kept]
        reached, sound = np.empty_like(bases), np.ones(len(kept), dtype=bool)
        for rows, parts in stacks(self._specs(phases[0]), args):
            task = Task(stretch.part(rows), self._rows[rows], parts, bases[rows], once=False)
            reached[rows] = self._reach(task, slice(0, len(rows)))
            for part in parts:
                sound[rows] &= part.sound
            self._add(task)
        self._reached = reached
        self._keep(sound & np.isfinite(reached).all(axis=1))

    def _specs(self, phase: Phase) -> list[SchedulerSpec]:
        return [find_spec(phase.scheduler), *(find_spec(item.scheduler) for item in phase.with_)]

    def _arguments(
        self, lines: Sequence[Segment], phases: Sequence[Phase | None], bases: FloatArray
    ) -> tuple[list[tuple[Args, ...]], dict[int, str]]:
        """The arguments of all schedulers of a phase, and why there are none."""
        found: list[tuple[Args, ...]] = []
        failed: dict[int, str] = {}
        starts = [tuple(row) for row in bases.tolist()]
        resolver = Resolver()
        for row, (line, phase, start) in enumerate(zip(lines, phases, starts, strict=True)):
            assert phase is not None
            try:
                found.append(resolver.arguments(self._views[row], line, phase, start))
            except (ArithmeticError, ValueError, TypeError, IndexError) as error:
                found.append(())
                failed[row] = str(error)
        return found, failed

    def _reach(self, task: Task, rows: slice) -> FloatArray:
        """What rows have reached when the next segment takes over."""
        ticks = task.stretch.ticks
        times = ticks[:, None] if np.ndim(ticks) else np.array([ticks])
        count = rows.stop - rows.start
        groups = range(task.bases.shape[1])
        return np.stack(
            [
                np.broadcast_to(task.values(times, rows, group), (count, 1))[:, 0]
                for group in groups
            ],
            axis=1,
        )

    def _add(self, task: Task) -> None:
        self._batch.tasks.append(task)

    def _fail(self, rows: Iterable[int], message: str) -> None:
        self._fail_each(dict.fromkeys(rows, message))

    def _fail_each(self, failed: dict[int, str]) -> None:
        if not failed:
            return
        self._batch.errors.update((int(self._rows[row]), text) for row, text in failed.items())
        kept = np.ones(len(self._rows), dtype=bool)
        kept[list(failed)] = False
        self._take(kept)

    def _keep(self, sound: NDArray[np.bool_]) -> None:
        """Go on with these; the others are asked one by one."""
        if not sound.all():
            self._batch.doubtful.update(self._rows[~sound].tolist())
            self._take(sound)

    def _take(self, kept: NDArray[np.bool_]) -> None:
        self._rows = self._rows[kept]
        self._own, self._reached = self._own[kept], self._reached[kept]
        self._views = [view for view, keep in zip(self._views, kept, strict=True) if keep]
        self._timelines = [line for line, keep in zip(self._timelines, kept, strict=True) if keep]


def _phase(view: Schedule, line: Segment) -> Phase | None:
    return None if line.index is None else view.phases[line.index]


def _same_lengths(lines: Sequence[Segment]) -> bool:
    first = lines[0]
    return all(
        line is first
        or (line.start, line.end, line.ticks, line.length)
        == (first.start, first.end, first.ticks, first.length)
        for line in lines
    )


def _alike(keys: Sequence[object]) -> Iterator[Rows]:
    rows_of: dict[object, list[int]] = {}
    for row, key in enumerate(keys):
        rows_of.setdefault(key, []).append(row)
    for rows in rows_of.values():
        yield np.array(rows)
