"""The scheduler for a real training run: torch's own objects wherever they mean the same."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from lrdesigner.catalog import schedulers
from lrdesigner.engine.construct import REFUSALS, construct, failure, like
from lrdesigner.engine.plan import Plan, Stage, milestones, stage
from lrdesigner.engine.simulate import make_plan
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule
from lrdesigner.schedule.tracks import Part, optimizer_key, own_value, parts

if TYPE_CHECKING:
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler


def build(schedule: Schedule, optimizer: Optimizer) -> LRScheduler:
    """The scheduler of a document, on the optimizer that trains.

    One phase gives the bare torch scheduler, several give `SequentialLR`; what torch cannot run
    gives a `PhasedLR`, and tracks a `TrackedLR`, which holds one of these for each. Call
    ``step()`` after every optimizer step, or after every epoch where all phases have the interval
    ``"epoch"`` (with the metric for a plateau); a `PhasedLR` and a `TrackedLR` have ``step()`` for
    optimizer steps and ``step_epoch(metric)`` for epochs.

    Args:
        schedule: The document.
        optimizer: An optimizer whose groups are the document's, in order, with their LRs and
            their own values of what lanes drive.

    Raises:
        ScheduleError: If torch would refuse the document, or the optimizer is another one.
    """
    _check_groups(schedule, optimizer)
    schedule = _for_training(schedule)
    plan = make_plan(schedule, device=_device(optimizer))
    return _scheduler(schedule, plan, optimizer)


def _for_training(schedule: Schedule) -> Schedule:
    """The document without its own metric, which only previews: the training has a real one.

    Its file need not even be there. What follows a plateau reads the LR that was reached.
    """
    phases = [*schedule.phases, *(phase for track in schedule.tracks for phase in track.phases)]
    if any((spec := schedulers().get(p.scheduler)) and spec.epoch_only for p in phases):
        return schedule.replace(metric=Metric(values=(0.0,)))
    return schedule


def _scheduler(schedule: Schedule, plan: Plan, optimizer: Optimizer) -> LRScheduler:
    """What the plan says, on an optimizer."""
    if plan.kind == "tracked":
        return _tracked(plan, optimizer)
    if plan.kind == "single":
        return _stage_scheduler(plan.stages[0], optimizer)
    if plan.kind == "sequential":
        return _sequential(schedule, plan, optimizer)
    return _phased(schedule, plan, optimizer)


def _check_groups(schedule: Schedule, optimizer: Optimizer) -> None:
    groups = schedule.optimizer.groups
    if len(optimizer.param_groups) != len(groups):
        raise ScheduleError(
            f"the optimizer has {len(optimizer.param_groups)} parameter groups, the schedule "
            f"{len(groups)} ({', '.join(group.name for group in groups)}); they must match"
        )
    for place, (group, mine) in enumerate(zip(optimizer.param_groups, groups, strict=True)):
        lr = float(group["lr"])
        if not math.isclose(lr, mine.lr, rel_tol=1e-6):
            raise ScheduleError(
                f"the optimizer's group {place} has lr={lr:g}, the schedule's group "
                f"{mine.name!r} has {mine.lr:g}; give the optimizer the schedule's LR, and build "
                "the scheduler before loading the optimizer's state"
            )
    for part in parts(schedule) if schedule.tracks else ():
        _check_lane(schedule, part, optimizer)


def _check_lane(schedule: Schedule, part: Part, optimizer: Optimizer) -> None:
    """Refuse an optimizer whose groups start a lane from other values than the document's."""
    key = optimizer_key(schedule.optimizer, part.quantity)
    if part.quantity == "lr" or key is None:
        return
    for place in part.groups:
        mine = schedule.optimizer.groups[place]
        value = optimizer.param_groups[place].get(key)
        if key == "betas" and value is not None:
            value = value[1 if part.quantity == "beta2" else 0]
        own = own_value(schedule.optimizer, mine, part.quantity)
        if own is None:
            continue  # the plan refuses it
        if value is None or not math.isclose(float(value), own, rel_tol=1e-6):
            has = "no such value" if value is None else f"{value:g}"
            raise ScheduleError(
                f"the optimizer's group {place} has {has} as its {part.word}, the schedule's group "
                f"{mine.name!r} has {own:g}; give the optimizer the schedule's values, and build "
                "the scheduler before loading the optimizer's state"
            )


def _device(optimizer: Optimizer) -> str:
    """The device to plan on, so that LRs which are float32 tensors reach the same values there."""
    import torch

    lr = optimizer.param_groups[0]["lr"]
    if not isinstance(lr, torch.Tensor) or lr.dtype == torch.float64:
        return "cpu"
    return "cpu:0" if lr.device.type == "cpu" else str(lr.device)


def _stage_scheduler(item: Stage, optimizer: Optimizer) -> LRScheduler:
    from torch.optim.lr_scheduler import ChainedScheduler, ConstantLR

    if not item.parts:
        return ConstantLR(optimizer, factor=1.0)
    try:
        made = [construct(part.call, part.args, optimizer) for part in item.parts]
    except REFUSALS as error:
        raise failure(item.place, 0, error) from error
    return made[0] if len(made) == 1 else ChainedScheduler(made, optimizer=optimizer)


def _sequential(schedule: Schedule, plan: Plan, optimizer: Optimizer) -> LRScheduler:
    from torch.optim.lr_scheduler import CyclicLR, SequentialLR

    made = []
    for index, item in enumerate(plan.stages):
        scheduler = _stage_scheduler(item, optimizer)
        if index and not isinstance(scheduler, CyclicLR):  # which keeps its own base_lr
            scheduler.base_lrs = [
                like(group["lr"], base)
                for group, base in zip(optimizer.param_groups, item.bases, strict=True)
            ]
        made.append(scheduler)
    return SequentialLR(
        optimizer, made, milestones=milestones(plan, schedule.horizon.steps_per_epoch)
    )


def _phased(schedule: Schedule, plan: Plan, optimizer: Optimizer) -> LRScheduler:
    from lrdesigner.engine.phased import PhasedLR

    phases: list[Any] = []
    for item in plan.stages:
        segment = item.segment
        start = "continue" if segment.phase is None else segment.phase.start
        make = _maker(schedule, item) if item.parts else None
        phases.append((segment.start, make, segment.interval, start))
    return PhasedLR(optimizer, phases, schedule.horizon.steps_per_epoch)


def _tracked(plan: Plan, optimizer: Optimizer) -> LRScheduler:
    from lrdesigner.engine.tracked import TrackedLR

    rows = []
    for item in plan.parts:
        make = partial(_scheduler, item.part.view, item.plan)
        rows.append((item.drives, list(item.part.groups), make, item.plan.every))
    return TrackedLR(optimizer, rows)


def _maker(schedule: Schedule, item: Stage) -> Callable[[Optimizer], LRScheduler]:
    def make(optimizer: Optimizer) -> LRScheduler:
        # After a plateau the LR reached depends on the training, so bases are read, not planned;
        # the plan's are kept where they are the same, as they are not rounded to a tensor's type.
        lrs = [group["lr"] for group in optimizer.param_groups]
        bases = tuple(
            planned if float(like(lr, planned)) == float(lr) else float(lr)
            for lr, planned in zip(lrs, item.bases, strict=True)
        )
        here = item if bases == item.bases else stage(schedule, item.segment, bases)
        return _stage_scheduler(here, optimizer)

    return make
