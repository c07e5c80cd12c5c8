"""Pure edits of the optimizer and its parameter groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lrdesigner.catalog import schedulers
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Group, Phase, Schedule, Stacked
from lrdesigner.schedule.optimizers import OPTIMIZERS


def set_optimizer_type(schedule: Schedule, name: str) -> Schedule:
    """Choose another optimizer; arguments it does not have are dropped, overrides too."""
    info = OPTIMIZERS.get(name)
    optimizer = schedule.optimizer
    if info is None:
        return schedule.replace(optimizer=optimizer.replace(type=name))
    # Only what another optimizer is known to have is dropped: the rest may be common to all.
    known = {key for other in OPTIMIZERS.values() for key in other.defaults}

    def stays(key: str) -> bool:
        return key in info.defaults or key not in known

    args = {key: value for key, value in optimizer.args.items() if stays(key)}
    groups = tuple(
        Group.model_validate(
            {
                "name": group.name,
                "lr": group.lr,
                **{key: value for key, value in group.overrides.items() if stays(key)},
            }
        )
        for group in optimizer.groups
    )
    return schedule.replace(optimizer=optimizer.replace(type=name, args=args, groups=groups))


def set_optimizer_arg(schedule: Schedule, name: str, value: Any) -> Schedule:
    """Set an argument of the optimizer; None goes back to torch's default."""
    args = {key: item for key, item in schedule.optimizer.args.items() if key != name}
    if value is not None:
        args[name] = value
    return schedule.replace(optimizer=schedule.optimizer.replace(args=args))


def set_group(schedule: Schedule, index: int, **changes: Any) -> Schedule:
    """Change a group's ``name``, ``lr`` or an override."""
    groups = list(schedule.optimizer.groups)
    groups[index] = groups[index].replace(**changes)
    return _with_groups(schedule, tuple(groups))


def set_override(schedule: Schedule, index: int, name: str, value: Any) -> Schedule:
    """Let a group differ from the optimizer in an argument; None goes back to the optimizer's."""
    groups = list(schedule.optimizer.groups)
    group = groups[index]
    own = {key: item for key, item in group.overrides.items() if key != name}
    if value is not None:
        own[name] = value
    groups[index] = Group.model_validate({"name": group.name, "lr": group.lr, **own})
    return _with_groups(schedule, tuple(groups))


def add_group(schedule: Schedule, name: str = "", lr: float | None = None) -> Schedule:
    """Append a group; per-group parameters of all phases get its value, a copy of the last."""
    groups = schedule.optimizer.groups
    group = Group(name=name or _free_name(schedule), lr=groups[-1].lr if lr is None else lr)
    return _with_lists(
        _with_groups(schedule, (*groups, group)), lambda values: (*values, values[-1])
    )


def remove_group(schedule: Schedule, index: int) -> Schedule:
    """Remove a group and its values in per-group parameters; the last group stays."""
    groups = schedule.optimizer.groups
    if len(groups) == 1:
        return schedule
    return _with_lists(
        _with_groups(schedule, groups[:index] + groups[index + 1 :]),
        lambda values: values[:index] + values[index + 1 :],
        size=len(groups),
    )


def _free_name(schedule: Schedule) -> str:
    taken = {group.name for group in schedule.optimizer.groups}
    number = len(taken) + 1
    while f"group {number}" in taken:
        number += 1
    return f"group {number}"


def _with_groups(schedule: Schedule, groups: tuple[Group, ...]) -> Schedule:
    return schedule.replace(optimizer=schedule.optimizer.replace(groups=groups))


def _with_lists(
    schedule: Schedule,
    change: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    size: int | None = None,
) -> Schedule:
    """Apply `change` to every per-group list (of that size, where one is asked for)."""

    def params(key: str, values: Mapping[str, Any]) -> FrozenDict:
        spec = schedulers().get(key)
        result = dict(values)
        for name, value in values.items():
            declaration = spec.param(name) if spec else None
            if not (declaration and declaration.per_group and isinstance(value, (list, tuple))):
                continue
            if value and (size is None or len(value) == size):
                result[name] = change(tuple(value))
        return FrozenDict(result)

    def phase(old: Phase) -> Phase:
        stacked = tuple(
            Stacked.model_validate(
                {**item.model_dump(), "params": params(item.scheduler, item.params)}
            )
            for item in old.with_
        )
        return old.replace(params=params(old.scheduler, old.params), with_=stacked)

    return schedule.replace(phases=tuple(phase(old) for old in schedule.phases))
