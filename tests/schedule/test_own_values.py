"""Whose number a quantity is, and what torch makes of another one."""

from __future__ import annotations

import pytest

from lrdesigner.schedule.model import Group, OptimizerSpec, Schedule
from lrdesigner.schedule.own_values import ceiling, own_value_refusal, owners, set_own_value
from lrdesigner.schedule.tracks import own_value


def make(kind="AdamW", args=None, **own):
    groups = (Group(name="a", lr=0.1), Group.model_validate({"name": "b", "lr": 0.01, **own}))
    return Schedule(optimizer=OptimizerSpec(type=kind, args=args or {}, groups=groups))


def values(schedule, quantity):
    spec = schedule.optimizer
    return [own_value(spec, group, quantity) for group in spec.groups]


def test_the_lr_is_each_groups_own():
    schedule = make()
    assert owners(schedule, "lr") == ((0,), (1,))
    assert values(set_own_value(schedule, 1, "lr", 0.5), "lr") == [0.1, 0.5]


@pytest.mark.parametrize("quantity", ["weight_decay", "momentum", "beta2"])
def test_an_argument_of_the_optimizer_is_shared(quantity):
    schedule = make()
    assert owners(schedule, quantity) == ((0, 1),)
    after = set_own_value(schedule, 1, quantity, 0.25)
    assert values(after, quantity) == [0.25, 0.25]
    others = {"weight_decay", "momentum", "beta2"} - {quantity}
    assert all(values(after, other) == values(schedule, other) for other in others)


@pytest.mark.parametrize(
    ("quantity", "own"),
    [("weight_decay", {"weight_decay": 0.3}), ("beta2", {"betas": (0.8, 0.9)})],
)
def test_a_group_that_differs_is_changed_alone(quantity, own):
    schedule = make(**own)
    assert owners(schedule, quantity) == ((0,), (1,))
    before = values(schedule, quantity)
    assert values(set_own_value(schedule, 1, quantity, 0.5), quantity) == [before[0], 0.5]
    assert values(set_own_value(schedule, 0, quantity, 0.5), quantity) == [0.5, before[1]]


def test_what_torch_refuses_is_said_once():
    sgd = make("SGD", {"momentum": 0.9, "nesterov": True})
    after = set_own_value(sgd, 0, "momentum", 0.0)
    assert "nesterov needs a momentum above 0" in own_value_refusal(sgd, after)
    assert own_value_refusal(after, after) == ""
    assert own_value_refusal(sgd, set_own_value(sgd, 0, "momentum", 0.5)) == ""


def test_only_momentum_and_betas_have_a_ceiling():
    schedule = make()
    assert ceiling(schedule, "lr")[0] == float("inf")
    assert ceiling(schedule, "weight_decay")[0] == float("inf")
    high, why = ceiling(schedule, "momentum")
    assert 0.999 < high < 1
    assert why == "beta1 has to stay below 1"
