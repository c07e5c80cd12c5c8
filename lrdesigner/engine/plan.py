"""What a document becomes in torch: which objects, with which arguments, stepped how.

Build, simulation and exporters all start from here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from lrdesigner.catalog import Args, SchedulerSpec, TorchCall
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.metrics import metric_series
from lrdesigner.engine.resolve import (
    fill,
    find_spec,
    momentum_error,
    optimizer_error,
    param_errors,
    resolve,
    stack_errors,
)
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.schedule import tracks
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import ticks

Kind = Literal["single", "sequential", "phased", "tracked"]
Drives = Literal["lr", "momentum", "beta1", "beta2", "weight_decay"]

HOLD = TorchCall("ConstantLR", {"factor": 1.0})
SNAP = 1e-12
_NO_METRIC: FloatArray = np.empty(0)


def _no_metric() -> FloatArray:
    return _NO_METRIC


@dataclass(frozen=True)
class Part:
    """One scheduler of a stage: declaration and resolved arguments."""

    spec: SchedulerSpec
    args: Args

    @property
    def call(self) -> TorchCall:
        """The torch object to construct.

        Only who runs or writes it needs it: reading the formula of a table of a thousand rows
        takes longer than drawing its curve. (`cached_property` has one lock for all parts before
        Python 3.12, behind which a window would wait for a worker.)
        """
        found: TorchCall | None = self.__dict__.get("_call")
        if found is None:
            found = self.__dict__["_call"] = self.spec.realise(self.args)
        return found


@dataclass(frozen=True)
class Stage:
    """A segment with its schedulers: one, or several stacked; none is a hold.

    Attributes:
        segment: Where it runs.
        bases: Base LR of every group.
        parts: The phase's scheduler and those stacked on it; empty for the hold.
        metric: For a plateau, the metric's value at each tick.
    """

    segment: Segment
    bases: tuple[float, ...]
    parts: tuple[Part, ...]
    metric: FloatArray = field(default_factory=_no_metric, compare=False)

    @property
    def place(self) -> str:
        """What messages call it."""
        names = " with ".join(part.spec.key for part in self.parts)
        return f"phases[{self.segment.index}] ({names})"

    @property
    def plateau(self) -> bool:
        """Whether it reacts to a metric."""
        return any(part.spec.epoch_only for part in self.parts)

    @property
    def cycles_momentum(self) -> bool:
        """Whether it changes momentum."""
        return any(part.spec.cycles_momentum(part.args) for part in self.parts)

    @property
    def flat_at_end(self) -> bool:
        """Whether its schedulers, stepped on for ever, keep the value reached."""
        if not self.parts:
            return True
        times = [part.spec.flat_after(part.args) for part in self.parts]
        return all(time is not None and time <= self.segment.ticks for time in times)


@dataclass(frozen=True)
class Plan:
    """The torch objects behind a document.

    Attributes:
        kind: ``"single"``: the bare scheduler (or `ChainedScheduler`); ``"sequential"``:
            `SequentialLR`; ``"phased"``: `lrdesigner.engine.phased.PhasedLR`; ``"tracked"``:
            `lrdesigner.engine.tracked.TrackedLR`.
        every: What one ``scheduler.step()`` follows: an optimizer ``"step"`` or an
            ``"epoch"``; ``"both"`` for a `PhasedLR` and a `TrackedLR`, which also have
            ``step_epoch``.
        stages: What runs, without a final hold that the last scheduler keeps by itself.
        metric: Whether the epoch's step needs the validation metric.
        parts: For a document with tracks, what `TrackedLR` runs; then it has no stages.
    """

    kind: Kind
    every: Literal["step", "epoch", "both"]
    stages: tuple[Stage, ...]
    metric: bool
    parts: tuple[PartPlan, ...] = ()


@dataclass(frozen=True)
class PartPlan:
    """The plan of one sequence of phases of a document with tracks.

    Attributes:
        part: Which one, and what it drives.
        drives: The same in `TrackedLR`'s words, which tell beta1 from momentum.
        plan: The plan of its view.
    """

    part: tracks.Part
    drives: Drives
    plan: Plan


def own_lrs(schedule: Schedule) -> tuple[float, ...]:
    """The LR of each group of the document."""
    return tuple(group.lr for group in schedule.optimizer.groups)


def next_bases(schedule: Schedule, segment: Segment, reached: Sequence[float]) -> tuple[float, ...]:
    """The base LRs of a segment that follows one which reached these values."""
    own = own_lrs(schedule)
    if segment.phase is None:
        return tuple(reached)
    if segment.phase.start == "base":
        return own
    return tuple(
        mine if abs(lr - mine) <= SNAP * abs(mine) else lr
        for lr, mine in zip(reached, own, strict=True)
    )


def stage(
    schedule: Schedule,
    segment: Segment,
    bases: tuple[float, ...],
    metric_of: Callable[[Schedule], FloatArray] = metric_series,
) -> Stage:
    """A segment's schedulers with resolved arguments.

    Args:
        schedule: The document.
        segment: Where they run.
        bases: Base LR of every group.
        metric_of: Gives the metric of every epoch; the default is exact to rounding.

    Raises:
        ScheduleError: If torch would refuse something; the message names phase and parameter.
    """
    if segment.phase is None:
        return Stage(segment, bases, ())
    place = f"phases[{segment.index}]"
    metric, own = _NO_METRIC, own_lrs(schedule)
    try:
        spec = find_spec(segment.phase.scheduler)
        if spec.epoch_only:
            first = segment.start // schedule.horizon.steps_per_epoch
            metric = metric_of(schedule)[first : first + segment.ticks]
        parts = [_part(spec, segment.phase.params, segment, bases, own, metric)]
    except ScheduleError as error:
        raise ScheduleError(f"{place} ({segment.phase.scheduler}): {error}") from None
    for index, item in enumerate(segment.phase.with_):
        try:
            parts.append(_part(find_spec(item.scheduler), item.params, segment, bases, own))
        except ScheduleError as error:
            raise ScheduleError(f"{place}.with[{index}] ({item.scheduler}): {error}") from None
    found = stack_errors(segment, [p.spec for p in parts], [p.args for p in parts])
    if len(parts) > 1 and found:
        raise ScheduleError(f"{place}.with: {found}")
    for part in parts:
        wrong = momentum_error(part.spec, part.args, schedule.optimizer)
        if wrong:
            raise ScheduleError(f"{place} ({part.spec.key}): {wrong}")
    return Stage(segment, bases, tuple(parts), metric)


def _part(
    spec: SchedulerSpec,
    params: Mapping[str, object],
    segment: Segment,
    bases: tuple[float, ...],
    own: tuple[float, ...],
    metric: FloatArray = _NO_METRIC,
) -> Part:
    args = resolve(spec, params, segment, bases, metric, own)
    part = Part(spec, args)
    if spec.factor is None or not spec.factor.longest:
        _ = part.call  # which may refuse what no rule does; of a formula's text the rules tell all
    return part


def check_optimizer(schedule: Schedule) -> None:
    """Refuse an optimizer that torch could not build.

    Raises:
        ScheduleError: With the reason.
    """
    found = optimizer_error(schedule)
    if found:
        raise ScheduleError(found)


def kind_of(schedule: Schedule, stages: Sequence[Stage]) -> Kind:
    """Whether torch has an object that means the same; see the matrices in torch's behaviour.

    `SequentialLR` starts a phase with its closed form at the milestone, so classes without one
    (MultiplicativeLR, SWALR) cannot follow; OneCycleLR rewrites the groups' initial LR and so
    cannot follow either; stacks fail inside it; nothing in it restores momentum; and it has one
    rhythm for all phases.
    """
    if len(stages) == 1:
        return "single"
    if _rhythm(schedule, stages) is None:
        return "phased"
    for index, item in enumerate(stages):
        specs = [part.spec for part in item.parts]
        if len(specs) > 1 or item.cycles_momentum:
            return "phased"
        if specs and not (specs[0].restarts_in_sequence if index else specs[0].first_in_sequence):
            return "phased"
    return "sequential"


def expected_kind(schedule: Schedule) -> Kind | None:
    """The kind of a document before any phase has run; it does not depend on the LRs reached.

    None if a phase has parameters that torch would refuse, whatever it starts from.
    """
    bases = (1.0,) * len(schedule.optimizer.groups)
    try:
        stages = [_sketch(segment, bases) for segment in segments(schedule)]
    except ScheduleError:
        return None
    return kind_of(schedule, drop_flat_hold(stages))


def cycling_phases(schedule: Schedule) -> tuple[int, ...]:
    """Indices of the phases that change momentum; those that torch would refuse change nothing."""
    bases = (1.0,) * len(schedule.optimizer.groups)
    found = []
    for segment in segments(schedule):
        try:
            cycles = _sketch(segment, bases).cycles_momentum
        except ScheduleError:
            continue
        if cycles and segment.index is not None:
            found.append(segment.index)
    return tuple(found)


def _sketch(segment: Segment, bases: tuple[float, ...]) -> Stage:
    """A stage with stand-ins for its base LRs, so without the checks that depend on them."""
    phase = segment.phase
    if phase is None:
        return Stage(segment, bases, ())
    entries = [(phase.scheduler, phase.params)]
    entries += [(item.scheduler, item.params) for item in phase.with_]
    parts = []
    for key, params in entries:
        spec = find_spec(key)
        for message in param_errors(spec, params, len(bases)):
            raise ScheduleError(message)
        args = fill(spec, params, segment, bases)
        parts.append(Part(spec, args))
        _ = parts[-1].call  # which refuses what torch would
    return Stage(segment, bases, tuple(parts))


def _rhythm(schedule: Schedule, stages: Sequence[Stage]) -> Literal["step", "epoch"] | None:
    """The interval that all stages share, or None; a hold goes along with any."""
    intervals = {item.segment.interval for item in stages if item.parts}
    if len(intervals) > 1:
        return None
    if intervals == {"epoch"}:
        per_epoch = schedule.horizon.steps_per_epoch
        if any(item.segment.start % per_epoch for item in stages):
            return None
        return "epoch"
    return "step"


def drop_flat_hold(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages without a final hold that the scheduler before it keeps by itself."""
    if len(stages) > 1 and not stages[-1].parts and stages[-2].flat_at_end:
        return tuple(stages[:-1])
    return tuple(stages)


def finish(schedule: Schedule, stages: Sequence[Stage]) -> Plan:
    """The plan of resolved stages."""
    kept = drop_flat_hold(stages)
    kind = kind_of(schedule, kept)
    every = _rhythm(schedule, kept)
    return Plan(
        kind,
        "both" if kind == "phased" else every or "step",
        kept,
        any(item.plateau for item in kept),
    )


def finish_tracked(schedule: Schedule, plans: Sequence[tuple[tracks.Part, Plan]]) -> Plan:
    """The plan of a document with tracks, from those of its sequences of phases."""
    found = []
    for part, plan in plans:
        drives: Drives = part.quantity
        if drives == "momentum" and tracks.optimizer_key(schedule.optimizer, drives) == "betas":
            drives = "beta1"
        found.append(PartPlan(part, drives, plan))
    return Plan("tracked", "both", (), any(plan.metric for _, plan in plans), tuple(found))


def milestones(plan: Plan, steps_per_epoch: int) -> list[int]:
    """The milestones of a sequential plan, in scheduler steps."""
    starts = [item.segment.start for item in plan.stages[1:]]
    if plan.every == "epoch":
        return [ticks(0, start, steps_per_epoch) for start in starts]
    return starts
