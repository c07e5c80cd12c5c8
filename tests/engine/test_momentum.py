"""Momentum (beta1) cycles inside its phase; outside, the optimizer's own value holds."""

from __future__ import annotations

import numpy as np
import plain_torch
import pytest
from documents import document, phase
from training import Training, check, check_resume, read

import lrdesigner as lrd
from lrdesigner.schedule.optimizers import OPTIMIZERS

CYCLES = {
    "CyclicLR": {"max_lr": 1.0, "step_size_up": 2, "base_momentum": 0.5, "max_momentum": 0.7},
    "OneCycleLR": {"max_lr": 1.0, "base_momentum": 0.5, "max_momentum": 0.7},
}
# Arguments under which the optimizer's own momentum is none of the cycle's values.
OWN = {
    "SGD": {"momentum": 0.81},
    "AdamW": {"betas": [0.82, 0.97]},
    "Adam": {},
    "NAdam": {"betas": [0.83, 0.98]},
    "RAdam": {},
    "Adamax": {},
    "RMSprop": {"momentum": 0.84},
    "Muon": {},
    "SparseAdam": {},
}


def around(name, **more):
    """The cycle between two other phases, with a hold at the end."""
    return document(
        phase("LinearLR", length="5 steps"),
        phase(name, CYCLES[name], length="9 steps"),
        phase("ExponentialLR", length="6 steps"),
        **more,
    )


def test_the_table_covers_every_optimizer_that_can_cycle():
    assert set(OWN) == {name for name, info in OPTIMIZERS.items() if info.momentum_key}


@pytest.mark.parametrize("name", CYCLES)
@pytest.mark.parametrize("optimizer", OWN)
def test_inside_and_outside(name, optimizer):
    data = around(name, optimizer=optimizer, args=OWN[optimizer])
    check(data)
    own = plain_torch.momentum_of(plain_torch.optimizer(data).param_groups[0])
    momentum = lrd.simulate(read(data)).momentum[0]
    assert (momentum[:5] == own).all()
    assert (momentum[14:] == own).all()
    assert 0.5 <= momentum[5:14].min() < momentum[5:14].max() <= 0.7
    check_resume(data, every=5)


@pytest.mark.parametrize("name", CYCLES)
def test_beta2_is_left_alone(name):
    data = around(name, optimizer="AdamW", args={"betas": [0.82, 0.97]})
    training = Training(data)
    while training.step < training.total:
        assert training.opt.param_groups[0]["betas"][1] == 0.97
        training.advance()


def test_each_group_has_its_own():
    groups = [{"name": "a", "lr": 0.1, "momentum": 0.3}, {"name": "b", "lr": 0.2}]
    data = around("CyclicLR", groups=groups, args={"momentum": 0.6})
    check(data)
    momentum = lrd.simulate(read(data)).momentum
    assert momentum[:, 0].tolist() == [0.3, 0.6]
    assert momentum[:, -1].tolist() == [0.3, 0.6]


def test_two_cycles_at_different_places():
    first = phase("CyclicLR", CYCLES["CyclicLR"], length="6 steps")
    check(document(first, phase("StepLR", length="3 steps"), phase("OneCycleLR", length="9 steps")))
    check(document(first, phase("OneCycleLR", interval="epoch")))


@pytest.mark.parametrize("name", CYCLES)
def test_per_epoch(name):
    check(
        document(phase("LinearLR", length="4 steps"), phase(name, CYCLES[name], interval="epoch"))
    )


@pytest.mark.parametrize("name", CYCLES)
def test_none_where_nothing_cycles_it(name):
    data = document(phase(name, {**CYCLES[name], "cycle_momentum": False}))
    assert lrd.simulate(read(data)).momentum is None
    training = Training(data).finish()
    assert (training.momentum == 0.85).all()


def test_sgd_without_momentum_gets_some():
    """torch sets it although the optimizer has none of its own."""
    data = document(phase("CyclicLR", CYCLES["CyclicLR"], length="6 steps"), args={})
    check(data)
    momentum = lrd.simulate(read(data)).momentum[0]
    assert np.array_equal(momentum[6:], np.zeros(18))
    assert momentum[:6].min() >= 0.5


@pytest.mark.parametrize("name", CYCLES)
@pytest.mark.parametrize("optimizer", sorted(set(OPTIMIZERS) - set(OWN)))
def test_an_optimizer_without_momentum_is_refused(name, optimizer):
    data = document(phase(name, CYCLES[name]), optimizer=optimizer)
    with pytest.raises(ValueError, match="must support momentum"):
        plain_torch.run(data)
    message = rf"^phases\[0\] \({name}\): cycle_momentum: {optimizer} has neither"
    with pytest.raises(lrd.ScheduleError, match=message):
        lrd.simulate(read(data))
    without = document(phase(name, {**CYCLES[name], "cycle_momentum": False}), optimizer=optimizer)
    check(without)
