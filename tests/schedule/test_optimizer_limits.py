"""Limits of the optimizer's arguments: check, command line and run say the same, torch agrees."""

from __future__ import annotations

import json
from pathlib import Path

import limits
import pytest
import torch
from documents import document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.cli import run
from lrdesigner.schedule.optimizers import OPTIMIZERS

EACH = [(info.name, param) for info in OPTIMIZERS.values() for param in info.params]
OUTSIDE = [(name, p, limit, value) for name, p in EACH for limit, value in limits.beyond(p)]
INSIDE = [(name, p, limit, value) for name, p in EACH for limit, value in limits.within(p)]


def named(part) -> str:
    return getattr(part, "name", part) if not isinstance(part, (int, float, list)) else ""


def written(name: str, args: dict, own: dict | None = None) -> dict:
    """A document with these arguments, and a second group that has its own."""
    groups = [{"name": "body", "lr": 0.1}]
    if not OPTIMIZERS[name].one_group:
        groups.append({"name": "head", "lr": 0.2, **(own or {})})
    plain = phase("ExponentialLR", {"gamma": 0.9})
    return document(plain, optimizer=name, args=args, groups=groups)


def errors(data: dict) -> list:
    return [problem for problem in lrd.check(read(data)) if problem.severity == "error"]


def test_every_argument_with_a_limit_is_looked_at():
    assert len(OUTSIDE) > 90
    assert {param.kind for _, param, *_ in OUTSIDE} == {"float", "int", "numbers"}


@pytest.mark.parametrize(("name", "param", "limit", "value"), OUTSIDE, ids=named)
def test_outside_all_say_the_same_sentence(name, param, limit, value, tmp_path: Path, capfd):
    data = written(name, {param.name: value})
    said = param.error(value)
    (problem,) = errors(data)
    assert problem.message == f"optimizer: {said}"
    assert (problem.rule, problem.param) == ("optimizer-argument", param.name)
    assert problem.fix.endswith(f"or leave {param.name} out.")
    with pytest.raises(lrd.ScheduleError) as caught:
        lrd.simulate(read(data))
    assert str(caught.value).startswith(f"optimizer.args.{param.name}: {said}; ")
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(data))
    assert run(["check", str(file)]) == 1
    assert f"error: optimizer: {said}. {problem.fix} [" in capfd.readouterr().out
    assert run(["simulate", str(file)]) == 1
    assert f": {said}; " in capfd.readouterr().err


@pytest.mark.parametrize(("name", "param", "limit", "value"), OUTSIDE, ids=named)
def test_a_group_of_its_own_mind_is_told_too(name, param, limit, value):
    if OPTIMIZERS[name].one_group:
        return
    data = written(name, {}, {param.name: value})
    (problem,) = errors(data)
    assert problem.message == f"group 'head': {param.error(value)}"
    with pytest.raises(lrd.ScheduleError, match=r"optimizer\.groups\[1\]"):
        lrd.simulate(read(data))


@pytest.mark.parametrize(("name", "param", "limit", "value"), INSIDE, ids=named)
def test_inside_nobody_complains_and_torch_takes_it(name, param, limit, value):
    data = written(name, {param.name: value})
    assert errors(data) == []
    lrd.simulate(read(data))
    weight = torch.nn.Parameter(torch.zeros(2, 2))
    given = {param.name: param.normalise(value)}
    getattr(torch.optim, name)([weight], lr=0.1, **given)


def test_nesterov_without_momentum():
    data = written("SGD", {"nesterov": True})
    (problem,) = errors(data)
    assert problem.message == "optimizer: nesterov needs a momentum above 0 and a dampening of 0"
    assert problem.fix == "Give momentum, such as 0.9, or turn nesterov off."
    with pytest.raises(lrd.ScheduleError, match="nesterov needs a momentum above 0"):
        lrd.simulate(read(data))
    assert errors(written("SGD", {"nesterov": True, "momentum": 0.9}, {"momentum": 0.0})) == []


def test_an_lr_of_0_where_torch_takes_none():
    data = written("SparseAdam", {})
    data["optimizer"]["groups"][1]["lr"] = 0
    (problem,) = errors(data)
    assert problem.message == "group 'head': SparseAdam takes no LR of 0"
    assert problem.fix == "Give group 'head' an LR above 0."
    with pytest.raises(ValueError, match="Invalid learning rate"):
        torch.optim.SparseAdam([torch.nn.Parameter(torch.zeros(1))], lr=0.0)


def test_an_unknown_argument_of_a_group_is_only_a_warning():
    """torch takes any key of a group."""
    (problem,) = lrd.check(read(written("SGD", {}, {"momentun": 0.5})))
    assert (problem.severity, problem.param) == ("warning", "momentun")
    assert "did you mean momentum?" in problem.message
