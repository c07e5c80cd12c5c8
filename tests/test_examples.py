"""The examples that ship, each against a training loop in plain torch written down for it here."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.optim import SGD, AdamW
from torch.optim import lr_scheduler as lrs

import lrdesigner as lrd
from lrdesigner.examples import default_schedule, examples
from lrdesigner.plain_loop import train
from lrdesigner.verify import job, recording_of

KEYS = [example.key for example in examples()]


def sgd(lr: float, **more: Any) -> SGD:
    return SGD([parameter()], lr=lr, momentum=0.9, **more)


def parameter() -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.zeros(1))


@dataclass
class Loop:
    """A training: optimizer, scheduler, and when it steps; `warm_up` steps per batch first."""

    optimizer: torch.optim.Optimizer
    scheduler: Any
    epochs: int
    per_epoch: int
    every: str = "batch"
    metric: Callable[[int], float] | None = None
    warm_up: Any = None
    warm_up_epochs: int = 0

    def run(self) -> tuple[np.ndarray, np.ndarray]:
        lr, momentum = [], []
        for epoch in range(self.epochs):
            warming = epoch < self.warm_up_epochs
            if self.warm_up and epoch == self.warm_up_epochs:
                # LinearLR arrives a few last bits beside it; the next phase begins exactly there.
                self.optimizer.param_groups[0]["lr"] = self.warm_up.base_lrs[0]
            for _ in range(self.per_epoch):
                groups = self.optimizer.param_groups
                lr.append([group["lr"] for group in groups])
                momentum.append([g["betas"][0] if "betas" in g else g["momentum"] for g in groups])
                self.optimizer.step()
                if warming:
                    self.warm_up.step()
                elif self.every == "batch":
                    self.scheduler.step()
            if self.every == "epoch" and not warming:
                self.scheduler.step(*([self.metric(epoch)] if self.metric else []))
        return np.array(lr).T, np.array(momentum).T


def per_epoch(make: Callable[[SGD], Any], steps: int = 200) -> Loop:
    optimizer = sgd(0.01)
    return Loop(optimizer, make(optimizer), 50, steps, "epoch")


def per_batch(make: Callable[[SGD], Any], steps: int = 200) -> Loop:
    optimizer = sgd(0.01)
    return Loop(optimizer, make(optimizer), 50, steps)


def cyclic(**more: Any) -> Loop:
    return per_batch(lambda o: lrs.CyclicLR(o, 0.01, 0.1, step_size_up=1000, **more))


def plateau() -> Loop:
    loop = per_epoch(lambda o: lrs.ReduceLROnPlateau(o, factor=0.1, patience=2))
    loop.metric = lambda t: 1 - 0.1 * t if t <= 20 else 10
    return loop


def default() -> Loop:
    groups = [{"params": [parameter()], "lr": 1e-3}, {"params": [parameter()], "lr": 1e-4}]
    optimizer = AdamW(groups, weight_decay=0.05)
    parts = [
        lrs.LinearLR(optimizer, start_factor=0.01, total_iters=12510),
        lrs.ConstantLR(optimizer, factor=1.0, total_iters=50040),
        lrs.CosineAnnealingLR(optimizer, T_max=62550, eta_min=1e-6),
    ]
    return Loop(optimizer, lrs.SequentialLR(optimizer, parts, [12510, 62550]), 100, 1251)


def warm_up_cosine() -> Loop:
    optimizer = AdamW([parameter()], lr=3e-4, weight_decay=0.1)
    parts = [
        lrs.LinearLR(optimizer, start_factor=0.001, total_iters=500),
        lrs.CosineAnnealingLR(optimizer, T_max=9500, eta_min=3e-5),
    ]
    return Loop(optimizer, lrs.SequentialLR(optimizer, parts, [500]), 20, 500)


def warm_up_plateau() -> Loop:
    optimizer = sgd(0.1, weight_decay=5e-4)
    # Built before the warm-up: it takes the LR as it finds it when it reduces.
    reduce = lrs.ReduceLROnPlateau(optimizer, factor=0.2, patience=3, threshold=0.01)
    warm_up = lrs.LinearLR(optimizer, start_factor=0.01, total_iters=1000)
    metric = lambda t: 0.35 + 2 * math.exp(-t / 4)  # noqa: E731
    return Loop(optimizer, reduce, 60, 200, "epoch", metric, warm_up, 5)


def two_groups() -> Loop:
    groups = [{"params": [parameter()], "lr": 1e-4}, {"params": [parameter()], "lr": 1e-3}]
    optimizer = AdamW(groups, weight_decay=0.01)
    total = 15000
    factors = [
        lambda t: min(1, 0.01 + t / (0.3 * total)) * max(0.02, 1 - t / total),
        lambda t: max(0.01, (1 - t / total) ** 2),
    ]
    return Loop(optimizer, lrs.LambdaLR(optimizer, factors), 30, 500)


LOOPS: dict[str, Callable[[], Loop]] = {
    "default": default,
    "step": lambda: per_epoch(lambda o: lrs.StepLR(o, 5, 0.9)),
    "multi-step": lambda: per_epoch(lambda o: lrs.MultiStepLR(o, [10, 30], 0.1)),
    "exponential": lambda: per_epoch(lambda o: lrs.ExponentialLR(o, 0.95)),
    "cosine-epoch": lambda: per_epoch(lambda o: lrs.CosineAnnealingLR(o, 50)),
    "cosine-step": lambda: per_batch(lambda o: lrs.CosineAnnealingLR(o, 50 * 200)),
    "plateau": plateau,
    "cyclic-triangular": lambda: cyclic(mode="triangular"),
    "cyclic-triangular2": lambda: cyclic(mode="triangular2"),
    "cyclic-exp-range": lambda: cyclic(mode="exp_range", gamma=0.9998),
    "one-cycle-epoch": lambda: per_epoch(lambda o: lrs.OneCycleLR(o, 0.1, total_steps=50), 20),
    "one-cycle-batch": lambda: per_batch(
        lambda o: lrs.OneCycleLR(o, 0.1, epochs=50, steps_per_epoch=20), 20
    ),
    "warm-up-cosine": warm_up_cosine,
    "warm-up-plateau": warm_up_plateau,
    "two-groups": two_groups,
}


def test_there_is_a_loop_for_every_example():
    assert list(LOOPS) == KEYS


@pytest.fixture(scope="module", params=KEYS)
def example(request):
    return next(example for example in examples() if example.key == request.param)


@pytest.fixture(scope="module")
def plain(example):
    return LOOPS[example.key]().run()


def test_the_curve_is_what_a_plain_training_uses(example, plain):
    curve = lrd.simulate(example.load())
    lr, momentum = plain
    assert curve.lr.tobytes() == lr.tobytes()
    if curve.momentum is None:
        assert np.unique(momentum, axis=1).shape[1] == 1
    else:
        assert curve.momentum.tobytes() == momentum.tobytes()


def test_the_exported_code_gives_what_a_plain_training_uses(example, plain):
    schedule = example.load()
    values = train(lrd.export(schedule, "torch"), job(schedule))
    recording = recording_of(np.array(values), schedule)
    assert recording.lr.tobytes() == plain[0].tobytes()
    assert recording.momentum.tobytes() == plain[1].tobytes()


def test_it_is_clean(example):
    assert lrd.check(example.load()) == []


def test_the_file_is_as_the_app_would_save_it(example):
    assert lrd.dumps(example.load()) == example.path.read_text(encoding="utf-8")


def test_it_introduces_itself(example):
    schedule = example.load()
    assert example.title == schedule.name
    assert example.summary == schedule.notes
    assert 0 < len(example.title) <= 32
    assert 0 < len(example.summary) <= 160


def test_the_default_comes_first_and_is_what_default_schedule_gives():
    first = examples()[0]
    assert first.key == "default"
    assert first.load() == default_schedule()


def test_titles_and_keys_differ():
    assert len({example.title for example in examples()}) == len(KEYS)
    assert len(set(KEYS)) == len(KEYS)


def test_every_shipped_file_is_an_example():
    folder = Path(examples()[0].path).parent
    assert {path.name for path in folder.iterdir()} == {e.path.name for e in examples()}
