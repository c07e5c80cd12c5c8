"""What `build` returns: torch's own objects wherever they mean the same."""

from __future__ import annotations

import plain_torch
import pytest
import torch
from documents import NAMES, THREE_GROUPS, document, phase
from torch.optim import lr_scheduler
from torch.optim.lr_scheduler import ChainedScheduler, ConstantLR, SequentialLR
from training import check, read

import lrdesigner as lrd
from lrdesigner.engine.phased import PhasedLR

LINEAR = phase("LinearLR", length="6 steps")
COSINE = phase("CosineAnnealingLR")


def build(*phases, **more):
    data = document(*phases, **more)
    return read(data).build(plain_torch.optimizer(data))


@pytest.mark.parametrize("interval", ["step", "epoch"])
@pytest.mark.parametrize("name", NAMES)
def test_one_phase_is_the_bare_scheduler(name, interval):
    made = build(phase(name, interval=interval))
    assert type(made) is plain_torch.scheduler_class(name)


@pytest.mark.parametrize(
    "what",
    [
        LINEAR,
        phase("ConstantLR", length="9 steps"),
        phase("ConstantLR", {"factor": 1.0, "total_iters": 99}, length="9 steps"),
        phase("PolynomialLR", length="9 steps"),
        phase("MultiStepLR", {"milestones": [2, 8]}, length="8 steps"),
    ],
)
def test_a_hold_that_the_scheduler_keeps_by_itself_is_no_phase(what):
    assert type(build(what)) is plain_torch.scheduler_class(what["scheduler"])


@pytest.mark.parametrize(
    "what",
    [
        phase("LinearLR", {"total_iters": 20}, length="9 steps"),
        phase("MultiStepLR", {"milestones": [2, 9]}, length="8 steps"),
        phase("ExponentialLR", length="9 steps"),
        phase("CosineAnnealingLR", length="9 steps"),
        phase("SWALR", length="9 steps"),
    ],
)
def test_any_other_hold_is_a_constant_phase(what):
    made = build(what)
    assert type(made) is SequentialLR
    assert [type(s) for s in made._schedulers][1:] == [ConstantLR]
    assert made._milestones == [plain_torch.pieces(document(what))[1].start]


def test_no_phase_is_a_hold():
    assert type(build()) is ConstantLR
    check(document(groups=THREE_GROUPS))


def test_phases_of_no_step_do_not_count():
    nothing = phase("ExponentialLR", length="0 steps")
    assert type(build(nothing, COSINE, nothing)) is lr_scheduler.CosineAnnealingLR
    check(document(nothing, LINEAR, {**nothing, "length": "1%"}, COSINE))


def test_several_phases_are_a_sequential_with_per_phase_bases():
    made = build(LINEAR, phase("ExponentialLR", length="7 steps"), COSINE, groups=THREE_GROUPS)
    assert type(made) is SequentialLR
    assert made._milestones == [6, 13]
    start = [group["lr"] for group in THREE_GROUPS]
    assert made._schedulers[1].base_lrs == start  # a warm-up ends exactly at the group's LR
    assert made._schedulers[2].base_lrs == pytest.approx([lr * 0.9**7 for lr in start])


def test_only_a_hair_beside_the_groups_lr_counts_as_the_groups_lr():
    """1e-12 relative is rounding; a millionth was meant."""
    almost = phase("LinearLR", {"start_factor": 0.5, "end_factor": 0.999999}, length="6 steps")
    for later in (COSINE, phase("SWALR")):
        data = document(almost, later, groups=THREE_GROUPS)
        check(data)
        assert lrd.simulate(read(data)).bases[1][0] == pytest.approx(0.0999999, rel=1e-9)
        assert lrd.simulate(read(data)).bases[1][0] != 0.1


def test_start_base_takes_the_groups_lr():
    made = build(phase("ExponentialLR", length="7 steps"), {**COSINE, "start": "base"})
    assert made._schedulers[1].base_lrs == [0.1]


def test_whole_epochs_are_a_sequential_stepped_per_epoch():
    made = build(
        phase("LinearLR", length="2 epochs", interval="epoch"),
        phase("CosineAnnealingLR", length="4 epochs", interval="epoch"),
    )
    assert type(made) is SequentialLR
    assert made._milestones == [2, 6]


CYCLIC = {"max_lr": 1.0, "step_size_up": 3}
PHASED = {
    "boundary inside an epoch": [
        phase("LinearLR", length="4 steps", interval="epoch"),
        phase("CosineAnnealingLR", interval="epoch"),
    ],
    "hold begins inside an epoch": [phase("ExponentialLR", length="7 steps", interval="epoch")],
    "mixed intervals": [LINEAR, phase("CosineAnnealingLR", interval="epoch")],
    "plateau later": [LINEAR, phase("ReduceLROnPlateau")],
    "plateau first": [phase("ReduceLROnPlateau", length="2 epochs"), COSINE],
    "momentum": [phase("CyclicLR", CYCLIC, length="6 steps"), COSINE],
    "momentum, then a hold": [phase("CyclicLR", CYCLIC, length="6 steps")],
    "momentum later": [LINEAR, phase("CyclicLR", CYCLIC)],
    "no closed form": [LINEAR, phase("MultiplicativeLR")],
    "anneals from the LR it finds": [LINEAR, phase("SWALR")],
    "overwrites the groups": [
        phase("ExponentialLR", length="6 steps"),
        phase("OneCycleLR", {"max_lr": 1.0, "cycle_momentum": False}),
    ],
    "a stack": [
        LINEAR,
        phase("StepLR", **{"with": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9}}]}),
    ],
}


@pytest.mark.parametrize("phases", PHASED.values(), ids=PHASED)
def test_what_torch_cannot_run_is_phased(phases):
    assert type(build(*phases)) is PhasedLR


@pytest.mark.parametrize("cyclic", [phase("CyclicLR"), phase("OneCycleLR")])
def test_a_cycle_without_momentum_may_come_first(cyclic):
    params = {**cyclic["params"], "cycle_momentum": False}
    assert type(build({**cyclic, "params": params, "length": "6 steps"}, COSINE)) is SequentialLR


def test_a_phase_that_only_its_true_base_allows():
    """The second one could not start from the group's LR; the third tells a closed start."""
    data = document(
        phase("ExponentialLR", {"gamma": 0.6}, length="7 steps"),
        phase("CyclicLR", {**CYCLIC, "max_lr": 0.05, "cycle_momentum": False}, length="7 steps"),
        phase("CosineAnnealingLR", {"eta_min": 0.77}),
        groups=[{"name": str(i), "lr": 0.05 + i / 311} for i in range(20)],
    )
    assert type(read(data).build(plain_torch.optimizer(data))) is SequentialLR
    check(data)


def test_a_closed_start_is_told_from_a_fresh_one():
    """Otherwise the test before would pass for the wrong reason: the last bit does differ."""
    lrs = [0.0123 + i / 311 for i in range(40)]
    fresh = lr_scheduler.CosineAnnealingLR(sgd(lrs), 5, eta_min=0.77)
    closed = lr_scheduler.CosineAnnealingLR(sgd(lrs), 5, eta_min=0.77)
    closed._update_lr(0)
    assert fresh.get_last_lr() == lrs
    assert closed.get_last_lr() != lrs


def sgd(lrs):
    return torch.optim.SGD([{"params": [torch.zeros(1)], "lr": lr} for lr in lrs])


def test_another_number_of_groups_is_refused():
    data = document(LINEAR)
    with pytest.raises(lrd.ScheduleError, match="has 2 parameter groups, the schedule 1 \\(all\\)"):
        read(data).build(sgd([0.1, 0.1]))


def test_another_lr_is_refused():
    with pytest.raises(
        lrd.ScheduleError, match=r"group 0 has lr=0\.2, the schedule's.*'all' has 0\.1"
    ):
        read(document(LINEAR)).build(sgd([0.2]))


def test_a_chain_inside_a_sequential_is_never_made():
    """`SequentialLR` fails on a `ChainedScheduler` at the milestone."""
    made = build(*PHASED["a stack"])
    assert not any(isinstance(s, ChainedScheduler) for s in getattr(made, "_schedulers", []))
