"""Parameters of other schedulers: keys that are kept, are said to have no effect, and have none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from documents import document
from limits import EXAMPLES, sound
from training import read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.exporting import exporters
from lrdesigner.params import REQUIRED
from lrdesigner.schedule.problems import check


def foreign(key: str) -> dict[str, Any]:
    """Every parameter that some other scheduler has and this one has not, with a value it takes."""
    own = {declared.name for declared in schedulers()[key].params}
    found: dict[str, Any] = {"epochs": 3, "steps_per_epoch": 10}
    for spec in schedulers():
        for declared in spec.params:
            if declared.default is not REQUIRED and declared.default is not None:
                found.setdefault(declared.name, declared.default)
        for params in EXAMPLES[spec.key]:
            for name, value in params.items():
                found.setdefault(name, value)
    return {name: value for name, value in found.items() if name not in own}


def schedule(key: str, params: dict[str, Any]) -> lrd.Schedule:
    metric = {"formula": "exp(-t / 5)"} if schedulers()[key].epoch_only else None
    phase = {"scheduler": key, "params": params, "length": "rest"}
    return read(document(phase, metric=metric))


@pytest.mark.parametrize("key", schedulers().keys())
def test_keys_of_other_schedulers_have_no_effect(key):
    extra = foreign(key)
    own = sound(schedulers()[key])
    with_extra, without = schedule(key, {**own, **extra}), schedule(key, own)
    found, wanted = lrd.simulate(with_extra), lrd.simulate(without)
    assert found.lr.tobytes() == wanted.lr.tobytes()
    fast, plain = preview(with_extra), preview(without)
    assert fast.errors == plain.errors
    assert np.array_equal(fast.lr, plain.lr)
    code = exporters()["torch"]
    assert code.export(with_extra) == code.export(without)
    said = list(check(with_extra, fast))
    ignored = [problem for problem in said if problem.rule == "unknown-entry"]
    assert {problem.param for problem in ignored} == extra.keys()
    assert all("has no effect" in problem.fix for problem in ignored)
    assert [p for p in said if p not in ignored] == list(check(without, plain))
