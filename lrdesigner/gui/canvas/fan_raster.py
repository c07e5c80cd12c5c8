"""Many curves as one picture. No Qt.

A thousand translucent lines are a million pieces for a painter. Here each curve covers, in each
column of pixels, what lies between where it enters and leaves it; what the curves cover together
is summed up with a few passes over arrays, and becomes colour and opacity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lrdesigner.axes import FloatArray

_CURVES_AT_ONCE = 256
_MOST = 0.88


def opacity_of_one(curves: int) -> float:
    """How opaque one of that many curves is: few are lines, many are a cloud."""
    return float(np.clip(22.0 / max(1, curves), 0.12, 0.75))


def draw_curves(
    x: FloatArray,
    y: FloatArray,
    shades: FloatArray,
    size: tuple[int, int],
    ramp: NDArray[np.uint8],
    width: float,
    opacity: float,
) -> NDArray[np.uint8]:
    """A picture of curves through the same x.

    Args:
        x: Pixels from the left, rising.
        y: Pixels from the top, ``[curves, points]``; NaN where a curve is not.
        shades: Where on the ramp each curve's colour is, 0 to 1.
        size: Width and height of the picture.
        ramp: ``[colours, 3]``, red, green and blue.
        width: Width of a curve in pixels.
        opacity: How opaque one curve is.

    Returns:
        ``[height, width, 4]``: blue, green, red and alpha, multiplied by alpha, as Qt's ARGB32.
    """
    columns, rows = size
    covered = np.zeros((columns, rows + 2))
    shaded = np.zeros_like(covered)
    for first in range(0, len(y), _CURVES_AT_ONCE):
        part = slice(first, first + _CURVES_AT_ONCE)
        low, high = _extents(x, y[part], columns, rows, width)
        weights = (~np.isnan(low)).astype(np.float64)
        low, high = np.nan_to_num(low), np.nan_to_num(high)
        for target, amount in ((covered, weights), (shaded, weights * shades[part, None])):
            _add(target, high, amount)
            _add(target, low, -amount)
    # From the bottom up: an edge covers all that lies before it.
    covered = np.cumsum(covered[:, ::-1], axis=1)[:, ::-1][:, 1 : rows + 1].T
    shaded = np.cumsum(shaded[:, ::-1], axis=1)[:, ::-1][:, 1 : rows + 1].T
    return _colored(covered, shaded, ramp, opacity)


def _extents(
    x: FloatArray, y: FloatArray, columns: int, rows: int, width: float
) -> tuple[FloatArray, FloatArray]:
    """Highest and lowest pixel of each curve in each column; NaN where it is not."""
    edges = np.arange(columns + 1, dtype=np.float64)
    place = np.clip(np.searchsorted(x, edges, side="right") - 1, 0, max(0, len(x) - 2))
    after = np.minimum(place + 1, len(x) - 1)
    gap = np.maximum(x[after] - x[place], 1e-9)
    share = np.clip((edges - x[place]) / gap, 0.0, 1.0)
    at = y[:, place] * (1 - share) + y[:, after] * share
    at[:, (edges < x[0] - 1) | (edges > x[-1] + 1)] = np.nan
    half = width / 2
    low = np.minimum(at[:, :-1], at[:, 1:]) - half
    high = np.maximum(at[:, :-1], at[:, 1:]) + half
    return np.clip(low, 0, rows), np.clip(high, 0, rows)


def _add(target: FloatArray, edges: FloatArray, amounts: FloatArray) -> None:
    """Mark edges, each shared between the two pixels it lies in."""
    columns, stride = target.shape
    whole = edges.astype(np.int64)
    part = (edges - whole) * amounts
    place = whole + (np.arange(columns, dtype=np.int64) * stride + 1)
    flat = target.reshape(-1)
    flat += np.bincount(place.ravel(), part.ravel(), minlength=flat.size)[: flat.size]
    before = np.bincount(place.ravel() - 1, (amounts - part).ravel(), minlength=flat.size)
    flat += before[: flat.size]


def _colored(
    covered: FloatArray, shaded: FloatArray, ramp: NDArray[np.uint8], opacity: float
) -> NDArray[np.uint8]:
    picture = np.zeros((*covered.shape, 4), dtype=np.uint8)
    seen = covered > 1e-3
    amount = covered[seen]
    alpha = np.minimum(1.0 - (1.0 - opacity) ** amount, _MOST)
    shade = np.clip(shaded[seen] / amount, 0.0, 1.0)
    color = ramp[(shade * (len(ramp) - 1)).astype(np.int64)]
    picture[seen, :3] = color[:, ::-1] * alpha[:, None]
    picture[seen, 3] = 255 * alpha
    return picture
