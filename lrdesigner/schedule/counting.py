"""How far a run has come: the same place in steps, epochs, percent, samples and tokens."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lrdesigner.schedule.model import Horizon

CountUnit = Literal["steps", "epochs", "percent", "samples", "tokens"]
COUNT_UNITS: tuple[CountUnit, ...] = ("steps", "epochs", "percent", "samples", "tokens")


def missing(unit: CountUnit, horizon: Horizon) -> tuple[str, ...]:
    """The fields of `Batch` that a unit needs and that are not known.

    >>> from lrdesigner.schedule.model import Horizon
    >>> missing("tokens", Horizon())
    ('batch_size', 'sequence_length')
    """
    needed = {"samples": ("batch_size",), "tokens": ("batch_size", "sequence_length")}
    batch = horizon.batch
    return tuple(n for n in needed.get(unit, ()) if batch is None or getattr(batch, n) is None)


def known(unit: CountUnit, horizon: Horizon) -> bool:
    """Whether a document can be counted in a unit."""
    return not missing(unit, horizon)


def follows_batch(horizon: Horizon) -> bool:
    """Whether the steps of an epoch are those that the samples make, as far as is known."""
    batch = horizon.batch
    return batch is not None and batch.steps_per_epoch == horizon.steps_per_epoch


def steps_per(unit: CountUnit, horizon: Horizon) -> float:
    """Optimizer steps in one unit, on average over an epoch.

    Raises:
        ValueError: If the unit is not known.
    """
    if unit == "steps":
        return 1.0
    if unit == "epochs":
        return float(horizon.steps_per_epoch)
    if unit == "percent":
        return horizon.steps / 100
    return horizon.steps_per_epoch / counter(unit, horizon).per_epoch


def count_at(unit: CountUnit, horizon: Horizon, step: float) -> float:
    """What a run has come to when it reaches a step; whole samples and tokens at whole steps.

    Raises:
        ValueError: If the unit is not known.
    """
    if unit in ("samples", "tokens"):
        return counter(unit, horizon).at(step)
    return step / steps_per(unit, horizon)


def step_at(unit: CountUnit, horizon: Horizon, count: float) -> float:
    """The step at which that much is reached; the inverse of `count_at`."""
    if unit in ("samples", "tokens"):
        return counter(unit, horizon).step_of(count)
    return count * steps_per(unit, horizon)


@dataclass(frozen=True)
class Counter:
    """Counts samples or tokens over the steps of a run.

    All steps count the same, but for the last of an epoch, which takes what is left.

    Attributes:
        steps_per_epoch: Steps of an epoch.
        per_step: What a whole step counts.
        per_epoch: What an epoch counts.
    """

    steps_per_epoch: int
    per_step: int
    per_epoch: int

    def before(self, step: int) -> int:
        """What the steps before a step come to."""
        epochs, inside = divmod(step, self.steps_per_epoch)
        return epochs * self.per_epoch + min(inside * self.per_step, self.per_epoch)

    def at(self, step: float) -> float:
        """The same for places between steps, along straight lines."""
        whole = math.floor(step)
        low = self.before(whole)
        share = step - whole
        return low + share * (self.before(whole + 1) - low) if share else low

    def step_of(self, count: float) -> float:
        """Where that much is counted."""
        epochs = math.floor(count / self.per_epoch)
        inside = count - epochs * self.per_epoch
        step = min(math.floor(inside / self.per_step), self.steps_per_epoch - 1)
        low = step * self.per_step
        last = step == self.steps_per_epoch - 1
        size = self.per_epoch - low if last else self.per_step
        return epochs * self.steps_per_epoch + step + (inside - low) / size


def counter(unit: CountUnit, horizon: Horizon) -> Counter:
    """What counts samples or tokens in a document.

    Raises:
        ValueError: If the unit is not known.
    """
    batch, lacking = horizon.batch, missing(unit, horizon)
    if batch is None or lacking or unit not in ("samples", "tokens"):
        raise ValueError(f"{unit} are not counted without {' and '.join(lacking)}")
    size = (batch.sequence_length or 1) if unit == "tokens" else 1
    per_step = (batch.samples_per_step or 1) * size
    steps = horizon.steps_per_epoch
    in_epoch = batch.samples_per_epoch if follows_batch(horizon) else None
    return Counter(steps, per_step, steps * per_step if in_epoch is None else in_epoch * size)
