"""The fast curve: what a window can draw at once, while the exact run goes on behind.

Every scheduler's declaration gives its values at any local times without stepping, within about
1e-11 of torch. Phases that cannot run hold the value before them, so that the rest of the
picture stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import distinct, keep_memory
from lrdesigner.engine.course import Course
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.segments import segments
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.tracks import Part, group_indices, located, own_value, parts

POINTS = 4000
_LINES = 16


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
    keep_memory()
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
    views = [_drawn(part.view, c, steps) for part, c in zip(found, courses, strict=True)]
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
    return _drawn(schedule, Course(schedule), steps)


def _drawn(schedule: Schedule, course: Course, steps: NDArray[np.int64]) -> Preview:
    lr = course.values(steps)
    return Preview(
        tuple(group.name for group in schedule.optimizer.groups),
        steps,
        lr,
        course.bases,
        dict(course.errors),
        len(steps) == schedule.steps,
    )


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
