"""What the batches say against the steps: micro-batches or one device counted for steps.

The mistakes are those of facts that anybody can look up: a total in micro-batches where the
gradient is accumulated, or as a launcher counts that steps a scheduler once per process.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lrdesigner.catalog import schedulers
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import tracks
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.counting import follows_batch
from lrdesigner.schedule.edits import ABSENT, set_param
from lrdesigner.schedule.horizon_edits import follow_batch, scale_steps, set_batch
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Facts, Problem, Rule
from lrdesigner.schedule.units import Length

_NEAR = Fraction(1, 200)
_DURATIONS = ("T_max", "total_iters", "total_steps")


# -- the steps of an epoch -------------------------------------------------------------------------


def _other_steps(facts: Facts) -> Iterator[Problem]:
    """Steps of an epoch that are not those the samples make."""
    horizon = facts.schedule.horizon
    batch = horizon.batch
    if batch is None or batch.steps_per_epoch is None or follows_batch(horizon):
        return
    message, fix = _words(batch, horizon.steps_per_epoch)
    yield Problem("batch-steps", "warning", None, message, fix, "steps_per_epoch")


def _words(batch: Batch, steps: int) -> tuple[str, str]:
    """What is the matter, and what to do, by what the number seems to be."""
    made = batch.steps_per_epoch or 0
    numbers = {
        "steps": steps,
        "made": made,
        "samples": batch.dataset_size or 0,
        "size": batch.samples_per_step or 0,
    }
    if not made:
        message = tr(
            "{samples:,} samples do not fill one step of {size:,}, and drop_last leaves the "
            "rest out: nothing would be trained",
            **numbers,
        )
        return message, tr("Keep the last, incomplete step, or take smaller batches.")
    take = tr("Take {made:,} steps per epoch.", **numbers)
    if steps == _made(batch, drop_last=not batch.drop_last):
        return _last_step(batch, numbers)
    if batch.accumulation > 1 and steps == _made(batch, accumulation=1):
        message = tr(
            "an epoch has {steps:,} steps, the number of micro-batches: the gradient of "
            "{accumulation:,} is accumulated for a step, so that there are {made:,} optimizer "
            "steps",
            accumulation=batch.accumulation,
            **numbers,
        )
        return message, take
    alone = (_made(batch, devices=1), _made(batch, devices=1, accumulation=1))
    if batch.devices > 1 and steps in alone:
        message = tr(
            "an epoch has {steps:,} steps, as many as one device alone would take: {devices:,} "
            "share the samples, so that there are {made:,} optimizer steps",
            devices=batch.devices,
            **numbers,
        )
        return message, take
    message = tr(
        "an epoch has {steps:,} steps, but {samples:,} samples in steps of {size:,} make {made:,}",
        **numbers,
    )
    return message, take


def _last_step(batch: Batch, numbers: dict[str, int]) -> tuple[str, str]:
    """What to say where only the epoch's last, incomplete step is in doubt."""
    if batch.drop_last:
        message = tr(
            "an epoch has {steps:,} steps, but with the last, incomplete one left out "
            "{samples:,} samples in steps of {size:,} make {made:,}",
            **numbers,
        )
        return message, tr("Keep the last one, or take {made:,} steps per epoch.", **numbers)
    message = tr(
        "an epoch has {steps:,} steps, but with the last, incomplete one {samples:,} samples in "
        "steps of {size:,} make {made:,}",
        **numbers,
    )
    return message, tr("Leave the last one out, or take {made:,} steps per epoch.", **numbers)


def _made(batch: Batch, **changes: int) -> int | None:
    return batch.replace(**changes).steps_per_epoch


def _mend_steps(schedule: Schedule, _problem: Problem) -> Schedule:
    """The steps that the samples make; if only the last step is in doubt, the steps stay."""
    horizon = schedule.horizon
    batch = horizon.batch
    if batch is None:
        return schedule
    other = not batch.drop_last
    if not batch.steps_per_epoch or horizon.steps_per_epoch == _made(batch, drop_last=other):
        return set_batch(schedule, drop_last=other)
    return follow_batch(schedule)


# -- lengths and durations -------------------------------------------------------------------------


def _factors(batch: Batch | None) -> dict[int, str]:
    """What a number of steps may be multiplied by, by mistake, and why."""
    if batch is None:
        return {}
    accumulation, devices = batch.accumulation, batch.devices
    why = {
        accumulation * devices: mark(
            "that is as many batches as all devices take; {count:,} of them make an optimizer step"
        ),
        devices: mark(
            "that is how often {count:,} devices would step a scheduler together, as accelerate "
            "lets them do with a prepared one"
        ),
        accumulation: mark(
            "that is as many micro-batches; {count:,} of them make an optimizer step"
        ),
    }
    return {factor: tr(text, count=factor) for factor, text in why.items() if factor > 1}


def _sum_of_lengths(schedule: Schedule) -> tuple[int, int]:
    """Steps of all phases, and of those held in steps."""
    lengths = [Length.parse(phase.length) for phase in schedule.phases]
    steps = [length.steps(schedule.horizon) for length in lengths]
    held = [s for s, length in zip(steps, lengths, strict=True) if length.unit == "steps"]
    return sum(steps), sum(held)


def _too_long_by(schedule: Schedule) -> tuple[int, str]:
    """By what factor lengths in steps are too long, if that is one of the batch's; else 1."""
    total, held = _sum_of_lengths(schedule)
    rest = schedule.steps - (total - held)
    if held == 0 or rest <= 0:
        return 1, ""
    for factor, why in _factors(schedule.horizon.batch).items():
        if abs(Fraction(held, rest) / factor - 1) <= _NEAR:
            return factor, why
    return 1, ""


def _micro_lengths(facts: Facts) -> Iterator[Problem]:
    """Phases that are longer than the run by just what the batches are multiplied with."""
    factor, why = _too_long_by(facts.schedule)
    if factor > 1:
        yield Problem(
            "micro-lengths",
            "warning",
            len(facts.schedule.phases) - 1,
            tr("The lengths in steps are {factor:,} × what the run has room for: {why}.",
               factor=factor, why=why),
            tr("Divide them by {factor:,}: lengths count optimizer steps.", factor=factor),
        )  # fmt: skip


def _mend_lengths(schedule: Schedule, problem: Problem) -> Schedule:
    view = tracks.view(schedule, problem.track)
    factor, _ = _too_long_by(view)
    return tracks.write_back(schedule, problem.track, scale_steps(view, Fraction(1, factor)))


def _micro_durations(facts: Facts) -> Iterator[Problem]:
    """Durations of parameters that are longer than their phase by just such a factor."""
    factors = _factors(facts.schedule.horizon.batch)
    for item in facts.stages if factors else ():
        if item.segment.interval != "step" or item.segment.length < 1:
            continue
        for part in item.parts:
            for name in _DURATIONS:
                value = part.args.values.get(name)
                if not isinstance(value, (int, float)) or value % item.segment.length:
                    continue
                factor = int(value // item.segment.length)
                if factor in factors:
                    yield Problem(
                        "micro-durations",
                        "warning",
                        item.segment.index,
                        tr("{name} is {value:,}, {factor:,} × the phase's {steps:,} steps: {why}.",
                           name=name, value=value, factor=factor,
                           steps=item.segment.length, why=factors[factor]),
                        tr("Leave {name} empty: it then follows the phase.", name=name),
                        name,
                    )  # fmt: skip


def _mend_duration(schedule: Schedule, problem: Problem) -> Schedule:
    view, index, name = tracks.view(schedule, problem.track), problem.phase, problem.param
    assert index is not None
    phase = view.phases[index]
    if name in phase.params:
        edited = set_param(view, index, name, ABSENT)
    else:
        place = next(i for i, item in enumerate(phase.with_) if name in item.params)
        edited = set_param(view, index, name, ABSENT, stacked=place)
    return tracks.write_back(schedule, problem.track, edited)


# -- schedulers that count tokens themselves -------------------------------------------------------

_OWN = {"batch_size": "samples_per_step", "seq_length": "sequence_length"}


def _other_batch(facts: Facts) -> Iterator[Problem]:
    """Phases that count tokens with batches other than the run's."""
    batch = facts.schedule.horizon.batch
    for index, phase in enumerate(facts.schedule.phases if batch else ()):
        spec = schedulers().get(phase.scheduler)
        if spec is None or not all(spec.param(name) for name in _OWN):
            continue
        for name, of_run in _OWN.items():
            value, meant = phase.params.get(name), getattr(batch, of_run)
            if isinstance(value, int) and meant is not None and value != meant:
                yield Problem(
                    "other-batch",
                    "warning",
                    index,
                    tr("{name} is {value:,}, but the run's is {meant:,}: the phase counts tokens "
                       "that are not trained on.", name=name, value=value, meant=meant),
                    tr("Set {name} to {meant:,}.", name=name, meant=meant),
                    name,
                )  # fmt: skip


def _mend_other_batch(schedule: Schedule, problem: Problem) -> Schedule:
    assert problem.phase is not None
    value = getattr(schedule.horizon.batch, _OWN[problem.param])
    view = tracks.view(schedule, problem.track)
    edited = set_param(view, problem.phase, problem.param, value)
    return tracks.write_back(schedule, problem.track, edited)


RULES = (
    Rule(
        "batch-steps",
        mark("Steps per epoch that the batches do not make"),
        _other_steps,
        whole=True,
        mend=_mend_steps,
    ),
    Rule(
        "micro-lengths",
        mark("Lengths counted in micro-batches, or once per device"),
        _micro_lengths,
        mend=_mend_lengths,
    ),
    Rule(
        "micro-durations",
        mark("A duration counted in micro-batches, or once per device"),
        _micro_durations,
        mend=_mend_duration,
    ),
    Rule(
        "other-batch",
        mark("Tokens counted with other batches than the run's"),
        _other_batch,
        mend=_mend_other_batch,
    ),
)
