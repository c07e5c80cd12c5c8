"""Steps of real scheduler objects through their own `get_lr`, only bookkeeping inlined.

`LRScheduler.step()` spends most of its time on warnings, context managers and copies. For the
classes of torch itself (not for subclasses, which may override anything) `last_epoch` is set and
`get_lr()` called directly; everything else falls back to `step()`. Each way leaves the same
numbers, bit for bit (measured in the tests against plain loops).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lrdesigner.engine.recorder import Group, Numbers, Recorder

if TYPE_CHECKING:
    from torch.optim.lr_scheduler import LRScheduler

Step = Callable[[int], None]


def has_tensors(groups: Sequence[Group]) -> bool:
    """Whether the LRs are tensors, which schedulers fill in place."""
    return any(hasattr(group["lr"], "fill_") for group in groups)


def record_steps(
    schedulers: Sequence[LRScheduler],
    groups: Sequence[Group],
    recorder: Recorder,
    first: int,
    stop: int,
) -> None:
    """Do the ticks `first` … `stop` - 1 and record the values after each.

    Args:
        schedulers: One scheduler, or a stack stepped in turn (`ChainedScheduler`).
        groups: The optimizer's parameter groups.
        recorder: Receives a column for each tick.
        first: The tick to do next.
        stop: One past the last tick.
    """
    cycling = recorder.momentum is not None
    tensors = has_tensors(groups)
    plain = not tensors and not cycling and len(schedulers) == 1
    if plain and type(schedulers[0]) in _plain_classes():
        recorder.add(_tight(schedulers[0], groups, first, stop), ())
        return
    steps = [one_step(scheduler) for scheduler in schedulers]
    log = _TensorLog(groups, stop - first) if tensors else _Log(groups)
    momenta: list[list[float]] = [[] for _ in groups]
    for tick in range(first, stop):
        for step in steps:
            step(tick)
        log.note()
        if cycling:
            for values, group in zip(momenta, groups, strict=True):
                values.append(recorder.read_momentum(group))
    recorder.add(log.rows(), momenta)


class _Log:
    """LRs that are numbers, noted after each step."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._rows: list[list[float]] = [[] for _ in groups]

    def note(self) -> None:
        for row, group in zip(self._rows, self._groups, strict=True):
            row.append(group["lr"])

    def rows(self) -> Sequence[Numbers]:
        return self._rows


class _TensorLog:
    """LRs that are tensors.

    The values are copied on their device and fetched once per chunk: fetching each one would
    wait for the device at every step.
    """

    def __init__(self, groups: Sequence[Group], size: int) -> None:
        self._groups = groups
        self._rows = [group["lr"].new_empty(size) for group in groups]
        self._size = 0

    def note(self) -> None:
        for row, group in zip(self._rows, self._groups, strict=True):
            row[self._size] = group["lr"]
        self._size += 1

    def rows(self) -> Sequence[Numbers]:
        return [row.cpu().double().numpy() for row in self._rows]


def _tight(
    scheduler: LRScheduler, groups: Sequence[Group], first: int, stop: int
) -> list[list[float]]:
    """The innermost loop for classes whose `get_lr` depends on `last_epoch` and the LR alone."""
    get_lr: Callable[[], list[Any]] = scheduler.get_lr
    scheduler._get_lr_called_within_step = True
    # CosineAnnealingLR asks whether this is the first step of all.
    scheduler._step_count = first + 1
    try:
        if len(groups) == 1:
            group = groups[0]
            out: list[float] = []
            append = out.append
            for tick in range(first, stop):
                scheduler.last_epoch = tick
                group["lr"] = value = get_lr()[0]
                append(value)
            return [out]
        rows: list[list[float]] = []
        for tick in range(first, stop):
            scheduler.last_epoch = tick
            values = get_lr()
            for group, value in zip(groups, values, strict=True):
                group["lr"] = value
            rows.append(values)
        return [list(column) for column in zip(*rows, strict=True)]
    finally:
        scheduler._get_lr_called_within_step = False


@lru_cache(maxsize=1)
def _plain_classes() -> frozenset[type]:
    from torch.optim import lr_scheduler as s

    return frozenset(
        (
            s.LambdaLR,
            s.MultiplicativeLR,
            s.StepLR,
            s.MultiStepLR,
            s.ConstantLR,
            s.LinearLR,
            s.ExponentialLR,
            s.PolynomialLR,
            s.CosineAnnealingLR,
            s.CyclicLR,
            s.OneCycleLR,
        )
    )


def one_step(scheduler: LRScheduler) -> Step:
    """What does one scheduler step (given its number, from 1), as cheap as the class allows."""
    from torch.optim import lr_scheduler, swa_utils

    groups = scheduler.optimizer.param_groups
    get_lr: Callable[[], list[Any]] = scheduler.get_lr
    kind = type(scheduler)
    if has_tensors(groups):
        return lambda tick: scheduler.step()

    def assign() -> None:
        scheduler._get_lr_called_within_step = True
        for group, value in zip(groups, get_lr(), strict=True):
            group["lr"] = value
        scheduler._get_lr_called_within_step = False

    def plain(tick: int) -> None:
        scheduler.last_epoch = tick
        scheduler._step_count = tick + 1
        assign()

    def restarts(tick: int) -> None:
        # The branch of CosineAnnealingWarmRestarts.step() without an argument.
        scheduler.T_cur += 1  # type: ignore[attr-defined]
        if scheduler.T_cur >= scheduler.T_i:  # type: ignore[attr-defined]
            scheduler.T_cur %= scheduler.T_i  # type: ignore[attr-defined]
            scheduler.T_i *= scheduler.T_mult  # type: ignore[attr-defined]
        scheduler.last_epoch = tick
        assign()

    if kind is lr_scheduler.CosineAnnealingWarmRestarts:
        return restarts
    if kind in _plain_classes() or kind is swa_utils.SWALR:
        return plain
    return lambda tick: scheduler.step()
