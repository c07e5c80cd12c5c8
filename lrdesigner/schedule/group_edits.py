"""Pure edits of the optimizer and its parameter groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lrdesigner.catalog import schedulers
from lrdesigner.params import Param
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Group, Phase, Schedule, Stacked, Track
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.tracks import group_indices, phases_of

Phases = tuple[Phase, ...]


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
    """Change a group's ``name``, ``lr`` or an override; its tracks follow it."""
    groups = list(schedule.optimizer.groups)
    old = groups[index]
    groups[index] = old.replace(**changes)
    new = groups[index].name

    def renamed(track: Track) -> Track:
        if track.groups is None or new == old.name:
            return track
        return track.replace(groups=tuple(new if n == old.name else n for n in track.groups))

    return schedule.replace(
        optimizer=schedule.optimizer.replace(groups=tuple(groups)),
        tracks=tuple(renamed(track) for track in schedule.tracks),
    )


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
    """Append a group; per-group parameters get its value, a copy of the last."""
    groups = schedule.optimizer.groups
    group = Group(name=name or free_name(schedule), lr=groups[-1].lr if lr is None else lr)
    grown = _with_groups(schedule, (*groups, group))

    def appended(track: int | None) -> Phases | None:
        before, after = group_indices(schedule, track), group_indices(grown, track)
        if len(before) == len(after):
            return None
        return map_lists(phases_of(schedule, track), lambda values: (*values, values[-1]))

    return _with_sequences(grown, appended)


def remove_group(schedule: Schedule, index: int) -> Schedule:
    """Remove a group and its values in per-group parameters; the last group stays.

    A track that is left without groups goes; where only groups with an LR track of their own are
    left, the first of those tracks becomes the document's own phases.
    """
    groups = schedule.optimizer.groups
    if len(groups) == 1:
        return schedule

    def without(track: int | None) -> Phases | None:
        indices = group_indices(schedule, track)
        if index not in indices:
            return None
        place = indices.index(index)
        return map_lists(
            phases_of(schedule, track),
            lambda values: values[:place] + values[place + 1 :],
            size=len(indices),
        )

    name = groups[index].name
    shrunk = _with_sequences(schedule, without)
    tracks = []
    for place, track in enumerate(shrunk.tracks):
        if group_indices(schedule, place) == (index,):
            continue
        if track.groups is not None:
            track = track.replace(groups=tuple(n for n in track.groups if n != name))
        tracks.append(track)
    phases = shrunk.phases
    rest = {group.name for group in groups if group.name != name}
    own = [track for track in tracks if track.quantity == "lr"]
    if rest <= {n for track in own for n in track.groups or ()}:
        phases = own[0].phases
        tracks.remove(own[0])
    return shrunk.replace(
        optimizer=schedule.optimizer.replace(groups=groups[:index] + groups[index + 1 :]),
        phases=phases,
        tracks=tuple(tracks),
    )


def copy_lr(schedule: Schedule, index: int) -> Schedule:
    """Give all groups the LR of one."""
    groups = schedule.optimizer.groups
    return _with_groups(schedule, tuple(g.replace(lr=groups[index].lr) for g in groups))


def copy_override(schedule: Schedule, index: int, name: str) -> Schedule:
    """Give all groups one group's value of an argument of the optimizer, or none of their own."""
    value = schedule.optimizer.groups[index].overrides.get(name)
    for other in range(len(schedule.optimizer.groups)):
        schedule = set_override(schedule, other, name, value)
    return schedule


def free_name(schedule: Schedule) -> str:
    """A name for a new group that none has yet."""
    taken = {group.name for group in schedule.optimizer.groups}
    number = len(taken) + 1
    while f"group {number}" in taken:
        number += 1
    return f"group {number}"


def map_lists(
    phases: Phases,
    change: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    size: int | None = None,
) -> Phases:
    """Apply `change` to every per-group list of the phases (of that size, if one is asked for)."""
    return map_declared_lists(phases, lambda _declaration, values: change(values), size)


def map_declared_lists(
    phases: Phases,
    change: Callable[[Param, tuple[Any, ...]], tuple[Any, ...]],
    size: int | None = None,
) -> Phases:
    """As `map_lists`, for changes that need to know whose values they are."""

    def params(key: str, values: Mapping[str, Any]) -> FrozenDict:
        spec = schedulers().get(key)
        result = dict(values)
        for name, value in values.items():
            declaration = spec.param(name) if spec else None
            if not (declaration and declaration.per_group and isinstance(value, (list, tuple))):
                continue
            if value and (size is None or len(value) == size):
                result[name] = change(declaration, tuple(value))
        return FrozenDict(result)

    def phase(old: Phase) -> Phase:
        stacked = tuple(
            Stacked.model_validate(
                {**item.model_dump(), "params": params(item.scheduler, item.params)}
            )
            for item in old.with_
        )
        return old.replace(params=params(old.scheduler, old.params), with_=stacked)

    return tuple(phase(old) for old in phases)


def fit_lists(
    before: Schedule,
    after: Schedule,
    origin: Callable[[int | None], int | None] = lambda track: track,
) -> Schedule:
    """A document whose tracks drive other groups now, with lists of per-group values that fit.

    Groups keep their values in the phases they stay with; those that come get a copy of the last.

    Args:
        before: What the document was.
        after: What it is, but for the lists, which have the values of the groups before.
        origin: The track of `before` that a track of `after` was; None for the own phases. Tracks
            beyond those of `before` are new, and fit already.
    """

    def names(schedule: Schedule, track: int | None) -> list[str]:
        groups = schedule.optimizer.groups
        return [groups[index].name for index in group_indices(schedule, track)]

    def fitted(track: int | None) -> Phases | None:
        was = origin(track)
        if was is not None and was >= len(before.tracks):
            return None
        old, new = names(before, was), names(after, track)
        if old == new or not new:  # without groups, lists wait for when there are some again
            return None

        def moved(values: tuple[Any, ...]) -> tuple[Any, ...]:
            known = dict(zip(old or new, values, strict=False))
            return tuple(known.get(name, values[-1]) for name in new)

        return map_lists(phases_of(after, track), moved, size=len(old) or None)

    return _with_sequences(after, fitted)


def _with_groups(schedule: Schedule, groups: tuple[Group, ...]) -> Schedule:
    return schedule.replace(optimizer=schedule.optimizer.replace(groups=groups))


def _with_sequences(schedule: Schedule, change: Callable[[int | None], Phases | None]) -> Schedule:
    """The document with changed phases, of its own and of its tracks; None keeps them."""
    own = change(None)
    tracks = []
    for index, track in enumerate(schedule.tracks):
        phases = change(index)
        tracks.append(track if phases is None else track.replace(phases=phases))
    return schedule.replace(phases=schedule.phases if own is None else own, tracks=tuple(tracks))
