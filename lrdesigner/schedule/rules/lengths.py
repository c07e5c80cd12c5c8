"""Lengths that do not fit the horizon, or the phase they are in."""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.engine.segments import segments
from lrdesigner.schedule.problems import Facts, Problem, Rule
from lrdesigner.schedule.units import spans


def past_horizon(facts: Facts) -> Iterator[Problem]:
    """Phases that the end of the run cuts off."""
    total = facts.schedule.steps
    for span in spans(facts.schedule):
        if span.cut:
            where = (
                f"begins after the last of the {total:,} steps"
                if span.steps <= 0
                else f"is cut at step {total:,}, {span.nominal_end - total:,} steps early"
            )
            yield Problem(
                "past-horizon",
                "warning",
                span.index,
                f"The phase {where}.",
                "Shorten it or an earlier phase, or lengthen the run.",
            )


def no_steps(facts: Facts) -> Iterator[Problem]:
    """Phases that round to nothing, or find nothing left."""
    for span in spans(facts.schedule):
        if span.nominal_steps == 0 and not span.cut:
            yield Problem(
                "no-steps",
                "warning",
                span.index,
                f"The phase ({facts.schedule.phases[span.index].length}) has no steps and is "
                "left out.",
                "Give it a length of at least one step.",
            )


def no_ticks(facts: Facts) -> Iterator[Problem]:
    """Per-epoch phases inside one epoch: their scheduler never steps."""
    for segment in segments(facts.schedule):
        if segment.phase is not None and segment.interval == "epoch" and segment.ticks == 0:
            yield Problem(
                "never-steps",
                "warning",
                segment.index,
                "The phase steps once per epoch but no epoch ends inside it, so its LR stays put.",
                "Make it longer, or let it step after every optimizer step.",
            )


RULES = (
    Rule("past-horizon", "A phase that the end of the run cuts off", past_horizon),
    Rule("no-steps", "A phase without steps", no_steps),
    Rule("never-steps", "A per-epoch phase within one epoch", no_ticks),
)
