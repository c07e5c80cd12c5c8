"""What keeps the tracks of a document from running side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lrdesigner.engine.plan import cycling_phases
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.tracks import lane_error, located, parts, track_title
from lrdesigner.sentences import both, unended

LANE_FIX = mark("remove the lane, or change the optimizer")
CONFLICT_FIX = mark("turn cycle_momentum off, or take the group out of the lane")


@dataclass(frozen=True)
class Conflict:
    """A phase that cycles the momentum which a lane drives too.

    Attributes:
        track: The track the phase is in; None for the document's own phases.
        phase: The phase's index in it.
        lane: The lane's track.
        message: What is the matter, one sentence without a full stop.
    """

    track: int | None
    phase: int
    lane: int
    message: str


def conflicts(schedule: Schedule) -> Iterator[Conflict]:
    """Every phase that would write the same momentum as a lane."""
    if all(track.quantity != "momentum" for track in schedule.tracks):
        return
    found = parts(schedule)
    lanes = [part for part in found if part.quantity == "momentum"]
    for part in found:
        if part.quantity != "lr":
            continue
        for index in cycling_phases(part.view):
            key = part.view.phases[index].scheduler
            for lane in lanes:
                if lane.track is not None and set(lane.groups) & set(part.groups):
                    yield Conflict(
                        part.track,
                        index,
                        lane.track,
                        tr(
                            "{scheduler} cycles the {quantity} that the lane {lane!r} drives",
                            scheduler=key,
                            quantity=tr(lane.word),
                            lane=track_title(schedule, lane.track),
                        ),
                    )


def cycles_momentum(schedule: Schedule) -> bool:
    """Whether some phase cycles a momentum that the optimizer has, so that a run will show it."""
    info = OPTIMIZERS.get(schedule.optimizer.type)
    if info is None or not info.momentum_key:
        return False
    return any(cycling_phases(part.view) for part in parts(schedule) if part.quantity == "lr")


def check_tracks(schedule: Schedule) -> None:
    """Refuse tracks that cannot run together, or on the document's optimizer.

    Raises:
        ScheduleError: With the place and what to change.
    """
    for index in range(len(schedule.tracks)):
        wrong = lane_error(schedule, index)
        if wrong:
            raise ScheduleError(f"tracks[{index}]: {both(unended(wrong), tr(LANE_FIX))}")
    for found in conflicts(schedule):
        where = f"phases[{found.phase}]: {both(found.message, tr(CONFLICT_FIX))}"
        raise ScheduleError(located(found.track, "LR", where))
