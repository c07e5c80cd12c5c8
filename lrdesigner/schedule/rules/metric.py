"""The metric behind `ReduceLROnPlateau`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lrdesigner.catalog import schedulers
from lrdesigner.engine.metrics import given_values, metric_series
from lrdesigner.engine.segments import segments
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Facts, Problem, Rule
from lrdesigner.schedule.tracks import phases_of
from lrdesigner.sentences import with_fix

_CLEAR = 3
_OTHER = {"min": "max", "max": "min"}


def _plateaus(facts: Facts) -> list[int]:
    return [phase for track, phase in _all_plateaus(facts.schedule) if track is None]


def _all_plateaus(schedule: Schedule) -> list[tuple[int | None, int]]:
    """Track and phase of every plateau of a document."""
    return [
        (track, index)
        for track in (None, *range(len(schedule.tracks)))
        for index, phase in enumerate(phases_of(schedule, track))
        if (spec := schedulers().get(phase.scheduler)) is not None and spec.epoch_only
    ]


def unusable(facts: Facts) -> Iterator[Problem]:
    """A plateau without a metric, or with one that cannot be read."""
    plateaus = _all_plateaus(facts.schedule)
    if not plateaus:
        return
    track, phase = plateaus[0]
    try:
        metric_series(facts.schedule)
    except ScheduleError as error:
        what, fix = with_fix(str(error))
        fix = fix or tr("Give it another file, a list of values or a formula.")
        yield Problem("metric-unusable", "error", phase, what, fix, track=track)


def unused(facts: Facts) -> Iterator[Problem]:
    """A metric that nothing reacts to."""
    if facts.schedule.metric is not None and not _all_plateaus(facts.schedule):
        yield Problem(
            "metric-unused",
            "info",
            None,
            tr("The document has a metric, but no phase reacts to it."),
            tr("Add a ReduceLROnPlateau phase, or leave it for later."),
        )


def short(facts: Facts) -> Iterator[Problem]:
    """Fewer values than epochs: the last one repeats, which a plateau takes for a standstill."""
    schedule, plateaus = facts.schedule, _plateaus(facts)
    if not plateaus:
        return
    try:
        values = given_values(schedule)
    except ScheduleError:
        return  # `unusable` tells of it
    epochs = schedule.horizon.epochs
    if values is None or len(values) >= epochs:
        return
    given = len(values)
    per_epoch = schedule.horizon.steps_per_epoch
    hit = [
        segment.index
        for segment in segments(schedule)
        if segment.index in plateaus and segment.end // per_epoch > given
    ]
    what = tr(
        "The metric has {values} for {epochs}",
        values=trn("{count:,} value", "{count:,} values", given),
        epochs=trn("{count:,} epoch", "{count:,} epochs", epochs),
    )
    fix = tr("Draw it on to the end in the metric lane, or give the missing values.")
    if hit:
        message = tr(
            "{what}: the last one repeats from epoch {epoch:,} on, which is no improvement "
            "to the plateau.",
            what=what,
            epoch=given + 1,
        )
        yield Problem("metric-short", "warning", hit[0], message, fix)
    else:
        yield Problem(
            "metric-short", "info", None, tr("{what}; the last one repeats.", what=what), fix
        )


def opposed(facts: Facts) -> Iterator[Problem]:
    """A metric that only gets worse in the plateau's mode: an accuracy with mode "min"."""
    schedule, plateaus = facts.schedule, _plateaus(facts)
    if not plateaus:
        return
    try:
        series = metric_series(schedule)
    except ScheduleError:
        return
    per_epoch = schedule.horizon.steps_per_epoch
    for segment in segments(schedule):
        if segment.index not in plateaus or segment.phase is None:
            continue
        mode = segment.phase.params.get("mode", "min")
        first = segment.start // per_epoch
        part = series[first : first + segment.ticks]
        if mode not in _OTHER or len(part) <= _CLEAR:
            continue
        rises, falls = bool((part > part[0]).any()), bool((part < part[0]).any())
        better, worse = (falls, rises) if mode == "min" else (rises, falls)
        # Not one jump but a trend: the later half lies on the wrong side altogether.
        late = part[len(part) // 2 :]
        trend = np.all(late > part[0]) if mode == "min" else np.all(late < part[0])
        if worse and not better and trend:
            falling = mode == "max"
            yield Problem(
                "metric-opposed",
                "warning",
                segment.index,
                tr(
                    'The metric falls and never gets better than at the start, in mode "{mode}".'
                    if falling
                    else "The metric rises and never gets better than at the start, in mode "
                    '"{mode}".',
                    mode=mode,
                ),
                tr(
                    'Set mode to "{mode}" if a smaller metric is better.'
                    if falling
                    else 'Set mode to "{mode}" if a greater metric is better.',
                    mode=_OTHER[mode],
                ),
                "mode",
            )


RULES = (
    Rule(
        "metric-unusable",
        "A plateau whose metric is missing or unreadable",
        unusable,
        whole=True,
    ),
    Rule("metric-unused", "A metric that nothing reacts to", unused, whole=True),
    Rule("metric-short", "A metric with fewer values than the run has epochs", short),
    Rule(
        "metric-opposed",
        "A metric that gets worse all the time in the plateau's mode",
        opposed,
    ),
)
