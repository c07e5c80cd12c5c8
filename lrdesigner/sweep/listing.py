"""What of a document can be swept, and from where to where one would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.params import ConstantsParam, FloatParam, IntParam
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import Length, Unit, spans
from lrdesigner.sweep.model import Scale, SweepAxis, fitted
from lrdesigner.sweep.param_target import ParamTarget
from lrdesigner.sweep.run_targets import EpochsTarget, GroupLrTarget, LengthTarget
from lrdesigner.sweep.target import Limits, Target, Traits

_STEEP = 1e-3  # a factor this close to 1, or closer, matters by its distance from 1


def targets(schedule: Schedule) -> list[Target]:
    """All numbers of a document, phase by phase, then those of its groups and of the run."""
    found: list[Target] = []
    for track in (None, *range(len(schedule.tracks))):
        if track is None or schedule.tracks[track].quantity == "lr":
            found += phase_targets(schedule, track)
    found += [GroupLrTarget(index) for index in range(len(schedule.optimizer.groups))]
    return [*found, EpochsTarget()]


def phase_targets(schedule: Schedule, track: int | None = None) -> Iterator[Target]:
    """The numbers of a track's phases, or with None of the document's own."""
    for index, phase in enumerate(tracks.phases_of(schedule, track)):
        entries: list[tuple[int | None, str, Mapping[str, Any]]] = [
            (None, phase.scheduler, phase.params)
        ]
        entries += [(p, item.scheduler, item.params) for p, item in enumerate(phase.with_)]
        for place, key, params in entries:
            spec = schedulers().get(key)
            if spec is not None:
                yield from _params(spec, params, index, place, track)
        yield length_target(schedule, index, track)


def length_target(schedule: Schedule, phase: int, track: int | None = None) -> LengthTarget:
    """The length of a phase, in the unit it is written in."""
    unit: Unit = Length.parse(tracks.phases_of(schedule, track)[phase].length).unit
    if unit == "rest":
        unit = "epochs" if schedule.horizon.steps_per_epoch > 1 else "steps"
    return LengthTarget(phase, unit, track)


def suggested(schedule: Schedule, target: Target) -> SweepAxis:
    """A range about the present value that shows what the number does.

    Raises:
        SweepError: If the document has no such number.
    """
    traits = target.traits(schedule)
    value = traits.value if traits.value is not None else _followed(schedule, target)
    start, stop, scale = _range(traits, value)
    ends = float(f"{start:.6g}"), float(f"{stop:.6g}")
    axis, _ = fitted(SweepAxis(target, *ends, scale), schedule)
    return axis


def _params(
    spec: SchedulerSpec,
    params: Mapping[str, Any],
    phase: int,
    stacked: int | None,
    track: int | None,
) -> Iterator[ParamTarget]:
    for declaration in spec.params:
        name = declaration.name
        if isinstance(declaration, ConstantsParam):
            for constant in params.get(name) or {}:
                yield ParamTarget(phase, name, stacked, constant, track)
        elif isinstance(declaration, (FloatParam, IntParam)):
            value = params.get(name)
            count = len(value) if isinstance(value, (list, tuple)) else 0
            for element in range(count) if count else (None,):
                yield ParamTarget(phase, name, stacked, element, track)


def _followed(schedule: Schedule, target: Target) -> float:
    """About what a number is that the document leaves out."""
    if isinstance(target, LengthTarget):
        return _steps(schedule, target.phase, target.track) / _unit_steps(schedule, target.unit)
    if isinstance(target, ParamTarget):
        phase = tracks.phases_of(schedule, target.track)[target.phase]
        item = phase if target.stacked is None else phase.with_[target.stacked]
        declaration = schedulers()[item.scheduler].param(target.name)
        if declaration is not None and (declaration.follows == "base" or declaration.unit == "lr"):
            return max(group.lr for group in schedule.optimizer.groups)
        if declaration is not None and declaration.unit == "ticks":
            every = schedule.horizon.steps_per_epoch if phase.interval == "epoch" else 1
            return max(1.0, _steps(schedule, target.phase, target.track) / every)
    return 1.0


def _steps(schedule: Schedule, phase: int, track: int | None) -> int:
    return spans(tracks.view(schedule, track))[phase].nominal_steps


def _unit_steps(schedule: Schedule, unit: str) -> float:
    horizon = schedule.horizon
    return {"epochs": horizon.steps_per_epoch, "percent": horizon.steps / 100}.get(unit, 1)


def _range(traits: Traits, value: float) -> tuple[float, float, Scale]:
    limits = traits.limits
    if traits.unit == "lr":
        return (value / 10, value * 10, "log") if value > 0 else (0.0, 1e-3, "linear")
    if limits.whole or traits.name == "length":
        return value / 2, (value or 1) * 2, "linear"
    if traits.unit == "×" and 0 < value < 1:
        # A factor of many steps: what counts is how far from 1 it is.
        return 1 - 2 * (1 - value), 1.0 if value < 1 - _STEEP else 1 - (1 - value) / 4, "linear"
    if _is_share(limits):
        return (
            (value / 10, min(1.0, value * 10), "log") if 0 < value < 0.05 else (0.0, 1.0, "linear")
        )
    return (value / 2, value * 2, "linear") if value > 0 else (value - 1, value + 1, "linear")


def _is_share(limits: Limits) -> bool:
    low = limits.minimum if limits.minimum is not None else limits.above
    high = limits.maximum if limits.maximum is not None else limits.below
    return low == 0 and high == 1
