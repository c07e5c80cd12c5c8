"""The phases of a document one after the other, as the fast curve follows them.

A picture that follows the mouse is drawn anew for every document on the way, and most phases are
the same in all of them. So what is found out about a phase is kept, as long as it is the same
object, lies in the same place, and starts from the same LRs.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import FormulaError
from lrdesigner.engine.plan import Stage, next_bases, own_lrs, stage
from lrdesigner.engine.resolve import find_spec
from lrdesigner.engine.rows import stage_rows
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.engine.telling import telling_steps
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule

# A ScheduleError says what to do; anything else is a gap in our own checks, which must not take
# the rest of the picture along.
_GAPS = (ArithmeticError, ValueError, TypeError, IndexError)
_KEPT = 128  # phases
_SMALL = 4000  # values of a phase that are kept; where there are more, there are few such phases

Steps = NDArray[np.int64]


@dataclass(eq=False)
class _Known:
    """What is found out about a phase in its place.

    Attributes:
        item: Its schedulers.
        end: The LRs that the next phase starts from.
        telling: Steps that are drawn, and those to draw besides them.
        drawn: Local times, and the values there.
    """

    item: Stage
    end: tuple[float, ...]
    telling: tuple[bytes, Steps] | None = None
    drawn: tuple[bytes, FloatArray] | None = None


@dataclass(frozen=True, eq=False)
class _Leg:
    """One segment, where it starts from, and why it cannot run, or ""."""

    segment: Segment
    start: tuple[float, ...]
    known: _Known | None
    error: str = ""

    @property
    def key(self) -> int:
        return -1 if self.segment.index is None else self.segment.index


class _Question:
    """What a phase's values depend on, so that `lru_cache` can tell questions apart.

    By identity what is one object in all documents that share it: equal phases may still differ,
    as 1 and 1.0 do.
    """

    __slots__ = ("_key", "schedule", "segment", "start")

    def __init__(self, schedule: Schedule, segment: Segment, start: tuple[float, ...]) -> None:
        self.schedule: Schedule | None = schedule
        self.segment, self.start = segment, start
        phase = segment.phase
        place = (segment.index, segment.start, segment.end, segment.ticks, segment.length)
        self._key: tuple[Any, ...] = (
            id(phase),
            place,
            start,
            own_lrs(schedule),
            schedule.optimizer.type,
            type(schedule.optimizer),
            schedule.horizon.steps_per_epoch,
        )

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        # Whoever is asked holds the phase, so that no other one has its id.
        return isinstance(other, _Question) and self._key == other._key


class Course:
    """The phases of a document without tracks, each with what it starts from.

    Args:
        schedule: The document.

    Attributes:
        errors: Why phases cannot run, by their index; complete after `values`.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._per_epoch = schedule.horizon.steps_per_epoch
        self.errors: dict[int, str] = {}
        self._legs = self._found()

    @property
    def bases(self) -> dict[int, tuple[float, ...]]:
        """What each phase starts from, by its index (the hold has −1)."""
        return {leg.key: leg.start for leg in self._legs}

    def _found(self) -> list[_Leg]:
        """The legs, with what is known of phases that cannot run."""
        legs: list[_Leg] = []
        reached = own_lrs(self._schedule)
        for position, segment in enumerate(segments(self._schedule)):
            start = next_bases(self._schedule, segment, reached) if position else reached
            leg = _Leg(segment, start, None)
            try:
                if leg.key in self.errors:
                    raise ScheduleError(self.errors[leg.key])
                known = _asked(self._schedule, segment, start)
                leg, reached = _Leg(segment, start, known), known.end
            except _GAPS as error:
                leg, reached = replace(leg, error=str(error)), start
                self.errors[leg.key] = leg.error
            legs.append(leg)
        return legs

    def telling_steps(self, steps: Steps) -> Steps:
        """The steps to draw besides these, so that nothing is missed between them."""
        found = [np.empty(0, np.int64)]
        for leg in self._legs:
            if leg.known is None:
                continue
            with suppress(*_GAPS):  # what is wrong comes to light when it is drawn
                here = steps[_within(leg.segment, steps)]
                found.append(_telling(leg.known, self._per_epoch, here))
        return np.concatenate(found)

    def values(self, steps: Steps) -> FloatArray:
        """The fast curve at these rising steps, ``[groups, steps]``."""
        lr = np.empty((len(self._schedule.optimizer.groups), len(steps)))
        known = len(self.errors)
        for leg in self._legs:
            here = _within(leg.segment, steps)
            lr[:, here] = np.array(leg.start)[:, None]
            try:
                if leg.known is not None:
                    lr[:, here] = _drawn(leg.known, self._local(leg.segment, steps[here]))
            except _GAPS as error:
                self.errors[leg.key] = str(error)
        if len(self.errors) > known:
            # Later phases start from what came before the ones that cannot run.
            self._legs = self._found()
            return self.values(steps)
        return lr

    def _local(self, segment: Segment, steps: Steps) -> Steps:
        if segment.interval == "step":
            return steps - segment.start
        return steps // self._per_epoch - segment.start // self._per_epoch


def _asked(schedule: Schedule, segment: Segment, start: tuple[float, ...]) -> _Known:
    """What is known of a phase, from the last time it was asked about if that was the same."""
    phase = segment.phase
    # A plateau hangs on the metric as well, and a hold is found at once.
    if phase is None or find_spec(phase.scheduler).epoch_only:
        return _answer(schedule, segment, start)
    return _kept(_Question(schedule, segment, start))


@lru_cache(maxsize=_KEPT)
def _kept(question: _Question) -> _Known:
    schedule, question.schedule = question.schedule, None  # no old document stays in memory
    assert schedule is not None
    return _answer(schedule, question.segment, question.start)


def _answer(schedule: Schedule, segment: Segment, start: tuple[float, ...]) -> _Known:
    item = stage(schedule, segment, start)
    end = _rows(item, np.array([segment.ticks]))
    return _Known(item, tuple(end[:, 0].tolist()))


def _telling(known: _Known, per_epoch: int, steps: Steps) -> Steps:
    """The steps of a phase to draw besides these."""
    asked, before = steps.tobytes(), known.telling
    if before is not None and before[0] == asked:
        return before[1]
    found = telling_steps(known.item, per_epoch, steps, partial(stage_rows, known.item))
    if max(found.size, steps.size) <= _SMALL:
        known.telling = asked, found
    return found


def _drawn(known: _Known, times: Steps) -> FloatArray:
    """The values of a phase at local times."""
    asked, before = times.tobytes(), known.drawn
    if before is not None and before[0] == asked:
        return before[1]
    rows = _rows(known.item, times)
    if rows.size <= _SMALL:
        known.drawn = asked, rows
    return rows


def _within(segment: Segment, steps: Steps) -> slice:
    """The place of a segment's own steps among rising ones."""
    first, last = steps.searchsorted([segment.start, segment.end]).tolist()
    return slice(first, last)


def _rows(item: Stage, times: Steps) -> FloatArray:
    """One stage at the given local times, all groups; finite."""
    lr = stage_rows(item, times, range(len(item.bases)))
    if not np.isfinite(lr).all():
        _ask_exactly(item, times, lr)
    if not np.isfinite(lr).all():
        raise ScheduleError(_not_finite(item, times, lr))
    return lr


def _ask_exactly(item: Stage, times: Steps, lr: FloatArray) -> None:
    """Fill gaps by the exact function: its whole numbers go further than an array's floats."""
    if len(item.parts) != 1 or item.parts[0].call.name != "LambdaLR":
        return
    args, found = item.parts[0].args, item.parts[0].call.kwargs["lr_lambda"]
    formulas = found if isinstance(found, (list, tuple)) else [found] * len(item.bases)
    for row, formula, base in zip(lr, formulas, item.bases, strict=True):
        gaps = np.flatnonzero(~np.isfinite(row))
        if not len(gaps):
            continue
        exact = formula.checked(T=args.length, lr=base)
        with suppress(FormulaError):  # the first one without a value is what will be said
            for gap in gaps.tolist():
                row[gap] = base * exact(int(times[gap]))


def _not_finite(item: Stage, times: Steps, lr: FloatArray) -> str:
    group, point = (int(i) for i in np.argwhere(~np.isfinite(lr))[0])
    names = " with ".join(part.spec.key for part in item.parts)
    why = tr(
        "the LR of group {group} is not finite at t = {t:,}; change the parameters so that it "
        "stays finite",
        group=group,
        t=int(times[point]),
    )
    return f"phases[{item.segment.index}] ({names}): {why}"
