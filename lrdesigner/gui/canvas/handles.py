"""Where a group's LR can be taken hold of: on its curve, at a point that really follows it.

A lane's curve is held in the same way, by what its groups hold of the quantity by themselves.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import distinct
from lrdesigner.engine.preview import Preview, sequence_preview
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.own_values import owners
from lrdesigner.schedule.units import spans

_POINTS = 128
_PROBE = 1.25
_GREAT = 1e300
_PROBE_OF_ZERO = 1e-3
_CLOSE = 1e-9


@dataclass(frozen=True)
class LrHandle:
    """A point of a group's curve that moves in step with the group's LR.

    Attributes:
        group: The group's index.
        step: Where on the curve.
        lr: The value there.
        ratio: That value in units of the group's LR.
        track: The track that drives the curve; None for the document's own phases.
    """

    group: int
    step: int
    lr: float
    ratio: float
    track: int | None = None

    @property
    def key(self) -> Hashable:
        """What stays the same while the document changes."""
        return "ring", self.track, self.group


def part_handles(part: DocumentPart) -> tuple[LrHandle, ...]:
    """The handles of the groups that a sequence of phases drives; one for those of one number."""
    groups = part.groups
    if not groups:
        return ()
    found = lr_handles(part.schedule, part.preview)
    known = {groups[each.group]: replace(each, group=groups[each.group]) for each in found}
    firsts = (
        next((group for group in shared if group in known), None)
        for shared in owners(part.document, part.quantity)
    )
    shown = sorted(group for group in firsts if group is not None)
    return tuple(replace(known[group], track=part.track) for group in shown)


def lr_handles(schedule: Schedule, now: Preview) -> tuple[LrHandle, ...]:
    """One handle for each group of a document without tracks whose LR moves its curve.

    A phase may set its LR by itself (``OneCycleLR.max_lr``); a handle there would promise what it
    cannot do. So a second run with changed LRs shows which points follow, and the handle stands
    on one that does: at a phase boundary where the curve has the group's own LR, else anywhere it
    has, else at the highest point.

    Args:
        schedule: The document.
        now: Its fast curve.
    """
    places = _places(schedule, now.steps)
    now = replace(now, steps=now.steps[places], lr=now.lr[:, places])
    optimizer = schedule.optimizer
    probes = tuple(group.replace(lr=_probe_of(group.lr)) for group in optimizer.groups)
    probe = schedule.replace(optimizer=optimizer.replace(groups=probes))
    moved = sequence_preview(probe, now.steps)
    found = (_handle(schedule, probe, now, moved, g) for g in range(len(now.groups)))
    return tuple(handle for handle in found if handle is not None)


def _places(schedule: Schedule, steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of the steps to look at: some, and the ends of every phase."""
    spread = np.linspace(0, len(steps) - 1, min(_POINTS, len(steps))).astype(np.int64)
    ends = [step for span in spans(schedule) for step in (span.start, span.end - 1, span.end)]
    found = np.searchsorted(steps, np.array(ends, dtype=np.int64)).clip(0, len(steps) - 1)
    return distinct(np.concatenate([spread, found]))


def _probe_of(lr: float) -> float:
    probe = lr * _PROBE if lr < _GREAT else lr / _PROBE
    return probe or _PROBE_OF_ZERO


def _handle(
    schedule: Schedule, probe: Schedule, now: Preview, moved: Preview, group: int
) -> LrHandle | None:
    lr, probed = schedule.optimizer.groups[group].lr, probe.optimizer.groups[group].lr
    with np.errstate(over="ignore", invalid="ignore"):  # an LR so small follows nothing
        ratio = moved.lr[group] / probed
        follows = (np.abs(now.lr[group] - ratio * lr) <= _CLOSE * probed) & (ratio > 0)
    own = follows & (np.abs(ratio - 1) <= _CLOSE)
    places = np.flatnonzero(own)
    if not places.size:
        if not follows.any():
            return None
        places = np.array([int(np.argmax(np.where(follows, ratio, -np.inf)))])
    place = _at_boundary(schedule, now, places)
    exact = 1.0 if own[place] else float(ratio[place])
    return LrHandle(group, int(now.steps[place]), exact * lr, exact)


def _at_boundary(schedule: Schedule, now: Preview, places: NDArray[np.int64]) -> int:
    """The first of these samples at which a phase takes over; else simply the first."""
    starts = {step for span in spans(schedule) for step in (span.start, span.end) if step > 0}
    return int(next((p for p in places if int(now.steps[p]) in starts), places[0]))
