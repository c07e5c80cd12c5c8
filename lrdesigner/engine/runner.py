"""One exact run over all segments of a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lrdesigner.engine.construct import REFUSALS, construct, failure, set_value
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.driver import drive
from lrdesigner.engine.metric_run import record_metric_run
from lrdesigner.engine.metrics import exact_metric
from lrdesigner.engine.plan import Stage, expected_kind, next_bases, own_lrs, stage
from lrdesigner.engine.recorder import NotRealError, Recorder
from lrdesigner.engine.segments import segments
from lrdesigner.engine.stub import stub_optimizer
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS, own_momentum

if TYPE_CHECKING:
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler

Progress = Callable[[float], None]


class CancelledError(Exception):
    """The run was stopped because its result is no longer wanted."""


@dataclass
class Runner:
    """One run: `run` fills `lr` and `momentum`.

    Attributes:
        schedule: The document.
        device: Where the LRs live; see `lrdesigner.engine.simulate.simulate`.
        progress: Told the fraction done.
        cancelled: Asked whether to stop.
        lr: float64 ``[groups, N]``.
        momentum: Same shape; None while no phase cycles it.
    """

    schedule: Schedule
    device: str
    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def __post_init__(self) -> None:
        shape = (len(self.schedule.optimizer.groups), self.schedule.steps)
        self.lr: FloatArray = np.empty(shape)
        self.momentum: FloatArray | None = None
        self._metric: FloatArray | None = None
        info = OPTIMIZERS[self.schedule.optimizer.type]
        self._momentum_key = info.momentum_key or ""

    def run(self) -> list[Stage]:
        """Run every segment; returns the stages that ran.

        Raises:
            ScheduleError: If torch would refuse the document, or a value is not finite.
            CancelledError: If `cancelled` said so.
        """
        stages: list[Stage] = []
        reached = own_lrs(self.schedule)
        sequential = expected_kind(self.schedule) == "sequential"
        for position, segment in enumerate(segments(self.schedule)):
            first = position == 0
            bases = reached if first else next_bases(self.schedule, segment, reached)
            stages.append(stage(self.schedule, segment, bases, self._exact_metric))
            reached = self._run_stage(stages[-1], closed_start=sequential and not first)
        return stages

    def _run_stage(self, item: Stage, closed_start: bool) -> tuple[float, ...]:
        """Run one stage, write its values, return what it would reach at its length."""
        segment = item.segment
        check = self._check(item)
        if not item.parts:
            held = [float(group["lr"]) for group in self._optimizer(item).param_groups]
            self.lr[:, segment.start : segment.end] = np.array(held)[:, None]
            check(segment.ticks)
            return item.bases
        recorder = self._recorder(item)
        self._record(item, closed_start, recorder, check)
        self._check_finite(recorder, item)
        self._spread(item, recorder)
        return recorder.last

    def _optimizer(self, item: Stage) -> Optimizer:
        """A fresh stand-in for the optimizer, with the stage's base LRs."""
        optimizer = stub_optimizer(self.schedule.optimizer, self.device)
        for group, base in zip(optimizer.param_groups, item.bases, strict=True):
            set_value(group, "lr", base)
        return optimizer

    def _record(
        self, item: Stage, closed_start: bool, recorder: Recorder, check: Callable[[int], None]
    ) -> None:
        """Construct the stage's schedulers and run them."""
        optimizer = self._optimizer(item)
        groups = optimizer.param_groups
        schedulers: list[LRScheduler] = []
        try:
            schedulers.extend(construct(part.call, part.args, optimizer) for part in item.parts)
            if closed_start:
                # What SequentialLR does at a milestone; it may differ from a fresh start in the
                # last bit, and the picture has to be what the training will get.
                schedulers[0]._update_lr(0)  # noqa: SLF001
            if item.plateau:
                record_metric_run(schedulers[0], groups, item.metric, recorder, check)
            else:
                drive(schedulers, groups, item.segment.ticks, recorder, check)
        except NotRealError as error:
            raise failure(item.place, error.tick, error) from error
        except REFUSALS as error:
            tick = schedulers[0].last_epoch if len(schedulers) == len(item.parts) else 0
            raise failure(item.place, tick, error) from error

    def _recorder(self, item: Stage) -> Recorder:
        """A place for the stage's values: in the curve itself if each tick is a step there."""
        place = slice(item.segment.start, item.segment.end)
        cycling = item.cycles_momentum
        if cycling and self.momentum is None:
            # Outside phases that cycle it, the optimizer's own value holds.
            spec = self.schedule.optimizer
            own = [[own_momentum(spec, group) or 0.0] for group in spec.groups]
            self.momentum = np.broadcast_to(np.array(own), self.lr.shape).copy()
        lr = self.lr[:, place]
        momentum = self.momentum[:, place] if cycling and self.momentum is not None else None
        if self._spreads(item):
            # The last tick is seen where the phase ends inside an epoch.
            lr = np.empty((len(lr), item.segment.ticks + 1))
            momentum = np.empty_like(lr) if cycling else None
        return Recorder(lr, momentum, self._momentum_key)

    def _spreads(self, item: Stage) -> bool:
        """Whether a tick is more than a step."""
        return item.segment.interval == "epoch" and self.schedule.horizon.steps_per_epoch > 1

    def _spread(self, item: Stage, recorder: Recorder) -> None:
        """Repeat the value of each tick over the steps until the next."""
        if not self._spreads(item):
            return
        start, end = item.segment.start, item.segment.end
        per_epoch = self.schedule.horizon.steps_per_epoch
        first = start // per_epoch
        ends = (np.arange(first, first + item.segment.ticks + 1, dtype=np.int64) + 1) * per_epoch
        steps = np.diff(np.minimum(ends, end), prepend=start)
        for row, values in zip(self.lr, recorder.lr, strict=True):
            row[start:end] = np.repeat(values, steps)
        if self.momentum is not None and recorder.momentum is not None:
            for row, values in zip(self.momentum, recorder.momentum, strict=True):
                row[start:end] = np.repeat(values, steps)

    def _check(self, item: Stage) -> Callable[[int], None]:
        segment, total = item.segment, self.schedule.steps

        def check(tick: int) -> None:
            self._stop_if_cancelled()
            if self.progress is not None:
                # A phase of less than an epoch has no ticks and is done at once.
                done = tick / segment.ticks if segment.ticks else 1.0
                self.progress((segment.start + (segment.end - segment.start) * done) / total)

        return check

    def _stop_if_cancelled(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise CancelledError

    def _exact_metric(self, schedule: Schedule) -> FloatArray:
        """The metric that torch is given, computed once for all stages."""
        if self._metric is None:
            self._metric = exact_metric(schedule, self._stop_if_cancelled)
        return self._metric

    def _check_finite(self, recorder: Recorder, item: Stage) -> None:
        last = np.array(recorder.last)[:, None]
        for values, first in ((recorder.lr, 0), (last, item.segment.ticks)):
            bad = ~np.isfinite(values)
            if bad.any():
                tick, group = (int(i) for i in np.argwhere(bad.T)[0])
                name = self.schedule.optimizer.groups[group].name
                raise ScheduleError(
                    f"{item.place}: the LR of group {name!r} is {values[group, tick]} at "
                    f"t = {tick + first:,}; change the parameters so that it stays finite"
                )
