"""The metric behind `ReduceLROnPlateau`."""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import schedulers
from lrdesigner.engine.metrics import metric_series
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.problems import Facts, Problem, Rule


def _plateaus(facts: Facts) -> list[int]:
    return [
        index
        for index, phase in enumerate(facts.schedule.phases)
        if (spec := schedulers().get(phase.scheduler)) is not None and spec.epoch_only
    ]


def unusable(facts: Facts) -> Iterator[Problem]:
    """A plateau without a metric, or with one that cannot be read."""
    plateaus = _plateaus(facts)
    if not plateaus:
        return
    try:
        metric_series(facts.schedule)
    except ScheduleError as error:
        yield Problem("metric-unusable", "error", plateaus[0], str(error))


def unused(facts: Facts) -> Iterator[Problem]:
    """A metric that nothing reacts to."""
    if facts.schedule.metric is not None and not _plateaus(facts):
        yield Problem(
            "metric-unused",
            "info",
            None,
            "The document has a metric, but no phase reacts to it.",
            "Add a ReduceLROnPlateau phase, or leave it for later.",
        )


RULES = (
    Rule("metric-unusable", "A plateau whose metric is missing or unreadable", unusable),
    Rule("metric-unused", "A metric that nothing reacts to", unused),
)
