"""Another scheduler in a phase's place, which starts and ends at the LR the old one did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.params import FloatParam
from lrdesigner.schedule.edits import starter_params
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.schedule.units import spans

_NEAR = 1e-6
_GAPS = (ScheduleError, ArithmeticError, ValueError, TypeError, IndexError)


@dataclass(frozen=True)
class Change:
    """A document with another scheduler in a phase.

    Attributes:
        schedule: The document.
        start: Whether the phase starts at the LR it started at.
        end: Whether it leads to the LR it led to.
    """

    schedule: Schedule
    start: bool
    end: bool


def change_scheduler(schedule: Schedule, index: int, key: str) -> Change:
    """Run a phase with another scheduler; its place, length and start stay.

    Parameters are chosen so that the curve keeps its ends where the new scheduler can; of a stack
    stays what composes with it.
    """
    phase = schedule.phases[index]
    spec = schedulers()[key]
    interval = "epoch" if spec.epoch_only else phase.interval
    span = spans(schedule)[index]
    params = dict(starter_params(schedule, key, span, interval, first=index == 0))
    changed = phase.replace(
        scheduler=key,
        interval=interval,
        params=FrozenDict(params),
        with_=phase.with_ if spec.composes else (),
    )
    ends = _Ends.of(schedule, index)
    plain = _with(schedule, index, changed)
    if ends is None or spec.epoch_only or (spec.composes and phase.with_):
        return Change(plain, False, False)
    best = (plain, *ends.kept(plain, index))
    for target in (0, 1):
        if best[1 + target]:
            continue
        for name, value in ends.candidates(spec, best[0].phases[index].params, target):
            trial = _with(
                best[0],
                index,
                changed.replace(params={**best[0].phases[index].params, name: value}),
            )
            kept = ends.kept(trial, index)
            if kept[target] and (not best[1] or kept[0]):
                best = (trial, *kept)
                break
    return Change(*best)


@dataclass(frozen=True)
class _Ends:
    """What a phase starts from, and its first and its last LR, of every group."""

    bases: tuple[float, ...]
    first: tuple[float, ...]
    last: tuple[float, ...]
    ticks: int

    @staticmethod
    def of(schedule: Schedule, index: int) -> _Ends | None:
        """None for a phase that does not run."""
        from lrdesigner.engine.plan import next_bases, own_lrs, stage
        from lrdesigner.engine.rows import stage_rows
        from lrdesigner.engine.segments import segments

        reached: Sequence[float] = own_lrs(schedule)
        for position, segment in enumerate(segments(schedule)):
            bases = next_bases(schedule, segment, reached) if position else tuple(reached)
            try:
                item = stage(schedule, segment, bases)
                rows = stage_rows(item, np.array([0, segment.ticks]), range(len(bases)))
            except _GAPS:
                if segment.index == index:
                    return None
                reached = bases
                continue
            reached = rows[:, 1].tolist()
            if segment.index == index:
                return _Ends(bases, tuple(rows[:, 0].tolist()), tuple(reached), segment.ticks)
        return None

    def kept(self, schedule: Schedule, index: int) -> tuple[bool, bool]:
        """Which ends another document's phase has too."""
        other = _Ends.of(schedule, index)
        if other is None:
            return False, False
        return _same(self.first, other.first), _same(self.last, other.last)

    def candidates(
        self, spec: SchedulerSpec, params: Mapping[str, Any], target: int
    ) -> Iterator[tuple[str, Any]]:
        """Values of single parameters that may lead to an end: LRs, and how they compare."""
        wanted = (self.first, self.last)[target]
        other = (self.last, self.first)[target]
        columns = [
            wanted,
            _ratios(wanted, self.bases),
            _ratios(wanted, other),
            _ratios(other, wanted),
            _ratios(self.bases, wanted),
            *(
                tuple(ratio ** (1 / falls) for ratio in _ratios(wanted, other))
                for falls in (max(1, self.ticks), 2, 3, 4)
            ),
        ]
        for declaration in spec.params:
            if not isinstance(declaration, FloatParam):
                continue
            for column in columns:
                values = [float(f"{value:.12g}") for value in column]
                if not values:
                    continue
                if len(set(values)) == 1 or _same(values, values[:1] * len(values)):
                    yield declaration.name, values[0]
                elif declaration.per_group:
                    yield declaration.name, tuple(values)


def _ratios(values: Sequence[float], over: Sequence[float]) -> tuple[float, ...]:
    if any(each <= 0 for each in over) or any(each < 0 for each in values):
        return ()
    return tuple(a / b for a, b in zip(values, over, strict=True))


def _same(first: Sequence[float], second: Sequence[float]) -> bool:
    return bool(np.allclose(first, second, rtol=_NEAR, atol=0))


def _with(schedule: Schedule, index: int, phase: Phase) -> Schedule:
    phases = schedule.phases
    return schedule.replace(phases=(*phases[:index], phase, *phases[index + 1 :]))
