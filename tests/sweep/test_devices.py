"""Tensors instead of arrays: the same expressions, on any device torch has."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from documents import NAMES, PARAMS, THREE_GROUPS, document, phase
from families import FAMILIES
from sweeping import around, numbers
from training import read

import lrdesigner as lrd
from lrdesigner.sweep import EpochsTarget, LengthTarget, ParamTarget, Sweep, SweepAxis, evaluate

ALL = {**{name: PARAMS[name] for name in NAMES}, **FAMILIES}
# A CPU with tensors on it: the way of a GPU is walked where there is none.
TENSORS = "cpu:0"
on_gpu = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="torch finds no CUDA device on this machine"
)


def schedule_of(name, params):
    return read(
        document(
            phase("LinearLR", {"start_factor": 0.1}, length="15 steps"),
            phase(name, params, length="40 steps"),
            phase("CosineAnnealingLR", {"eta_min": 1e-4}, length="15 steps"),
            epochs=14,
            per_epoch=5,
            groups=THREE_GROUPS,
        )
    )


def same(sweep, device):
    plain = evaluate(sweep, points=10**6)
    there = evaluate(sweep, points=10**6, device=device)
    assert there.errors == plain.errors
    assert there.values.dtype == np.float64
    assert there.computed == plain.computed
    height = np.nanmax(np.abs(plain.values)) if plain.valid else 1.0
    np.testing.assert_allclose(there.values, plain.values, rtol=1e-12, atol=1e-15 * height)


def every_number(name, device):
    for params in ALL[name][-1:] if name in FAMILIES else ALL[name]:
        schedule = schedule_of(name, params)
        for declaration in numbers(name):
            axis = around(schedule, ParamTarget(1, declaration.name))
            same(Sweep(schedule, (axis,), (5,)), device)


def moving_phases(device):
    schedule = schedule_of("CosineAnnealingWarmRestarts", {"T_0": 3, "T_mult": 2})
    same(Sweep(schedule, (SweepAxis(LengthTarget(1, "steps"), 0, 70),), (17,)), device)
    same(Sweep(schedule, (SweepAxis(EpochsTarget(), 1, 20),), (17,)), device)


@pytest.mark.parametrize("name", ALL)
def test_every_scheduler(name):
    every_number(name, TENSORS)


def test_phases_that_move():
    moving_phases(TENSORS)


@on_gpu
def test_on_a_gpu():
    for name in ALL:
        every_number(name, "cuda")
    moving_phases("cuda")


def test_a_device_that_is_not_there():
    schedule = schedule_of("StepLR", {"step_size": 4})
    sweep = Sweep(schedule, (SweepAxis(ParamTarget(1, "gamma"), 0.1, 1),), (3,))
    with pytest.raises(lrd.ScheduleError, match="'cuda:99' is not available here"):
        evaluate(sweep, device="cuda:99")
