"""Pure edits that give groups phases of their own, and take them away again."""

from __future__ import annotations

from typing import Any

from lrdesigner.i18n import tr
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.group_edits import fit_lists, map_lists
from lrdesigner.schedule.model import Phase, Quantity, Schedule
from lrdesigner.schedule.tracks import add_track, group_indices, phases_of, remove_track
from lrdesigner.schedule.units import Length, Unit


def split_off(schedule: Schedule, names: tuple[str, ...]) -> tuple[Schedule, int]:
    """Give groups that follow the document's own phases a copy of these phases as their own.

    Args:
        schedule: The document.
        names: The groups; at least one other must follow the document's own phases.

    Returns:
        The new document, with the same curve, and the new track's index.

    Raises:
        ValueError: If no group would be left to the document's own phases, or one has a track.
    """
    own = group_indices(schedule, None)
    groups = schedule.optimizer.groups
    leaving = tuple(i for i in own if groups[i].name in names)
    if not leaving or len(leaving) != len(names):
        raise ValueError(tr("only groups that follow the document's own phases can leave them"))
    if len(leaving) == len(own):
        raise ValueError(tr("one group at least must stay with the document's own phases"))
    there = [place for place, index in enumerate(own) if index in leaving]
    here = [place for place, index in enumerate(own) if index not in leaving]

    def picked(places: list[int]) -> tuple[Phase, ...]:
        def change(values: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(values[place] for place in places)

        return map_lists(schedule.phases, change, size=len(own))

    ordered = tuple(groups[index].name for index in leaving)
    main = schedule.replace(phases=picked(here))
    return add_track(main, "lr", ordered, picked(there)), len(schedule.tracks)


def join_main(schedule: Schedule, track: int) -> Schedule:
    """Delete a track: its groups follow the document's own phases, or hold their own value.

    A list of per-group values of the phases that drive them from now on gets a value for each
    group that comes, a copy of the last.
    """

    def origin(place: int | None) -> int | None:
        return place if place is None or place < track else place + 1

    return fit_lists(schedule, remove_track(schedule, track), origin)


def lr_track_of(schedule: Schedule, name: str) -> int | None:
    """The track a group's LR follows; None for the document's own phases."""
    for index, track in enumerate(schedule.tracks):
        if track.quantity == "lr" and name in (track.groups or ()):
            return index
    return None


def follow(schedule: Schedule, name: str, track: int | None) -> Schedule:
    """Let a group's LR follow other phases; a track that is left without groups goes.

    Lists of per-group values lose the group's value where it leaves, and get one where it comes
    to, a copy of its neighbour's there.

    Args:
        schedule: The document.
        name: The group.
        track: An LR track, or None for the document's own phases.

    Raises:
        ValueError: If no group would be left to the document's own phases.
    """
    source = lr_track_of(schedule, name)
    if source == track:
        return schedule
    names = [group.name for group in schedule.optimizer.groups]
    index = names.index(name)
    old, new = group_indices(schedule, source), group_indices(schedule, track)
    if source is None and len(old) == 1:
        raise ValueError(tr("one group at least must stay with the document's own phases"))
    gone, come = old.index(index), sorted((*new, index)).index(index)

    def without(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return values[:gone] + values[gone + 1 :]

    def grown(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*values[:come], values[min(come, len(values) - 1)], *values[come:])

    changed = {
        source: map_lists(phases_of(schedule, source), without, size=len(old)),
        track: map_lists(phases_of(schedule, track), grown, size=len(new)),
    }
    members = {source: set(old) - {index}, track: {*new, index}}
    tracks = []
    for place, item in enumerate(schedule.tracks):
        if place in changed:
            groups = tuple(names[member] for member in sorted(members[place]))
            if not groups:
                continue
            item = item.replace(groups=groups, phases=changed[place])
        tracks.append(item)
    phases = changed.get(None, schedule.phases)
    return schedule.replace(phases=phases, tracks=tuple(tracks))


def set_lane_groups(schedule: Schedule, track: int, names: tuple[str, ...] | None) -> Schedule:
    """Choose the groups a lane drives; None for all that no other lane of its quantity names.

    Lists of per-group values keep the values of the groups that stay; others get a copy of the
    last, also in the lane that is for all other groups.

    Raises:
        pydantic.ValidationError: If a group has another lane of this quantity, or there is none.
    """
    tracks = list(schedule.tracks)
    tracks[track] = tracks[track].replace(groups=names)
    return fit_lists(schedule, schedule.replace(tracks=tuple(tracks)))


def add_lane(
    schedule: Schedule, quantity: Quantity, names: tuple[str, ...] | None = None
) -> tuple[Schedule, int]:
    """Let a quantity beside the LR be scheduled; at first it holds its value.

    Args:
        schedule: The document.
        quantity: What the lane drives.
        names: The groups; None for all that no other lane of the quantity names.

    Returns:
        The new document and the new track's index.

    Raises:
        pydantic.ValidationError: If a group has a lane of this quantity already.
    """
    hold = Phase(scheduler="ConstantLR", params=FrozenDict({"factor": 1.0}))
    added = add_track(schedule, quantity, names, (hold,))
    return fit_lists(schedule, added), len(schedule.tracks)


def freeze_until(
    schedule: Schedule, names: tuple[str, ...], step: int, warm_up: int
) -> tuple[Schedule, int | None]:
    """Freeze groups (LR 0) until a step, then warm them up on their own.

    They get a track: zero, a linear warm-up to their own LR, and then what the document's own
    phases run from there to the end (the last of them, from the groups' own LR). If nobody else
    follows the document's own phases, these themselves change.

    Args:
        schedule: The document.
        names: The groups, which follow the document's own phases.
        step: First optimizer step with an LR above zero.
        warm_up: Length of the warm-up in optimizer steps; 0 for none.

    Returns:
        The new document and the new track's index, None for the document's own phases.

    Raises:
        ValueError: If one of the groups has a track.
    """
    split: Schedule
    track: int | None
    main = {schedule.optimizer.groups[index].name for index in group_indices(schedule, None)}
    split, track = (schedule, None) if main == {*names} else split_off(schedule, names)
    phases = []
    if step:
        phases.append(Phase(scheduler="frozen", length=_length(schedule, step)))
    if warm_up:
        length = _length(schedule, warm_up)
        phases.append(Phase(scheduler="warmup_linear", length=length, start="base"))
    last = phases_of(split, track)[-1:]
    phases += [
        phase.replace(length="rest", start="continue" if warm_up else "base") for phase in last
    ]
    if track is None:
        return split.replace(phases=tuple(phases)), None
    tracks = list(split.tracks)
    tracks[track] = tracks[track].replace(phases=tuple(phases))
    return split.replace(tracks=tuple(tracks)), track


def _length(schedule: Schedule, steps: int) -> str:
    """In whole epochs where it can be said so."""
    per_epoch = schedule.horizon.steps_per_epoch
    unit: Unit = "epochs" if per_epoch > 1 and steps % per_epoch == 0 else "steps"
    return str(Length.of_steps(steps, unit, schedule.horizon))
