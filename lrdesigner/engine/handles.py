"""The handles of a phase: where its curve can be taken hold of, and what a drag makes of it.

A handle is a grip (`lrdesigner.grips`) of one group, with its place on the timeline. A drag asks
which value of the parameter brings the grip to a step, or the curve to a height there: it is
solved for, kept within what torch accepts, and written with no more digits than the eye needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lrdesigner.engine._handle_bench import HIGHEST, Handle, bench_of
from lrdesigner.engine.resolve import find_spec
from lrdesigner.engine.segments import segments
from lrdesigner.grips import Dial
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule

__all__ = [
    "FINE",
    "Dragged",
    "Handle",
    "drag",
    "followed",
    "handles",
    "set_value",
    "unit_of",
    "value_of",
]

COARSE = 2e-3
FINE = 2e-4


@dataclass(frozen=True)
class Dragged:
    """What a drag makes of a document.

    Attributes:
        schedule: The edited document.
        limit: Why the handle is not under the hand, or "".
    """

    schedule: Schedule
    limit: str = ""


def handles(
    schedule: Schedule, phase: int, bases: Sequence[float] | None = None
) -> tuple[Handle, ...]:
    """The handles of a phase; none if it cannot run.

    Args:
        schedule: A document without tracks.
        phase: The phase's index.
        bases: What it starts from (`Preview.bases`); computed where it is not given.
    """
    bench = bench_of(schedule, phase, bases)
    return () if bench is None else tuple(bench.handles())


def followed(
    schedule: Schedule, handle: Handle, bases: Sequence[float] | None = None
) -> Handle | None:
    """Where a handle is in an edited document, whether or not it would stand there by itself.

    None if the phase has no such grip any more, or one of another scheduler's parameters.
    """
    bench = bench_of(schedule, handle.phase, bases)
    if bench is None or handle.place >= len(bench.grips):
        return None
    grip = bench.grips[handle.place]
    if grip.time != handle.time or not (handle.level is None or handle.level in grip.level):
        return None
    time = bench.grips_at(handle.place, handle.group)
    lr = bench.lr(bench.args, time, handle.group)
    return replace(handle, step=bench.step_of(time), lr=lr)


def drag(
    schedule: Schedule,
    handle: Handle,
    *,
    step: float | None = None,
    lr: float | None = None,
    bases: Sequence[float] | None = None,
    tolerance: float = COARSE,
    highest: float = HIGHEST,
) -> Dragged:
    """Move a handle.

    Args:
        schedule: The document the handle was made from.
        handle: The handle.
        step: Where to, as an optimizer step; None leaves the time alone.
        lr: How high; None leaves the level alone.
        bases: What the phase starts from; computed where it is not given.
        tolerance: How far the curve may be from `lr`, for the sake of a short number.
        highest: The curve must not rise above it there.
    """
    bench = bench_of(schedule, handle.phase, bases)
    if bench is None:
        return Dragged(schedule, tr("this phase cannot run"))
    limits = []
    if step is not None and handle.time is not None:
        bench, limit = bench.moved_to(handle, step)
        limits.append(limit)
    if lr is not None and handle.level is not None:
        bench, limit = bench.raised_to(handle, lr, tolerance, highest)
        limits.append(limit)
    return Dragged(bench.document, next(filter(None, limits), ""))


def set_value(schedule: Schedule, handle: Handle, dial: Dial, value: float) -> Schedule:
    """Give one of a handle's numbers an exact value.

    Raises:
        DocumentError: If it may not have this value; the message says why.
    """
    bench = bench_of(schedule, handle.phase, None)
    if bench is None:
        raise DocumentError(tr("this phase cannot run"))
    whole = bench.is_whole(dial)
    if whole and value != round(value):
        raise DocumentError(tr("{name} must be a whole number", name=dial.name))
    changed = bench.with_value(dial, handle.group, int(value) if whole else value)
    wrong = changed.refusal
    if wrong and not bench.refusal:
        raise DocumentError(wrong)
    return changed.document


def value_of(
    schedule: Schedule, handle: Handle, dial: Dial, bases: Sequence[float] | None = None
) -> float | None:
    """The number behind a handle as it is now."""
    bench = bench_of(schedule, handle.phase, bases)
    return None if bench is None else dial.read(bench.args, handle.group)


def unit_of(schedule: Schedule, handle: Handle, dial: Dial) -> str:
    """The unit of a number behind a handle, as a form shows it; "" if it has none."""
    phase = schedule.phases[handle.phase]
    param = find_spec(phase.scheduler).param(dial.name)
    if param is None:
        return ""
    if dial.column == 1:
        return "lr" if phase.params.get("values", "factor") == "lr" else "× base"
    if param.unit == "ticks" or dial.item is not None:
        return "epochs" if _interval(schedule, handle.phase) == "epoch" else "steps"
    return param.unit


def _interval(schedule: Schedule, phase: int) -> str:
    found = (s.interval for s in segments(schedule) if s.index == phase)
    return next(found, schedule.phases[phase].interval)
