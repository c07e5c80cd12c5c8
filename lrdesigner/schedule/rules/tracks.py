"""Tracks: what a lane drives, whether it can, and from where to where."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.lanes import CONFLICT_FIX, LANE_FIX, conflicts
from lrdesigner.engine.preview import Preview, preview
from lrdesigner.engine.segments import segments
from lrdesigner.i18n import mark, tr
from lrdesigner.params.base import shown
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.problems import Facts, Problem, Rule, Severity
from lrdesigner.schedule.tracks import (
    Part,
    group_indices,
    lane_error,
    optimizer_key,
    parts,
    track_title,
)
from lrdesigner.sentences import capital, ended

_ROUNDING = 1e-12
_PAIR = mark(
    "The {quantity} of {group} is {value:.4g} at step {step:,}; torch takes a {quantity} from 0 to "
    "below 1."
)
_POSITIVE = mark(
    "The {quantity} of {group} is {value:.4g} at step {step:,}; torch takes a {quantity} of 0 or "
    "more."
)
_BELOW_ONE = mark(
    "The {quantity} of {group} is {value:.4g} at step {step:,}; torch takes a {quantity} below 1, "
    "or the updates grow for ever."
)
_MOST_VALUES = 20_000_000  # a second or so


def _impossible(facts: Facts) -> Iterator[Problem]:
    """Lanes for what the optimizer does not have."""
    for index in range(len(facts.schedule.tracks)):
        wrong = lane_error(facts.schedule, index)
        if wrong:
            fix = ended(capital(tr(LANE_FIX)))
            yield Problem("lane-impossible", "error", None, wrong, fix, track=index)


def _contested(facts: Facts) -> Iterator[Problem]:
    """Phases that cycle the momentum which a lane drives."""
    for found in conflicts(facts.schedule):
        yield Problem(
            "momentum-contested",
            "error",
            found.phase,
            ended(found.message),
            ended(capital(tr(CONFLICT_FIX))),
            "cycle_momentum",
            found.track,
        )


def _idle(facts: Facts) -> Iterator[Problem]:
    """Tracks for all other groups, of which there are none."""
    for index in range(len(facts.schedule.tracks)):
        if not group_indices(facts.schedule, index):
            yield Problem(
                "track-idle",
                "warning",
                None,
                tr(
                    "The track {track_title!r} drives no group: other tracks name them all.",
                    track_title=track_title(facts.schedule, index),
                ),
                tr("Remove it, or take a group from another track."),
                track=index,
            )


def _lanes(facts: Facts) -> list[tuple[Part, Preview]]:
    """The lanes that the optimizer has, with their fast curves."""
    schedule = facts.schedule
    return [
        (part, found)
        for part in (parts(schedule) if schedule.optimizer.type in OPTIMIZERS else ())
        if part.track is not None
        and part.quantity != "lr"
        and not lane_error(schedule, part.track)
        and (found := facts.preview.view(schedule, part.track)) is not None
    ]


def _closely(facts: Facts) -> Iterator[tuple[Part, NDArray[np.int64], FloatArray]]:
    """What the lanes drive, at the steps of the fast curve, or at all that there is time for."""
    lanes = _lanes(facts)
    points = _MOST_VALUES // max(1, sum(len(part.groups) for part, _ in lanes))
    for part, found in lanes:
        if facts.thorough and len(found.steps) < min(points, facts.schedule.steps):
            found = preview(part.view, points)
        yield part, found.steps, found.lr


def _out_of_range(facts: Facts) -> Iterator[Problem]:
    """Steps at which a lane leads to a value that torch does not take for a group."""
    spec = facts.schedule.optimizer
    for part, steps, values in _closely(facts):
        low = (values < -_ROUNDING * np.abs(values).max(initial=0.0)).any(axis=0)
        high = (values >= 1).any(axis=0) & (part.quantity != "weight_decay")
        in_pair = optimizer_key(spec, part.quantity) == "betas"
        if low.any():
            limit = _PAIR if in_pair else _POSITIVE
            yield _beyond(facts, part, steps, values, int(low.argmax()), limit, "error")
        if high.any():
            limit = _PAIR if in_pair else _BELOW_ONE
            severity: Severity = "error" if in_pair else "warning"
            yield _beyond(facts, part, steps, values, int(high.argmax()), limit, severity)


def _beyond(
    facts: Facts,
    part: Part,
    steps: NDArray[np.int64],
    values: FloatArray,
    point: int,
    limit: str,
    severity: Severity,
) -> Problem:
    column, step = values[:, point], int(steps[point])
    row = int(column.argmin() if column.min() < 0 else column.argmax())
    phase = next((s.index for s in segments(part.view) if s.start <= step < s.end), None)
    name = facts.schedule.optimizer.groups[part.groups[row]].name
    return Problem(
        "lane-out-of-range",
        severity,
        phase,
        tr(
            limit,
            quantity=tr(part.word),
            group=shown(name),
            value=float(column[row]),
            step=step,
        ),
        tr("Change the phase, or the value it starts from."),
        track=part.track,
    )


def _nothing(facts: Facts) -> Iterator[Problem]:
    """Lanes that stay at zero, since factors of zero are zero."""
    for part, found in _lanes(facts):
        if part.view.optimizer.groups[0].lr == 0 and not found.lr.any():
            yield Problem(
                "lane-zero",
                "warning",
                None,
                tr(
                    "The {quantity} is 0 at every step, as the phases start from 0.",
                    quantity=tr(part.word),
                ),
                tr("Give the optimizer a {quantity} to start from.", quantity=tr(part.word)),
                track=part.track,
            )


def _unknown_entry(facts: Facts) -> Iterator[Problem]:
    """Keys of a track that are not understood; they are kept when the document is saved."""
    for index, track in enumerate(facts.schedule.tracks):
        for name in track.model_extra or {}:
            yield Problem(
                "unknown-track-entry",
                "info",
                None,
                tr("the key {name} is not understood", name=shown(name)),
                tr(
                    "It is kept as it is and has no effect; remove it from the file if it is "
                    "a mistake."
                ),
                track=index,
            )


RULES = (
    Rule("lane-impossible", "A lane for what the optimizer lacks", _impossible, whole=True),
    Rule("momentum-contested", "Momentum that phase and lane drive", _contested, whole=True),
    Rule("track-idle", "A track that drives no group", _idle, whole=True),
    Rule("lane-out-of-range", "A lane that leaves torch's range", _out_of_range, whole=True),
    Rule("lane-zero", "A lane that stays at zero", _nothing, whole=True),
    Rule("unknown-track-entry", "A key of a track not understood", _unknown_entry, whole=True),
)
