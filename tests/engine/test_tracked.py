"""Documents with tracks: simulate == build in a training loop == plain torch, bit for bit."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from hypothesis import given
from torch.optim import lr_scheduler
from tracked_documents import (
    BACKBONE,
    COSINE,
    DOCUMENTS,
    PLATEAU,
    QUANTITIES,
    RISE,
    WARM_UP,
    reference,
    track,
    tracked,
)
from tracked_strategies import documents_with_tracks
from tracked_training import TrackedTraining, same
from training import read

import lrdesigner as lrd
from lrdesigner.engine.simulate import CancelledError, make_plan, run, simulate


def check(data) -> None:
    wanted = reference(data)
    curve = lrd.simulate(read(data))
    driven = {q: values for q in QUANTITIES if (values := curve.values(q)) is not None}
    assert "lr" in driven
    same({**wanted, **driven}, wanted)
    for quantity in set(QUANTITIES) - set(driven):  # nothing changes it
        row = wanted[quantity]
        assert ((row == row[:, :1]) | np.isnan(row)).all()
    same(TrackedTraining(data).finish(), wanted)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_what_each_sequence_gives_alone(name):
    check(DOCUMENTS[name])


@given(documents_with_tracks())
def test_whatever_the_tracks(data):
    check(data)


def test_lanes_are_known_only_where_there_are_some():
    curve = lrd.simulate(read(DOCUMENTS["head"]))
    assert curve.momentum is curve.beta2 is curve.weight_decay is None
    curve = lrd.simulate(read(DOCUMENTS["weight decay"]))
    assert curve.momentum is curve.beta2 is None
    assert curve.weight_decay is not None


def test_it_knows_where_each_phase_of_each_track_starts():
    data = tracked(WARM_UP, COSINE, tracks=[track(WARM_UP, RISE, on="weight_decay")])
    curve, plan = run(read(data))
    assert set(curve.bases) == {0, 1}
    assert curve.track_bases == {0: {0: (0.04, 0.3), 1: (0.04, 0.3)}}
    again = make_plan(read(data), curve.bases, track_bases=curve.track_bases)
    assert again == plan
    assert [item.drives for item in plan.parts] == ["lr", "weight_decay"]


# -- plain loops, written by hand ------------------------------------------------------------------


def parameters(*sizes: int) -> list[torch.nn.Parameter]:
    return [torch.nn.Parameter(torch.zeros(size)) for size in sizes]


def test_a_head_on_its_own_phases_by_hand():
    data = tracked(
        {"scheduler": "LinearLR", "length": "5 steps", "params": {"start_factor": 0.1}},
        {"scheduler": "CosineAnnealingLR"},
        tracks=[
            track(
                {"scheduler": "OneCycleLR", "params": {"max_lr": 0.1}},
                groups=["head"],
            )
        ],
        epochs=10,
        per_epoch=2,
    )
    first, second = parameters(1, 1)
    one = torch.optim.AdamW([first], lr=0.001)
    two = torch.optim.AdamW([second], lr=0.01)
    up = lr_scheduler.LinearLR(one, start_factor=0.1, total_iters=5)
    down = lr_scheduler.CosineAnnealingLR(one, T_max=15)
    main = lr_scheduler.SequentialLR(one, [up, down], [5])
    cycle = lr_scheduler.OneCycleLR(two, max_lr=0.1, total_steps=20)
    wanted = []
    for _ in range(20):
        wanted.append(
            [
                group[key]
                for opt in (one, two)
                for group in opt.param_groups
                for key in ("lr", "betas")
            ]
        )
        for opt, scheduler in ((one, main), (two, cycle)):
            opt.step()
            scheduler.step()
    training = TrackedTraining(data)
    found = training.finish()
    for step, (lr, betas, head_lr, head_betas) in enumerate(wanted):
        assert found["lr"][:, step].tolist() == [lr, head_lr]
        assert found["momentum"][:, step].tolist() == [betas[0], head_betas[0]]


def test_dino_by_hand():
    """Weight decay from 0.04 to 0.4 on a cosine; what is not decayed stays so."""
    groups = [{"name": "all", "lr": 0.0005}, {"name": "norms", "lr": 0.0005, "weight_decay": 0.0}]
    data = tracked(
        WARM_UP,
        COSINE,
        tracks=[track(RISE, on="weight_decay", groups=["all"])],
        groups=groups,
        epochs=10,
        per_epoch=5,
    )
    [shadow] = parameters(1)
    carrier = torch.optim.SGD([shadow], lr=0.04)
    cosine = lr_scheduler.CosineAnnealingLR(carrier, T_max=50, eta_min=0.4)
    wanted = []
    for _ in range(50):
        wanted.append(carrier.param_groups[0]["lr"])
        carrier.step()
        cosine.step()
    curve = lrd.simulate(read(data))
    assert curve.weight_decay.tolist() == [wanted, [0.0] * 50]
    assert TrackedTraining(data).finish()["weight_decay"].tolist() == [wanted, [0.0] * 50]


class Net(torch.nn.Module):
    """Small, and with dropout so that a step out of place shows."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone, self.head = torch.nn.Linear(3, 4), torch.nn.Linear(4, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden = torch.nn.functional.dropout(self.backbone(x).tanh(), 0.2)
        return self.head(hidden)


def trained(make) -> list[torch.Tensor]:
    """The weights after 24 steps; `make` gives what to do before each step and at epochs' ends."""
    torch.manual_seed(7)
    net = Net()
    opt = torch.optim.AdamW(
        [
            {"params": net.backbone.parameters(), "lr": 0.01},
            {"params": net.head.parameters(), "lr": 0.1, "weight_decay": 0.3},
        ],
        weight_decay=0.04,
    )
    before, after, at_epoch_end = make(opt)
    for step in range(24):
        before(step)
        opt.zero_grad()
        net(torch.randn(8, 3)).square().mean().backward()
        opt.step()
        after()
        if step % 3 == 2:
            at_epoch_end()
    return [parameter.detach().clone() for parameter in net.parameters()]


def test_a_training_ends_at_the_weights_of_one_that_sets_everything_by_hand():
    data = tracked(
        {"scheduler": "LinearLR", "length": "8 steps", "params": {"start_factor": 0.1}},
        {"scheduler": "CosineAnnealingLR"},
        tracks=[
            track(
                {"scheduler": "StepLR", "params": {"step_size": 3}, "interval": "epoch"},
                groups=["head"],
            ),
            track(RISE, on="weight_decay"),
            track({"scheduler": "LinearLR", "params": {"start_factor": 0.9}}, on="beta2"),
        ],
        groups=[{"name": "backbone", "lr": 0.01}, {"name": "head", "lr": 0.1, "weight_decay": 0.3}],
    )

    def built(opt):
        scheduler = read(data).build(opt)
        return lambda step: None, scheduler.step, scheduler.step_epoch

    def by_hand(opt):
        decay = torch.optim.SGD(
            [{"params": [p], "lr": lr} for p, lr in zip(parameters(1, 1), (0.04, 0.3), strict=True)]
        )
        rise = lr_scheduler.CosineAnnealingLR(decay, T_max=24, eta_min=0.4)
        one = torch.optim.SGD(parameters(1), lr=0.01)
        up = lr_scheduler.LinearLR(one, start_factor=0.1, total_iters=8)
        down = lr_scheduler.CosineAnnealingLR(one, T_max=16)
        main = lr_scheduler.SequentialLR(one, [up, down], [8])
        betas = torch.optim.SGD(parameters(1), lr=0.999)
        ramp = lr_scheduler.LinearLR(betas, start_factor=0.9, total_iters=24)

        def before(step: int) -> None:
            backbone, head = opt.param_groups
            backbone["lr"] = one.param_groups[0]["lr"]
            # StepLR multiplies what stands there, step by step.
            head["lr"] = 0.1 if step < 9 else 0.1 * 0.1 if step < 18 else 0.1 * 0.1 * 0.1
            for group, carrier in zip(opt.param_groups, decay.param_groups, strict=True):
                group["weight_decay"] = carrier["lr"]
                group["betas"] = (0.9, betas.param_groups[0]["lr"])

        def after() -> None:
            for carrier, scheduler in ((one, main), (decay, rise), (betas, ramp)):
                carrier.step()
                scheduler.step()

        return before, after, lambda: None

    def without(opt):
        return lambda step: None, lambda: None, lambda: None

    mine, others = trained(built), trained(by_hand)
    for one, other in zip(mine, others, strict=True):
        assert torch.equal(one, other)
    assert not any(torch.equal(a, b) for a, b in zip(mine, trained(without), strict=True))


# -- what build and simulate refuse ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"weight_decay": 0.5}, "group 0 has 0.5 as its weight decay, the schedule's group"),
        ({"betas": (0.9, 0.95)}, "has 0.95 as its beta2"),
        ({"betas": (0.8, 0.999)}, "has 0.8 as its beta1"),
    ],
)
def test_an_optimizer_that_starts_elsewhere_is_refused(changes, text):
    data = tracked(
        COSINE,
        tracks=[track(on=each) for each in ("weight_decay", "beta2", "momentum")],
        groups=[BACKBONE],
    )
    opt = torch.optim.AdamW(parameters(1), lr=0.001, **{"weight_decay": 0.04, **changes})
    with pytest.raises(lrd.ScheduleError, match=text):
        read(data).build(opt)


def test_an_optimizer_without_the_quantity_is_refused():
    data = tracked(COSINE, tracks=[track(on="beta2")], groups=[BACKBONE])
    with pytest.raises(lrd.ScheduleError, match="has no such value as its beta2"):
        read(data).build(torch.optim.SGD(parameters(1), lr=0.001))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            tracked(
                COSINE,
                tracks=[
                    track(on="weight_decay"),
                    track(WARM_UP, {"scheduler": "StepLR"}, groups=["head"]),
                ],
            ),
            r"tracks\[1\]\.phases\[1\] \(StepLR\): step_size is missing",
        ),
        (
            tracked(
                COSINE,
                tracks=[
                    track(
                        {"scheduler": "LambdaLR", "params": {"lr_lambda": "1e308 * t"}},
                        on="weight_decay",
                    )
                ],
                args={"weight_decay": 1e9},
            ),
            r"tracks\[0\]\.phases\[0\] \(LambdaLR\): the weight decay of group 'backbone' is inf",
        ),
        (
            tracked(COSINE, tracks=[track(on="beta2")], optimizer="SGD"),
            r"tracks\[0\]: SGD has no betas; remove the lane, or change the optimizer",
        ),
        (
            tracked(
                {"scheduler": "OneCycleLR", "params": {"max_lr": 1}}, tracks=[track(on="momentum")]
            ),
            r"phases\[0\]: OneCycleLR cycles the beta1 that the lane 'beta1' drives; turn",
        ),
        (
            tracked(
                COSINE,
                tracks=[track({"scheduler": "OneCycleLR", "params": {"max_lr": 1}}, on="beta2")],
            ),
            r"tracks\[0\]\.phases\[0\] \(OneCycleLR\): cycle_momentum: beside what a lane drives",
        ),
    ],
    ids=range(5),
)
def test_what_cannot_run_is_refused_with_its_place(data, text):
    with pytest.raises(lrd.ScheduleError, match=text):
        lrd.simulate(read(data))
    with pytest.raises(lrd.ScheduleError, match=text):
        lrd.export(read(data))


def test_a_plateau_in_a_track_needs_no_metric_of_the_document_to_train():
    data = tracked(COSINE, tracks=[track(PLATEAU, on="weight_decay")])
    del data["metric"]
    training = TrackedTraining(data)
    with pytest.raises(ValueError, match="step_epoch needs the metric"):
        training.finish()


def test_momentum_may_be_driven_where_another_group_cycles_it():
    data = tracked(
        COSINE,
        tracks=[
            track({"scheduler": "OneCycleLR", "params": {"max_lr": 0.1}}, groups=["head"]),
            track({"scheduler": "LinearLR"}, on="momentum", groups=["backbone"]),
        ],
    )
    check(data)


# -- the run ---------------------------------------------------------------------------------------


def test_progress_runs_from_0_to_1_over_all_tracks():
    seen: list[float] = []
    simulate(read(DOCUMENTS["everything reacts"]), progress=seen.append)
    assert seen == sorted(seen)
    assert 0 <= seen[0] < 0.4
    assert seen[-1] == 1.0


def test_it_stops_when_asked_to():
    data = tracked(COSINE, tracks=[track(RISE, on="weight_decay")], epochs=1000, per_epoch=100)
    seen: list[float] = []
    with pytest.raises(CancelledError):
        simulate(read(data), progress=seen.append, cancelled=lambda: bool(seen) and seen[-1] > 0.6)
    assert 0.6 < seen[-1] < 1  # in the second track


def test_a_run_too_large_for_memory_is_refused_before_it_starts(monkeypatch):
    from lrdesigner.engine import simulate as module

    monkeypatch.setattr(module, "MAX_BYTES", 24 * 2 * 8 * 3)
    lrd.simulate(read({**DOCUMENTS["weight decay"], "tracks": []}))
    with pytest.raises(lrd.ScheduleError, match="shorten the horizon"):
        lrd.simulate(read(DOCUMENTS["weight decay"]))


def test_lanes_stay_exact_beside_lrs_that_are_tensors():
    data = DOCUMENTS["weight decay reacts"]
    plain, tensors = lrd.simulate(read(data)), lrd.simulate(read(data), device="cpu:0")
    assert np.array_equal(plain.weight_decay, tensors.weight_decay)
    assert not np.array_equal(plain.lr, tensors.lr)
    found = TrackedTraining(data, tensors="cpu").finish()
    assert np.array_equal(found["lr"], tensors.lr)
    assert np.array_equal(found["weight_decay"], tensors.weight_decay)


def test_a_group_named_twice_by_nobody_keeps_its_lr_in_last_lr():
    training = TrackedTraining(DOCUMENTS["several groups on two tracks"])
    while training.step < training.total:
        assert training.scheduler.get_last_lr() == [g["lr"] for g in training.opt.param_groups]
        training.advance()


def test_documents_without_tracks_build_torch_s_own_objects():
    data = {**DOCUMENTS["head"], "tracks": []}
    opt = TrackedTraining(DOCUMENTS["head"]).opt
    for group, lr in zip(opt.param_groups, (0.001, 0.01), strict=True):
        group["lr"] = lr
        del group["initial_lr"]
    assert type(read(data).build(opt)) is lr_scheduler.SequentialLR


def test_steps_do_not_reach_into_the_document():
    data = copy.deepcopy(DOCUMENTS["betas"])
    schedule = read(data)
    before = lrd.dumps(schedule)
    TrackedTraining(data, make=schedule.build).finish()
    assert lrd.dumps(schedule) == before
