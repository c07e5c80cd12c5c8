"""The fast curve: what a window can draw at once, while the exact run goes on behind.

Every scheduler's declaration gives its values at any local times without stepping, within about
1e-11 of torch. Phases that cannot run hold the value before them, so that the rest of the
picture stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.plan import Stage, next_bases, own_lrs, stage
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule

POINTS = 4000


@dataclass(frozen=True, eq=False)
class Preview:
    """The fast curve at some steps.

    Attributes:
        groups: Names of the parameter groups.
        steps: int64 ``[points]``, rising: the optimizer steps drawn; always the first and last
            step of every phase.
        lr: float64 ``[groups, points]``.
        bases: The base LRs each phase starts from, by the phase's index (the hold has −1).
        errors: Why a phase cannot run, by its index.
        exact: Whether every step is in `steps`.
    """

    groups: tuple[str, ...]
    steps: NDArray[np.int64]
    lr: FloatArray
    bases: Mapping[int, tuple[float, ...]]
    errors: Mapping[int, str]
    exact: bool


def preview(schedule: Schedule, points: int = POINTS) -> Preview:
    """The fast curve of a document at about `points` steps; never raises for a sound one."""
    steps = sample_steps(schedule, points)
    lr = np.empty((len(schedule.optimizer.groups), len(steps)))
    bases: dict[int, tuple[float, ...]] = {}
    errors: dict[int, str] = {}
    reached = own_lrs(schedule)
    for position, segment in enumerate(segments(schedule)):
        key = -1 if segment.index is None else segment.index
        start = reached if position == 0 else next_bases(schedule, segment, reached)
        bases[key] = start
        here = (steps >= segment.start) & (steps < segment.end)
        try:
            item = stage(schedule, segment, start)
            lr[:, here], reached = _values(schedule, item, steps[here])
        except (ArithmeticError, ValueError, TypeError, IndexError) as error:
            # A ScheduleError says what to do; anything else is a gap in our own checks, which
            # must not take the rest of the picture along.
            errors[key] = str(error)
            lr[:, here] = np.array(start)[:, None]
            reached = start
    names = tuple(group.name for group in schedule.optimizer.groups)
    return Preview(names, steps, lr, bases, errors, len(steps) == schedule.steps)


def sample_steps(schedule: Schedule, points: int) -> NDArray[np.int64]:
    """About `points` steps spread over the run, and both ends of every phase."""
    total = schedule.steps
    if total <= points:
        return np.arange(total, dtype=np.int64)
    spread = np.linspace(0, total - 1, points).astype(np.int64)
    ends = [step for s in segments(schedule) for step in (s.start, s.end - 1)]
    return np.unique(np.concatenate([spread, np.array(ends, dtype=np.int64)]))


def _values(
    schedule: Schedule, item: Stage, steps: NDArray[np.int64]
) -> tuple[FloatArray, tuple[float, ...]]:
    """One stage at the given steps, and what it reaches at its length."""
    times = np.append(_local(schedule, item.segment, steps), item.segment.ticks)
    rows = []
    for group, base in enumerate(item.bases):
        row = np.full(len(times), base)
        for part in item.parts:
            with np.errstate(all="ignore"):
                curve = part.spec.curve(times, part.args, group)
                # Stacked schedulers multiply: each one is a curve relative to its base.
                row = curve if len(item.parts) == 1 else row * (curve / base if base else 0.0)
        rows.append(row)
    lr = np.array(rows)
    if not np.isfinite(lr).all():
        raise ScheduleError(_not_finite(item, times, lr))
    return lr[:, :-1], tuple(float(value) for value in lr[:, -1])


def _local(schedule: Schedule, segment: Segment, steps: NDArray[np.int64]) -> NDArray[np.int64]:
    if segment.interval == "step":
        return steps - segment.start
    per_epoch = schedule.horizon.steps_per_epoch
    return steps // per_epoch - segment.start // per_epoch


def _not_finite(item: Stage, times: NDArray[np.int64], lr: FloatArray) -> str:
    group, point = (int(i) for i in np.argwhere(~np.isfinite(lr))[0])
    names = " with ".join(part.spec.key for part in item.parts)
    return (
        f"phases[{item.segment.index}] ({names}): the LR of group {group} is not finite at "
        f"t = {int(times[point]):,}; change the parameters so that it stays finite"
    )
