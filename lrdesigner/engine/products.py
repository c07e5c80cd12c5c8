"""Products f(1) · … · f(t) of a formula's values, over millions of steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import FloatArray
from lrdesigner.engine.formula import Formula
from lrdesigner.engine.landmarks import ticks_at
from lrdesigner.engine.sums import sums, wave_sums

LONGEST = 100_000  # ticks of a rhythm that is gone through once
BLOCK = 16_384
_MANY = 500  # places that cut the run into pieces

Times = NDArray[np.int64]
Logs = Callable[[Any], FloatArray]


def products(formula: Formula, length: int, base: float, times: Times) -> FloatArray:
    """The products at some times, by all factors up to the last of them."""
    own = base if "lr" in formula.names else 0.0
    return _products(formula, length, own, int(times.max(initial=0)))[times]


# A window asks for the same ones several times for one picture, and at every frame of a drag.
@lru_cache(maxsize=1)
def _products(formula: Formula, length: int, base: float, last: int) -> FloatArray:
    found = np.ones(last + 1)
    for first in range(1, last + 1, BLOCK):  # in pieces that stay in the processor's cache
        times = np.arange(first, min(first + BLOCK, last + 1), dtype=np.int64)
        found[times[0] : times[-1] + 1] = formula.array(times, T=length, lr=base)
    with np.errstate(all="ignore"):
        np.multiply.accumulate(found, out=found)
    found.setflags(write=False)
    return found


def log_products(formula: Formula, length: int, base: float, times: Times) -> FloatArray | None:
    """The products' logarithms, from few of the factors; None where that cannot be done.

    It can where factors come again and again, where they swing as sines and cosines do, and where
    they are smooth but for a few places; always above 0.
    """

    def logs(steps: Any) -> FloatArray:
        with np.errstate(all="ignore"):
            return np.log(formula.array(steps, T=length, lr=base))

    period = formula.period(T=length, lr=base, longest=LONGEST)
    if period is not None:
        return _recurring(logs, period, times)
    wave = formula.wave(T=length, lr=base)
    if wave is not None:
        found = wave_sums(logs, wave, times)
        if found is not None:
            return found
    return _summed(formula, logs, length, base, times)


def _recurring(logs: Logs, period: int, times: Times) -> FloatArray | None:
    values = logs(np.arange(1, period + 1, dtype=np.int64))
    running = np.concatenate([[0.0], np.cumsum(values)])
    if not np.isfinite(running[-1]):
        return None  # a factor that is not positive
    found: FloatArray = times // period * math.fsum(values) + running[times % period]
    return found


def _summed(
    formula: Formula, logs: Logs, length: int, base: float, times: Times
) -> FloatArray | None:
    last = int(times.max())
    marks = formula.landmarks(T=length, lr=base, ticks=last)
    places = [np.array(marks.times, np.float64)]
    # Of a smooth formula the beats are peaks and troughs, where nothing new begins.
    for beat in () if formula.smooth else marks.beats:
        if last / beat.every > _MANY:
            return None
        places.append(np.arange(beat.first, last, beat.every))
    if marks.restless and not formula.smooth:
        return None
    ticks = ticks_at(np.concatenate(places), last + 1).astype(np.int64)
    return sums(logs, last, times, [*(ticks - 1).tolist(), *ticks.tolist()])
