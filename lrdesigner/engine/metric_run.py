"""Runs of `ReduceLROnPlateau`: one step for each value of the metric.

The class counts, and multiplies now and then; that is repeated here without the bookkeeping of
its `step`. The real object takes some of the steps and must agree.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.driver import Checkpoint, chunks
from lrdesigner.engine.recorder import Group, Recorder
from lrdesigner.engine.replayer import probes
from lrdesigner.engine.stepping import has_tensors

WATCHED = 4  # reductions of each chunk that the real object does as well

_log = logging.getLogger(__name__)


def record_metric_run(
    scheduler: Any,
    groups: Sequence[Group],
    metric: FloatArray,
    recorder: Recorder,
    checkpoint: Checkpoint,
) -> None:
    """Run a plateau over a metric and record the LRs, the present ones first.

    Args:
        scheduler: The real one.
        groups: The optimizer's parameter groups.
        metric: A value for each tick.
        recorder: Receives a column more than there are ticks; a plateau never cycles momentum.
        checkpoint: Called with the ticks done before each chunk; may raise to cancel.
    """
    recorder.add([[float(group["lr"])] for group in groups], ())
    counter = None if has_tensors(groups) else Counter(scheduler, groups)
    for first, stop in chunks(0, len(metric), len(groups)):
        checkpoint(first)
        rows = None if counter is None else counter.rows(metric[first:stop])
        recorder.add(_steps(scheduler, groups, metric[first:stop]) if rows is None else rows, ())
    checkpoint(len(metric))


def _steps(scheduler: Any, groups: Sequence[Group], metric: FloatArray) -> list[list[float]]:
    rows: list[list[float]] = [[] for _ in groups]
    for value in metric.tolist():
        scheduler.step(value)
        for row, group in zip(rows, groups, strict=True):
            row.append(float(group["lr"]))
    return rows


class State(NamedTuple):
    """What the class remembers; a maximum is the minimum of the negated metric, bit for bit."""

    best: float
    bad: int
    rest: int


class Counter:
    """Counts epochs and reduces LRs as the real object does.

    Args:
        scheduler: The real one.
        groups: The optimizer's parameter groups.
    """

    def __init__(self, scheduler: Any, groups: Sequence[Group]) -> None:
        self._scheduler = scheduler
        self._groups = groups
        low, relative = scheduler.mode == "min", scheduler.threshold_mode == "rel"
        self._sign = 1.0 if low else -1.0
        self._shift = 0.0 if relative else scheduler.threshold
        self._scale = 1.0
        if relative:
            self._scale = 1.0 - scheduler.threshold if low else scheduler.threshold + 1.0

    def rows(self, metric: FloatArray) -> FloatArray | None:
        """The LRs after each value, ``[groups, values]``.

        None if the real object disagrees (a torch that counts differently); it then stands where
        it stood.
        """
        before, lrs, done = self._read(), self._lrs(), self._scheduler.last_epoch
        values = self._sign * metric
        numbers, size = values.tolist(), len(values)
        stops = [*probes(values[None, :]), size]
        places, levels = [0], [lrs]
        place, state, watched = 0, before, 0
        while True:
            stop = next(stop for stop in stops if stop >= place)
            place, state, reductions = self._count(numbers, place, stop, state, watched < WATCHED)
            self._reduce(reductions, places, levels)
            self._put(state, done + place, levels[-1])
            if place == size:
                return np.repeat(np.array(levels).T, np.diff([*places, size]), axis=1)
            self._scheduler.step(float(metric[place]))
            place, state, reductions = self._count(numbers, place, place + 1, state)
            self._reduce(reductions, places, levels)
            watched += len(reductions)
            if self._read() != state or self._lrs() != levels[-1]:
                _log.info("ReduceLROnPlateau differs from its replay; stepping it")
                self._put(before, done, lrs)
                return None

    def _count(
        self, values: Sequence[float], place: int, stop: int, state: State, halt: bool = False
    ) -> tuple[int, State, list[int]]:
        """Go on to `stop`, or to just before a value that reduces the LR if it is to `halt` there.

        Returns:
            The place reached, the state there, and the places of the reductions before it.
        """
        best, bad, rest = state
        patience, cooldown = self._scheduler.patience, self._scheduler.cooldown
        edge = best * self._scale - self._shift
        reductions: list[int] = []
        for here in range(place, stop):
            value = values[here]
            if value < edge:
                best, bad = value, 0
                edge = best * self._scale - self._shift
            elif bad >= patience and not rest:
                if halt:
                    return here, State(best, bad, rest), reductions
                reductions.append(here)
                bad, rest = 0, cooldown
                continue
            else:
                bad += 1
            if rest:
                rest, bad = rest - 1, 0
        return stop, State(best, bad, rest), reductions

    def _reduce(
        self, reductions: Sequence[int], places: list[int], levels: list[list[float]]
    ) -> None:
        """Add what the reductions make of the last levels."""
        s = self._scheduler
        for place in reductions:
            lrs = []
            for old, low in zip(levels[-1], s.min_lrs, strict=True):
                new = max(old * s.factor, low)
                lrs.append(new if old - new > s.eps else old)
            if lrs == levels[-1]:
                return  # what changes nothing once never will
            places.append(place)
            levels.append(lrs)

    def _lrs(self) -> list[float]:
        return [group["lr"] for group in self._groups]

    def _read(self) -> State:
        s = self._scheduler
        return State(self._sign * s.best, s.num_bad_epochs, s.cooldown_counter)

    def _put(self, state: State, done: int, lrs: Sequence[float]) -> None:
        s = self._scheduler
        s.best, s.num_bad_epochs, s.cooldown_counter = self._sign * state.best, *state[1:]
        s.last_epoch = done
        for group, lr in zip(self._groups, lrs, strict=True):
            group["lr"] = lr
