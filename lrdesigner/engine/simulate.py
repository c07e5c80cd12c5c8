"""The exact run: real torch objects, phase after phase."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lrdesigner.engine.construct import construct, set_value
from lrdesigner.engine.curve import Curve, FloatArray
from lrdesigner.engine.driver import Recorder, drive, record_metric_run
from lrdesigner.engine.plan import (
    Plan,
    Stage,
    check_optimizer,
    drop_flat_hold,
    finish,
    kind_of,
    next_bases,
    outline,
    own_lrs,
    stage,
)
from lrdesigner.engine.stub import stub_optimizer
from lrdesigner.engine.torch_guard import quiet_torch
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS, own_momentum

MAX_BYTES = 8 * 1024**3

Progress = Callable[[float], None]


class CancelledError(Exception):
    """The run was stopped because its result is no longer wanted."""


def simulate(
    schedule: Schedule,
    *,
    device: str = "cpu",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Curve:
    """Run the real torch schedulers of a document and record every value.

    Args:
        schedule: The document.
        device: ``"cpu"`` (LRs are Python floats, as in most training scripts), ``"cuda"`` or
            ``"mps"`` (LRs are float32 tensors there, as a capturable optimizer has them).
        progress: Called with the fraction done, every few thousand steps.
        cancelled: Asked as often; true stops the run.

    Returns:
        The curve; ``curve.lr[g, k]`` is what optimizer step k of group g uses.

    Raises:
        ScheduleError: If torch would refuse the document, or a value is not finite.
        CancelledError: If `cancelled` said so.
    """
    return run(schedule, device=device, progress=progress, cancelled=cancelled)[0]


def make_plan(schedule: Schedule, bases: dict[int, tuple[float, ...]] | None = None) -> Plan:
    """The plan of a document: which torch objects, with which arguments.

    Args:
        schedule: The document.
        bases: The base LRs of each phase where a `Curve` already knows them (`Curve.bases`);
            without them the phases are run.

    Raises:
        ScheduleError: If torch would refuse the document.
    """
    if bases is None:
        return run(schedule)[1]
    check_optimizer(schedule)
    reached = own_lrs(schedule)
    stages = [
        stage(schedule, segment, bases.get(-1 if segment.index is None else segment.index, reached))
        for segment in outline(schedule)
    ]
    return finish(schedule, stages)


def run(
    schedule: Schedule,
    *,
    device: str = "cpu",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Curve, Plan]:
    """Simulate, and give the plan that was followed as well; see `simulate`."""
    began = time.perf_counter()
    check_optimizer(schedule)
    _check_memory(schedule)
    check_device(device)
    import torch

    with quiet_torch():
        runner = _Runner(schedule, device, progress, cancelled)
        stages = runner.run()
    curve = Curve(
        groups=tuple(group.name for group in schedule.optimizer.groups),
        lr=runner.lr,
        momentum=runner.momentum if any(s.cycles_momentum for s in stages) else None,
        steps_per_epoch=schedule.horizon.steps_per_epoch,
        bases={-1 if s.segment.index is None else s.segment.index: s.bases for s in stages},
        device=device,
        torch_version=str(torch.__version__).split("+")[0],
        seconds=time.perf_counter() - began,
    )
    return curve, finish(schedule, stages)


def devices() -> list[str]:
    """The devices a run can use on this machine, ``"cpu"`` first."""
    import torch

    found = ["cpu"]
    if torch.cuda.is_available():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return found


def check_device(device: str) -> None:
    """Refuse a device that is not there.

    Raises:
        ScheduleError: With the devices this machine has.
    """
    if device == "cpu":
        return
    found = devices()
    if device.split(":")[0] not in found:
        raise ScheduleError(
            f"device {device!r} is not available here; this machine has {', '.join(found)}"
        )


def _check_memory(schedule: Schedule) -> None:
    needed = schedule.steps * len(schedule.optimizer.groups) * 8
    if needed > MAX_BYTES:
        raise ScheduleError(
            f"{schedule.steps:,} steps × {len(schedule.optimizer.groups)} groups need "
            f"{needed / 1e9:.0f} GB; shorten the horizon or remove groups"
        )


@dataclass
class _Runner:
    """One run over all segments of a document."""

    schedule: Schedule
    device: str
    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def __post_init__(self) -> None:
        shape = (len(self.schedule.optimizer.groups), self.schedule.steps)
        self.lr: FloatArray = np.empty(shape)
        self.momentum: FloatArray | None = None
        info = OPTIMIZERS[self.schedule.optimizer.type]
        self.momentum_key = info.momentum_key or ""

    def run(self) -> list[Stage]:
        """Run every segment; returns the stages that ran."""
        stages: list[Stage] = []
        reached = own_lrs(self.schedule)
        found = outline(self.schedule)
        for position, segment in enumerate(found):
            first = position == 0
            bases = reached if first else next_bases(self.schedule, segment, reached)
            stages.append(stage(self.schedule, segment, bases))
            if first:
                sequential = self._sequential(stages[0], found)
            reached = self._run_stage(stages[-1], sequential and not first)
        return stages

    def _sequential(self, first: Stage, found: object) -> bool:
        """Whether the document will be a `SequentialLR`, which starts phases in closed form.

        The kind does not depend on base LRs, so provisional ones do here.
        """
        own = own_lrs(self.schedule)
        provisional = [first]
        for segment in outline(self.schedule)[1:]:
            try:
                provisional.append(stage(self.schedule, segment, own))
            except ScheduleError:
                return False  # reported when the segment's turn comes, with its true bases
        return kind_of(self.schedule, drop_flat_hold(provisional)) == "sequential"

    def _run_stage(self, item: Stage, closed_start: bool) -> tuple[float, ...]:
        """Run one stage, write its values, return what it would reach at its length."""
        segment = item.segment
        if not item.parts:
            self._write(segment.start, segment.end, np.array(item.bases)[:, None], None)
            return item.bases
        optimizer = stub_optimizer(self.schedule.optimizer, self.device)
        for group, base in zip(optimizer.param_groups, item.bases, strict=True):
            set_value(group, "lr", base)
        recorder = self._recorder(item)
        schedulers = [construct(part.call, part.args, optimizer) for part in item.parts]
        if closed_start:
            # What SequentialLR does at a milestone; it may differ from a fresh start in the
            # last bit, and the picture has to be what the training will get.
            schedulers[0]._update_lr(0)
        place = self._place(item)
        try:
            if item.plateau:
                record_metric_run(
                    schedulers[0], optimizer.param_groups, item.metric, recorder, self._check(item)
                )
            else:
                drive(
                    schedulers,
                    optimizer.param_groups,
                    segment.ticks,
                    recorder,
                    self._check(item),
                )
        except CancelledError:
            raise
        except (ArithmeticError, TypeError, ValueError) as error:
            tick = max(int(schedulers[0].last_epoch), 0)
            raise ScheduleError(
                f"{place}: fails at t = {tick:,}: {_reason(error)}; torch would stop there"
            ) from error
        self._check_finite(recorder.lr, place)
        self._write_ticks(item, recorder)
        return tuple(float(value) for value in recorder.lr[:, -1])

    def _recorder(self, item: Stage) -> Recorder:
        shape = (self.lr.shape[0], item.segment.ticks + 1)
        if not item.cycles_momentum:
            return Recorder(np.empty(shape))
        return Recorder(np.empty(shape), np.empty(shape), self.momentum_key)

    def _write_ticks(self, item: Stage, recorder: Recorder) -> None:
        segment = item.segment
        if segment.interval == "step":
            momentum = None if recorder.momentum is None else recorder.momentum[:, :-1]
            self._write(segment.start, segment.end, recorder.lr[:, :-1], momentum)
            return
        per_epoch = self.schedule.horizon.steps_per_epoch
        times = np.arange(segment.start, segment.end) // per_epoch - segment.start // per_epoch
        momentum = None if recorder.momentum is None else recorder.momentum[:, times]
        self._write(segment.start, segment.end, recorder.lr[:, times], momentum)

    def _write(self, start: int, end: int, lr: FloatArray, momentum: FloatArray | None) -> None:
        self.lr[:, start:end] = lr
        if momentum is not None:
            if self.momentum is None:
                # Outside phases that cycle it, the optimizer's own value holds.
                spec = self.schedule.optimizer
                own = [[own_momentum(spec, group) or 0.0] for group in spec.groups]
                self.momentum = np.broadcast_to(np.array(own), self.lr.shape).copy()
            self.momentum[:, start:end] = momentum

    def _check(self, item: Stage) -> Callable[[int], None]:
        segment, total = item.segment, self.schedule.steps

        def check(tick: int) -> None:
            if self.cancelled is not None and self.cancelled():
                raise CancelledError
            if self.progress is not None:
                share = (segment.end - segment.start) * tick / max(1, segment.ticks)
                self.progress(min(1.0, (segment.start + share) / total))

        return check

    def _check_finite(self, values: FloatArray, place: str) -> None:
        bad = ~np.isfinite(values)
        if bad.any():
            group, tick = (int(i) for i in np.argwhere(bad)[0])
            name = self.schedule.optimizer.groups[group].name
            raise ScheduleError(
                f"{place}: the LR of group {name!r} is {values[group, tick]} at t = {tick:,}; "
                "change the parameters so that it stays finite"
            )

    def _place(self, item: Stage) -> str:
        names = " with ".join(part.spec.key for part in item.parts)
        return f"phases[{item.segment.index}] ({names})"


def _reason(error: Exception) -> str:
    if isinstance(error, TypeError) and "complex" in str(error):
        return "the formula gives a complex number"
    return str(error)
