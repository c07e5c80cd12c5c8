"""What a user does with `schedule.build(optimizer)`: a training loop, stopped and resumed."""

from __future__ import annotations

import io
import json
import warnings
from typing import Any

import numpy as np
import plain_torch
import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

import lrdesigner as lrd


def read(document: dict[str, Any]) -> lrd.Schedule:
    """The document as a user gets it: through its JSON text."""
    return lrd.loads(json.dumps(document))


class Training:
    """A run of `schedule.build(optimizer)`, driven by what it is.

    `step_epoch` where there is one; else once per epoch if all phases have that interval; else
    once per optimizer step.
    """

    def __init__(self, document: dict[str, Any], tensors: str = "") -> None:
        self.document = document
        self.opt = plain_torch.optimizer(document, tensors=tensors)
        self.scheduler = read(document).build(self.opt)
        phases = [piece for piece in plain_torch.pieces(document) if piece.phase]
        self.by_epoch = bool(phases) and all(piece.epochs for piece in phases)
        self.per_epoch = document["horizon"]["steps_per_epoch"]
        self.total = document["horizon"]["epochs"] * self.per_epoch
        self.metric = plain_torch.metric_of(document) if document.get("metric") else []
        self.step = 0
        shape = (len(self.opt.param_groups), self.total)
        self.lr, self.momentum = np.full(shape, np.nan), np.full(shape, np.nan)

    def record(self) -> None:
        groups = self.opt.param_groups
        self.lr[:, self.step] = plain_torch.lrs_of(self.opt)
        self.momentum[:, self.step] = [plain_torch.momentum_of(group) for group in groups]

    def advance(self, half: bool = False) -> None:
        """One turn of the loop; `half` stops before what belongs to the epoch's end."""
        plain_torch.train_step(self.opt)
        if hasattr(self.scheduler, "step_epoch") or not self.by_epoch:
            self.scheduler.step()
        self.step += 1
        if not half:
            self.end_epoch()

    def end_epoch(self) -> None:
        if self.step % self.per_epoch:
            return
        metric = self.metric[self.step // self.per_epoch - 1] if self.metric else None
        if hasattr(self.scheduler, "step_epoch"):
            self.scheduler.step_epoch(metric)
        elif isinstance(self.scheduler, ReduceLROnPlateau):
            self.scheduler.step(metric)
        elif self.by_epoch:
            self.scheduler.step()

    def finish(self) -> Training:
        while self.step < self.total:
            self.record()
            self.advance()
        return self

    def checkpoint(self) -> bytes:
        buffer = io.BytesIO()
        state = {"opt": self.opt.state_dict(), "scheduler": self.scheduler.state_dict()}
        torch.save({**state, "step": self.step}, buffer)
        return buffer.getvalue()

    @classmethod
    def resumed(cls, document: dict[str, Any], checkpoint: bytes, tensors: str) -> Training:
        """A new process: new optimizer, build, then both states."""
        training = cls(document, tensors)
        state = torch.load(io.BytesIO(checkpoint), weights_only=True)
        training.opt.load_state_dict(state["opt"])
        training.scheduler.load_state_dict(state["scheduler"])
        training.step = state["step"]
        return training


def first_difference(found: np.ndarray, wanted: np.ndarray) -> str:
    """Where two runs part, for messages; "" if they are the same bit for bit."""
    if np.array_equal(found, wanted):
        return ""
    if found.shape != wanted.shape:
        return f"shape {found.shape} instead of {wanted.shape}"
    step = int(np.argwhere((found != wanted).any(axis=0))[0, 0])
    return f"step {step}: {found[:, step].tolist()} instead of {wanted[:, step].tolist()}"


def check(document: dict[str, Any]) -> None:
    """`simulate` and a real training run give what plain torch gives, bit for bit."""
    wanted = plain_torch.run(document)
    curve = lrd.simulate(read(document))
    assert not first_difference(curve.lr, wanted.lr), ("simulate", document)
    assert (curve.momentum is None) == (wanted.momentum is None)
    training = Training(document).finish()
    assert not first_difference(training.lr, wanted.lr), ("build", document)
    if wanted.momentum is not None:
        assert curve.momentum is not None
        assert not first_difference(curve.momentum, wanted.momentum), ("simulate", document)
        assert not first_difference(training.momentum, wanted.momentum), ("build", document)


def check_resume(document: dict[str, Any], every: int = 1, tensors: str = "") -> None:
    """A run stopped at any k, also between an epoch's last step and its end, goes on exactly."""
    whole = Training(document, tensors)
    saved: list[tuple[bool, bytes]] = []  # whether the epoch's end is done, and the states
    while whole.step < whole.total:
        whole.record()
        whole.advance(half=True)
        if whole.step % every == 0:
            saved.append((False, whole.checkpoint()))
        if whole.step % whole.per_epoch == 0:
            whole.end_epoch()
            saved.append((True, whole.checkpoint()))
    assert not first_difference(whole.lr, plain_torch.run(document, tensors).lr)
    for epoch_ended, checkpoint in saved:
        again = Training.resumed(document, checkpoint, tensors)
        k = again.step
        if not epoch_ended:
            with warnings.catch_warnings():  # torch does not know of the steps before the stop
                warnings.filterwarnings("ignore", "Detected call of `lr_scheduler.step")
                again.end_epoch()
        again.finish()
        for name in ("lr", "momentum"):
            here, there = getattr(again, name)[:, k:], getattr(whole, name)[:, k:]
            assert not first_difference(here, there), (name, f"resumed at {k}", document)
