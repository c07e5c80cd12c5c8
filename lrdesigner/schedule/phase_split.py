"""Cutting a phase in two, and two phases made one, without changing the curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lrdesigner.i18n import tr
from lrdesigner.schedule import phase_tails
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Phase, Schedule, Stacked
from lrdesigner.schedule.units import Length, Span, Unit, spans

_POINTS = 20_000
_NEAR = 1e-9


class PhaseOpError(ScheduleError):
    """Why phases cannot be edited in that way; a sentence without a full stop."""


@dataclass(frozen=True)
class Split:
    """A document with a phase cut in two.

    Attributes:
        schedule: The document.
        exact: Whether the curve keeps its very bits; otherwise it differs by rounding alone.
    """

    schedule: Schedule
    exact: bool


def split(schedule: Schedule, index: int, step: int) -> Split:
    """Cut a phase in two where the curve stays as it is.

    Args:
        schedule: The document.
        index: The phase.
        step: First optimizer step of the second half.

    Raises:
        PhaseOpError: If no second half would go on with the curve.
    """
    span = spans(schedule)[index]
    if not span.start < step < span.end:
        raise PhaseOpError(tr("a phase is cut between its first and its last step"))
    first, tails = _halves(schedule, index, step)
    reasons: list[str] = []
    found: list[Split] = []
    for tail in tails:
        if isinstance(tail, str):
            reasons.append(tail)
            continue
        after = _put(schedule, index, (first, tail.phase), span, step)
        if same_curve(schedule, after):
            found.append(Split(after, tail.exact))
    if found:
        return min(found, key=lambda each: not each.exact)
    what = reasons[0] if reasons else tr("no second half would go on with the curve")
    raise PhaseOpError(what)


@dataclass(frozen=True)
class _Tail:
    phase: Phase
    exact: bool


def _halves(schedule: Schedule, index: int, step: int) -> tuple[Phase, list[_Tail | str]]:
    """The first half, and what may follow it, or why it may not."""
    from lrdesigner.engine.plan import own_lrs
    from lrdesigner.engine.preview import sequence_preview
    from lrdesigner.engine.resolve import find_spec, resolve
    from lrdesigner.engine.segments import segments
    from lrdesigner.schedule.units import ticks

    phase = schedule.phases[index]
    here = sequence_preview(schedule, np.array([step], np.int64))
    if index in here.errors:
        raise PhaseOpError(tr("a phase that cannot run cannot be cut"))
    segment = next(s for s in segments(schedule) if s.index == index)
    bases = here.bases[index]
    own = own_lrs(schedule)
    k = step - segment.start
    if segment.interval == "epoch":
        k = ticks(segment.start, step, schedule.horizon.steps_per_epoch)
    items: list[Phase | Stacked] = [phase, *phase.with_]
    specs = [find_spec(item.scheduler) for item in items]
    resolved = [
        resolve(spec, item.params, segment, bases) for spec, item in zip(specs, items, strict=True)
    ]
    heads = [
        item.replace(params=FrozenDict(phase_tails.head(spec, item.params, args)))
        for item, spec, args in zip(items, specs, resolved, strict=True)
    ]
    reached = here.lr[:, 0]
    # The next phase meets a group's own LR exactly where it comes within a hair of it.
    snaps = any(0 < abs(a - b) <= 1e-11 * abs(b) for a, b in zip(reached, own, strict=True))
    tails: list[_Tail | str] = []
    for relative in (True, False):
        if not relative and bases != own:
            continue
        try:
            made = [
                phase_tails.tail(spec, item.params, args, k, relative=relative)
                for spec, item, args in zip(specs, items, resolved, strict=True)
            ]
        except phase_tails.NoTailError as error:
            tails.append(str(error))
            continue
        exact = all(each.exact for each in made) and len(made) == 1 and not (relative and snaps)
        tails.append(_Tail(_tail_phase(phase, made, relative=relative), exact))
    first = heads[0]
    assert isinstance(first, Phase)
    return first.replace(with_=tuple(heads[1:])), tails


def _tail_phase(phase: Phase, made: list[phase_tails.Tail], *, relative: bool) -> Phase:
    stacked = tuple(
        item.replace(scheduler=tail.scheduler, params=FrozenDict(tail.params))
        for item, tail in zip(phase.with_, made[1:], strict=True)
    )
    return phase.replace(
        scheduler=made[0].scheduler,
        params=FrozenDict(made[0].params),
        start="continue" if relative else "base",
        with_=stacked,
    )


def _put(
    schedule: Schedule, index: int, halves: tuple[Phase, Phase], span: Span, step: int
) -> Schedule:
    """Both halves in the phase's place; its unit stays where it can say them."""
    written = schedule.phases[index].length
    unit = Length.parse(written).unit
    rest = unit == "rest"
    first = length_text(schedule, step - span.start, unit)
    second = written if rest else length_text(schedule, span.nominal_end - step, unit)
    phases = schedule.phases
    both = (halves[0].replace(length=first), halves[1].replace(length=second))
    return schedule.replace(phases=(*phases[:index], *both, *phases[index + 1 :]))


def length_text(schedule: Schedule, steps: int, unit: Unit) -> str:
    """That many steps as a length in a unit, else in steps; of the rest in epochs where whole."""
    if unit == "rest":
        whole = steps % schedule.horizon.steps_per_epoch == 0
        unit = "epochs" if whole and schedule.horizon.steps_per_epoch > 1 else "steps"
    return str(Length.of_steps(max(0, steps), unit, schedule.horizon))


# -- two phases made one ---------------------------------------------------------------------------


def join(schedule: Schedule, index: int) -> Schedule:
    """Make a phase and the next one a single phase, with the same curve.

    Raises:
        PhaseOpError: If the phase cannot go on with the next one's curve.
    """
    _check_next(schedule, index)
    # Durations that end with both together follow the phase again; others are kept as they are.
    for candidate in (extend(schedule, index), _extended_as_it_is(schedule, index)):
        if same_curve(schedule, candidate):
            return candidate
    raise PhaseOpError(tr("one phase would have another curve than the two"))


def extend(schedule: Schedule, index: int) -> Schedule:
    """Delete the phase after one and give that one its time; what follows the phase grows."""
    _check_next(schedule, index)
    found = spans(schedule)
    phases = schedule.phases
    left, right = phases[index], phases[index + 1]
    units = (Length.parse(left.length).unit, Length.parse(right.length).unit)
    text = "rest"
    if "rest" not in units:
        total = found[index].nominal_steps + found[index + 1].nominal_steps
        text = length_text(schedule, total, units[0])
    longer = _following(schedule, index, left)
    return schedule.replace(
        phases=(*phases[:index], longer.replace(length=text), *phases[index + 2 :])
    )


def _following(schedule: Schedule, index: int, left: Phase) -> Phase:
    """The phase with durations that are exactly both phases' following their length."""
    spec = phase_tails.known(left.scheduler)
    found = spans(schedule)
    both = found[index].nominal_steps + found[index + 1].nominal_steps
    if left.interval == "epoch" or spec is None:
        return left
    params = dict(left.params)
    for declaration in spec.params:
        if declaration.follows == "length" and params.get(declaration.name) == both:
            params[declaration.name] = None
            if not declaration.null_follows:
                del params[declaration.name]
    return left.replace(params=FrozenDict(params))


def _extended_as_it_is(schedule: Schedule, index: int) -> Schedule:
    from lrdesigner.engine.resolve import resolve
    from lrdesigner.engine.segments import segments

    longer = extend(schedule, index)
    left = schedule.phases[index]
    spec = phase_tails.known(left.scheduler)
    segment = next((s for s in segments(schedule) if s.index == index), None)
    if spec is None or segment is None:
        return longer
    bases = tuple(group.lr for group in schedule.optimizer.groups)
    try:
        args = resolve(spec, left.params, segment, bases)
    except ScheduleError:
        return longer
    head = phase_tails.head(spec, left.params, args)
    phases = longer.phases
    kept = phases[index].replace(params=FrozenDict(head))
    return longer.replace(phases=(*phases[:index], kept, *phases[index + 1 :]))


def _check_next(schedule: Schedule, index: int) -> None:
    if not 0 <= index < len(schedule.phases) - 1:
        raise PhaseOpError(tr("no phase comes after it"))


def same_curve(before: Schedule, after: Schedule) -> bool:
    """Whether two documents have the same curve, to within rounding; both must run."""
    from lrdesigner.engine.preview import sequence_preview

    steps = _steps(before, after)
    old, new = sequence_preview(before, steps), sequence_preview(after, steps)
    if new.errors or old.errors or old.lr.shape != new.lr.shape:
        return False
    scale = np.maximum(np.abs(old.lr), np.abs(new.lr))
    return bool(np.all(np.abs(old.lr - new.lr) <= _NEAR * scale + 1e-12 * scale.max(initial=0.0)))


def _steps(*schedules: Schedule) -> Any:
    total = schedules[0].steps
    if total <= _POINTS:
        return np.arange(total, dtype=np.int64)
    ends = [
        step
        for schedule in schedules
        for span in spans(schedule)
        for step in (span.start - 1, span.start, span.start + 1, span.end - 1)
        if 0 <= step < total
    ]
    spread = np.linspace(0, total - 1, _POINTS).astype(np.int64)
    return np.unique(np.concatenate([spread, np.array(ends, dtype=np.int64)]))
