"""Exported torch code in a plain training loop is the curve, bit for bit."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch
from documents import METRIC, NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from exported_runs import check, read
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import lrdesigner as lrd
from lrdesigner.engine.simulate import run
from lrdesigner.plain_loop import make_optimizer
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.verify import job

COMPOSING = [
    ("MultiplicativeLR", {"lr_lambda": "0.93"}),
    ("StepLR", {"step_size": 3}),
    ("MultiStepLR", {"milestones": [2, 5]}),
    ("ConstantLR", {"factor": 0.3, "total_iters": 4}),
    ("LinearLR", {"start_factor": 0.1}),
    ("ExponentialLR", {"gamma": 0.9}),
    ("PolynomialLR", {"power": 2.5}),
    ("CosineAnnealingLR", {}),
]


@pytest.mark.parametrize("groups", [None, THREE_GROUPS], ids=["1 group", "3 groups"])
@pytest.mark.parametrize("name", NAMES)
def test_every_class_alone(name: str, groups: Any) -> None:
    for params, interval in itertools.product(PARAMS[name], ("step", "epoch")):
        check(document(phase(name, params, interval=interval), groups=groups))


@pytest.mark.parametrize("name", NAMES)
def test_every_class_in_a_part_of_the_horizon(name: str) -> None:
    """Then a hold, or cut off by the horizon: the loop goes on past the class's own end."""
    for params in PARAMS[name]:
        check(document(phase(name, params, length="11 steps")))
        check(document(phase(name, params, length="2 epochs", interval="epoch")))
        if "total_steps" not in params:
            check(document(phase(name, params, length="40 steps")))


@pytest.mark.parametrize("name", list(PER_GROUP))
def test_per_group_values(name: str) -> None:
    for params in PER_GROUP[name]:
        for start in ("continue", "base"):
            second = phase(name, params, start=start)
            check(document(phase(name, params), groups=THREE_GROUPS))
            first = phase("ExponentialLR", length="7 steps")
            check(document(first, second, groups=THREE_GROUPS))


@pytest.mark.parametrize("first", NAMES)
def test_every_pair(first: str) -> None:
    for second in NAMES:
        for start, interval in (("continue", "step"), ("base", "step"), ("continue", "epoch")):
            check(
                document(
                    phase(first, length="9 steps"),
                    phase(second, start=start, interval=interval, length="12 steps"),
                )
            )
        check(
            document(
                phase(first, length="3 epochs", interval="epoch"),
                phase(second, PARAMS[second][-1], interval="epoch"),
                groups=THREE_GROUPS,
            )
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_class_between_two_others(name: str) -> None:
    """What comes later starts from the LRs that the middle one reached, whatever it is."""
    for params in PARAMS[name]:
        if params.get("total_steps") or params.get("T_max"):
            continue
        check(
            document(
                phase("LinearLR", length="5 steps"),
                phase(name, params, length="7 steps"),
                phase("CosineAnnealingLR", {"eta_min": 0.0001}, length="8 steps"),
                groups=THREE_GROUPS,
            )
        )


@pytest.mark.parametrize("groups", [None, THREE_GROUPS], ids=["1 group", "3 groups"])
@pytest.mark.parametrize("name", NAMES)
def test_every_class_after_a_plateau(name: str, groups: Any) -> None:
    """The LR reached is not known when the code is written: the training's metric decides.

    So the code must not depend on the document's metric, and be right for any other one.
    """
    other = {"values": [1.0, 1.0, 1.0, 1.0, 0.5, 2.0, 0.4]}
    lists = PER_GROUP.get(name, []) if groups else []
    for params in [*PARAMS[name], *lists]:
        plateau = phase("ReduceLROnPlateau", length="4 epochs")
        phases = (plateau, phase(name, params, length="9 steps"))
        one, plan = check(document(*phases, groups=groups, metric=METRIC))
        two, other_plan = check(document(*phases, groups=groups, metric=other))
        assert plan.stages[1].bases != other_plan.stages[1].bases
        assert one == two


def test_an_lr_that_is_known_again_after_a_plateau_is_written_as_a_number() -> None:
    """A phase that starts from the base does not depend on the plateau before it."""
    code, plan = check(
        document(
            phase("ReduceLROnPlateau", length="4 epochs"),
            phase("LambdaLR", {"lr_lambda": "lr + t"}, length="3 steps", start="base"),
            phase("CyclicLR", {"max_lr": 0.5, "step_size_up": 2}),
        )
    )
    assert "lambda t: 0.1 + t" in code
    assert f"base_lr={plan.stages[2].bases[0]!r}" in code
    assert "lrs" not in code.partition("def plateau")[2]


@pytest.mark.parametrize("first", COMPOSING, ids=lambda item: item[0])
def test_stacks(first: tuple[str, dict[str, Any]]) -> None:
    for name, params in COMPOSING:
        stack = phase(*first, **{"with": [{"scheduler": name, "params": params}]})
        code, plan = check(document(stack, groups=THREE_GROUPS))
        assert plan.kind == "single"
        assert "ChainedScheduler([" in code
        check(document(phase("StepLR", length="7 steps"), stack, epochs=4))


def test_a_stack_whose_formulas_read_the_lr_after_a_plateau() -> None:
    stacked = [
        {"scheduler": "MultiplicativeLR", "params": {"lr_lambda": "1 - lr"}},
        {"scheduler": "ExponentialLR", "params": {"gamma": 0.9}},
    ]
    first = phase("MultiplicativeLR", {"lr_lambda": "1 + lr / 2"}, **{"with": stacked})
    plateau = phase("ReduceLROnPlateau", length="4 epochs")
    code, _ = check(document(plateau, first, groups=THREE_GROUPS))
    assert code.count("\n    lrs = [") == 1


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_optimizer(name: str) -> None:
    groups = None if OPTIMIZERS[name].one_group else THREE_GROUPS
    groups = groups and [{"name": g["name"], "lr": g["lr"]} for g in groups]
    cycles = OPTIMIZERS[name].momentum_key is not None
    cycle = phase("CyclicLR", {"max_lr": 0.4, "step_size_up": 3, "cycle_momentum": cycles})
    warm_up = phase("LinearLR", length="5 steps")
    check(document(warm_up, cycle, groups=groups, optimizer=name))
    one = phase("OneCycleLR", {"max_lr": 0.4, "cycle_momentum": cycles}, length="10 steps")
    check(document(one, warm_up, groups=groups, optimizer=name))


def test_betas_of_the_document_come_back_after_a_cycle() -> None:
    groups = [
        {"name": "a", "lr": 0.1},
        {"name": "b", "lr": 0.2, "betas": [0.7, 0.95]},
    ]
    one = phase("OneCycleLR", length="10 steps")
    later = phase("ExponentialLR", length="5 steps")
    _, plan = check(
        document(one, later, groups=groups, optimizer="Adam", args={"betas": [0.8, 0.99]})
    )
    assert plan.kind == "phased"


def test_no_phase_and_no_step_of_a_phase() -> None:
    check(document())
    check(document(phase("StepLR", length="0 steps"), phase("LinearLR", length="6 steps")))


def test_one_step_phases() -> None:
    phases = [phase(name, length="1 steps") for name in ("LinearLR", "StepLR", "LambdaLR")]
    check(document(*phases, epochs=1, per_epoch=3))
    check(document(*phases, epochs=4, per_epoch=1))


def test_a_long_run() -> None:
    """Rounding errors of 20 000 recursive steps are the same ones."""
    check(
        document(
            phase("LinearLR", {"start_factor": 0.001}, length="5%"),
            phase("CosineAnnealingLR", {"eta_min": 1e-5}, length="60%"),
            phase("PolynomialLR", {"power": 0.9}),
            epochs=20,
            per_epoch=1000,
        )
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Anything from one to five phases, of any length and interval, on any groups."""
    groups = draw(st.sampled_from([None, THREE_GROUPS]))
    phases = []
    for _ in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from(NAMES))
        choices = PARAMS[name] + (PER_GROUP.get(name, []) if groups else [])
        item = phase(
            name,
            draw(st.sampled_from(choices)),
            length=draw(st.sampled_from(["3 steps", "7 steps", "1 epochs", "1.5 epochs", "20%"])),
            interval=draw(st.sampled_from(["step", "epoch"])),
            start=draw(st.sampled_from(["continue", "base"])),
        )
        if draw(st.integers(0, 4)) == 0:
            other, params = draw(st.sampled_from(COMPOSING))
            item["with"] = [{"scheduler": other, "params": params}]
        phases.append(item)
    return document(
        *phases,
        groups=groups,
        epochs=draw(st.integers(1, 8)),
        per_epoch=draw(st.integers(1, 6)),
        metric=METRIC,
    )


@given(documents())
@settings(max_examples=250, suppress_health_check=list(HealthCheck))
def test_any_document(data: dict[str, Any]) -> None:
    try:
        lrd.simulate(read(data))
    except ScheduleError:
        assume(False)
    check(data)


@pytest.mark.parametrize(
    "phases",
    [
        [phase("OneCycleLR", PER_GROUP["OneCycleLR"][2])],
        [phase("ExponentialLR", length="7 steps"), phase("CosineAnnealingLR")],
        [
            phase("ReduceLROnPlateau", length="3 epochs"),
            phase("OneCycleLR", PER_GROUP["OneCycleLR"][2], length="8 steps"),
            phase("LambdaLR", {"lr_lambda": "1 - lr * t / T"}),
        ],
    ],
    ids=["single", "sequential", "phased"],
)
def test_an_lr_that_is_a_tensor_stays_that_tensor(phases: list[dict[str, Any]]) -> None:
    """As optimizers on an accelerator have it; in float64 the values are the same bits."""
    schedule = read(document(*phases, groups=THREE_GROUPS))
    curve, plan = run(schedule)
    work = job(schedule, plan)
    optimizer = make_optimizer(work)
    for group in optimizer.param_groups:
        group["lr"] = torch.tensor(group["lr"], dtype=torch.float64)
    tensors = [group["lr"] for group in optimizer.param_groups]
    namespace: dict[str, Any] = {}
    exec(lrd.export(schedule), namespace)
    scheduler = namespace["build_scheduler"](optimizer)
    for step in range(schedule.steps):
        assert [lr.item() for lr in tensors] == curve.lr[:, step].tolist()
        optimizer.step()
        scheduler.step()
        if plan.kind == "phased" and (step + 1) % work["per_epoch"] == 0:
            scheduler.step_epoch(work["metric"][step // work["per_epoch"]])
    now = [group["lr"] for group in optimizer.param_groups]
    assert all(lr is tensor for lr, tensor in zip(now, tensors, strict=True))
