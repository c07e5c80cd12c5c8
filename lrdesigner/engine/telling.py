"""The steps of a phase that a picture needs besides those spread evenly over the run.

Landmarks that stand apart are all drawn. Where they come thicker than points (a cycle of a
hundred steps in a run of millions), some of them are tried in every column of the picture, and
the lowest and the highest value found there are drawn, at the steps they belong to. Where a curve
may turn between landmarks, as stacked schedulers do, its peaks and troughs are looked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import distinct
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.hidden import furthest_ticks, hidden_ticks
from lrdesigner.engine.landmarks import Beat, Landmarks, joined, ticks_at
from lrdesigner.engine.plan import Stage

Steps = NDArray[np.int64]
Values = Callable[[Steps, Sequence[int]], FloatArray]

COLUMNS = 2000
TRIED = 64_000  # values of a phase
WATCHED = 4  # groups whose extremes are looked for
_PICKS, _MANY_PICKS = 2, 4  # beats tried in a column; more of them where rhythms are uneven
_SPREAD = 16  # and ticks anywhere in it, of a restless curve
_GOLDEN = 0.6180339887498949


class Clock:
    """The steps of a phase at which its scheduler's ticks begin.

    Args:
        item: The phase.
        per_epoch: Steps of an epoch.
    """

    def __init__(self, item: Stage, per_epoch: int) -> None:
        segment = item.segment
        self._start, self._end = segment.start, segment.end
        self._scale = per_epoch if segment.interval == "epoch" else 1
        self._first = segment.start // self._scale

    @property
    def coarse(self) -> bool:
        """Whether a tick may be more than a step."""
        return self._scale > 1

    @property
    def size(self) -> int:
        """How many ticks begin before the phase ends; the first one stands at its start."""
        return int((self._end - 1) // self._scale - self._first + 1)

    def ticks(self, steps: Steps) -> Steps:
        """The local times of steps."""
        return steps // self._scale - self._first

    def steps(self, ticks: Steps) -> Steps:
        """The first steps of ticks."""
        return np.maximum((ticks + self._first) * self._scale, self._start)

    def edges(self, ticks: Steps) -> Steps:
        """The first steps of ticks, and the ones just before them."""
        first = self.steps(ticks)
        both = np.concatenate([first, first - 1])
        return both[both >= self._start]


def telling_steps(item: Stage, per_epoch: int, drawn: Steps, values: Values) -> Steps:
    """Steps to draw besides those that are drawn anyhow.

    Args:
        item: The phase.
        per_epoch: Steps of an epoch.
        drawn: The steps of the phase that are drawn, rising.
        values: The curves of some groups at some local times.
    """
    clock = Clock(item, per_epoch)
    if not item.parts or not len(drawn):
        return np.empty(0, np.int64)
    if clock.coarse and 2 * clock.size <= len(drawn):
        return clock.edges(np.arange(clock.size, dtype=np.int64))  # every stair
    groups = watched_groups(item)
    marks = joined(part.spec.landmarks(part.args, group) for part in item.parts for group in groups)
    apart, dense = _parted(marks, clock.size, len(drawn))
    lively = bool(dense) or marks.restless
    stacked = len(item.parts) > 1  # a product of two that rise and fall turns anywhere
    if len(apart) <= 2 * len(drawn) and not (lively or stacked):
        return clock.edges(apart)
    edges = distinct(np.append(clock.ticks(drawn), clock.size))
    found = [clock.edges(_thinned(apart, edges))]
    curves = partial(_curves, values, groups)
    if lively:
        picks = _picks(dense)
        each = 1 + 2 * picks * len(dense) + _SPREAD * marks.restless
        wide = _coarser(edges, TRIED // (each * len(groups)))
        tried = _tried(wide, dense, picks, marks.restless)
        rows = values(tried.ravel(), groups).reshape(len(groups), *tried.shape)
        found.append(clock.steps(_extremes(tried, rows)))
        lows, highs = rows.min(axis=2), rows.max(axis=2)
        found.append(clock.steps(furthest_ticks(wide, lows, highs, curves)))
    elif stacked:
        known = distinct(clock.ticks(np.concatenate([drawn, *found])))
        hidden = hidden_ticks(known, apart, clock.size, curves)
        found.append(clock.edges(hidden) if clock.coarse else clock.steps(hidden))
    return np.concatenate(found)


def _curves(values: Values, groups: Sequence[int], ticks: Steps) -> FloatArray:
    return values(ticks, groups)


def watched_groups(item: Stage) -> list[int]:
    """Groups that stand for all: each kind of parameters once, and the least and greatest base."""
    if len(item.bases) == 1:
        return [0]
    lists = [
        value
        for part in item.parts
        for value in part.args.values.values()
        if isinstance(value, (list, tuple)) and len(value) == len(item.bases)
    ]
    kinds: dict[tuple[object, ...], int] = {}
    for group in range(len(item.bases)):
        kinds.setdefault(tuple(value[group] for value in lists), group)
    first = list(kinds.values())[:WATCHED]
    bases = item.bases
    return sorted({*first, bases.index(min(bases)), bases.index(max(bases))})


def _parted(marks: Landmarks, size: int, columns: int) -> tuple[Steps, list[Beat]]:
    """The ticks of landmarks that stand apart, and the beats that are too many for that."""
    times: list[float] = list(marks.times)
    dense = []
    for beat in marks.beats:
        first = beat.first % beat.every
        if size / beat.every > columns / 2:
            dense.append(beat)
        elif first < size:
            count = math.ceil((size - first) / beat.every)
            times += (first + beat.every * np.arange(count, dtype=np.float64)).tolist()
    return np.sort(ticks_at(times, size)).astype(np.int64), dense


def _thinned(ticks: Steps, edges: Steps) -> Steps:
    """The first and the last of each column, where there are more than two in most."""
    if len(ticks) <= 2 * len(edges):
        return ticks
    column = np.searchsorted(edges, ticks, side="right")
    change = np.flatnonzero(np.diff(column))
    return ticks[distinct(np.concatenate([[0], change, change + 1, [len(ticks) - 1]]))]


def _coarser(edges: Steps, most: int) -> Steps:
    """Fewer columns, as each of them costs many values."""
    most = max(1, min(most, COLUMNS))
    if len(edges) <= most + 1:
        return edges
    return edges[np.linspace(0, len(edges) - 1, most + 1).astype(np.int64)]


def _picks(beats: Sequence[Beat]) -> int:
    """How many of each beat to try in a column."""
    even = len({beat.every for beat in beats}) == 1 and float(beats[0].every).is_integer()
    return _PICKS if even else _MANY_PICKS


def _tried(edges: Steps, beats: Sequence[Beat], picks: int, restless: bool) -> Steps:
    """Ticks to try, ``[columns, ticks]``; the first of each column is its first tick."""
    begin, end = edges[:-1], edges[1:]
    found = [begin]
    for beat in beats:
        first = np.ceil((begin - beat.first) / beat.every)
        last = np.maximum(np.ceil((end - beat.first) / beat.every) - 1, first)
        for pick in range(picks):
            count = np.rint(first + (last - first) * pick / (picks - 1))
            tick = np.ceil(beat.first + count * beat.every - 1e-6).astype(np.int64)
            found += [tick - 1, tick]
    if restless:
        shift = np.arange(len(begin)) * _GOLDEN
        for place in range(_SPREAD):
            share = (place + (shift + place * _GOLDEN) % 1.0) / _SPREAD
            found.append((begin + share * (end - begin)).astype(np.int64))
    ticks: Steps = np.clip(np.stack(found, axis=1), begin[:, None], end[:, None] - 1)
    return ticks


def _extremes(tried: Steps, rows: FloatArray) -> Steps:
    """The ticks of the lowest and highest values of columns that go beyond their ends."""
    found = []
    for row in np.where(np.isfinite(rows), rows, np.inf):  # which will be told of
        starts = row[:, 0]
        ends = np.append(starts[1:], starts[-1])
        for places, beyond in (
            (row.argmin(axis=1), np.less),
            (row.argmax(axis=1), np.greater),
        ):
            here = np.arange(len(row))
            extreme = row[here, places]
            out = beyond(extreme, starts) & beyond(extreme, ends)
            found.append(tried[here[out], places[out]])
    return distinct(np.concatenate(found))
