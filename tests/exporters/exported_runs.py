"""Running exported code inside the tests' own process: quick, for breadth."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

import lrdesigner as lrd
from lrdesigner.engine.plan import Plan
from lrdesigner.engine.simulate import run
from lrdesigner.exporting import exporters
from lrdesigner.plain_loop import train
from lrdesigner.schedule.optimizers import own_momentum
from lrdesigner.verify import Recording, job, recording_of


def read(document: dict[str, Any]) -> lrd.Schedule:
    return lrd.loads(json.dumps(document))


def train_with(code: str, schedule: lrd.Schedule, plan: Plan) -> Recording:
    work = json.loads(json.dumps(job(schedule, plan)))
    return recording_of(np.frombuffer(train(code, work)), schedule)


def check(document: dict[str, Any]) -> tuple[str, Plan]:
    """The exported code, trained with, uses what `simulate` says; bit for bit, every step."""
    schedule = read(document)
    curve, plan = run(schedule)
    code = exporters()["torch"].export(schedule, plan)
    got = train_with(code, schedule, plan)
    same(got.lr, curve.lr, code)
    if curve.momentum is not None:
        assert got.momentum is not None
        same(got.momentum, curve.momentum, code)
    elif got.momentum is not None:
        for row, group in zip(got.momentum, schedule.optimizer.groups, strict=True):
            assert (row == own_momentum(schedule.optimizer, group)).all(), code
    return code, plan


def same(got: np.ndarray, expected: np.ndarray, code: str) -> None:
    assert got.shape == expected.shape
    differs = (got.view(np.int64) != np.ascontiguousarray(expected).view(np.int64)).any(axis=0)
    if differs.any():
        step = int(differs.argmax())
        raise AssertionError(
            f"step {step}: {got[:, step].tolist()} instead of {expected[:, step].tolist()}\n{code}"
        )
