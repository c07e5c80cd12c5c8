"""Where a curve does something that a picture must not miss: jumps, bends, peaks and troughs.

A fast curve is evaluated at few of its steps. A scheduler's declaration tells where those must
be, so that a drop of a single step, or the peak of a cycle, is drawn at every zoom.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lrdesigner.engine.arrays import FloatArray


@dataclass(frozen=True)
class Beat:
    """Landmarks that come again and again, at ``first``, ``first + every`` and so on.

    Attributes:
        first: Any of them, as a local time.
        every: Ticks from one to the next, above 0; need not be a whole number.
    """

    first: float
    every: float


@dataclass(frozen=True)
class Landmarks:
    """The landmarks of one curve, in its local time (scheduler steps).

    At a landmark something new begins: the first tick not before it has the new value (of a
    jump, a peak or a trough), the tick before it has the old one. Both are worth drawing.

    Attributes:
        times: Local times, in any order; they may lie between ticks.
        beats: Those that come again and again.
        restless: Whether the curve may swing in ways that the others do not tell of.
    """

    times: tuple[float, ...] = ()
    beats: tuple[Beat, ...] = ()
    restless: bool = False


NONE = Landmarks()


def joined(found: Iterable[Landmarks]) -> Landmarks:
    """The landmarks of several curves, each once."""
    every = list(found)
    if len(every) == 1:
        return every[0]
    return Landmarks(
        tuple(dict.fromkeys(time for each in every for time in each.times)),
        tuple(dict.fromkeys(beat for each in every for beat in each.beats)),
        any(each.restless for each in every),
    )


_FEW = 8  # times; an array costs more
_HAIR = 1e-9


def _tick_at(time: float) -> float:
    """The first tick not before a time; one that is nowhere stays so."""
    if not math.isfinite(time):
        return time
    near = round(time)
    close = abs(time - near) <= _HAIR * max(abs(near), 1.0)
    return float(near if close else math.ceil(time))


def ticks_at(times: Iterable[float] | FloatArray, ticks: int) -> FloatArray:
    """The first ticks not before these times, as whole floats; those beyond all ticks left out.

    A time that rounding has put a hair after a tick is that tick.
    """
    if not isinstance(times, np.ndarray):
        times = tuple(times)
        if len(times) <= _FEW:
            one_by_one = [_tick_at(time) for time in times]
            return np.array([tick for tick in one_by_one if 0 <= tick < ticks], np.float64)
    exact = np.asarray(times, np.float64)
    near = np.rint(exact)
    close = np.abs(exact - near) <= _HAIR * np.maximum(np.abs(near), 1.0)
    found: FloatArray = np.where(close, near, np.ceil(exact))
    return found[(found >= 0) & (found < ticks)]
