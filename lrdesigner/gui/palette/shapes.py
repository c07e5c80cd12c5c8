"""The shape of each scheduler, from its own fast curve. No Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.schedule import edits
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import (
    Group,
    Horizon,
    Interval,
    Metric,
    OptimizerSpec,
    Phase,
    Schedule,
)
from lrdesigner.schedule.units import Span

Shape = tuple[tuple[float, float], ...]
"""Points from left to right, both coordinates between 0 and 1, 1 being the highest LR."""

POINTS = 96
_BASE = 0.1
# Stops improving every now and then: the default metric never does, and a plateau's shape would
# be a flat line.
_METRIC = Metric(formula="exp(-(min(t % 28, 24) + 24 * floor(t / 28)) / 20)")


@cache
def shape(key: str) -> Shape:
    """What a scheduler does over one phase with the parameters it starts out with.

    A flat line lies in the middle.
    """
    return _shape_of(_alone(key))


def entry_shape(params: Mapping[str, Any]) -> Shape:
    """What a formula of somebody's own does over one phase."""
    return _formula_shape(json.dumps(params))


@lru_cache(maxsize=512)
def _formula_shape(params: str) -> Shape:
    return _shape_of(_alone("formula", json.loads(params)))


def _shape_of(schedule: Schedule) -> Shape:
    lr = preview(schedule, points=POINTS).lr[0]
    low, high = float(lr.min()), float(lr.max())
    span = high - low
    last = len(lr) - 1
    return tuple(
        (index / last, (float(value) - low) / span if span > 0 else 0.5)
        for index, value in enumerate(lr)
    )


def _alone(key: str, params: Mapping[str, Any] | None = None) -> Schedule:
    """A run of one phase. Its steps are epochs too, so that per-epoch schedulers have a shape."""
    spec = schedulers()[key]
    schedule = Schedule(
        horizon=Horizon(epochs=POINTS, steps_per_epoch=1),
        optimizer=OptimizerSpec(groups=(Group(name="all", lr=_BASE),)),
        metric=_METRIC,
    )
    interval: Interval = "epoch" if spec.epoch_only else "step"
    span = Span(0, 0, POINTS, POINTS)
    if params is None:
        params = edits.starter_params(schedule, key, span, interval, first=True)
    phase = Phase(scheduler=key, interval=interval, params=FrozenDict(params))
    return schedule.replace(phases=(phase,))
