"""What a stroke of the hand does to a metric. No Qt.

Values are those of the epochs' ends. The hand is somewhere on the time axis; the epoch whose end
is nearest is the one it means.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.axes import FloatArray

_DIGITS = 2000.0
_NOISE = 0.03


@dataclass(frozen=True)
class Spot:
    """Where the hand is: how many epochs are over (with fractions), and at which value."""

    epochs: float
    value: float

    def place(self, count: int) -> int:
        """The index of the value that is meant."""
        return max(0, min(math.floor(self.epochs + 0.5) - 1, count - 1))


def resolution(low: float, high: float) -> int:
    """Decimals that are enough for values drawn between these."""
    span = high - low
    return max(0, math.ceil(-math.log10(span / _DIGITS))) if span > 0 else 6


def drawn(values: FloatArray, start: Spot, end: Spot) -> tuple[FloatArray, int]:
    """The values after the hand went straight from `start` to `end`.

    Every epoch it passes gets the height at which it was passed; the one where it is now gets
    its present height.

    Returns:
        The values, and the highest index that was touched.
    """
    result = values.copy()
    first, last = start.place(len(values)), end.place(len(values))
    low, high = min(first, last), max(first, last)
    if high > low:
        places = np.arange(low, high + 1)
        ends = sorted(((start.epochs, start.value), (end.epochs, end.value)))
        epochs, heights = zip(*ends, strict=True)
        result[places] = np.interp(places + 1.0, epochs, heights)
    result[last] = end.value
    return result, high


def straightened(values: FloatArray, start: Spot, end: Spot) -> tuple[FloatArray, int]:
    """The values with a straight line in place of everything between the two epochs."""
    low, high = sorted((start.place(len(values)), end.place(len(values))))
    result = values.copy()
    result[low : high + 1] = np.linspace(values[low], values[high], high - low + 1)
    return result, high


def smoothed(values: FloatArray, spot: Spot, reach: float) -> tuple[FloatArray, int]:
    """The values drawn towards the mean of their neighbours, most where the hand is.

    Args:
        values: The values.
        spot: Where the hand is.
        reach: Radius of the brush, in epochs.
    """
    places, weights = _brush(len(values), spot, reach)
    if not len(places):
        return values, 0
    width = max(1, round(reach / 3))
    padded = np.pad(values, width, mode="edge")
    sums = np.cumsum(np.concatenate([[0.0], padded]))
    means = (sums[places + 2 * width + 1] - sums[places]) / (2 * width + 1)
    result = values.copy()
    result[places] += weights * (means - values[places])
    return result, int(places[-1])


def roughened(
    values: FloatArray, spot: Spot, reach: float, span: float, noise: FloatArray
) -> tuple[FloatArray, int]:
    """The values with noise, most where the hand is.

    Args:
        values: The values before the stroke.
        spot: Where the hand is.
        reach: Radius of the brush, in epochs.
        span: What counts as the height of the picture.
        noise: One number for each value, around 0; a place gets the same however often the
            hand comes by.
    """
    places, weights = _brush(len(values), spot, reach)
    if not len(places):
        return values, 0
    result = values.copy()
    result[places] += weights * _NOISE * span * noise[places]
    return result, int(places[-1])


def _brush(count: int, spot: Spot, reach: float) -> tuple[NDArray[np.int64], FloatArray]:
    """The indices under the brush and its strength there."""
    reach = max(reach, 0.6)
    first = max(0, math.ceil(spot.epochs - reach) - 1)
    last = min(count - 1, math.floor(spot.epochs + reach) - 1)
    places = np.arange(first, last + 1, dtype=np.int64)
    away = (places + 1.0 - spot.epochs) / (reach + 0.5)
    return places, np.asarray(1.0 - away * away)
