"""What a user does with a scheduler for a document with tracks: train, stop, go on."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import plain_torch
import torch
from tracked_documents import QUANTITIES, held
from training import read

Make = Callable[[torch.optim.Optimizer], Any]


class TrackedTraining:
    """The training loop of the exported code's comment, with everything noted that groups hold.

    Args:
        document: A document with tracks.
        make: Gives the scheduler; without it, `Schedule.build` does.
        tensors: A device for LRs that are float32 tensors.
    """

    def __init__(
        self, document: dict[str, Any], make: Make | None = None, tensors: str = ""
    ) -> None:
        self.opt = plain_torch.optimizer(document, tensors=tensors)
        self.scheduler: Any = (make or read(document).build)(self.opt)
        self.metric = plain_torch.metric_of(document) if document.get("metric") else None
        self.per_epoch = document["horizon"]["steps_per_epoch"]
        self.total = document["horizon"]["epochs"] * self.per_epoch
        self.step = 0
        shape = (len(self.opt.param_groups), self.total)
        self.values = {quantity: np.full(shape, np.nan) for quantity in QUANTITIES}

    def record(self) -> None:
        for row, group in enumerate(self.opt.param_groups):
            for quantity, value in held(group).items():
                self.values[quantity][row, self.step] = value

    def advance(self, *, end_epoch: bool = True) -> None:
        plain_torch.train_step(self.opt)
        self.scheduler.step()
        self.step += 1
        if end_epoch:
            self.end_epoch()

    def end_epoch(self) -> None:
        if self.step % self.per_epoch == 0:
            epoch = self.step // self.per_epoch - 1
            self.scheduler.step_epoch(None if self.metric is None else self.metric[epoch])

    def finish(self) -> dict[str, np.ndarray]:
        while self.step < self.total:
            self.record()
            self.advance()
        return self.values

    def checkpoint(self) -> bytes:
        buffer = io.BytesIO()
        torch.save([self.step, self.opt.state_dict(), self.scheduler.state_dict()], buffer)
        return buffer.getvalue()

    def load(self, checkpoint: bytes, *, optimizer_first: bool = True) -> None:
        """Take over a checkpoint's states, in either order."""
        step, opt, scheduler = torch.load(io.BytesIO(checkpoint), weights_only=True)
        if optimizer_first:
            self.opt.load_state_dict(opt)
        self.scheduler.load_state_dict(scheduler)
        if not optimizer_first:
            self.opt.load_state_dict(opt)
        self.step = step


def same(found: dict[str, np.ndarray], wanted: dict[str, np.ndarray], since: int = 0) -> None:
    """Every quantity is the same bit for bit from a step on; NaN is what nobody holds."""
    for quantity in QUANTITIES:
        mine, others = found[quantity][:, since:], wanted[quantity][:, since:]
        differs = ~((mine == others) | (np.isnan(mine) & np.isnan(others)))
        if differs.any():
            row, step = np.argwhere(differs)[0]
            raise AssertionError(
                f"{quantity} of group {row} at step {since + step}: "
                f"{mine[row, step]!r} instead of {others[row, step]!r}"
            )
