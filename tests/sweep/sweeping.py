"""What the tests of sweeps share: a sweep of a parameter, and its judges."""

from __future__ import annotations

import numpy as np
import pytest

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.sweep import SweepAxis, fitted


def numbers(name):
    """The parameters of a scheduler that are numbers."""
    return [p for p in schedulers()[name].params if isinstance(p, (FloatParam, IntParam))]


def around(schedule, target):
    """A range about the parameter's present value, wide enough to meet what is not allowed."""
    value = target.traits(schedule).value
    if value is None:
        value = 12.0
    low, high = (value / 4, value * 3) if value else (0.0, 30.0)
    axis, _ = fitted(SweepAxis(target, low, high), schedule)
    return axis


def same_as_one_by_one(fan, every=1):
    """Each variant is what `preview` says of it, and refused for the same reason."""
    sweep = fan.sweep
    for index in range(0, len(sweep), every):
        schedule = sweep.variant(index)
        alone = preview(schedule, points=10**9)
        wanted = [*alone.errors.values(), *(e for t in alone.tracks for e in t.errors.values())]
        if wanted:
            assert fan.errors.get(index) == wanted[0]
            assert np.isnan(fan.values[index]).all()
            continue
        assert index not in fan.errors, fan.errors[index]
        own = fan.steps < schedule.steps
        values = alone.lr if fan.quantity == "lr" else alone.quantities[fan.quantity]
        assert np.isnan(fan.values[index][:, ~own]).all()
        np.testing.assert_allclose(
            fan.values[index][:, own], values[:, fan.steps[own]], rtol=1e-12, atol=1e-16
        )


def same_as_exact(fan, every=10):
    """Every tenth variant against torch itself. Returns how many were compared."""
    count = 0
    for index in range(0, len(fan.sweep), every):
        schedule = fan.sweep.variant(index)
        if index in fan.errors:
            with pytest.raises(lrd.ScheduleError):
                lrd.simulate(schedule)
            continue
        exact = lrd.simulate(schedule)
        own = fan.steps < schedule.steps
        wanted = exact.values(fan.quantity)[:, fan.steps[own]]
        scale = np.abs(wanted).max()
        np.testing.assert_allclose(
            fan.values[index][:, own], wanted, rtol=1e-11, atol=1e-14 * scale
        )
        count += 1
    return count
