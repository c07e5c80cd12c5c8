"""The fast driver: schedulers run over all ticks of a phase, chunk after chunk.

Where a class has a replay, a chunk is computed at once and checked against steps of the real
object; everywhere else the real object takes every step. Each way leaves the same numbers, bit
for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from lrdesigner.engine.recorder import Group, Recorder
from lrdesigner.engine.replayer import Replayer
from lrdesigner.engine.replaying import find_replay
from lrdesigner.engine.stepping import has_tensors, record_steps

if TYPE_CHECKING:
    from torch.optim.lr_scheduler import LRScheduler

CHUNK = 8192
STEPPED = 1024  # each of them takes microseconds
SHORTEST = 512
FEW = 32  # ticks: the steps that check a replay would take longer than all of these

Checkpoint = Callable[[int], None]


def drive(
    schedulers: Sequence[LRScheduler],
    groups: Sequence[Group],
    ticks: int,
    recorder: Recorder,
    checkpoint: Checkpoint,
) -> None:
    """Run `ticks` scheduler steps and record the values after each, the present ones first.

    Args:
        schedulers: One scheduler, or a stack stepped in turn (`ChainedScheduler`).
        groups: The optimizer's parameter groups.
        ticks: Number of scheduler steps.
        recorder: Receives ``ticks + 1`` columns.
        checkpoint: Called with the ticks done before each chunk; may raise to cancel.
    """
    cycling = recorder.momentum is not None
    recorder.add(
        [[float(g["lr"])] for g in groups],
        [[recorder.read_momentum(g)] for g in groups] if cycling else (),
    )
    # Tensors round every step to their own precision.
    stepped = ticks < FEW or has_tensors(groups)
    replay = None if stepped else find_replay(schedulers, ticks)
    replayer = None if replay is None else Replayer(replay, schedulers, groups, recorder)
    size = STEPPED if replayer is None else CHUNK
    for first, stop in chunks(1, ticks + 1, len(groups), size):
        checkpoint(first - 1)
        if replayer is None or not replayer.record(first, stop):
            replayer = None
            record_steps(schedulers, groups, recorder, first, stop)
    checkpoint(ticks)


def chunks(begin: int, end: int, groups: int, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Pieces that are done in a few milliseconds: shorter where there are many groups."""
    size = max(SHORTEST, size // groups)
    for first in range(begin, end, size):
        yield first, min(first + size, end)
