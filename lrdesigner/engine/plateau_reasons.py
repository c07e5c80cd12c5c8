"""Why `ReduceLROnPlateau` does what it does: every reduction with its reason.

torch keeps only the counters of the present epoch. Here its rule is followed once more over the
whole metric, and what led to each decision is written down. The decisions are torch's own, bit
for bit; the tests hold both side by side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrdesigner.catalog import schedulers
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.metrics import exact_metric
from lrdesigner.engine.plan import own_lrs, stage
from lrdesigner.engine.plateau_records import PlateauRule, PlateauRun, Reduction, Stretch
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule

MOST_DETAILED = 50_000


def explain(
    schedule: Schedule,
    bases: Mapping[int, tuple[float, ...]] | None = None,
    metric: FloatArray | None = None,
) -> tuple[PlateauRun, ...]:
    """What every plateau phase of a document does, and why.

    Args:
        schedule: The document.
        bases: The base LRs of each phase by its index, as a `Curve` or a `Preview` knows them;
            None takes those of the fast curve.
        metric: The metric of every epoch of the run; None computes it as a run does.

    Returns:
        One record for each plateau phase that can run.

    Raises:
        ScheduleError: If there is no metric, or it cannot be read or computed.
    """
    found = [segment for segment in segments(schedule) if _is_plateau(segment)]
    if not found:
        return ()
    series = exact_metric(schedule) if metric is None else metric
    if bases is None:
        from lrdesigner.engine.preview import preview

        bases = preview(schedule, points=64).bases
    runs = []
    for segment in found:
        assert segment.index is not None
        start = bases.get(segment.index, own_lrs(schedule))
        try:
            item = stage(schedule, segment, start, lambda _schedule: series)
        except ScheduleError:
            continue  # told of elsewhere; the other phases have reasons all the same
        rule = PlateauRule.of(item.parts[0].args)
        per_epoch = schedule.horizon.steps_per_epoch
        runs.append(_follow(segment, rule, item.metric, start, per_epoch))
    return tuple(runs)


def _is_plateau(segment: Segment) -> bool:
    spec = schedulers().get(segment.phase.scheduler) if segment.phase is not None else None
    return spec is not None and spec.epoch_only


class _Diary:
    """Writes down what happens while the rule is followed.

    Args:
        rule: The phase's arguments.
        before: Epochs that are over when the phase begins.
        per_epoch: Optimizer steps of an epoch.
        ticks: How many decisions there will be.
    """

    def __init__(self, rule: PlateauRule, before: int, per_epoch: int, ticks: int) -> None:
        self._rule, self._before, self._per_epoch, self._ticks = rule, before, per_epoch, ticks
        self.reductions: list[Reduction] = []
        self.stretches: list[Stretch] = []

    def pardon(self, first: int, last: int) -> None:
        """The bad epochs of these ticks led to nothing."""
        if self._ticks <= MOST_DETAILED:
            self._note("bad", first, last)

    def reduce(
        self, tick: int, bad: int, best: tuple[float, int], lrs: tuple[float, ...]
    ) -> tuple[float, ...]:
        """A reduction at this tick; returns the LRs from there on."""
        past = bool(self.reductions) and self.reductions[-1].skipped
        if not past or self._ticks <= MOST_DETAILED:
            self._note("bad", tick - bad + 1, tick, reduced=True)
            if self._rule.cooldown and tick < self._ticks:
                self._note("cooldown", tick + 1, min(tick + self._rule.cooldown, self._ticks))
        if past:  # what is skipped once is skipped for ever
            return lrs
        after, epoch = self._rule.lowered(lrs), self._before + tick
        value, found = best if best[1] else (None, None)
        self.reductions.append(
            Reduction(
                epoch,
                epoch * self._per_epoch,
                bad,
                self._rule.patience,
                value,
                None if found is None else self._before + found,
                lrs,
                after,
            )
        )
        return after

    def _note(
        self, kind: Literal["bad", "cooldown"], first: int, last: int, *, reduced: bool = False
    ) -> None:
        first, last = self._before + first, self._before + last
        start, end = (first - 1) * self._per_epoch, last * self._per_epoch
        self.stretches.append(Stretch(kind, first, last, start, end, reduced))


def _follow(
    segment: Segment,
    rule: PlateauRule,
    metric: FloatArray,
    lrs: tuple[float, ...],
    per_epoch: int,
) -> PlateauRun:
    """The rule of `ReduceLROnPlateau.step`, once for each value of the metric."""
    assert segment.index is not None
    before = segment.start // per_epoch
    diary = _Diary(rule, before, per_epoch, len(metric))
    up, patience = rule.mode == "max", rule.patience
    best, best_tick = (-math.inf if up else math.inf), 0
    edge = rule.edge(best)
    bad = rest = tick = 0
    improved: list[int] = []
    for tick, value in enumerate(metric.tolist(), 1):
        if value > edge if up else value < edge:
            if bad:
                diary.pardon(tick - bad, tick - 1)
                bad = 0
            best, best_tick, edge = value, tick, rule.edge(value)
            improved.append(tick)
        elif not rest:
            bad += 1
        if rest:  # torch forgets the bad epochs of a cooldown; here they are not even counted
            rest -= 1
        elif bad > patience:
            lrs = diary.reduce(tick, bad, (best, best_tick), lrs)
            rest, bad = rule.cooldown, 0
    if bad:
        diary.pardon(tick - bad + 1, tick)
    ticks = np.array(improved, np.int64)
    return PlateauRun(
        segment.index,
        rule,
        before + 1,
        metric,
        _best_so_far(metric, ticks),
        ticks + before,
        tuple(diary.reductions),
        tuple(diary.stretches),
    )


def _best_so_far(metric: FloatArray, improved: NDArray[np.int64]) -> FloatArray:
    """The best value after each tick; NaN before the first improvement."""
    values = np.concatenate([[np.nan], metric[improved - 1]])
    places = np.searchsorted(improved, np.arange(1, len(metric) + 1), side="right")
    return np.asarray(values[places])
