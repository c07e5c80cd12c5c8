"""Exported schedulers go on exactly after a restart, as their comment says."""

from __future__ import annotations

import io
from typing import Any

import pytest
import torch
from documents import PER_GROUP, THREE_GROUPS, document, phase
from exported_runs import read

from lrdesigner.engine.simulate import run
from lrdesigner.exporting import exporters
from lrdesigner.plain_loop import make_optimizer
from lrdesigner.verify import job

PLATEAU = phase("ReduceLROnPlateau", length="3 epochs")
CASES = {
    "sequential": document(
        phase("ExponentialLR", length="7 steps"), phase("CosineAnnealingLR"), groups=THREE_GROUPS
    ),
    "stack": document(
        phase("StepLR", **{"with": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9}}]})
    ),
    "one cycle per group": document(
        phase("OneCycleLR", PER_GROUP["OneCycleLR"][2]), groups=THREE_GROUPS
    ),
    "one cycle after a plateau": document(
        PLATEAU, phase("OneCycleLR", PER_GROUP["OneCycleLR"][2]), groups=THREE_GROUPS
    ),
    "cyclic after a plateau": document(PLATEAU, phase("CyclicLR"), groups=THREE_GROUPS),
    "formula after a plateau": document(
        phase("LinearLR", length="4 steps"),
        PLATEAU,
        phase("LambdaLR", {"lr_lambda": "0.5 + lr * t"}),
        groups=THREE_GROUPS,
    ),
}


@pytest.mark.parametrize("data", CASES.values(), ids=CASES)
def test_a_run_stopped_at_any_step_goes_on_the_same(data: dict[str, Any]) -> None:
    schedule = read(data)
    curve, plan = run(schedule)
    work = job(schedule, plan)
    namespace: dict[str, Any] = {}
    exec(exporters()["torch"].export(schedule, plan), namespace)

    def start() -> tuple[Any, Any]:
        optimizer = make_optimizer(work)
        return optimizer, namespace["build_scheduler"](optimizer)

    optimizer, scheduler = start()
    for step in range(schedule.steps):
        assert [group["lr"] for group in optimizer.param_groups] == curve.lr[:, step].tolist()
        assert [float(lr) for lr in scheduler.get_last_lr()] == curve.lr[:, step].tolist()
        buffer = io.BytesIO()
        torch.save((optimizer.state_dict(), scheduler.state_dict()), buffer)
        buffer.seek(0)
        states = torch.load(buffer, weights_only=True)
        optimizer, scheduler = start()
        optimizer.load_state_dict(states[0])
        scheduler.load_state_dict(states[1])
        if curve.momentum is not None:
            momenta = [group["momentum"] for group in optimizer.param_groups]
            assert momenta == curve.momentum[:, step].tolist()
        optimizer.step()
        scheduler.step()
        if hasattr(scheduler, "step_epoch") and (step + 1) % work["per_epoch"] == 0:
            metric = work["metric"]
            scheduler.step_epoch(metric[step // work["per_epoch"]] if metric else None)
