"""Smooth peaks and steep places that lie between the steps a picture is drawn at.

A curve such as ``t / 700 * exp(-t / 700)`` over ten million steps is over before the second of
the points that are spread evenly. So a curve is asked at a few more ticks, in distances that
double from both ends of the phase and from whatever is known to happen in it; then, a few times
over, more closely beside every turn and on every steep slope, as long as something of any size
may be missing there.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import distinct
from lrdesigner.engine.curve import FloatArray

Ticks = NDArray[np.int64]
Places = NDArray[np.intp]
Values = Callable[[Ticks], FloatArray]

_GRID = 1000
_ANCHORS = 16  # places from which distances double, besides both ends
_PER_OCTAVE = 2
_ROUNDS = 4
_LIVE_ROUNDS, _LIVELY_ROUNDS = 3, 1  # for every picture anew: each is one more call
_GAPS, _LIVELY_GAPS = 24, 6  # looked into for each reason, group and round
_PARTS = 16  # into which a gap is cut
_SMALL = 1e-3  # of the range: a turn that cannot hide more than this is left alone
_STEEP = 0.02  # of the range, from one point to the next
_SEEN = 5e-4  # of the range: what is drawn already within this is not drawn again
_NOISE = 1e-9  # of the range: no turn
_MOST = 64  # turns of each kind that are told
_COLUMNS, _CLOSELY = 3, 128  # highest and lowest columns looked at closely, at so many ticks


def turning_ticks(marks: Ticks, size: int, values: Values) -> Ticks:
    """Where a curve that nobody draws yet turns and jumps.

    Args:
        marks: Where something is known to happen, rising.
        size: How many ticks there are.
        values: The curve at some ticks, ``[1, ticks]``.

    Returns:
        Its peaks and troughs, and the first ticks after jumps; not the ends.
    """
    even = np.linspace(0, size - 1, min(_GRID, size)).astype(np.int64)
    ticks, rows = _searched(distinct(np.concatenate([even, _spread(marks, size)])), values)
    if not np.isfinite(rows).all():
        return np.empty(0, np.int64)  # the picture will tell of it
    row = rows[0]
    step, span = np.diff(row), row.max() - row.min()
    sign = np.sign(np.where(np.abs(step) > _NOISE * span, step, 0.0))
    high = np.flatnonzero((sign[:-1] >= 0) & (sign[1:] <= 0) & (sign[:-1] != sign[1:])) + 1
    low = np.flatnonzero((sign[:-1] <= 0) & (sign[1:] >= 0) & (sign[:-1] != sign[1:])) + 1
    jumps = np.flatnonzero((np.diff(ticks) == 1) & (np.abs(step) > _STEEP * span)) + 1
    found = [
        _greatest(high, row[high], _MOST),
        _greatest(low, -row[low], _MOST),
        _greatest(jumps, np.abs(step[jumps - 1]), _MOST),
    ]
    return ticks[distinct(np.concatenate(found))]


def hidden_ticks(drawn: Ticks, marks: Ticks, size: int, values: Values) -> Ticks:
    """The ticks to draw besides those that are, so that peaks and drops between them are seen.

    Args:
        drawn: Those that are drawn, rising.
        marks: Where something is known to happen, rising; need not be drawn.
        size: How many ticks there are.
        values: The curves at some ticks, ``[groups, ticks]``.
    """
    start = distinct(np.concatenate([drawn, _spread(marks, size)]))
    ticks, rows = _searched(start, values, _LIVE_ROUNDS)
    finite = np.isfinite(rows).all(axis=0)
    if not finite.all():
        return ticks[~finite]  # which will be told of
    new = np.zeros(len(ticks), bool)
    known = np.searchsorted(ticks, drawn)
    for row in rows:
        line = np.interp(ticks, drawn, row[known])
        new |= np.abs(row - line) > _SEEN * (row.max() - row.min())
    return ticks[new]


def furthest_ticks(edges: Ticks, lows: FloatArray, highs: FloatArray, values: Values) -> Ticks:
    """The very highest and lowest ticks of curves that turn more often than points are drawn.

    Args:
        edges: First ticks of the columns of a picture, and the end of the last one.
        lows: The lowest values found in each so far, ``[groups, columns]``.
        highs: The highest.
        values: The curves at some ticks, ``[groups, ticks]``.
    """
    best = [_greatest(np.arange(len(row)), row, _COLUMNS) for row in (*highs, *-lows)]
    columns = distinct(np.concatenate([*best, [0]]))  # what fades is most lively at once
    begin, end = edges[columns], edges[columns + 1]
    share = np.arange(_CLOSELY) / (_CLOSELY - 1)
    close = begin[:, None] + ((end - 1 - begin)[:, None] * share).astype(np.int64)
    first = _spread(np.empty(0, np.int64), int(edges[-1]))
    start = distinct(np.concatenate([close.ravel(), first]))
    ticks, rows = _searched(start, values, _LIVELY_ROUNDS, _LIVELY_GAPS)
    if not np.isfinite(rows).all():
        return ticks[~np.isfinite(rows).all(axis=0)]
    return ticks[distinct(np.concatenate([rows.argmax(axis=1), rows.argmin(axis=1)]))]


def _searched(
    ticks: Ticks, values: Values, rounds: int = _ROUNDS, most: int = _GAPS
) -> tuple[Ticks, FloatArray]:
    """These ticks and more between them, with the values there."""
    rows = values(ticks)
    for _ in range(rounds):
        if not np.isfinite(rows).all():
            break
        with np.errstate(all="ignore"):  # an LR may be near the largest number there is
            gaps = distinct(np.concatenate([_suspects(ticks, row, most) for row in rows]))
        if not len(gaps):
            break
        more = _within(ticks[gaps], ticks[gaps + 1])
        places = np.searchsorted(ticks, more)
        rows = np.insert(rows, places, values(more), axis=1)
        ticks = np.insert(ticks, places, more)
    return ticks, rows


def _spread(marks: Ticks, size: int) -> Ticks:
    """Ticks in distances that double from both ends and from some of the marks."""
    count = int(_PER_OCTAVE * np.log2(max(size, 2))) + 1
    far = distinct(np.rint(2.0 ** (np.arange(count) / _PER_OCTAVE)).astype(np.int64))
    if len(marks) > _ANCHORS:
        marks = marks[np.linspace(0, len(marks) - 1, _ANCHORS).astype(np.int64)]
    anchors = np.concatenate([[0], marks, [size - 1]]).astype(np.int64)[:, None]
    found = np.concatenate([anchors - far, anchors, anchors + far], axis=1).ravel()
    return found[(found >= 0) & (found < size)]


def _suspects(ticks: Ticks, row: FloatArray, most: int) -> Places:
    """The gaps, by the point before each, in which something may be hidden."""
    span = row.max() - row.min()
    room = np.diff(ticks) > 1
    step = np.diff(row)
    size, sign = np.abs(step), np.sign(step)
    # Beside a turn a smooth curve goes no further than it does from there to the next points.
    beyond = np.where(sign[1:] * sign[:-1] <= 0, np.maximum(size[1:], size[:-1]), 0.0)
    hides = np.zeros(len(step))
    hides[:-1] = beyond
    np.maximum(hides[1:], beyond, out=hides[1:])
    turns = np.flatnonzero(room & (hides > _SMALL * span))
    steep = np.flatnonzero(room & (size > _STEEP * span))
    found = [_greatest(steep, size[steep], most), _greatest(turns, hides[turns], most)]
    if len(turns) > most:  # what may go beyond all the others
        higher = np.maximum(row[turns + 1], row[turns])
        lower = np.minimum(row[turns + 1], row[turns])
        found.append(_greatest(turns, hides[turns] + higher, most))
        found.append(_greatest(turns, hides[turns] - lower, most))
    return np.concatenate(found)


def _greatest(places: Places, sizes: FloatArray, most: int) -> Places:
    """The places of the greatest, if there are too many."""
    return places if len(places) <= most else places[np.argpartition(sizes, -most)[-most:]]


def _within(low: Ticks, high: Ticks) -> Ticks:
    """The ticks that cut gaps into equal parts."""
    share = np.arange(1, _PARTS) / _PARTS
    cuts = low[:, None] + ((high - low)[:, None] * share).astype(np.int64)
    return distinct(cuts[(cuts > low[:, None]) & (cuts < high[:, None])])
