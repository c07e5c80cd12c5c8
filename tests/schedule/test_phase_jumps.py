"""Jumps between phases: which are seen, and how they are mended."""

from __future__ import annotations

from typing import Any

import pytest

from lrdesigner.engine.preview import preview
from lrdesigner.engine.simulate import simulate
from lrdesigner.schedule.model import Horizon, Phase, Schedule
from lrdesigner.schedule.phase_jumps import jump_at, mend
from lrdesigner.schedule.phase_split import PhaseOpError


def make(*phases: Phase) -> Schedule:
    return Schedule(horizon=Horizon(epochs=10, steps_per_epoch=20), phases=phases)


def phase(key: str, length: str = "rest", start: str = "continue", **params: Any) -> Phase:
    return Phase(scheduler=key, length=length, start=start, params=params)


HALF = phase("ConstantLR", "50%", factor=0.5, total_iters=1000)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        (HALF, phase("ConstantLR", factor=1.0), None),
        (HALF, phase("ConstantLR", start="base", factor=1.0), 2.0),
        (HALF, phase("LinearLR", start_factor=0.1), 0.1),
        (phase("ConstantLR", "50%", factor=0.5), phase("ConstantLR", factor=1.0), 2.0),
        (phase("LinearLR", "10 steps"), phase("ExponentialLR", start="base", gamma=0.9), None),
        (phase("ExponentialLR", "10 steps", gamma=0.5), phase("ConstantLR", factor=1.0), None),
        (HALF, phase("CosineAnnealingLR", start="base", eta_min=0.0), 2.0),
    ],
)
def test_what_jumps_is_seen_and_mended(first, second, ratio):
    schedule = make(first, second)
    found = jump_at(schedule, preview(schedule), 1)
    if ratio is None:
        assert found is None
        return
    assert found.ratio == pytest.approx(ratio)
    mended = mend(schedule, 1)
    assert jump_at(mended, preview(mended), 1) is None
    lr = simulate(mended).lr[0]
    assert lr[100] == pytest.approx(lr[99])


def test_a_jump_up_from_zero_has_no_ratio():
    schedule = make(phase("frozen", "50%"), phase("ConstantLR", start="base", factor=1.0))
    found = jump_at(schedule, preview(schedule), 1)
    assert (found.before, found.ratio) == (0.0, None)


def test_what_no_parameter_mends_says_so():
    schedule = make(HALF, phase("LambdaLR", lr_lambda="0.3"))
    assert jump_at(schedule, preview(schedule), 1) is not None
    with pytest.raises(PhaseOpError, match="no single parameter"):
        mend(schedule, 1)
