"""From the points of a line to what is really stroked. No Qt.

Stroking is what costs: a wide line through a thousand steep zigzags keeps the rasteriser busy
for seconds. Points that a straight line replaces are dropped, and a line that swings faster than
pixels can show becomes one upright stroke for each column, as audio editors draw a waveform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrdesigner.axes import FloatArray

_TOLERANCE = 0.06
_ROUNDS = 10
_PATH_TRAVEL = 6_000.0
_SMOOTH_TRAVEL = 40_000.0
_DENSE_TRAVEL = 120_000.0
_COLUMN = 1.0

Stroke = Literal["path", "pieces", "columns"]


@dataclass(frozen=True, eq=False)
class Trace:
    """What to stroke.

    Attributes:
        x: Steps.
        y: Axis units.
        stroke: ``"path"``: one line with round joins, the best looking; ``"pieces"``: each piece
            by itself, which is fast however steep they are; ``"columns"``: the points are pairs,
            each an upright stroke one pixel wide.
        smooth: Whether antialiasing is worth its price.
    """

    x: FloatArray
    y: FloatArray
    stroke: Stroke = "path"
    smooth: bool = True


def trace(
    x: FloatArray, y: FloatArray, per_step: float, per_unit: float, pen_width: float
) -> Trace:
    """What to stroke for a line through these points.

    Args:
        x: Steps, rising.
        y: Axis units.
        per_step: Pixels of one step.
        per_unit: Pixels of one axis unit.
        pen_width: Width of the line in pixels.
    """
    across, up = x * per_step, y * per_unit
    travel = float(np.abs(np.diff(up)).sum())
    if travel > _DENSE_TRAVEL:
        return _columns(x, y, across, per_step, pen_width / 2 / per_unit)
    kept = straightened(across, up)
    stroke: Stroke = "path" if travel <= _PATH_TRAVEL else "pieces"
    return Trace(x[kept], y[kept], stroke, smooth=travel <= _SMOOTH_TRAVEL)


def straightened(x: FloatArray, y: FloatArray) -> NDArray[np.int64]:
    """Indices of the points that a line needs to stay within a fraction of a pixel.

    Each round drops every other point that lies on the line between its neighbours; points at
    corners stay. It looks at all points at once, which is what makes it fast.
    """
    kept = np.arange(len(x), dtype=np.int64)
    for _ in range(_ROUNDS):
        if len(kept) < 4:
            break
        middle = np.arange(1, len(kept) - 1, 2)
        a, b, c = kept[middle - 1], kept[middle], kept[middle + 1]
        away = _distance(x[b] - x[a], y[b] - y[a], x[c] - x[a], y[c] - y[a])
        drop = away < _TOLERANCE
        if not drop.any():
            break
        mask = np.ones(len(kept), dtype=bool)
        mask[middle[drop]] = False
        kept = kept[mask]
    return kept


def _distance(px: FloatArray, py: FloatArray, dx: FloatArray, dy: FloatArray) -> FloatArray:
    """Distance of points p from the stretch between the origin and d."""
    length = np.maximum(dx * dx + dy * dy, 1e-30)
    share = np.clip((px * dx + py * dy) / length, 0.0, 1.0)
    return np.hypot(px - share * dx, py - share * dy)


def _columns(
    x: FloatArray, y: FloatArray, across: FloatArray, per_step: float, half_pen: float
) -> Trace:
    column = np.floor((across - across[0]) / _COLUMN)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(column)) + 1])
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    # Each column reaches to where the next one begins, so that the line has no gaps.
    following = y[starts[1:]]
    low[:-1], high[:-1] = np.minimum(low[:-1], following), np.maximum(high[:-1], following)
    middle = x[0] + (column[starts] + 0.5) * _COLUMN / per_step
    ends = np.stack([low - half_pen, high + half_pen], axis=1).ravel()
    return Trace(np.repeat(middle, 2), ends, "columns", smooth=False)
