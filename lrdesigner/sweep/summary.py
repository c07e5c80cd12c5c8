"""What each variant of a sweep comes to: peak, end, area."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.curve import FloatArray
from lrdesigner.sweep.fan import Fan, evaluate
from lrdesigner.sweep.model import Sweep
from lrdesigner.sweep.tasks import Steps

# More values than these would take minutes; then a part of the steps has to do.
MOST_VALUES = 2 * 10**9
_BLOCK = 2**24


@dataclass(frozen=True, eq=False)
class Summary:
    """What each variant comes to, for each group.

    Attributes:
        groups: Names of the parameter groups.
        peak: float64 ``[variants, groups]``, the highest value.
        peak_step: int64, the first step that has it.
        end: The value of the last step.
        area: The sum of the values of all steps.
        exact: Whether every step was looked at.
        errors: Why a variant cannot run, by its index.
    """

    groups: tuple[str, ...]
    peak: FloatArray
    peak_step: NDArray[np.int64]
    end: FloatArray
    area: FloatArray
    exact: bool
    errors: Mapping[int, str]


def summarise(sweep: Sweep, cancelled: Callable[[], bool] | None = None) -> Summary:
    """What each variant comes to; from all steps, unless these are more than two billion values.

    Raises:
        CancelledError: If `cancelled` said so.
    """
    fan = evaluate(sweep, points=64, cancelled=cancelled)
    shape = fan.values.shape[:2]
    last = int(fan.steps[-1]) + 1
    most = max(1000, MOST_VALUES // max(1, shape[0] * shape[1]))
    exact = last <= most
    found = Summary(
        fan.groups,
        np.full(shape, -np.inf),
        np.zeros(shape, dtype=np.int64),
        np.full(shape, np.nan),
        np.zeros(shape),
        exact,
        dict(fan.errors),
    )
    errors = dict(fan.errors)
    for steps in _blocks(last, most, max(1, _BLOCK // (shape[0] * shape[1]))):
        block = evaluate(sweep, steps=steps, cancelled=cancelled)
        errors.update(block.errors)
        _take(found, block, last / min(last, most))
    return Summary(
        found.groups,
        found.peak,
        found.peak_step,
        found.end,
        found.area,
        exact,
        dict(sorted(errors.items())),
    )


def _blocks(last: int, most: int, size: int) -> Iterator[Steps]:
    steps = np.unique(np.linspace(0, last - 1, min(last, most)).astype(np.int64))
    for first in range(0, len(steps), size):
        yield steps[first : first + size]


def _take(found: Summary, block: Fan, weight: float) -> None:
    """Add the next steps to what is known."""
    known = ~np.isnan(block.values)
    values = np.where(known, block.values, -np.inf)
    place = values.argmax(axis=2)
    highest = np.take_along_axis(values, place[:, :, None], axis=2)[:, :, 0]
    higher = highest > found.peak
    found.peak[higher] = highest[higher]
    found.peak_step[higher] = block.steps[place][higher]
    found.area[:] += weight * np.where(known, block.values, 0.0).sum(axis=2)
    counts = known.sum(axis=2)
    ends = np.take_along_axis(block.values, np.maximum(counts - 1, 0)[:, :, None], axis=2)[:, :, 0]
    found.end[counts > 0] = ends[counts > 0]
