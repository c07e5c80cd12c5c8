"""The timeline as the engine sees it: what runs from which step to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lrdesigner.catalog import schedulers
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.schedule.units import spans, ticks


@dataclass(frozen=True)
class Segment:
    """A stretch of at least one step.

    Attributes:
        index: The phase's index in the document; None for the hold at the end.
        phase: The phase; None for the hold.
        start: First optimizer step.
        end: One past its last optimizer step.
        interval: Whether its scheduler steps after optimizer steps or at epoch ends.
        ticks: Scheduler steps until the next segment takes over.
        length: The phase's nominal length in its interval, at least 1; what durations follow.
    """

    index: int | None
    phase: Phase | None
    start: int
    end: int
    interval: Literal["step", "epoch"]
    ticks: int
    length: int


def interval_of(phase: Phase) -> Literal["step", "epoch"]:
    """The interval a phase really has: a plateau always steps at epoch ends."""
    spec = schedulers().get(phase.scheduler)
    return "epoch" if spec is not None and spec.epoch_only else phase.interval


def segments(schedule: Schedule) -> tuple[Segment, ...]:
    """What runs when, without phases that have no step, with the hold at the end."""
    per_epoch = schedule.horizon.steps_per_epoch
    found: list[Segment] = []
    end = 0
    for span, phase in zip(spans(schedule), schedule.phases, strict=True):
        if span.steps <= 0:
            continue
        interval = interval_of(phase)
        if interval == "epoch":
            count = ticks(span.start, span.end, per_epoch)
            length = ticks(span.start, span.nominal_end, per_epoch)
        else:
            count, length = span.steps, span.nominal_steps
        found.append(
            Segment(span.index, phase, span.start, span.end, interval, count, max(1, length))
        )
        end = span.end
    if end < schedule.steps:
        found.append(Segment(None, None, end, schedule.steps, "step", schedule.steps - end, 1))
    return tuple(found)
