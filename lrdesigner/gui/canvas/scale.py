"""Where a learning rate stands on the canvas, linearly or in powers of ten. No Qt.

pyqtgraph's own log mode moves curves only, neither handles nor bands. Here everything that is
drawn goes through one `LrScale`, so that nothing can be left behind.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from lrdesigner import numerals
from lrdesigner.axes import MINUS, FloatArray, log_ticks, nice_ticks, scientific, value_labels
from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.i18n import tr

_DECADES = 7
_TOP, _BOTTOM = 0.065, 0.06
_FLOOR_GAP = 0.10
_PIXELS_PER_TICK = 34.0
_PIXELS_PER_DECADE = 22.0
_LABEL_PIXELS = 16.0
_NOTHING = 1e-3
# Beyond these nothing can be drawn, and sums or powers would no longer be numbers.
_MOST, _LEAST_SPAN = 1e100, 1e-100
_FAR = 1e6  # in units of what is seen
_LEAST_PERCENT, _MOST_PERCENT = 1e-3, 1e6
_FIRST_DECADE, _LAST_DECADE = -240.0, 308.0


@dataclass(frozen=True)
class LrScale:
    """The LR axis: learning rates to axis units (themselves, or their exponents) and back.

    Attributes:
        log: Whether the units are exponents of ten.
        low: Axis unit at the bottom.
        high: Axis unit at the top.
        floor: Log only: where everything is drawn that is lower, zero above all.
        zero: Log only: whether something does reach zero.
        clipped: Log only: whether something positive lies below the floor.
        below: Log only: whether something is less than zero, which has no logarithm.
    """

    log: bool
    low: float
    high: float
    floor: float = -math.inf
    zero: bool = False
    clipped: bool = False
    below: bool = False

    @classmethod
    def fit(cls, extents: Iterable[Extent], log: bool) -> Self:
        """The scale that shows all of these with a margin."""
        found = list(extents)
        low = min((e.low for e in found), default=0.0)
        high = max((e.high for e in found), default=0.0)
        if not log:
            return cls._linear(low, high)
        positive = min((e.positive for e in found), default=math.inf)
        # Below the lowest line's peak by this much, nobody can tell a learning rate from none.
        peak = min((e.high for e in found if e.high > 0), default=0.0)
        return cls._log(positive, peak * 10.0**-_DECADES, high, zero=low <= 0, below=low < 0)

    @classmethod
    def _linear(cls, low: float, high: float) -> Self:
        low, high = drawable(min(low, 0.0)), drawable(max(high, 0.0))
        span = max(high - low, _LEAST_SPAN) if high > low else 1.0
        return cls(False, low - 0.04 * span, low + (1 + _TOP) * span)

    @classmethod
    def _log(cls, positive: float, least: float, high: float, *, zero: bool, below: bool) -> Self:
        if high <= 0:
            positive = least = high = _NOTHING
        top = _decade(high)
        bottom = min(top, _decade(max(positive, least)))
        span = max(top - bottom, 1.0)
        clipped = positive < max(least, 10.0**_FIRST_DECADE)
        if zero or clipped:
            floor = bottom - _FLOOR_GAP * span
            return cls(True, floor - 0.04 * span, top + _TOP * span, floor, zero, clipped, below)
        if top - bottom < 1:  # a flat curve stands in the middle of a decade
            middle = (top + bottom) / 2
            return cls(True, middle - 0.55, middle + 0.55, middle - 0.55)
        low = bottom - _BOTTOM * span
        if bottom - math.floor(bottom) < 0.35:  # the next power of ten makes a good ground line
            low = min(low, math.floor(bottom) - 0.02 * span)
        return cls(True, low, top + _TOP * span, low)

    def covers(self, other: LrScale) -> bool:
        """Whether what `other` was made for can be seen here too."""
        if self.log != other.log or (other.below, other.zero, other.clipped) > (
            self.below,
            self.zero,
            self.clipped,
        ):
            return False
        margin = 0.03 * (other.high - other.low)
        return self.low <= other.low + margin and self.high >= other.high - margin

    def widened(self, other: LrScale) -> LrScale:
        """Both ranges together."""
        return replace(
            self,
            low=min(self.low, other.low),
            high=max(self.high, other.high),
            floor=min(self.floor, other.floor),
            zero=self.zero or other.zero,
            clipped=self.clipped or other.clipped,
            below=self.below or other.below,
        )

    def units(self, values: FloatArray) -> FloatArray:
        """Learning rates in axis units."""
        if not self.log:
            far = _FAR * (self.high - self.low)  # while the scale changes, lines may be anywhere
            return np.clip(values, self.low - far, self.high + far)
        least = 10.0**self.floor
        return np.asarray(np.log10(np.maximum(values, least)))

    def unit(self, value: float) -> float:
        """One learning rate in axis units."""
        if not self.log:
            return drawable(value)
        return max(math.log10(value), self.floor) if value > 0 else self.floor

    def value(self, unit: float) -> float:
        """The learning rate at an axis unit; never negative."""
        return power_of_ten(unit) if self.log else max(0.0, drawable(unit))

    def ticks(self, height: float) -> list[tuple[float, str]]:
        """Axis units that get a line, and their labels, for that many pixels."""
        if not self.log:
            count = max(2, int(height / _PIXELS_PER_TICK))
            values = nice_ticks(self.low, self.high, count)
            return list(zip(values, value_labels(values), strict=True))
        count = max(2, int(height / _PIXELS_PER_DECADE))
        values = [
            v for v in log_ticks(power_of_ten(self.low), power_of_ten(self.high), count) if v > 0
        ]
        ticks = [(math.log10(v), scientific(v)) for v in values]
        if not (self.zero or self.clipped):
            return ticks
        free = self.floor + _LABEL_PIXELS * (self.high - self.low) / max(1.0, height)
        above = [tick for tick in ticks if tick[0] >= free]
        lowest = "≤ 0" if self.below else "0" if self.zero else tr("lower")
        return [(self.floor, lowest), *above]


class ShareScale(LrScale):
    """The axis of curves in parts of their own peaks, labelled in percent."""

    def ticks(self, height: float) -> list[tuple[float, str]]:
        """Axis units that get a line, and their labels, for that many pixels."""
        found = super().ticks(height)
        return [(unit, self._percent(unit, text)) for unit, text in found]

    def _percent(self, unit: float, text: str) -> str:
        if self.log and unit == self.floor and (self.zero or self.clipped):
            return text
        share = float(f"{100 * (power_of_ten(unit) if self.log else unit):.6g}")
        if share and not _LEAST_PERCENT <= abs(share) < _MOST_PERCENT:
            return f"{scientific(share)}%"
        return numerals.localised(f"{share:,.6g}").replace("-", MINUS) + "%"


def drawable(value: float) -> float:
    """The nearest value that has a place on a linear axis."""
    return max(-_MOST, min(value, _MOST))


def power_of_ten(exponent: float) -> float:
    """Ten to that power, where it is neither zero nor beyond all numbers."""
    return float(10.0 ** max(-307.0, min(exponent, _LAST_DECADE)))


def _decade(value: float) -> float:
    return max(_FIRST_DECADE, min(math.log10(value), _LAST_DECADE))
