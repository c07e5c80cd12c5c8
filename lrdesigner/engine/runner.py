"""One exact run over all segments of a document."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lrdesigner.engine.cache import PhaseCache, Ran, RunArrays, stage_key
from lrdesigner.engine.construct import REFUSALS, construct, failure, set_value
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.driver import drive
from lrdesigner.engine.metric_run import record_metric_run
from lrdesigner.engine.metrics import exact_metric
from lrdesigner.engine.plan import Stage, expected_kind, next_bases, own_lrs, stage
from lrdesigner.engine.recorder import NotRealError, Recorder
from lrdesigner.engine.segments import segments
from lrdesigner.engine.stub import stub_optimizer
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS, own_momentum

if TYPE_CHECKING:
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler

Progress = Callable[[float], None]

PIECE = 1 << 20  # values


class CancelledError(Exception):
    """The run was stopped because its result is no longer wanted."""


@dataclass
class Runner:
    """One run: `run` fills `arrays`.

    Attributes:
        schedule: The document.
        device: Where the LRs live; see `lrdesigner.engine.simulate.simulate`.
        progress: Told the fraction done.
        cancelled: Asked whether to stop.
        cache: Knows phases that ran before; None runs every one.
        arrays: The values.
    """

    schedule: Schedule
    device: str
    progress: Progress | None
    cancelled: Callable[[], bool] | None
    cache: PhaseCache | None = None

    def __post_init__(self) -> None:
        self._made: RunArrays | None = None
        # Phases that ran before, in front of the first that has to run now.
        self._known: list[tuple[Hashable, Stage, Ran]] = []
        self._keys: list[Hashable] = []
        self._metric: FloatArray | None = None
        info = OPTIMIZERS[self.schedule.optimizer.type]
        self._momentum_key = info.momentum_key or ""

    @property
    def arrays(self) -> RunArrays:
        """The values; made when there is something to write to them."""
        if self._made is None:
            shape = (len(self.schedule.optimizer.groups), self.schedule.steps)
            self._made = RunArrays(np.empty(shape))
            for key, item, ran in self._known:
                self._take_over(key, item, ran)
        return self._made

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
            reached = self._reach(stages[-1], closed_start=sequential and not first)
        self._settle()
        return stages

    def _reach(self, item: Stage, closed_start: bool) -> tuple[float, ...]:
        """Run one stage, unless it ran before; return what it would reach at its length."""
        if self.cache is None:
            return self._run_stage(item, closed_start)
        key = stage_key(self.schedule, item, self.device, closed_start)
        self._keys.append(key)
        ran = self.cache.find(key)
        if ran is None:
            last = self._run_stage(item, closed_start)
            self._keep(key, item, last)
            return last
        self._check(item)(item.segment.ticks)
        if self._made is None:
            self._known.append((key, item, ran))
        else:
            self._take_over(key, item, ran)
        return ran.last

    def _settle(self) -> None:
        """Nothing will be written any more; a run that is known as a whole is taken as it is."""
        if self.cache is None:
            return
        keys = tuple(self._keys)
        if self._made is None:
            self._made = self.cache.find_whole(keys)
        self.cache.keep_whole(keys, self.arrays)

    def _keep(self, key: Hashable, item: Stage, last: tuple[float, ...]) -> None:
        """Remember a stage as one of this run."""
        if self.cache is not None:
            self.cache.keep(key, Ran(self.arrays, item.segment.start, item.segment.end, last))

    def _take_over(self, key: Hashable, item: Stage, ran: Ran) -> None:
        """Copy the values of a stage that ran before, which may soon be forgotten there."""
        copied = [(self.arrays.lr, ran.run.lr)]
        if item.cycles_momentum and ran.run.momentum is not None:
            copied.append((self._momentum(), ran.run.momentum))
        start, end = item.segment.start, item.segment.end
        for target, source in copied:
            values = source[:, ran.start : ran.end]
            for piece in self._pieces(end - start):
                target[:, start:end][:, piece] = values[:, piece]
        self._keep(key, item, ran.last)

    def _momentum(self) -> FloatArray:
        """Where momentum goes: outside of phases that cycle it the optimizer's own value holds."""
        if self.arrays.momentum is None:
            spec = self.schedule.optimizer
            own = [own_momentum(spec, group) or 0.0 for group in spec.groups]
            self.arrays.momentum = np.empty_like(self.arrays.lr)
            self._fill(self.arrays.momentum, own)
        return self.arrays.momentum

    def _fill(self, target: FloatArray, values: Sequence[float]) -> None:
        """One value for each row, all along."""
        for piece in self._pieces(target.shape[1]):
            target[:, piece] = np.array(values)[:, None]

    def _run_stage(self, item: Stage, closed_start: bool) -> tuple[float, ...]:
        """Run one stage, write its values, return what it would reach at its length."""
        segment = item.segment
        check = self._check(item)
        if not item.parts:
            held = [float(group["lr"]) for group in self._optimizer(item).param_groups]
            self._fill(self.arrays.lr[:, segment.start : segment.end], held)
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
        lr = self.arrays.lr[:, place]
        momentum = self._momentum()[:, place] if cycling else None
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
        begins = np.concatenate([[start], np.minimum(ends, end)])
        spread = [(self.arrays.lr, recorder.lr)]
        if recorder.momentum is not None:
            spread.append((self._momentum(), recorder.momentum))
        for target, values in spread:
            for piece in self._pieces(len(ends), per_epoch):
                steps = np.diff(begins[piece.start : piece.stop + 1])
                here = slice(begins[piece.start], begins[piece.stop])
                target[:, here] = np.repeat(values[:, piece], steps, axis=1)

    def _check(self, item: Stage) -> Callable[[int], None]:
        segment, total = item.segment, self.schedule.steps

        def check(tick: int) -> None:
            self._stop_if_cancelled()
            if self.progress is not None:
                # A phase of less than an epoch has no ticks and is done at once.
                done = tick / segment.ticks if segment.ticks else 1.0
                self.progress((segment.start + (segment.end - segment.start) * done) / total)

        return check

    def _pieces(self, size: int, each: int = 1) -> Iterator[slice]:
        """Pieces of all groups' values that are written in a moment, with time to cancel between.

        Args:
            size: How many values each group has.
            each: How many more will be made of each value.
        """
        length = max(1, PIECE // (len(self.schedule.optimizer.groups) * each))
        for first in range(0, size, length):
            self._stop_if_cancelled()
            yield slice(first, min(first + length, size))

    def _stop_if_cancelled(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise CancelledError

    def _exact_metric(self, schedule: Schedule) -> FloatArray:
        """The metric that torch is given, computed once for all stages."""
        if self._metric is None:
            compute = partial(exact_metric, schedule, self._stop_if_cancelled)
            formula = schedule.metric.formula if schedule.metric is not None else None
            if self.cache is None or formula is None:
                self._metric = compute()
            else:
                self._metric = self.cache.metric(formula, schedule.horizon.epochs, compute)
        return self._metric

    def _check_finite(self, recorder: Recorder, item: Stage) -> None:
        for piece in self._pieces(recorder.lr.shape[1]):
            self._check_finite_values(recorder.lr[:, piece], piece.start, item)
        last = np.array(recorder.last)[:, None]
        self._check_finite_values(last, item.segment.ticks, item)

    def _check_finite_values(self, values: FloatArray, first: int, item: Stage) -> None:
        bad = ~np.isfinite(values)
        if bad.any():
            tick, group = (int(i) for i in np.argwhere(bad.T)[0])
            name = self.schedule.optimizer.groups[group].name
            why = tr(
                "the LR of group {group!r} is {value} at t = {t:,}; change the parameters so that "
                "it stays finite",
                group=name,
                value=str(values[group, tick]),
                t=tick + first,
            )
            raise ScheduleError(f"{item.place}: {why}")
