"""Differences and slopes of curves, ready to be drawn: rows with their extremes, gaps cut out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.compare.frames import Frame
from lrdesigner.compare.rows import (
    Difference,
    Pairing,
    Part,
    Ratio,
    Row,
    RowDigest,
    Scaled,
    Slope,
    parts,
    share_of_change,
)
from lrdesigner.engine.digest import Digest, FloatArray

MOST_PIECES = 64
_TELLING = 1024
_PIECE = 1 << 18

Cancelled = Callable[[], bool]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Subject:
    """One row of a curve, on the document's time axis.

    Attributes:
        frame: Where its steps lie.
        values: The LR of each step, or of the steps in `steps`.
        total: Its optimizer steps.
        factor: What all of it is multiplied by: 1, or the reciprocal of its peak.
        steps: The step of each value, where only some are known (a fast curve); None for all.
        telling: Steps that a picture must not miss, for comparing it with one that is known at
            some steps only; see `telling_steps`.
    """

    frame: Frame
    values: FloatArray
    total: int
    factor: float = 1.0
    steps: IntArray | None = None
    telling: IntArray | None = None


@dataclass(frozen=True, eq=False)
class Piece:
    """A stretch of a line without gaps.

    Attributes:
        values: Its values, made when they are asked for.
        digest: Their extremes.
        offset: The document's step of the first value.
        every: Steps of the document from one value to the next.
        steps: Where values come at uneven distances: the document's step of each, less `offset`.
        end: Where the last value's hold ends, less `offset`; None for one step after it.
    """

    values: Row | FloatArray
    digest: Digest
    offset: float
    every: float = 1.0
    steps: IntArray | None = None
    end: float | None = None


@dataclass(frozen=True, eq=False)
class Plotted:
    """A line.

    Attributes:
        pieces: Its stretches, rising in time.
        unknown: At how many moments there is no value: the LR that something is in parts of is 0.
        exact: Whether every step was looked at.
    """

    pieces: tuple[Piece, ...]
    unknown: int = 0
    exact: bool = True


def difference(
    found: Subject, reference: Subject, *, relative: bool, cancelled: Cancelled | None = None
) -> Plotted:
    """One curve against another: its LR less the other's, or in parts of the other's.

    At every moment each curve has the LR of the step that began last; nothing is said of time at
    which only one of the two runs. A ratio is 1 where both LRs are 0, and there is none where only
    the reference's is.

    Args:
        found: One curve's row.
        reference: The other's; of the two only one may be known at some steps only.
        relative: Whether the ratio is asked for.
        cancelled: Whether to give up.

    Raises:
        InterruptedError: If `cancelled` said so.
    """
    if found.steps is not None or reference.steps is not None:
        return _sampled_difference(found, reference, relative=relative)
    pairing = Pairing((found.frame, found.total), (reference.frame, reference.total))
    one, other = (Scaled(each.values, each.factor) for each in (found, reference))
    row = Ratio(one, other, pairing) if relative else Difference(one, other, pairing)
    frame = pairing.frame
    offset = float(frame.place(pairing.first))
    return _plotted(row, offset, float(frame.stretch), cancelled, gaps=relative)


def slope(
    subject: Subject, over: int, *, relative: bool, cancelled: Cancelled | None = None
) -> Plotted:
    """By how much the LR differs so many of the curve's own steps later.

    Args:
        subject: A curve's row.
        over: How many steps later: 1, or those of an epoch.
        relative: Whether in percent of the LR now; there is none where that is 0 and the later
            one is not.
        cancelled: Whether to give up.

    Raises:
        InterruptedError: If `cancelled` said so.
    """
    frame = subject.frame
    if subject.steps is not None:
        return _sampled_slope(subject, over, relative=relative)
    row = Slope(Scaled(subject.values, subject.factor), over, relative=relative)
    return _plotted(row, float(frame.offset), float(frame.stretch), cancelled, gaps=relative)


def telling_steps(values: FloatArray, most: int = _TELLING) -> IntArray:
    """Steps that a coarse look must not miss: the lowest and highest of each of so many blocks."""
    size = -(-len(values) // most)
    if size < 2:
        return np.arange(len(values), dtype=np.int64)
    whole = len(values) // size * size
    blocks = values[:whole].reshape(-1, size)
    starts = np.arange(0, whole, size)
    found = [starts + blocks.argmin(axis=1), starts + blocks.argmax(axis=1)]
    return np.unique(np.concatenate([*found, [len(values) - 1]])).astype(np.int64)


# -- every step is known ---------------------------------------------------------------------------


def _plotted(
    row: Row, offset: float, every: float, cancelled: Cancelled | None, *, gaps: bool
) -> Plotted:
    unknown = _unknown(row, cancelled) if gaps else np.empty(0, np.int64)
    count = len(unknown)
    stretches = list(_stretches(unknown, len(row)))
    if len(stretches) > MOST_PIECES:
        # A schedule that touches 0 in each of many cycles: these moments are skipped.
        row, stretches = _Bridged(row, unknown), [(0, len(row))]
    pieces = []
    for first, last in stretches:
        part = row if (first, last) == (0, len(row)) else Part(row, first, last)
        digest = RowDigest(part, cancelled)
        pieces.append(Piece(part, digest, offset + first * every, every))
    return Plotted(tuple(pieces), count)


def _unknown(row: Row, cancelled: Cancelled | None) -> IntArray:
    found = []
    for start in range(0, len(row), _PIECE):
        if cancelled is not None and cancelled():
            raise InterruptedError
        part = row.values(slice(start, min(start + _PIECE, len(row))))
        found.append(np.flatnonzero(np.isnan(part)) + start)
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _stretches(unknown: IntArray, count: int) -> Iterator[tuple[int, int]]:
    """The places between the unknown ones: first, and one past the last."""
    edges = np.concatenate([[-1], unknown, [count]])
    wide = np.flatnonzero(np.diff(edges) > 1)
    yield from zip((edges[wide] + 1).tolist(), edges[wide + 1].tolist(), strict=True)


class _Bridged(Row):
    """A row in which an unknown value is the known one before it (or the first known one)."""

    def __init__(self, row: Row, unknown: IntArray) -> None:
        self._row, self._unknown = row, unknown
        # All of a run of unknown places take the value known before the first of them.
        begins = np.concatenate([[True], np.diff(unknown) > 1])
        before = unknown[begins][np.cumsum(begins) - 1] - 1
        after = unknown[np.append(begins[1:], True)][0] + 1
        self._instead = np.where(before < 0, after, before)

    def __len__(self) -> int:
        return len(self._row)

    def values(self, places: slice | IntArray) -> FloatArray:
        if isinstance(places, slice):
            places = np.arange(places.start, places.stop, dtype=np.int64)
        at = np.searchsorted(self._unknown, places)
        at = np.minimum(at, len(self._unknown) - 1)
        hit = self._unknown[at] == places
        return self._row.values(np.where(hit, self._instead[at], places))


# -- some steps are known --------------------------------------------------------------------------


def _sampled_difference(found: Subject, reference: Subject, *, relative: bool) -> Plotted:
    sampled, other = (found, reference) if found.steps is not None else (reference, found)
    assert sampled.steps is not None
    assert other.steps is None, "two curves that are known at some steps only"
    pairing = Pairing((sampled.frame, sampled.total), (other.frame, other.total))
    first, last = _overlap(sampled, other)
    steps = sampled.steps
    if other.telling is not None:
        own = (float(other.frame.offset - sampled.frame.offset), float(other.frame.stretch))
        more = np.ceil((other.telling * own[1] + own[0]) / float(sampled.frame.stretch))
        steps = np.unique(np.concatenate([steps, more.astype(np.int64)]))
    steps = steps[(steps >= first) & (steps < last)]
    if not len(steps):
        return Plotted((), exact=False)
    one = np.interp(steps, sampled.steps, sampled.values) * sampled.factor
    two = other.values[_at(pairing, sampled, other, steps)] * other.factor
    if sampled is reference:
        one, two = two, one
    values = parts(one, two) if relative else one - two
    return _sampled(values, steps, last, sampled.frame)


def _overlap(sampled: Subject, other: Subject) -> tuple[int, int]:
    """The first of the sampled curve's steps at which both are there, and one past the last."""
    frame, its = sampled.frame, other.frame
    first = max(0, math.ceil((its.offset - frame.offset) / frame.stretch))
    end = math.ceil((its.place(other.total) - frame.offset) / frame.stretch)
    return first, min(sampled.total, end)


def _at(pairing: Pairing, sampled: Subject, other: Subject, steps: IntArray) -> IntArray:
    """The other's step that is in force at the beginning of some of the sampled one's."""
    if not pairing.coarse:
        found = pairing.steps(steps - pairing.first)[1]
        assert isinstance(found, np.ndarray)
        return found
    place = steps * float(sampled.frame.stretch) + float(sampled.frame.offset)
    index = np.floor((place - float(other.frame.offset)) / float(other.frame.stretch) + 1e-9)
    return np.asarray(np.clip(index, 0, other.total - 1).astype(np.int64))


def _sampled_slope(subject: Subject, over: int, *, relative: bool) -> Plotted:
    assert subject.steps is not None
    steps = subject.steps[subject.steps < subject.total - over]
    if not len(steps):
        return Plotted((), exact=False)
    values = subject.values * subject.factor
    if over == 1:
        # Between two known steps the change of one step is their difference, evenly shared out.
        gaps = np.diff(subject.steps)[: len(steps)]
        now, later = values[: len(steps)], values[1 : len(steps) + 1]
        then = now + (later - now) / gaps
    else:
        now = values[: len(steps)]
        then = np.interp(steps + over, subject.steps, values)
    change = share_of_change(then, now) if relative else then - now
    return _sampled(change, steps, subject.total - over, subject.frame)


def _sampled(values: FloatArray, steps: IntArray, end: int, frame: Frame) -> Plotted:
    """A line through values at some steps of a curve."""
    unknown = np.flatnonzero(np.isnan(values))
    pieces = []
    stretches = list(_stretches(unknown, len(values)))[:MOST_PIECES]
    for first, last in stretches:
        own = steps[first:last]
        # Up to the next known value; where that is none, the line ends with its last one.
        stop = end if last == len(steps) else int(own[-1]) + 1
        pieces.append(
            Piece(
                values[first:last],
                Digest(values[first:last]),
                float(frame.place(int(own[0]))),
                float(frame.stretch),
                own - own[0],
                float(stop - own[0]),
            )
        )
    return Plotted(tuple(pieces), len(unknown), exact=False)
