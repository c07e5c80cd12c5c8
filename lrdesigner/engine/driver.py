"""The fast driver: real scheduler objects and their own `get_lr`, only bookkeeping inlined.

`LRScheduler.step()` spends most of its time on warnings, context managers and copies. For the
classes of torch itself (not for subclasses, which may override anything) the driver sets
`last_epoch` and calls `get_lr()` directly; everything else falls back to `step()`. Each way
leaves the same numbers, bit for bit (measured in the tests against plain loops).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lrdesigner.engine.curve import FloatArray

if TYPE_CHECKING:
    from torch.optim.lr_scheduler import LRScheduler

CHUNK = 8192

Checkpoint = Callable[[int], None]
Group = dict[str, Any]
Numbers = Sequence[float] | FloatArray


class NotRealError(TypeError):
    """An LR that is a complex number, which a formula may give.

    Attributes:
        tick: The local time it stands at.
    """

    def __init__(self, message: str, tick: int) -> None:
        super().__init__(message)
        self.tick = tick


@dataclass
class Recorder:
    """Where values go: one row per group, filled from left to right.

    Attributes:
        lr: float64 ``[groups, ticks + 1]``.
        momentum: Same shape, or None when momentum is not asked for.
        momentum_key: ``"momentum"`` or ``"betas"``.
    """

    lr: FloatArray
    momentum: FloatArray | None = None
    momentum_key: str = "momentum"
    _column: int = field(default=0, init=False)

    def add(self, lrs: Sequence[Numbers], momenta: Sequence[Sequence[float]]) -> None:
        """Append a chunk: one sequence per group.

        Raises:
            NotRealError: If an LR is not a real number.
        """
        size = len(lrs[0])
        place = slice(self._column, self._column + size)
        try:
            for row, values in zip(self.lr, lrs, strict=True):
                row[place] = values
        except TypeError as error:
            bad = (i for i in range(size) if any(isinstance(v[i], complex) for v in lrs))
            raise NotRealError(str(error), self._column + next(bad, 0)) from error
        if self.momentum is not None:
            for row, values in zip(self.momentum, momenta, strict=True):
                row[place] = values
        self._column += size

    def read_momentum(self, group: Group) -> float:
        """The group's momentum or beta1 as it stands."""
        value = group[self.momentum_key]
        return value[0] if self.momentum_key == "betas" else value  # type: ignore[no-any-return]


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
    advance = [_advance(scheduler) for scheduler in schedulers]
    cycling = recorder.momentum is not None
    tensors = _has_tensors(groups)
    recorder.add(
        [[float(g["lr"])] for g in groups],
        [[recorder.read_momentum(g)] for g in groups] if cycling else (),
    )
    for first in range(1, ticks + 1, CHUNK):
        checkpoint(first - 1)
        stop = min(first + CHUNK, ticks + 1)
        plain = not tensors and not cycling and len(schedulers) == 1
        if plain and type(schedulers[0]) in _plain_classes():
            recorder.add(_tight(schedulers[0], groups, first, stop), ())
            continue
        log = _TensorLog(groups, stop - first) if tensors else _Log(groups)
        momenta: list[list[float]] = [[] for _ in groups]
        for tick in range(first, stop):
            for step in advance:
                step(tick)
            log.note()
            if cycling:
                for values, group in zip(momenta, groups, strict=True):
                    values.append(recorder.read_momentum(group))
        recorder.add(log.rows(), momenta)
    checkpoint(ticks)


def _has_tensors(groups: Sequence[Group]) -> bool:
    return any(hasattr(group["lr"], "fill_") for group in groups)


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
    """LRs that are tensors, which schedulers fill in place.

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


def _advance(scheduler: LRScheduler) -> Callable[[int], None]:
    """One scheduler step, as cheap as the class allows."""
    from torch.optim import lr_scheduler, swa_utils

    groups = scheduler.optimizer.param_groups
    get_lr: Callable[[], list[Any]] = scheduler.get_lr
    kind = type(scheduler)
    if _has_tensors(groups):
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


def record_metric_run(
    scheduler: Any,
    groups: Sequence[Group],
    metric: FloatArray,
    recorder: Recorder,
    checkpoint: Checkpoint,
) -> None:
    """Like `drive`, for `ReduceLROnPlateau`: one step for each value of the metric."""
    rows = [[float(group["lr"])] for group in groups]
    for first in range(0, len(metric), CHUNK):
        checkpoint(first)
        for value in metric[first : first + CHUNK].tolist():
            scheduler.step(value)
            for row, group in zip(rows, groups, strict=True):
                row.append(float(group["lr"]))
    recorder.add(rows, ())  # a plateau never cycles momentum
    checkpoint(len(metric))
