"""The fast curve: what a window can draw at once, while the exact run goes on behind.

Every scheduler's declaration gives its values at any local times without stepping, within about
1e-11 of torch. Phases that cannot run hold the value before them, so that the rest of the
picture stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import distinct
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import FormulaError
from lrdesigner.engine.plan import Stage, next_bases, own_lrs, stage
from lrdesigner.engine.rows import stage_rows
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.engine.telling import telling_steps
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.tracks import Part, group_indices, located, own_value, parts

POINTS = 4000
_LINES = 16
# A ScheduleError says what to do; anything else is a gap in our own checks, which must not take
# the rest of the picture along.
_GAPS = (ArithmeticError, ValueError, TypeError, IndexError)


@dataclass(frozen=True, eq=False)
class Preview:
    """The fast curve at some steps.

    Attributes:
        groups: Names of the parameter groups.
        steps: int64 ``[points]``, rising: the optimizer steps drawn; always the first and last
            step of every phase, and those that a picture must not miss.
        lr: float64 ``[groups, points]``.
        bases: The base LRs each of the document's own phases starts from, by the phase's index
            (the hold has −1); one value per group that they drive.
        errors: Why one of the document's own phases cannot run, by its index.
        exact: Whether every step is in `steps`.
        tracks: The same for every track that drives a group, in the document's order.
        quantities: float64 ``[groups, points]`` for each quantity that a lane drives; groups
            that no lane drives keep their own value.
    """

    groups: tuple[str, ...]
    steps: NDArray[np.int64]
    lr: FloatArray
    bases: Mapping[int, tuple[float, ...]]
    errors: Mapping[int, str]
    exact: bool
    tracks: tuple[TrackPreview, ...] = ()
    quantities: Mapping[Quantity, FloatArray] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[FloatArray, ...]:
        """The LR of each group; always the same arrays, so that they can be told apart."""
        return tuple(self.lr)

    def track(self, index: int) -> TrackPreview | None:
        """The track of that index; None if it drives no group."""
        return next((track for track in self.tracks if track.track == index), None)

    def view(self, schedule: Schedule, track: int | None) -> Preview | None:
        """The fast curve of `tracks.view(schedule, track)`; None if it drives no group.

        Args:
            schedule: The document this is the fast curve of.
            track: A track's index, or None for the document's own phases.
        """
        if track is not None:
            found = self.track(track)
            return None if found is None else found.view
        if not self.tracks:
            return self
        rows = list(group_indices(schedule, None))
        names = tuple(self.groups[row] for row in rows)
        return replace(self, groups=names, lr=self.lr[rows], tracks=(), quantities={})


@dataclass(frozen=True, eq=False)
class TrackPreview:
    """The fast curve of one track.

    Attributes:
        track: Its index in the document's tracks.
        quantity: What it drives.
        groups: Indices of the optimizer's groups it drives, rising.
        word: What people call what it drives: "LR", "beta1", "weight decay".
        view: Its fast curve as a document of its own, at the same steps; ``view.lr`` is the
            quantity, and its errors name phases as if there were no tracks.
    """

    track: int
    quantity: Quantity
    groups: tuple[int, ...]
    word: str
    view: Preview

    @property
    def values(self) -> FloatArray:
        """The quantity, float64 ``[groups of the track, points]``."""
        return self.view.lr

    @property
    def bases(self) -> Mapping[int, tuple[float, ...]]:
        """What each phase starts from, by its index in the track (the hold has −1)."""
        return self.view.bases

    @property
    def errors(self) -> Mapping[int, str]:
        """Why a phase cannot run, by its index in the track."""
        return {
            index: located(self.track, self.word, text) for index, text in self.view.errors.items()
        }


def preview(
    schedule: Schedule, points: int = POINTS, focus: tuple[float, float] | None = None
) -> Preview:
    """The fast curve of a document; never raises for a sound one.

    Args:
        schedule: The document.
        points: At about how many steps spread over the run; fewer for very many groups. Besides
            them are drawn the ones that tell something: jumps and bends, peaks and troughs, and
            the lowest and highest values where cycles are shorter than the points are apart.
        focus: Steps that are looked at closely: half as many points again lie between these two.
    """
    found = parts(schedule)
    courses = [Course(part.view) for part in found]
    # A hundred lines side by side need not be as fine as one, and all have to follow the mouse.
    points = min(points, max(points // 4, points * _LINES // len(schedule.optimizer.groups)))
    steps = sample_steps(schedule, points, [part.view for part in found])
    if focus is not None:
        low, high = np.clip(focus, 0, schedule.steps - 1)
        close = np.linspace(low, high, points // 2).astype(np.int64)
        steps = distinct(np.concatenate([steps, close]))
    if len(steps) < schedule.steps:
        more = [course.telling_steps(steps) for course in courses]
        steps = distinct(np.concatenate([steps, *more]))
    views = [course.drawn(steps) for course in courses]
    if not schedule.tracks:
        return views[0]
    lr = np.empty((len(schedule.optimizer.groups), len(steps)))
    quantities: dict[Quantity, FloatArray] = {}
    for part, view in zip(found, views, strict=True):
        target = lr
        if part.quantity != "lr":
            target = quantities.setdefault(part.quantity, _own(schedule, part, len(steps)))
        target[list(part.groups)] = view.lr
    return replace(
        views[0],
        groups=tuple(group.name for group in schedule.optimizer.groups),
        lr=lr,
        tracks=tuple(
            TrackPreview(part.track, part.quantity, part.groups, part.word, view)
            for part, view in zip(found, views, strict=True)
            if part.track is not None
        ),
        quantities=quantities,
    )


def _own(schedule: Schedule, part: Part, points: int) -> FloatArray:
    """Every group's own value of a lane's quantity, at all steps."""
    spec = schedule.optimizer
    own = [own_value(spec, group, part.quantity) or 0.0 for group in spec.groups]
    return np.repeat(np.array(own)[:, None], points, axis=1)


def sequence_preview(schedule: Schedule, steps: NDArray[np.int64]) -> Preview:
    """The fast curve of a document's own phases, without its tracks, at these rising steps."""
    return Course(schedule).drawn(steps)


@dataclass(frozen=True, eq=False)
class _Leg:
    """One segment, where it starts from, and why it cannot run, or ""."""

    segment: Segment
    start: tuple[float, ...]
    item: Stage | None
    error: str = ""

    @property
    def key(self) -> int:
        return -1 if self.segment.index is None else self.segment.index


class Course:
    """The phases of a document without tracks, each with what it starts from.

    Args:
        schedule: The document.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._per_epoch = schedule.horizon.steps_per_epoch
        self._legs = self._found({})

    def _found(self, errors: Mapping[int, str]) -> list[_Leg]:
        """The legs, with what is known of phases that cannot run."""
        legs: list[_Leg] = []
        reached = own_lrs(self._schedule)
        for position, segment in enumerate(segments(self._schedule)):
            start = next_bases(self._schedule, segment, reached) if position else reached
            leg = _Leg(segment, start, None)
            try:
                if leg.key in errors:
                    raise ScheduleError(errors[leg.key])
                item = stage(self._schedule, segment, start)
                end = _rows(item, np.array([segment.ticks]))
                leg, reached = replace(leg, item=item), tuple(end[:, 0].tolist())
            except _GAPS as error:
                leg, reached = replace(leg, error=str(error)), start
            legs.append(leg)
        return legs

    def telling_steps(self, steps: NDArray[np.int64]) -> NDArray[np.int64]:
        """The steps to draw besides these, so that nothing is missed between them."""
        found = [np.empty(0, np.int64)]
        for leg in self._legs:
            if leg.item is None:
                continue
            rows = partial(stage_rows, leg.item)
            with suppress(*_GAPS):  # what is wrong comes to light when it is drawn
                here = steps[_within(leg.segment, steps)]
                found.append(telling_steps(leg.item, self._per_epoch, here, rows))
        return np.concatenate(found)

    def drawn(self, steps: NDArray[np.int64]) -> Preview:
        """The fast curve at these rising steps."""
        lr = np.empty((len(self._schedule.optimizer.groups), len(steps)))
        errors = {leg.key: leg.error for leg in self._legs if leg.error}
        known = len(errors)
        for leg in self._legs:
            here = _within(leg.segment, steps)
            lr[:, here] = np.array(leg.start)[:, None]
            try:
                if leg.item is not None:
                    lr[:, here] = _rows(leg.item, self._local(leg.segment, steps[here]))
            except _GAPS as error:
                errors[leg.key] = str(error)
        if len(errors) > known:
            # Later phases start from what came before the ones that cannot run.
            self._legs = self._found(errors)
            return self.drawn(steps)
        return Preview(
            tuple(group.name for group in self._schedule.optimizer.groups),
            steps,
            lr,
            {leg.key: leg.start for leg in self._legs},
            errors,
            len(steps) == self._schedule.steps,
        )

    def _local(self, segment: Segment, steps: NDArray[np.int64]) -> NDArray[np.int64]:
        if segment.interval == "step":
            return steps - segment.start
        return steps // self._per_epoch - segment.start // self._per_epoch


def sample_steps(
    schedule: Schedule, points: int, views: Sequence[Schedule] = ()
) -> NDArray[np.int64]:
    """About `points` steps spread over the run, and both ends of every phase.

    Args:
        schedule: The document.
        points: About how many.
        views: Where it has tracks, what it and they are as documents of their own.
    """
    total = schedule.steps
    if total <= points:
        return np.arange(total, dtype=np.int64)
    spread = np.linspace(0, total - 1, points).astype(np.int64)
    ends = [
        step
        for view in views or (schedule,)
        for segment in segments(view)
        for step in (segment.start, segment.end - 1)
    ]
    return distinct(np.concatenate([spread, np.array(ends, dtype=np.int64)]))


def _within(segment: Segment, steps: NDArray[np.int64]) -> slice:
    """The place of a segment's own steps among rising ones."""
    first, last = np.searchsorted(steps, [segment.start, segment.end]).tolist()
    return slice(first, last)


def _rows(item: Stage, times: NDArray[np.int64]) -> FloatArray:
    """One stage at the given local times, all groups; finite."""
    lr = stage_rows(item, times, range(len(item.bases)))
    if not np.isfinite(lr).all():
        _ask_exactly(item, times, lr)
    if not np.isfinite(lr).all():
        raise ScheduleError(_not_finite(item, times, lr))
    return lr


def _ask_exactly(item: Stage, times: NDArray[np.int64], lr: FloatArray) -> None:
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


def _not_finite(item: Stage, times: NDArray[np.int64], lr: FloatArray) -> str:
    group, point = (int(i) for i in np.argwhere(~np.isfinite(lr))[0])
    names = " with ".join(part.spec.key for part in item.parts)
    why = tr(
        "the LR of group {group} is not finite at t = {t:,}; change the parameters so that it "
        "stays finite",
        group=group,
        t=int(times[point]),
    )
    return f"phases[{item.segment.index}] ({names}): {why}"
