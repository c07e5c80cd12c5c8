"""Pure edits of phases: each takes a document and gives a new one; nothing changes in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lrdesigner.catalog import Category, SchedulerSpec, schedulers
from lrdesigner.params import Param
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Interval, Metric, Phase, Schedule, Stacked
from lrdesigner.schedule.units import Length, Span, spans, ticks

DEFAULT_METRIC = Metric(formula="exp(-t / 20)")
WARM_UP_SHARE = 10  # a dropped warm-up takes a tenth of the run, never more than half its donor


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
"""Value for `set_param` that removes the parameter, so that its default or the phase applies."""


def set_name(schedule: Schedule, name: str) -> Schedule:
    """Rename the document."""
    return schedule.replace(name=name)


def set_notes(schedule: Schedule, notes: str) -> Schedule:
    """Change the document's notes."""
    return schedule.replace(notes=notes)


def set_metric(schedule: Schedule, metric: Metric | None) -> Schedule:
    """Change what drives `ReduceLROnPlateau` in the preview; keys not understood stay."""
    if metric is not None and schedule.metric is not None:
        metric = metric.replace(
            **{**(schedule.metric.model_extra or {}), **(metric.model_extra or {})}
        )
    return schedule.replace(metric=metric)


def set_horizon(
    schedule: Schedule, *, epochs: int | None = None, steps_per_epoch: int | None = None
) -> Schedule:
    """Change the run's length; phases keep the lengths they are written with."""
    changes = {"epochs": epochs, "steps_per_epoch": steps_per_epoch}
    horizon = schedule.horizon.replace(**{k: v for k, v in changes.items() if v is not None})
    return schedule.replace(horizon=horizon)


def set_phase(schedule: Schedule, index: int, **changes: Any) -> Schedule:
    """Change fields of a phase (``length``, ``interval``, ``start``, ``params``, ``with_``)."""
    return _with_phase(schedule, index, schedule.phases[index].replace(**changes))


def set_param(
    schedule: Schedule, index: int, name: str, value: Any, *, stacked: int | None = None
) -> Schedule:
    """Change one parameter of a phase, or of a scheduler stacked on it.

    Args:
        schedule: The document.
        index: The phase.
        name: torch's parameter name.
        value: The new value, or `ABSENT`.
        stacked: Place in the phase's ``with`` list; None for the phase's own scheduler.

    Raises:
        DocumentError: If the value is of the wrong type.
    """
    phase = schedule.phases[index]
    item: Phase | Stacked = phase if stacked is None else phase.with_[stacked]
    spec = schedulers().get(item.scheduler)
    declaration = spec.param(name) if spec else None
    if declaration is not None and not isinstance(value, _Absent):
        error = declaration.type_error(value)
        if error:
            raise DocumentError(error)
    params = {**item.params, name: value}
    if isinstance(value, _Absent):
        del params[name]
    if stacked is None:
        return set_phase(schedule, index, params=params)
    changed = phase.with_[stacked].replace(params=params)
    return set_phase(
        schedule, index, with_=(*phase.with_[:stacked], changed, *phase.with_[stacked + 1 :])
    )


def stack(schedule: Schedule, index: int, key: str) -> Schedule:
    """Stack a scheduler on a phase (``with``)."""
    phase = schedule.phases[index]
    params = starter_params(schedule, key, spans(schedule)[index], phase.interval, first=False)
    return set_phase(
        schedule, index, with_=(*phase.with_, Stacked(scheduler=key, params=FrozenDict(params)))
    )


def unstack(schedule: Schedule, index: int, place: int) -> Schedule:
    """Take a stacked scheduler off a phase."""
    items = schedule.phases[index].with_
    return set_phase(schedule, index, with_=(*items[:place], *items[place + 1 :]))


def remove_phase(schedule: Schedule, index: int) -> Schedule:
    """Delete a phase; later ones move up."""
    return _with_phases(schedule, schedule.phases[:index] + schedule.phases[index + 1 :])


def move_phase(schedule: Schedule, index: int, to: int) -> Schedule:
    """Move a phase so that it stands at place `to` of the result."""
    phases = list(schedule.phases)
    phases.insert(to, phases.pop(index))
    return _with_phases(schedule, tuple(phases))


def duplicate_phase(schedule: Schedule, index: int) -> Schedule:
    """Put a copy right after a phase; the two share the time the one had."""
    span = spans(schedule)[index]
    half = span.nominal_steps // 2
    phase = schedule.phases[index]
    unit = _unit(schedule, phase)
    if half < 1:
        copy = phase.replace(length="1 step")
        return _insert(schedule, index + 1, copy)
    first = phase.replace(length=_shared(schedule, span.nominal_steps - half, unit))
    if Length.parse(phase.length).unit == "rest":
        first = phase
    second = phase.replace(length=_shared(schedule, half, unit))
    return _insert(_with_phase(schedule, index, first), index + 1, second)


def insert_scheduler(schedule: Schedule, key: str, step: int) -> tuple[Schedule, int]:
    """Drop a palette entry on the timeline.

    In the free stretch at the end it takes the rest. On a phase it goes before or after it,
    whichever side is nearer, and takes part of that phase's time.

    Args:
        schedule: The document.
        key: The scheduler.
        step: Where it is dropped, as an optimizer step.

    Returns:
        The new document and the new phase's index.
    """
    index = drop_index(schedule, step)
    found = spans(schedule)
    covered = found[-1].end if found else 0
    if not found or (step >= covered and covered < schedule.steps):
        span = Span(index, covered, schedule.steps, schedule.steps)
        return _new_phase(schedule, key, index, span, "rest"), index
    # The phase it is dropped on gives the time: the one after the boundary, or the one before it.
    on_right = index < len(found) and found[index].start <= step
    donor = found[index] if on_right else found[max(0, index - 1)]
    return _insert_beside(schedule, key, index, donor), index


def insert_between(schedule: Schedule, key: str, index: int) -> Schedule:
    """Put a palette entry before the phase at `index`, or with the number of phases at the end.

    The longer one of its neighbours gives it part of its time; a free stretch at the end all.
    """
    found = spans(schedule)
    covered = found[-1].end if found else 0
    if not found or (index == len(found) and covered < schedule.steps):
        span = Span(index, covered, schedule.steps, schedule.steps)
        return _new_phase(schedule, key, index, span, "rest")
    donor = max(found[max(0, index - 1) : index + 1], key=lambda span: span.nominal_steps)
    return _insert_beside(schedule, key, index, donor)


def _insert_beside(schedule: Schedule, key: str, index: int, donor: Span) -> Schedule:
    """A new phase, which takes part of a neighbour's time."""
    taken = _share(schedule, key, donor)
    unit = _unit(schedule, schedule.phases[donor.index])
    if Length.parse(schedule.phases[donor.index].length).unit != "rest":
        shrunk = _shared(schedule, donor.nominal_steps - taken, unit)
        schedule = set_phase(schedule, donor.index, length=shrunk)
    start = donor.start if index == donor.index else donor.end - taken
    broken = unit == "epochs" and taken % schedule.horizon.steps_per_epoch
    length = _text(schedule, taken, "steps" if broken else unit)
    return _new_phase(
        schedule, key, index, Span(index, start, start + taken, start + taken), length
    )


def drop_index(schedule: Schedule, step: int) -> int:
    """The index a phase dropped at that step gets: the nearest boundary between phases."""
    for span in spans(schedule):
        if step < (span.start + span.end) / 2:
            return span.index
    return len(schedule.phases)


def resize(schedule: Schedule, index: int, step: int) -> Schedule:
    """Move the boundary after a phase to `step`; the neighbour gives or takes the time.

    The last phase's end may move anywhere up to the horizon, where it takes the rest. Lengths
    keep the unit they are written in as long as it can say the new value exactly.
    """
    found = spans(schedule)
    span = found[index]
    phase = schedule.phases[index]
    if index + 1 == len(found):
        step = max(span.start + 1, min(step, schedule.steps))
        rest = Length.parse(phase.length).unit == "rest"
        if step == schedule.steps and (rest or not _has_rest(schedule)):
            return set_phase(schedule, index, length="rest")
        return _set_steps(schedule, index, step - span.start)
    right = found[index + 1]
    step = max(span.start + 1, min(step, right.nominal_end - 1, schedule.steps))
    if Length.parse(schedule.phases[index + 1].length).unit != "rest":
        schedule = _set_steps(schedule, index + 1, right.nominal_end - step)
    if Length.parse(phase.length).unit == "rest":
        return schedule
    return _set_steps(schedule, index, step - span.start)


def starter_params(
    schedule: Schedule, key: str, span: Span, interval: str, *, first: bool
) -> Mapping[str, Any]:
    """The parameters a new phase starts out with."""
    spec = schedulers()[key]
    horizon = schedule.horizon
    length = span.steps
    if interval == "epoch":
        length = ticks(span.start, span.end, horizon.steps_per_epoch)
    base = max(group.lr for group in schedule.optimizer.groups)
    params = dict(spec.starter)
    if spec.starter_for is not None:
        params.update(spec.starter_for(max(1, length), base))
    if not first:
        # In the middle of a timeline absolute bounds follow the LR that is reached there.
        params.update({p.name: None for p in spec.params if p.follows == "base"})
    return {name: _tidy(spec.param(name), value) for name, value in params.items()}


def _tidy(declaration: Param | None, value: Any) -> Any:
    """Computed starters are shown in forms: 0.1 * 10 should read 1.0, not 1.0000000000000002."""
    if declaration is not None and isinstance(value, float):
        return float(f"{value:.12g}")
    return value


def _new_phase(schedule: Schedule, key: str, index: int, span: Span, length: str) -> Schedule:
    spec = schedulers()[key]
    interval: Interval = "epoch" if spec.epoch_only else "step"
    params = starter_params(schedule, key, span, interval, first=index == 0)
    phase = Phase(
        scheduler=key,
        length=length,
        interval=interval,
        params=FrozenDict(params),
    )
    if spec.epoch_only and schedule.metric is None:
        schedule = schedule.replace(metric=stalling_metric(schedule, span))
    return _startable(_insert(schedule, index, phase), index)


def stalling_metric(schedule: Schedule, span: Span) -> Metric:
    """A loss that stops improving a third into the phase: a new plateau has something to react to.

    Args:
        schedule: The document.
        span: Where the plateau lies.
    """
    per_epoch = schedule.horizon.steps_per_epoch
    first, last = span.start // per_epoch, span.end // per_epoch
    stall = first + max(1, (last - first) // 3)
    return Metric(formula=f"exp(-min(t, {stall}) / {stall})")


def _startable(schedule: Schedule, index: int) -> Schedule:
    """After a phase that ends at zero, no factor leads up to max_lr: torch's own start then."""
    from lrdesigner.engine.preview import preview

    phase = schedule.phases[index]
    bases = preview(schedule, points=64).bases.get(index, ())
    params = {k: v for k, v in phase.params.items() if v is not None or k != "div_factor"}
    if len(params) < len(phase.params) and any(base <= 0 for base in bases):
        return set_phase(schedule, index, params=params)
    return schedule


def _share(schedule: Schedule, key: str, donor: Span) -> int:
    """How much of its neighbour's time a dropped phase takes, in whole epochs where it can."""
    half = max(1, donor.nominal_steps // 2)
    spec: SchedulerSpec = schedulers()[key]
    wanted = half
    if spec.category is Category.WARM_UP:
        wanted = min(half, max(1, schedule.steps // WARM_UP_SHARE))
    per_epoch = schedule.horizon.steps_per_epoch
    return wanted // per_epoch * per_epoch or wanted


def _has_rest(schedule: Schedule) -> bool:
    return any(Length.parse(phase.length).unit == "rest" for phase in schedule.phases)


def _unit(schedule: Schedule, phase: Phase) -> Any:
    """The unit to write a new length in: the neighbour's, else epochs where there are several."""
    unit = Length.parse(phase.length).unit
    if unit != "rest":
        return unit
    horizon = schedule.horizon
    return "epochs" if horizon.steps_per_epoch > 1 and horizon.epochs > 1 else "steps"


def _text(schedule: Schedule, steps: int, unit: Any) -> str:
    return str(Length.of_steps(max(1, steps), unit, schedule.horizon))


def _shared(schedule: Schedule, steps: int, unit: Any) -> str:
    """What is left of a length that was shared.

    In its unit if people would write it so: one epoch and a half, but neither a quarter of the
    only one nor 3.4996.
    """
    horizon = schedule.horizon
    parts = 1 if horizon.epochs == 1 else 2
    broken = unit == "epochs" and parts * steps % horizon.steps_per_epoch
    return _text(schedule, steps, "steps" if broken else unit)


def _set_steps(schedule: Schedule, index: int, steps: int) -> Schedule:
    text = _text(schedule, steps, _unit(schedule, schedule.phases[index]))
    return set_phase(schedule, index, length=text)


def _with_phases(schedule: Schedule, phases: tuple[Phase, ...]) -> Schedule:
    return schedule.replace(phases=phases)


def _with_phase(schedule: Schedule, index: int, phase: Phase) -> Schedule:
    phases = schedule.phases
    return _with_phases(schedule, (*phases[:index], phase, *phases[index + 1 :]))


def _insert(schedule: Schedule, index: int, phase: Phase) -> Schedule:
    phases = schedule.phases
    return _with_phases(schedule, (*phases[:index], phase, *phases[index:]))
