"""Arguments of a thousand variants: as found one by one, with what they share found once."""

from __future__ import annotations

import pytest
from documents import document, phase
from training import read

from lrdesigner.engine.plan import stage
from lrdesigner.engine.segments import segments
from lrdesigner.params import Param
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.sweep import LengthTarget, ParamTarget, Sweep, SweepAxis, evaluate
from lrdesigner.sweep.arguments import Resolver

GROUPS = [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.2}]
CASES = {
    "a number": (phase("ExponentialLR", {"gamma": 0.99}), ParamTarget(0, "gamma"), 0.9, 1.0),
    "what another follows": (
        phase("OneCycleLR", {"max_lr": 1.0, "div_factor": None}),
        ParamTarget(0, "max_lr"),
        0.5,
        5.0,
    ),
    "what followed so far": (
        phase("CosineAnnealingLR", {"T_max": None}),
        ParamTarget(0, "T_max"),
        1000,
        3000,
    ),
    "what is not written": (phase("LinearLR"), ParamTarget(0, "start_factor"), 0.01, 0.5),
    "a value of a list": (
        phase("CyclicLR", {"base_lr": [0.1, 0.2], "max_lr": 1.0}),
        ParamTarget(0, "base_lr", element=1),
        0.1,
        0.5,
    ),
    "a stack": (
        phase("LinearLR", with_=[{"scheduler": "ExponentialLR", "params": {"gamma": 0.9}}]),
        ParamTarget(0, "gamma", stacked=0),
        0.5,
        0.9,
    ),
    "the length": (phase("wsd", {"warmup_steps": 10}), LengthTarget(0, "steps"), 20, 1000),
    "what some refuse": (
        phase("wsd", {"warmup_steps": 500, "decay_steps": 100}),
        ParamTarget(0, "decay_steps"),
        10,
        990,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_as_one_by_one(name):
    entry, target, start, stop = CASES[name]
    length = {"length": "500 steps"} if isinstance(target, LengthTarget) else {}
    schedule = read(document({**entry, **length}, epochs=1, per_epoch=1000, groups=GROUPS))
    sweep = Sweep(schedule, (SweepAxis(target, start, stop),), (9,))
    resolver = Resolver()
    wanted, found = [], []
    for index in range(9):
        variant = sweep.variant(index)
        line = segments(variant)[0]
        bases = (0.1 + index, 0.2)
        for each, ask in (
            (wanted, lambda v, s, _, b: tuple(part.args for part in stage(v, s, b).parts)),
            (found, resolver.arguments),
        ):
            try:
                each.append(ask(variant, line, line.phase, bases))
            except ScheduleError as error:
                each.append(str(error))
    assert found == wanted
    assert len(set(map(repr, wanted))) == 9
    assert any(isinstance(each, str) for each in wanted) == (name == "what some refuse")


def test_what_does_not_vary_is_checked_once(monkeypatch):
    checked = []

    def counted(self, value, groups=None):
        checked.append(self.name)
        return error(self, value, groups)

    error = Param.error
    entry = phase("OneCycleLR", {"max_lr": 1.0, "three_phase": True, "div_factor": 10.0})
    schedule = read(document(entry, epochs=1, per_epoch=1000))
    sweep = Sweep(schedule, (SweepAxis(ParamTarget(0, "pct_start"), 0.1, 0.4),), (100,))
    monkeypatch.setattr(Param, "error", counted)
    assert not evaluate(sweep).errors
    assert checked.count("pct_start") == 100
    assert [checked.count(name) for name in ("max_lr", "three_phase", "div_factor")] == [1, 1, 1]
