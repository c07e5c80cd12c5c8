"""Pure edits of the run's length by what it is made of: samples, batches, a budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lrdesigner.catalog import schedulers
from lrdesigner.i18n import tr
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.counting import CountUnit, counter, missing
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Horizon, Phase, Schedule
from lrdesigner.schedule.units import Length, round_half_up

_STEPS_FOLLOW = {"dataset_size", "batch_size", "accumulation", "devices", "drop_last"}


class NoStepsError(DocumentError):
    """Samples that do not fill one step."""


def set_batch(schedule: Schedule, **changes: Any) -> Schedule:
    """Change what is known of the batches; the steps of an epoch follow.

    Args:
        schedule: The document.
        **changes: Fields of `Batch`. With `dataset_size` and `batch_size` known, all of them but
            `sequence_length` give the steps of an epoch anew.

    Raises:
        NoStepsError: If an epoch would have no step.
        ValidationError: If a value is out of its range.
    """
    batch = (schedule.horizon.batch or Batch()).replace(**changes)
    if batch == Batch():
        return _with_horizon(schedule, batch=None)
    follow: dict[str, Any] = {"batch": batch}
    steps = batch.steps_per_epoch
    if steps is not None and _STEPS_FOLLOW & changes.keys():
        follow |= {"steps_per_epoch": _some_steps(batch, steps)}
    return _with_horizon(schedule, **follow)


def follow_batch(schedule: Schedule) -> Schedule:
    """Take the steps of an epoch that the samples make.

    Raises:
        NoStepsError: If there is none, or it is not known.
    """
    batch = schedule.horizon.batch or Batch()
    return _with_horizon(schedule, steps_per_epoch=_some_steps(batch, batch.steps_per_epoch or 0))


def _some_steps(batch: Batch, steps: int) -> int:
    if steps < 1:
        raise NoStepsError(
            tr(
                "{samples:,} samples do not fill one step of {size:,}; take smaller batches, or "
                "keep the last, incomplete one",
                samples=batch.dataset_size or 0,
                size=batch.samples_per_step or 0,
            )
        )
    return steps


# -- budgets ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Budget:
    """How much a run may take.

    Attributes:
        number: How many.
        unit: Of what; percent is none.
    """

    number: Fraction
    unit: CountUnit

    def exact_steps(self, horizon: Horizon) -> Fraction:
        """The steps it comes to, not rounded.

        Raises:
            DocumentError: If samples or tokens are not known.
        """
        lacking = missing(self.unit, horizon)
        if lacking:
            raise DocumentError(lacking_text(self.unit, lacking))
        if self.unit == "steps":
            return self.number
        if self.unit == "epochs":
            return self.number * horizon.steps_per_epoch
        counts = counter(self.unit, horizon)
        epochs = self.number // counts.per_epoch
        inside = self.number - epochs * counts.per_epoch
        return Fraction(epochs * counts.steps_per_epoch) + inside / counts.per_step

    def steps(self, horizon: Horizon) -> int:
        """The nearest whole number of steps, one at least."""
        return max(1, round_half_up(self.exact_steps(horizon)))


def budget_of(horizon: Horizon, unit: CountUnit) -> Budget:
    """What a run takes in all."""
    if unit == "steps":
        return Budget(Fraction(horizon.steps), unit)
    if unit == "epochs":
        return Budget(Fraction(horizon.epochs), unit)
    return Budget(Fraction(counter(unit, horizon).before(horizon.steps)), unit)


def in_epochs(horizon: Horizon, budget: Budget) -> Horizon:
    """The run of that many whole epochs that comes nearest to a budget, one at least."""
    exact = budget.exact_steps(horizon) / horizon.steps_per_epoch
    return horizon.replace(epochs=max(1, round_half_up(exact)))


def in_one_pass(horizon: Horizon, budget: Budget) -> Horizon:
    """A single epoch of just the steps of a budget; it is no epoch of the dataset any more."""
    batch = horizon.batch
    if batch is not None and batch.dataset_size is not None:
        batch = batch.replace(dataset_size=None)
        batch = None if batch == Batch() else batch
    return horizon.replace(epochs=1, steps_per_epoch=budget.steps(horizon), batch=batch)


def choices(horizon: Horizon, budget: Budget) -> tuple[Horizon, ...]:
    """The runs that a budget may mean, the first most likely.

    Whole epochs where epochs mean something, and one pass of just its steps where that is another
    run; less than an epoch is a pass above all.
    """
    one_pass = in_one_pass(horizon, budget)
    dataset = horizon.batch is not None and horizon.batch.dataset_size is not None
    if horizon.epochs == 1 and not dataset and budget.unit != "epochs":
        return (one_pass,)
    epochs = in_epochs(horizon, budget)
    if epochs.steps == one_pass.steps:
        return (epochs,)
    runs = (epochs, one_pass)
    return runs[::-1] if one_pass.steps < horizon.steps_per_epoch else runs


def set_run(schedule: Schedule, horizon: Horizon) -> Schedule:
    """Take another length of the run."""
    return schedule.replace(horizon=horizon)


def lacking_text(unit: CountUnit, lacking: tuple[str, ...]) -> str:
    """What has to be said before a unit can be counted."""
    if "sequence_length" not in lacking:
        return tr("samples are not known yet; say the batch size first")
    if "batch_size" not in lacking:
        return tr("tokens are not known yet; say the sequence length first")
    return tr("tokens are not known yet; say the batch size and the sequence length first")


# -- other batches ---------------------------------------------------------------------------------


def scale_lrs(schedule: Schedule, factor: float) -> Schedule:
    """Multiply every LR that the document states: the groups' own, and those of parameters.

    Factors and formulas of a base LR follow by themselves; a formula with an LR of its own in it
    stays as it is.

    Args:
        schedule: The document.
        factor: For example 4 (linear scaling, Goyal et al. 2017, arXiv:1706.02677) or 2 (square
            root scaling, Krizhevsky 2014, arXiv:1404.5997, section 5) for four times the batch.
    """
    optimizer = schedule.optimizer
    groups = tuple(group.replace(lr=_times(group.lr, factor)) for group in optimizer.groups)
    return schedule.replace(
        optimizer=optimizer.replace(groups=groups),
        phases=tuple(_scaled(phase, factor) for phase in schedule.phases),
        tracks=tuple(
            track.replace(phases=tuple(_scaled(phase, factor) for phase in track.phases))
            if track.quantity == "lr"
            else track
            for track in schedule.tracks
        ),
    )


def _scaled(phase: Phase, factor: float) -> Phase:
    stacked = tuple(
        item.replace(params=_scaled_params(item.scheduler, item.params, factor))
        for item in phase.with_
    )
    return phase.replace(
        params=_scaled_params(phase.scheduler, phase.params, factor), with_=stacked
    )


def _scaled_params(key: str, params: Mapping[str, Any], factor: float) -> FrozenDict:
    spec = schedulers().get(key)
    found = dict(params)
    for declaration in spec.params if spec else ():
        if declaration.unit != "lr":
            continue
        default = declaration.default
        # What is left out and follows the base does so with its new height, too.
        left_out = None if declaration.follows or not isinstance(default, float) else default
        value = params.get(declaration.name, left_out or None)
        if value is None:
            continue
        if isinstance(value, tuple):
            found[declaration.name] = tuple(_times(each, factor) for each in value)
        else:
            found[declaration.name] = _times(value, factor)
    return FrozenDict(found)


def _times(value: Any, factor: float) -> Any:
    """A product as people would write it: 3e-4 × 2 is 0.0006, not 0.0005999999999999999."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return float(f"{value * factor:.12g}")


def scale_steps(schedule: Schedule, factor: Fraction) -> Schedule:
    """Multiply all lengths that are held in steps: they keep their share of a run so scaled."""

    def scaled(phase: Phase) -> Phase:
        length = Length.parse(phase.length)
        if length.unit != "steps" or not length.number:
            return phase
        steps = max(1, round_half_up(length.number * factor))
        return phase.replace(length=str(Length(Fraction(steps), "steps")))

    return schedule.replace(
        phases=tuple(map(scaled, schedule.phases)),
        tracks=tuple(
            track.replace(phases=tuple(map(scaled, track.phases))) for track in schedule.tracks
        ),
    )


def _with_horizon(schedule: Schedule, **changes: Any) -> Schedule:
    return schedule.replace(horizon=schedule.horizon.replace(**changes))
