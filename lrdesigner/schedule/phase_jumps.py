"""Where the LR jumps between two phases, and how that is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.catalog import schedulers
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.preview import Preview
from lrdesigner.i18n import tr
from lrdesigner.params import FloatParam
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.schedule.phase_split import PhaseOpError
from lrdesigner.schedule.units import spans

_SEEN = 0.01
_STEEP = 3.0


@dataclass(frozen=True)
class Jump:
    """How far the value of a group goes in no time at a boundary.

    Attributes:
        group: The group where it goes farthest.
        before: What the phase before leads to.
        after: What the phase starts at.
    """

    group: int
    before: float
    after: float

    @property
    def ratio(self) -> float | None:
        """`after` over `before`; None where it comes from zero, or goes there."""
        return self.after / self.before if self.before > 0 and self.after > 0 else None


def jump_at(schedule: Schedule, preview: Preview, index: int) -> Jump | None:
    """The jump between a phase and the one before it, if it can be seen.

    Args:
        schedule: The document, without tracks.
        preview: Its fast curve.
        index: The phase.
    """
    found = spans(schedule)
    span = found[index]
    if not index or span.steps <= 0 or span.start <= 0 or {index, index - 1} & set(preview.errors):
        return None
    place = int(np.searchsorted(preview.steps, span.start))
    if place >= len(preview.steps) or preview.steps[place] != span.start:
        return None
    after, last = preview.lr[:, place], preview.lr[:, place - 1]
    if schedule.phases[index].start == "continue" and index in preview.bases:
        reached = np.array(preview.bases[index])
        missed = _farthest(reached, after, np.ones(len(after), bool))
        if missed is not None:
            return missed
    # From step to step a curve moves anyway; a jump is much more than its last step was.
    own = _own_step(preview, place, spans(schedule)[index - 1].steps)
    return _farthest(last, after, np.abs(after - last) > _STEEP * own)


def _farthest(before: FloatArray, after: FloatArray, jumps: NDArray[np.bool_]) -> Jump | None:
    scale = np.maximum(np.abs(after), np.abs(before))
    far = np.where(jumps, np.abs(after - before) / np.where(scale > 0, scale, 1.0), 0.0)
    group = int(far.argmax())
    if far[group] <= _SEEN:
        return None
    return Jump(group, float(before[group]), float(after[group]))


def _own_step(preview: Preview, place: int, steps: int) -> FloatArray:
    """How far the phase before moves in its last step."""
    if place < 2 or steps < 2:
        return np.abs(preview.lr[:, place - 1])
    gap = int(preview.steps[place - 1] - preview.steps[place - 2])
    moved: FloatArray = np.abs(preview.lr[:, place - 1] - preview.lr[:, place - 2]) / gap
    return moved


def mend(schedule: Schedule, index: int) -> Schedule:
    """Let a phase begin where the one before it ends.

    It goes on from there if it does not, and if its curve begins with another fraction of that,
    the parameter that says so is changed.

    Raises:
        PhaseOpError: If no single parameter can do that.
    """
    from lrdesigner.engine.preview import sequence_preview

    start = spans(schedule)[index].start
    steps = np.arange(max(0, start - 2), start + 1, dtype=np.int64)
    linked = _with(schedule, index, schedule.phases[index].replace(start="continue"))
    for trial in _trials(linked, index):
        seen = sequence_preview(trial, steps)
        if not {index, index - 1} & set(seen.errors) and jump_at(trial, seen, index) is None:
            return trial
    raise PhaseOpError(tr("no single parameter lets it begin where the phase before it ends"))


def _trials(schedule: Schedule, index: int) -> Iterator[Schedule]:
    """The phase as it is, and with one number changed so that it may begin at its base."""
    yield schedule
    phase = schedule.phases[index]
    spec = schedulers().get(phase.scheduler)
    for declaration in spec.params if spec else ():
        if isinstance(declaration, FloatParam):
            # A fraction of the base LR of 1, or a bound that follows the base.
            values = [None] if declaration.follows == "base" else [1.0]
            for value in values:
                params = FrozenDict({**phase.params, declaration.name: value})
                yield _with(schedule, index, phase.replace(params=params))
    before = schedule.phases[index - 1]
    if before.scheduler == "ConstantLR":
        # At total_iters it goes back to its base, which is when the next phase takes over.
        longer = spans(schedule)[index - 1].nominal_steps + 1
        params = FrozenDict({**before.params, "total_iters": longer})
        yield _with(schedule, index - 1, before.replace(params=params))


def _with(schedule: Schedule, index: int, phase: Phase) -> Schedule:
    phases = schedule.phases
    return schedule.replace(phases=(*phases[:index], phase, *phases[index + 1 :]))
