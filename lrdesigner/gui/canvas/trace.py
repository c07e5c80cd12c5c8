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
_ROUNDS = 20
_FEW = 200  # points are stroked sooner than they are dropped
_WORTHWHILE = 12  # rounds that drop less than that part of what they look at are not
_ROUNDING = 1.0 + 1e-9
_PATH_TRAVEL = 20_000.0
_PATH_TURNS = 120
_SMOOTH_TRAVEL = 150_000.0
_DENSE_TRAVEL = 120_000.0
_DENSE_TURNS = 500
_RUN_TRAVEL = 2_500.0
_SHARP = 0.3
_COLUMN = 1.0

Stroke = Literal["paths", "pieces", "columns"]


@dataclass(frozen=True, eq=False)
class Trace:
    """What to stroke.

    Attributes:
        x: Steps.
        y: Axis units.
        stroke: ``"paths"``: whole lines, the best looking; ``"pieces"``: each straight
            piece by itself, which is fast however steep they are; ``"columns"``: the points are
            pairs, each an upright stroke one pixel wide.
        cuts: Where one path ends and the next begins: the cost of a path grows with the square of
            how often it goes up and down.
        smooth: Whether antialiasing is worth its price.
    """

    x: FloatArray
    y: FloatArray
    stroke: Stroke = "paths"
    cuts: tuple[int, ...] = ()
    smooth: bool = True


def trace(
    x: FloatArray, y: FloatArray, per_step: float, per_unit: float, width: float, lines: int = 1
) -> Trace:
    """What to stroke for a line through these points.

    Args:
        x: Steps, rising.
        y: Axis units.
        per_step: Pixels of one step.
        per_unit: Pixels of one axis unit.
        width: Width of the line in pixels.
        lines: How many lines like this share the time there is for a picture.
    """
    across, up = x * per_step, y * per_unit
    rise = np.diff(up)
    travel = float(np.abs(rise).sum())
    swings = np.count_nonzero((rise[:-1] * rise[1:] < 0) & (np.abs(rise[1:]) > 1))
    if travel > _DENSE_TRAVEL or swings > _DENSE_TURNS:
        return _columns(x, y, across, per_step, width / 2 / per_unit)
    kept = straightened(across, up)
    rise = np.diff(up[kept])
    turns = np.flatnonzero(rise[:-1] * rise[1:] < 0) + 1
    if travel > _PATH_TRAVEL or len(turns) > _PATH_TURNS:
        return Trace(x[kept], y[kept], "pieces", smooth=travel * lines < _SMOOTH_TRAVEL)
    return Trace(x[kept], y[kept], "paths", _cuts(across[kept], up[kept], turns))


def straightened(x: FloatArray, y: FloatArray) -> NDArray[np.int64]:
    """Indices of the points that a line needs to stay within a fraction of a pixel.

    Each round drops every other point that lies on the line between its neighbours; points at
    corners stay. It looks at all points at once, which is what makes it fast.
    """
    kept = np.arange(len(x), dtype=np.int64)
    points = np.empty(len(x), dtype=np.complex128)  # one array to look at and to thin out
    points.real, points.imag = x, y
    idle = 0
    for turn in range(_ROUNDS):
        # Twice in any case: it drops points that are there twice.
        if len(kept) < 4 or idle == 2 or (turn >= 2 and len(kept) < _FEW):
            break
        first = turn % 2
        drop = _on_the_way(points[first:])
        gone = np.count_nonzero(drop)
        idle = idle + 1 if gone * _WORTHWHILE < len(drop) else 0
        if gone:
            mask = np.ones(len(kept), dtype=bool)
            mask[first + 1 : first + 1 + 2 * len(drop) : 2] = ~drop
            stay = np.flatnonzero(mask)
            kept, points = kept[stay], points[stay]
    return kept


def _on_the_way(points: NDArray[np.complex128]) -> NDArray[np.bool_]:
    """Which of the points 1, 3, 5, … lie on the stretch between their neighbours."""
    begin = points[:-2:2]
    stretch = points[2::2] - begin
    turned = (points[1:-1:2] - begin) * stretch.conj()  # along it, and across it, times its length
    length = stretch.real * stretch.real + stretch.imag * stretch.imag
    along, across = turned.real, turned.imag
    near = across * across <= _TOLERANCE * _TOLERANCE * length
    return near & (along >= 0.0) & (along <= length * _ROUNDING)


def _cuts(x: FloatArray, y: FloatArray, turns: NDArray[np.int64]) -> tuple[int, ...]:
    """Turning points to cut at: the sharp ones, where a joint is not seen, else only if need be."""
    dx, dy = np.diff(x), np.diff(y)
    length = np.maximum(np.hypot(dx, dy), 1e-12)
    straight = (dx[:-1] * dx[1:] + dy[:-1] * dy[1:]) / (length[:-1] * length[1:])
    travelled = np.concatenate([[0.0], np.cumsum(np.abs(dy))])
    found: list[int] = []
    last = 0.0
    for turn in turns:
        run = float(travelled[turn]) - last
        if run > _RUN_TRAVEL or straight[turn - 1] < _SHARP:
            found.append(int(turn))
            last = float(travelled[turn])
    return tuple(found)


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
