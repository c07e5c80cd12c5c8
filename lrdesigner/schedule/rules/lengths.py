"""Lengths that do not fit the horizon, or the phase they are in."""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.engine.segments import segments
from lrdesigner.i18n import mark, tr, trn
from lrdesigner.schedule import tracks
from lrdesigner.schedule.edits import set_phase
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Facts, Problem, Rule
from lrdesigner.schedule.units import Length, spans


def past_horizon(facts: Facts) -> Iterator[Problem]:
    """Phases that the end of the run cuts off."""
    total = facts.schedule.steps
    for span in spans(facts.schedule):
        if span.cut:
            if span.steps <= 0:
                message = tr("The phase begins after the last of the {total:,} steps.", total=total)
            else:
                message = tr(
                    "The phase is cut at step {total:,}, {early:,} steps early.",
                    total=total,
                    early=span.nominal_end - total,
                )
            yield Problem(
                "past-horizon",
                "warning",
                span.index,
                message,
                tr("Shorten it or an earlier phase, or lengthen the run."),
            )


def no_steps(facts: Facts) -> Iterator[Problem]:
    """Phases that round to nothing, or find nothing left."""
    for span in spans(facts.schedule):
        length = Length.parse(facts.schedule.phases[span.index].length)
        if span.nominal_steps == 0 and not span.cut and not _less_than_a_step(length):
            yield Problem(
                "no-steps",
                "warning",
                span.index,
                tr(
                    "The phase ({length}) has no steps and is left out.",
                    length=facts.schedule.phases[span.index].length,
                ),
                tr("Give it a length of at least one step."),
            )


def no_ticks(facts: Facts) -> Iterator[Problem]:
    """Per-epoch phases inside one epoch: their scheduler never steps."""
    for segment in segments(facts.schedule):
        if segment.phase is not None and segment.interval == "epoch" and segment.ticks == 0:
            yield Problem(
                "never-steps",
                "warning",
                segment.index,
                tr(
                    "The phase steps once per epoch but no epoch ends inside it, so its LR "
                    "stays put."
                ),
                tr("Make it longer, or let it step after every optimizer step."),
            )


def _less_than_a_step(length: Length) -> bool:
    return length.unit == "steps" and 0 < length.number < 1


def part_of_a_step(facts: Facts) -> Iterator[Problem]:
    """Lengths below one step, which somebody else's program would have taken for a share."""
    schedule = facts.schedule
    for index, phase in enumerate(schedule.phases):
        length = Length.parse(phase.length)
        if not _less_than_a_step(length):
            continue
        share = Length(length.number * 100, "percent")
        now, meant = length.steps(schedule.horizon), share.steps(schedule.horizon)
        yield Problem(
            "part-of-a-step",
            "warning",
            index,
            tr(
                "The length is {length}, rounded {now}; as a share of the run the same number "
                "would be {meant}.",
                length=phase.length,
                now=trn("{count:,} step", "{count:,} steps", now),
                meant=trn("{count:,} step", "{count:,} steps", meant),
            ),
            tr("Write {share} for the share of the run, or one step at least.", share=str(share)),
        )


def _as_share(schedule: Schedule, problem: Problem) -> Schedule:
    assert problem.phase is not None
    view = tracks.view(schedule, problem.track)
    length = Length.parse(view.phases[problem.phase].length)
    share = str(Length(length.number * 100, "percent"))
    edited = set_phase(view, problem.phase, length=share)
    return tracks.write_back(schedule, problem.track, edited)


RULES = (
    Rule("past-horizon", "A phase that the end of the run cuts off", past_horizon),
    Rule("no-steps", "A phase without steps", no_steps),
    Rule("never-steps", "A per-epoch phase within one epoch", no_ticks),
    Rule("part-of-a-step", mark("A length below one step"), part_of_a_step, mend=_as_share),
)
