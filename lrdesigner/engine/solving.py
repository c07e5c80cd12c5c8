"""Finding the number that gives a wanted result, for results that rise or fall with it."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

_CLOSE = 1e-9
_STEPS = 64
_DOUBLINGS = 120
_DIGITS = range(2, 17)

Measure = Callable[[float], float]


def solve(measure: Measure, target: float, start: float, low: float, high: float) -> float:
    """The number between `low` and `high` whose measure is nearest to `target`.

    Straight lines and powers are met in one step, all else is bracketed and bisected.

    Args:
        measure: Rises or falls all the way; nan or an error of arithmetic where it has no value.
        target: What is wanted.
        start: A number that has a measure.
        low: The smallest number allowed.
        high: The greatest.

    Returns:
        The number; `start` if the measure does not depend on it.
    """
    measure = partial(_value, measure)
    start = min(max(start, low), high)
    here = measure(start)
    probe = _probe(start, low, high)
    there = measure(probe)
    if not math.isfinite(here) or not math.isfinite(there) or here == there:
        return _beyond_level(measure, target, start, here, (low, high))
    for guess in (
        _line(start, probe, here, there, target),
        _power(start, probe, here, there, target),
    ):
        if guess is not None and _near(measure(min(max(guess, low), high)), target):
            return min(max(guess, low), high)
    upwards = (there > here) == (probe > start)
    return _bisected(measure, target, start, high if upwards == (target > here) else low)


def _beyond_level(
    measure: Measure, target: float, start: float, here: float, limits: tuple[float, float]
) -> float:
    """Where the measure does not change at first, it may do so further on."""
    for limit in limits:
        there = measure(limit)
        if math.isfinite(there) and there != here and (there > here) == (target > here):
            return _bisected(measure, target, start, limit)
    return start


def _value(measure: Measure, number: float) -> float:
    try:
        return measure(number)
    except ArithmeticError:
        return math.nan


def _probe(start: float, low: float, high: float) -> float:
    step = abs(start) / 8 or min(1e-3, high - low)
    return start + step if start + step <= high else max(low, start - step)


def _near(value: float, target: float) -> bool:
    return abs(value - target) <= _CLOSE * abs(target)


def _line(x0: float, x1: float, y0: float, y1: float, target: float) -> float:
    return x0 + (target - y0) * (x1 - x0) / (y1 - y0)


def _power(x0: float, x1: float, y0: float, y1: float, target: float) -> float | None:
    if min(x0, x1, y0, y1, target) <= 0:
        return None
    slope = math.log(y1 / y0) / math.log(x1 / x0)
    exponent = math.log(target / y0) / slope if slope else math.inf
    return x0 * math.exp(exponent) if abs(exponent) < 500 else None


def _bisected(measure: Measure, target: float, start: float, limit: float) -> float:
    """From `start` towards `limit`: steps that double until the target is passed, then halves."""
    rising = target > measure(start)
    good, step = start, (abs(start) / 4 or 1e-6)
    direction = 1.0 if limit > start else -1.0
    bad = limit
    for _ in range(_DOUBLINGS):
        following = good + direction * step
        if (following - limit) * direction >= 0 or not math.isfinite(following):
            break
        value = measure(following)
        if not math.isfinite(value) or (value > target) == rising:
            bad = following
            break
        good, step = following, step * 2
    end = measure(bad)
    if math.isfinite(end) and end != target and (end > target) != rising:
        return bad
    for _ in range(_STEPS):
        middle = _middle(good, bad)
        value = measure(middle)
        if math.isfinite(value) and (value > target) != rising:
            good = middle
        else:
            bad = middle
    return bad if math.isfinite(measure(bad)) else good


def _middle(one: float, other: float) -> float:
    apart = min(one, other) > 0 and max(one, other) > 4 * min(one, other)
    return math.sqrt(one) * math.sqrt(other) if apart else (one + other) / 2


def tidied(value: float, good: Callable[[float], bool]) -> float:
    """The number with as few digits as still are good enough."""
    for digits in _DIGITS:
        short = float(f"{value:.{digits}g}")
        if good(short):
            return short
    return value
