"""Axes of a drawn curve: ranges, ticks, and their labels. No Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner import numerals

FloatArray = NDArray[np.float64]

MAX_DECADES = 12
# Ticks and margins of what lies beyond would no longer be numbers.
_LEAST, _MOST = 1e-300, 1e300
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Axis:
    """One axis: what it spans, and its marks.

    Attributes:
        low: Value at its start.
        high: Value at its end.
        ticks: Values that get a grid line and a label.
        labels: One text for each tick.
        log: Whether equal distances are equal factors.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    log: bool = False

    def place(self, values: FloatArray) -> FloatArray:
        """Where values lie between start (0) and end (1); what log cannot show lies far below."""
        if not self.log:
            return np.asarray((values - self.low) / (self.high - self.low))
        low, high = math.log10(self.low), math.log10(self.high)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(values > 0, np.log10(values), -np.inf)
        # A finite place: a line that dives out of the picture has to dive somewhere.
        return np.maximum((logs - low) / (high - low), -1.0)


def value_axis(rows: Iterable[FloatArray], *, log: bool, marks: int) -> Axis:
    """The axis of learning rates for curves with these values.

    A linear one begins at 0, so that heights can be compared; a log one at the lowest positive
    value, but at most `MAX_DECADES` below the highest.

    Args:
        rows: The values of each line.
        log: Whether the axis is logarithmic.
        marks: About how many ticks there is room for.
    """
    lows, highs, positive = [], [], []
    for row in rows:
        lows.append(float(row.min()))
        highs.append(float(row.max()))
        if log and (row > 0).any():
            positive.append(float(row[row > 0].min()))
    low, high = min(lows, default=0.0), max(highs, default=0.0)
    if log and positive:
        return _log_axis(max(min(positive), high * 10.0**-MAX_DECADES), high, marks)
    return _linear_axis(min(low, 0.0), max(high, 0.0), marks)


def _linear_axis(low: float, high: float, marks: int) -> Axis:
    low, high = max(low, -_MOST), min(high, _MOST)
    if high - low < _LEAST:
        high = low + 1.0
    pad = 0.05 * (high - low)
    low, high = low - pad if low < 0 else low, high + pad if high > 0 else high
    found = nice_ticks(low, high, marks)
    return Axis(low, high, tuple(found), tuple(value_labels(found)))


def _log_axis(low: float, high: float, marks: int) -> Axis:
    low = max(_LEAST, min(low, _MOST))
    high = max(low, min(high, _MOST))
    span = math.log10(high / low)
    pad = 10.0 ** (0.05 * span if span > 0.05 else 0.1)
    low, high = low / pad, high * pad
    found = log_ticks(low, high, marks)
    return Axis(low, high, tuple(found), tuple(scientific(tick) for tick in found), log=True)


def time_axis(end: float, marks: int) -> Axis:
    """The axis of steps or epochs, from 0 to `end`."""
    found = [tick for tick in nice_ticks(0.0, end, marks) if end < 1 or tick == int(tick)]
    return Axis(0.0, end, tuple(found), tuple(count_labels(found)))


def nice_ticks(low: float, high: float, count: int) -> list[float]:
    """Round values from `low` to `high`, 1, 2 or 5 times a power of ten apart.

    The closest spacing with at most `count` ticks.
    """
    step = _nice_step((high - low) / max(1, count))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    # Through decimal text: 3 * 0.1 would be 0.30000000000000004.
    return [float(f"{index * step:.12g}") for index in range(first, last + 1)]


def _nice_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * 0.999)


def log_ticks(low: float, high: float, count: int) -> list[float]:
    """Powers of ten between `low` and `high`, thinned to `count`.

    Where fewer than two of them fall into the range, 2 and 5 times them as well, and where even
    these do not, evenly spaced round values.
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    decades = [float(f"1e{power}") for power in range(first, last + 1)]
    found = [tick for tick in decades if low <= tick <= high]
    if len(found) >= 2:
        every = math.ceil(len(found) / max(2, count))
        return [tick for tick in found if round(math.log10(tick)) % every == 0]
    finer = [float(f"{m}e{power}") for power in range(first, last + 1) for m in (1, 2, 5)]
    found = [tick for tick in finer if low <= tick <= high]
    return found if len(found) >= 2 else nice_ticks(low, high, 8)


def scientific(value: float) -> str:
    """A value as mantissa and power of ten, such as ``1e−3``, in at most four digits."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.3e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return numerals.localised(f"{mantissa}e{int(exponent)}").replace("-", MINUS)


def value_labels(ticks: Sequence[float]) -> list[str]:
    """Labels of a linear LR axis, all in the same notation."""
    largest = max((abs(tick) for tick in ticks), default=0.0)
    if largest and not 1e-3 <= largest < 1e4:
        return [scientific(tick) for tick in ticks]
    digits = 0
    while digits < 6 and any(abs(round(tick, digits) - tick) > 1e-9 * largest for tick in ticks):
        digits += 1
    if digits > 4:
        return [scientific(tick) for tick in ticks]
    texts = (numerals.localised(f"{tick:.{digits}f}") if tick else "0" for tick in ticks)
    return [text.replace("-", MINUS) for text in texts]


def count_labels(ticks: Sequence[float]) -> list[str]:
    """Labels of an axis that counts: grouped, and from two millions on as ``2.5M``, ``300B``."""
    largest = max(ticks, default=0.0)
    scale, sign = next(((s, sign) for s, sign in _SCALES if largest >= 2 * s), (1, ""))
    if not sign:
        plain = (f"{tick:,.0f}" if tick == int(tick) else f"{tick:g}" for tick in ticks)
        return [numerals.localised(text).replace("-", MINUS) for text in plain]
    # Zoomed in far, three digits would be the same for all.
    digits = next(
        (d for d in range(7) if not any(round(tick) * 10**d % scale for tick in ticks)), None
    )
    if digits is None:
        return [numerals.localised(f"{tick:,.0f}") for tick in ticks]
    texts = (f"{tick / scale:,.{digits}f}" for tick in ticks)
    shorter = (text.rstrip("0").rstrip(".") if "." in text else text for text in texts)
    counted = (f"{numerals.localised(text)}{sign}" for text in shorter)
    return [text if tick else "0" for text, tick in zip(counted, ticks, strict=True)]


_SCALES = ((10**12, "T"), (10**9, "B"), (10**6, "M"))
