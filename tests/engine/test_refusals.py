"""What torch would refuse, at once or in the middle of a training, is refused before, in words."""

from __future__ import annotations

import json
import re

import plain_torch
import pytest
from documents import NAMES, THREE_GROUPS, document, phase
from refused import REFUSED
from training import first_difference, read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers

CASES = [
    pytest.param(name, params, message, id=f"{name}-{place}")
    for name, entries in REFUSED.items()
    for place, (params, message) in enumerate(entries)
]


def refusal(data):
    """The message with which a document is refused: when read, or when run or built."""
    try:
        schedule = read(data)
    except lrd.DocumentError as error:
        return str(error)
    with pytest.raises(lrd.ScheduleError) as caught:
        lrd.simulate(schedule)
    with pytest.raises(lrd.ScheduleError) as built:
        schedule.build(plain_torch.optimizer(data))
    assert str(built.value) == str(caught.value)
    return str(caught.value)


def test_every_scheduler_is_covered():
    assert set(REFUSED) == {*NAMES, "formula"}


@pytest.mark.parametrize(("name", "params", "message"), CASES)
def test_refused(name, params, message):
    text = refusal(document(phase(name, params)))
    assert text.startswith("phases[0]")
    assert "\n" not in text
    assert re.search(message, text)


@pytest.mark.parametrize(("name", "params", "message"), CASES)
def test_refused_in_its_turn_too(name, params, message):
    """In the middle of a chain, where the kind of object is decided before the phase runs."""
    first = phase("ConstantLR", {"factor": 1.0}, length="7 steps")
    last = phase("StepLR", length="2 steps")
    text = refusal(document(first, phase(name, params, length="24 steps"), last, epochs=40))
    assert text.startswith("phases[1]")
    assert re.search(message, text)


def test_a_failure_late_in_a_chain_names_its_phase_and_its_own_time():
    late = phase("LambdaLR", {"lr_lambda": "1 / (t - 5)"})
    data = document(phase("LinearLR", length="7 steps"), late, groups=THREE_GROUPS)
    assert refusal(data).startswith("phases[1] (LambdaLR): fails at t = 5: division by zero")
    late["params"] = {"lr_lambda": ["1", "1", "1e308 * t"]}
    text = refusal(data)
    assert text.startswith("phases[1] (LambdaLR): the LR of group 'head' is inf at t = 2")


def test_a_failure_in_a_stack_names_all_its_schedulers():
    stack = [{"scheduler": "MultiplicativeLR", "params": {"lr_lambda": "1 / (t - 3)"}}]
    text = refusal(document(phase("StepLR", **{"with": stack})))
    assert text.startswith("phases[0] (StepLR with MultiplicativeLR): fails at t = 3: division")


def test_a_wrong_parameter_in_a_stack_names_its_place():
    stack = [{"scheduler": "ConstantLR", "params": {}}, {"scheduler": "StepLR", "params": {}}]
    text = refusal(document(phase("LinearLR", **{"with": stack})))
    assert text.startswith("phases[0].with[1] (StepLR): step_size is missing")


def test_a_cycle_that_follows_from_zero_is_refused():
    first = phase("PolynomialLR", length="7 steps")
    text = refusal(document(first, phase("OneCycleLR", {"max_lr": 1, "div_factor": None})))
    assert text.startswith("phases[1] (OneCycleLR): div_factor: the phase starts from an LR of 0")


def test_triangular2_over_too_many_cycles():
    """torch computes 2.0 ** cycles, which overflows after 1024."""
    params = {"max_lr": 1.0, "step_size_up": 1, "mode": "triangular2", "cycle_momentum": False}
    good = document(phase("CyclicLR", params), epochs=1023, per_epoch=2)
    assert not first_difference(lrd.simulate(read(good)).lr, plain_torch.run(good).lr)
    bad = document(phase("CyclicLR", params), epochs=1024, per_epoch=2)
    with pytest.raises(OverflowError):
        plain_torch.run(bad)
    assert "step_size_up: triangular2 over 1,025 cycles overflows" in refusal(bad)


MOMENTUM = "momentum: momentum must be a number 0 or greater, not "
BETAS = "optimizer.args.betas: betas must be a list of 2 numbers 0 or greater and less than 1, not "


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "AdamX"}, "optimizer.type: optimizer 'AdamX' is not known; did you mean 'Adam'"),
        ({"type": "LBFGS", "groups": THREE_GROUPS}, "optimizer.groups: LBFGS takes a single group"),
        ({"args": {"momentum": "x"}}, f"optimizer.args.{MOMENTUM}'x'"),
        ({"args": {"momentum": None}}, f"optimizer.args.{MOMENTUM}null"),
        ({"args": {"momentum": True}}, f"optimizer.args.{MOMENTUM}true"),
        ({"args": {"momentum": 10**400}}, f"optimizer.args.{MOMENTUM}1000"),
        ({"args": {"nesterov": 1}}, "optimizer.args.nesterov: nesterov must be true or false, not"),
        ({"type": "Adam", "args": {"betas": 5}}, f"{BETAS}5"),
        ({"type": "Adam", "args": {"betas": [0.9]}}, f"{BETAS}[0.9]; give a list of 2 numbers"),
        (
            {"groups": [{"name": "a", "lr": 1}, {"name": "b", "lr": 1, "momentum": []}]},
            f"optimizer.groups[1].{MOMENTUM}[]",
        ),
    ],
)
@pytest.mark.parametrize("what", [phase("LinearLR"), phase("CyclicLR"), phase("OneCycleLR")])
def test_an_optimizer_that_torch_cannot_make(change, message, what):
    data = document(what)
    data["optimizer"] = {**data["optimizer"], **change}
    with pytest.raises(lrd.ScheduleError) as caught:
        lrd.simulate(read(data))
    assert str(caught.value).startswith(message)


def test_arguments_the_optimizer_does_not_have_change_nothing():
    """They are a problem to show; a scheduler never reads them."""
    strange = {"initial_lr": 5, "params": 3, "swa_lr": "x"}
    phases = [phase("ExponentialLR", length="5 steps"), phase("CyclicLR", length="6 steps")]
    data = json.loads(json.dumps(document(*phases, phase("SWALR"))))
    curve = lrd.simulate(read(data))
    data["optimizer"]["args"].update(strange)
    data["optimizer"]["groups"][0].update(strange)
    assert not first_difference(lrd.simulate(read(data)).lr, curve.lr)
    assert not first_difference(lrd.simulate(read(data)).momentum, curve.momentum)


def test_an_unknown_scheduler_is_refused_with_the_nearest_name():
    data = document({"scheduler": "CosineAnealingLR"})
    message = r"^phases\[0\] \(CosineAnealingLR\): .*did you mean 'CosineAnnealingLR'"
    with pytest.raises(lrd.ScheduleError, match=message):
        lrd.simulate(read(data))


def test_of_very_many_schedulers_a_few_are_named_and_where_the_others_are():
    with pytest.raises(KeyError) as told:
        schedulers()["something else entirely"]
    message = str(told.value)
    assert message.startswith("scheduler 'something else entirely' is not known; known are Lin")
    assert message.endswith("more, which `lrdesigner list schedulers` shows")
    assert len(message) < 200
