"""From a phase's parameters to all its scheduler needs: defaults, followed values, checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lrdesigner.catalog import Args, SchedulerSpec, schedulers
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.segments import Segment
from lrdesigner.i18n import mark, tr
from lrdesigner.params import Param
from lrdesigner.registry import UnknownKeyError
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import OptimizerSpec, Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS, refusals
from lrdesigner.schedule.tracks import LaneOptimizer
from lrdesigner.sentences import both, unended

_NOTHING = 1e-12  # of a group's own LR; rounding leaves less than that of it


def find_spec(key: str) -> SchedulerSpec:
    """The declaration of a scheduler.

    Raises:
        ScheduleError: If this program does not know it.
    """
    try:
        return schedulers()[key]
    except UnknownKeyError as error:
        raise ScheduleError(error.message) from None


def resolve(
    spec: SchedulerSpec,
    params: Mapping[str, Any],
    segment: Segment,
    bases: Sequence[float],
    metric: Sequence[float] | FloatArray = (),
    own: Sequence[float] = (),
) -> Args:
    """The parameters of one scheduler in one segment.

    Args:
        spec: The scheduler's declaration.
        params: What the document says.
        segment: Where it runs.
        bases: The base LR of every group.
        metric: The metric's value at each tick, for a plateau.
        own: The groups' own LRs; what is nothing beside them counts as 0 in the checks.

    Raises:
        ScheduleError: If torch would refuse a value, now or later; the message begins with the
            parameter's name.
    """
    for message in param_errors(spec, params, len(bases)):
        raise ScheduleError(message)
    args = fill(spec, params, segment, bases, metric)
    told = _as_told(bases, own)
    judged = args if told == tuple(bases) else fill(spec, params, segment, told, metric)
    for message in spec.errors(judged):
        raise ScheduleError(message)
    return args


def param_errors(spec: SchedulerSpec, params: Mapping[str, Any], groups: int) -> Iterator[str]:
    """What is wrong with single parameters: missing, of the wrong type, not allowed."""
    return (message for _, message in wrong_params(spec, params, groups))


def wrong_params(
    spec: SchedulerSpec, params: Mapping[str, Any], groups: int
) -> Iterator[tuple[Param, str]]:
    """The declarations of parameters that are not as they should be, and why."""
    for declaration in spec.params:
        if declaration.name not in params:
            if declaration.required:
                yield declaration, declaration.missing
            continue
        error = declaration.error(params[declaration.name], groups)
        if error is not None:
            yield declaration, error


def cross_errors(
    spec: SchedulerSpec,
    params: Mapping[str, Any],
    segment: Segment,
    bases: Sequence[float],
    own: Sequence[float] = (),
) -> Iterator[str]:
    """What is wrong between parameters, when each of them is fine; see `resolve`."""
    try:
        args = fill(spec, params, segment, _as_told(bases, own))
    except ScheduleError as error:
        yield str(error)
        return
    yield from spec.errors(args)


def _as_told(bases: Sequence[float], own: Sequence[float]) -> tuple[float, ...]:
    """Base LRs as the checks see them.

    torch's recursions leave -4e-19 where the fast curve has 0: no LR to start from either way, and
    whoever asks has to hear the same.
    """
    if not own:
        return tuple(bases)
    return tuple(
        0.0 if abs(base) <= _NOTHING * abs(mine) else base
        for base, mine in zip(bases, own, strict=True)
    )


def stack_errors(segment: Segment, specs: Sequence[SchedulerSpec], args: Sequence[Args]) -> str:
    """Why a stack (``with``) does not compose, or ""."""
    for spec, values in zip(specs, args, strict=True):
        if not spec.composes:
            names = ", ".join(s.key for s in schedulers() if s.composes)
            return tr(
                "{key} does not compose with other schedulers (torch would let one erase "
                "the other); only {names} do",
                key=spec.key,
                names=names,
            )
        if not spec.composes_if(values):
            return tr(
                "{key} composes only with eta_min = 0 and T_max at least the phase's "
                "length ({ticks:,}); change that, or take it out of the stack",
                key=spec.key,
                ticks=segment.ticks,
            )
    return ""


def momentum_error(spec: SchedulerSpec, args: Args, optimizer: OptimizerSpec) -> str:
    """Why momentum cannot cycle with this optimizer, or ""."""
    info = OPTIMIZERS.get(optimizer.type)
    if info is None or info.momentum_key or not spec.cycles_momentum(args):
        return ""
    if isinstance(optimizer, LaneOptimizer):
        return tr(
            "cycle_momentum: beside what a lane drives there is no momentum to "
            "cycle; turn cycle_momentum off"
        )
    return tr(
        "cycle_momentum: {optimizer} has neither momentum nor betas to cycle; turn "
        "cycle_momentum off or choose another optimizer",
        optimizer=optimizer.type,
    )


def optimizer_class_error(schedule: Schedule) -> str:
    """Why torch has no such optimizer, or not with so many groups, or ""."""
    spec = schedule.optimizer
    info = OPTIMIZERS.get(spec.type)
    if info is None:
        return f"optimizer.type: {UnknownKeyError(mark('optimizer'), spec.type, list(OPTIMIZERS))}"
    if info.one_group and len(spec.groups) > 1:
        return tr(
            "optimizer.groups: {optimizer} takes a single group; remove the others",
            optimizer=spec.type,
        )
    return ""


def optimizer_error(schedule: Schedule) -> str:
    """Why the optimizer cannot be built, or ""."""
    wrong = optimizer_class_error(schedule)
    if wrong:
        return wrong
    for found in refusals(schedule.optimizer):
        place = "args" if found.group is None else f"groups[{found.group}]"
        fix = unended(f"{found.fix[:1].lower()}{found.fix[1:]}")
        return f"optimizer.{place}.{found.name}: {both(found.message, fix)}"
    return ""


def fill(
    spec: SchedulerSpec,
    params: Mapping[str, Any],
    segment: Segment,
    bases: Sequence[float],
    metric: Sequence[float] | FloatArray = (),
) -> Args:
    """The parameters of one scheduler without the check across them; see `resolve`."""
    values: dict[str, Any] = {}
    given: set[str] = set()
    for declaration in spec.params:
        name = declaration.name
        values[name], is_given = fill_one(spec, declaration, params, segment, bases)
        if is_given:
            given.add(name)
    if len(metric):
        values["metric"] = metric
    return Args(
        values,
        frozenset(given),
        segment.length,
        segment.ticks,
        tuple(bases),
        segment.interval == "epoch",
    )


def fill_one(
    spec: SchedulerSpec,
    declaration: Param,
    params: Mapping[str, Any],
    segment: Segment,
    bases: Sequence[float],
) -> tuple[Any, bool]:
    """The value of one parameter, and whether the code spells it out; see `fill`."""
    name = declaration.name
    value = params.get(name)
    if value is not None:
        if declaration.per_group and isinstance(value, (list, tuple)):
            return [declaration.normalise(item) for item in value], True
        return declaration.normalise(value), True
    absent = name not in params
    if follows(declaration, params):
        value = _followed(spec, name, declaration.follows, params, segment, bases)
        return value, value is not None
    return (declaration.default if absent else None), False


def follows(declaration: Param, params: Mapping[str, Any]) -> bool:
    """Whether a parameter is what the phase or its base LRs say."""
    if not declaration.follows or params.get(declaration.name) is not None:
        return False
    return declaration.name in params or not declaration.null_follows


def _followed(
    spec: SchedulerSpec,
    name: str,
    follows: str,
    params: Mapping[str, Any],
    segment: Segment,
    bases: Sequence[float],
) -> Any:
    if follows == "length":
        # epochs × steps_per_epoch says the same thing as total_steps; the phase does not. Where a
        # scheduler has no such parameters, they are keys that are kept and have no effect.
        if name == "total_steps" and all(
            spec.param(key) is not None and params.get(key) for key in ("epochs", "steps_per_epoch")
        ):
            return None
        return segment.length
    if name == "div_factor":
        peaks = params["max_lr"]
        peaks = peaks if isinstance(peaks, (list, tuple)) else [peaks] * len(bases)
        if any(base <= 0 for base in bases):
            raise ScheduleError(
                tr(
                    "div_factor: the phase starts from an LR of 0, from which no factor "
                    "leads to max_lr; give div_factor a number"
                )
            )
        return tuple(peak / base for peak, base in zip(peaks, bases, strict=True))
    return list(bases) if len(set(bases)) > 1 else bases[0]
