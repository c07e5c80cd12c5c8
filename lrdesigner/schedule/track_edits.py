"""Pure edits that give groups phases of their own, and take them away again."""

from __future__ import annotations

from typing import Any

from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.group_edits import map_lists
from lrdesigner.schedule.model import Phase, Quantity, Schedule
from lrdesigner.schedule.tracks import add_track, group_indices, phases_of, remove_track


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
    if len(leaving) != len(names) or len(leaving) == len(own):
        raise ValueError("one group at least must stay with the document's own phases")
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

    A list of per-group values of the document's phases gets a value for each group that comes
    back, a copy of the last.
    """
    joined = remove_track(schedule, track)
    before, after = group_indices(schedule, None), group_indices(joined, None)
    if before == after:
        return joined

    def grown(values: tuple[Any, ...]) -> tuple[Any, ...]:
        known = dict(zip(before, values, strict=True))
        return tuple(known.get(index, values[-1]) for index in after)

    return joined.replace(phases=map_lists(joined.phases, grown, size=len(before)))


def add_lane(schedule: Schedule, quantity: Quantity) -> tuple[Schedule, int]:
    """Let a quantity beside the LR be scheduled for all groups; at first it holds its value.

    Returns:
        The new document and the new track's index.
    """
    hold = Phase(scheduler="ConstantLR", params=FrozenDict({"factor": 1.0}))
    return add_track(schedule, quantity, None, (hold,)), len(schedule.tracks)


def freeze_until(
    schedule: Schedule, names: tuple[str, ...], step: int, warm_up: int
) -> tuple[Schedule, int]:
    """Freeze groups (LR 0) until a step, then warm them up on their own.

    They get a track: zero, a linear warm-up to their own LR, and then what the document's own
    phases run from there to the end (the last of them, from the groups' own LR).

    Args:
        schedule: The document.
        names: The groups, which follow the document's own phases.
        step: First optimizer step with an LR above zero.
        warm_up: Length of the warm-up in optimizer steps; 0 for none.

    Returns:
        The new document and the new track's index.

    Raises:
        ValueError: As for `split_off`.
    """
    split, track = split_off(schedule, names)
    frozen = Phase(scheduler="frozen", length=f"{step} steps")
    phases = [frozen]
    if warm_up:
        phases.append(Phase(scheduler="warmup_linear", length=f"{warm_up} steps", start="base"))
    last = phases_of(split, track)[-1:]
    phases += [
        phase.replace(length="rest", start="continue" if warm_up else "base") for phase in last
    ]
    tracks = list(split.tracks)
    tracks[track] = tracks[track].replace(phases=tuple(phases))
    return split.replace(tracks=tuple(tracks)), track
