"""Replays at work: checked against the real schedulers all the way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lrdesigner.engine.construct import REFUSALS
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.recorder import Group, Recorder
from lrdesigner.engine.replaying import Block, Replay
from lrdesigner.engine.stepping import one_step

if TYPE_CHECKING:
    from torch.optim.lr_scheduler import LRScheduler

PROBES = 8  # steps of the real scheduler spread over a block, besides those at its edges

_log = logging.getLogger(__name__)


class Replayer:
    """Replays blocks of ticks; the real schedulers take some of the same steps and must agree.

    Args:
        replay: What computes the values.
        schedulers: The real ones that it replays.
        groups: The optimizer's parameter groups.
        recorder: Where the values will go.
    """

    def __init__(
        self,
        replay: Replay,
        schedulers: Sequence[LRScheduler],
        groups: Sequence[Group],
        recorder: Recorder,
    ) -> None:
        self._replay = replay
        self._steps = [one_step(scheduler) for scheduler in schedulers]
        self._name = " with ".join(type(scheduler).__name__ for scheduler in schedulers)
        self._groups = groups
        self._recorder = recorder

    def record(self, first: int, stop: int) -> bool:
        """Record the values of a block of ticks.

        Returns:
            False if the real schedulers have to do it, from `first` on: because they disagree
            with the replay (a torch that computes differently), or because there is something
            that they refuse. They then stand just before.
        """
        before = self._recorder.last
        try:
            # What Python's floats refuse or pass over in silence is left to them.
            with np.errstate(divide="raise", over="raise", invalid="raise", under="ignore"):
                block = self._replay.block(first, stop, before)
            wrong = self._disagreement(block, first, before)
        except REFUSALS:
            self._put(first - 1, before)
            return False
        if wrong is not None:
            _log.info("%s differs from its replay at t = %d; stepping it", self._name, wrong)
            self._put(first - 1, before)
            return False
        self._recorder.add(block.lr, () if block.momentum is None else block.momentum)
        return True

    def _disagreement(self, block: Block, first: int, before: Sequence[float]) -> int | None:
        """A tick at which a step of the real schedulers leads elsewhere; None if there is none."""
        for place in probes(block.lr):
            tick = first + place
            self._put(tick - 1, block.lr[:, place - 1].tolist() if place else before)
            for step in self._steps:
                step(tick)
            found = [group["lr"] for group in self._groups]
            if found != block.lr[:, place].tolist():
                return tick
            if self._recorder.momentum is None:
                continue
            momenta = [self._recorder.read_momentum(group) for group in self._groups]
            if block.momentum is None or momenta != block.momentum[:, place].tolist():
                return tick
        return None

    def _put(self, tick: int, lrs: Sequence[float]) -> None:
        """Leave the real schedulers as they stand after so many steps."""
        self._replay.seek(tick)
        for group, lr in zip(self._groups, lrs, strict=True):
            group["lr"] = lr


def probes(lrs: FloatArray) -> list[int]:
    """Places of a block worth a look: its edges, its sharpest bend, and some in between."""
    size = lrs.shape[1]
    found = {0, 1, 2, size - 2, size - 1, *range(0, size, size // PROBES + 1)}
    if size > 2:
        with np.errstate(all="ignore"):
            bend = int(np.abs(np.diff(lrs[0], 2)).argmax())
        found.update((bend, bend + 1, bend + 2))
    return sorted(place for place in found if 0 <= place < size)
