"""From the values of a line to what is drawn of it: as few points as show all of it. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.axes import FloatArray
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.canvas.trace import straightened

STAIRS = 6.0
FINENESS = (4.0, 2.0, 1.0)  # points to a pixel: 384, 192 or 96 to the inch
_MOST_POINTS = 16_000  # of all lines together: an SVG of 200 kB
_FEW = 24  # turns that are no swinging
_DENSE = 1.0  # turns to a pixel from which on a line is an area
_BIN = 8.0  # pixels within which turns are counted
_FLAT = 0.05  # pixels that are no turn
_COLUMN, _SWING = 1.0, 2.4  # pixels, and turns, in a column of an area


@dataclass(frozen=True)
class Frame:
    """A plot's place and what it shows.

    Attributes:
        left: Pixels.
        top: Pixels.
        width: Pixels.
        height: Pixels.
        first: The step at the left edge.
        last: The step at the right edge.
        scale: The value axis.
    """

    left: float
    top: float
    width: float
    height: float
    first: float
    last: float
    scale: LrScale

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def per_step(self) -> float:
        """Pixels of a step."""
        return self.width / (self.last - self.first)

    def x(self, step: float) -> float:
        """Pixel of a step."""
        return self.left + (step - self.first) * self.per_step

    def y(self, value: float) -> float:
        """Pixel of a value."""
        return self.y_of_unit(self.scale.unit(value))

    def y_of_unit(self, unit: float) -> float:
        """Pixel of an axis unit."""
        share = (unit - self.scale.low) / (self.scale.high - self.scale.low)
        return self.bottom - share * self.height

    def points(self, steps: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Pixels of many points."""
        units = self.scale.units(values)
        share = (units - self.scale.low) / (self.scale.high - self.scale.low)
        return self.left + (steps - self.first) * self.per_step, self.bottom - share * self.height


@dataclass(frozen=True, eq=False)
class Shape:
    """What is drawn of a line.

    Attributes:
        xs: Pixels.
        ys: Pixels.
        area: Whether the points go around an area: the line swings faster than can be shown.
    """

    xs: FloatArray
    ys: FloatArray
    area: bool = False


def shapes(
    lines: Sequence[tuple[Series, Frame]], fineness: Sequence[float] = FINENESS
) -> list[list[Shape]]:
    """What is drawn of each of these lines; nothing of one that is not in sight.

    All are made as fine as a printer can show, unless that would be more points than a file
    should have; minimum and maximum stay whatever is left out.
    """
    found: list[list[Shape]] = []
    for fine in fineness:
        found = [shapes_of(line, frame, fine) for line, frame in lines]
        if sum(len(each.xs) for parts in found for each in parts) <= _MOST_POINTS:
            break
    return found


def shapes_of(line: Series, frame: Frame, fine: float) -> list[Shape]:
    """What is drawn of one line, with so many points to a pixel."""
    per_own = frame.per_step * line.stretch  # pixels of one step of the line's own
    begin = (frame.first - line.offset) / line.stretch
    end = (frame.last - line.offset) / line.stretch
    seen = min(end, float(line.samples.total)) - max(begin, 0.0)
    if seen <= 0:
        return []
    columns = max(1, int(seen * per_own * fine))
    steps, values = line.samples.window(begin, end, columns)
    values = values if line.factor == 1 else values * line.factor
    if not line.joined and per_own >= STAIRS and bool((np.diff(steps) <= 1).all()):
        # Wide steps show what they are: the LR of step k holds until step k + 1.
        steps, values = np.repeat(steps, 2)[1:], np.repeat(values, 2)[:-1]
    xs, ys = frame.points(steps * line.stretch + line.offset, values)
    xs, ys = _within(xs, ys, frame.left, frame.right)
    if len(xs) < 2:
        return []
    return [
        _outline(xs[part], ys[part], turns) if turns else _line(xs[part], ys[part], fine)
        for part, turns in _parts(xs, ys)
    ]


def _parts(xs: FloatArray, ys: FloatArray) -> Iterator[tuple[slice, float]]:
    """The stretches of a line in which it swings too fast to be seen, and those between.

    Yields:
        The stretch, and its turns to a pixel; 0 for one that can be drawn as a line.
    """
    last = len(xs) - 1
    turns = _turns(ys)
    done = 0
    if len(turns) > _FEW:
        for begin, end in _swings(xs, turns):
            inside = int(np.count_nonzero((turns >= begin) & (turns <= end)))
            if begin > done:
                yield slice(done, begin + 1), 0.0
            yield slice(begin, end + 1), inside / max(float(xs[end] - xs[begin]), _BIN)
            done = end
    if done < last:
        yield slice(done, last + 1), 0.0


def _swings(xs: FloatArray, turns: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """The first and the last turn of each stretch with more turns than pixels."""
    bins = ((xs[turns] - xs[0]) / _BIN).astype(np.int64)
    counts = np.bincount(bins, minlength=int(bins[-1]) + 3)
    full = counts > _DENSE * _BIN
    beside = np.append(full[1:], False) | np.append(False, full[:-1])
    dense = (full | (beside & (counts > 1))).astype(np.int8)
    edges = np.flatnonzero(np.diff(dense, prepend=0, append=0))
    for begin, end in edges.reshape(-1, 2).tolist():
        inside = turns[(bins >= begin) & (bins < end)]
        yield int(inside[0]), int(inside[-1])


def _turns(ys: FloatArray) -> NDArray[np.int64]:
    """The points at which a line goes up before and down after, or the other way round."""
    rise = np.diff(ys)
    moving = np.flatnonzero(np.abs(rise) > _FLAT)
    signs = np.sign(rise[moving])
    turning: NDArray[np.int64] = moving[1:][signs[1:] != signs[:-1]]
    return turning


def _line(xs: FloatArray, ys: FloatArray, fine: float) -> Shape:
    kept = straightened(xs * fine, ys * fine)
    return Shape(xs[kept], ys[kept])


def _within(
    xs: FloatArray, ys: FloatArray, left: float, right: float
) -> tuple[FloatArray, FloatArray]:
    """The part of a line between two edges, cut exactly there: files need no clipping then."""
    inside = np.flatnonzero((xs >= left) & (xs <= right))
    low = int(inside[0]) if inside.size else int(np.searchsorted(xs, left))
    high = int(inside[-1]) + 1 if inside.size else low
    ends_x, ends_y = [xs[low:high]], [ys[low:high]]
    if 0 < low < len(xs) and (not inside.size or xs[low] > left):
        ends_x.insert(0, np.array([left]))
        ends_y.insert(0, np.array([_between(xs, ys, low, left)]))
    if 0 < high < len(xs) and (not inside.size or xs[high - 1] < right):
        ends_x.append(np.array([right]))
        ends_y.append(np.array([_between(xs, ys, high, right)]))
    return np.concatenate(ends_x), np.concatenate(ends_y)


def _between(xs: FloatArray, ys: FloatArray, after: int, x: float) -> float:
    """The height at x of the line's piece that ends at a point."""
    before = after - 1
    width = xs[after] - xs[before]
    share = (x - xs[before]) / width if width else 0.0
    return float(ys[before] + share * (ys[after] - ys[before]))


def _outline(xs: FloatArray, ys: FloatArray, turns: float) -> Shape:
    """Along the highest points of all columns, and back along the lowest.

    A column is as wide as a whole swing, so that each has a highest and a lowest point.
    """
    column = np.floor((xs - xs[0]) / max(_COLUMN, _SWING / turns))
    starts = np.concatenate([[0], np.flatnonzero(np.diff(column)) + 1])
    starts = starts[:-1] if len(starts) > 1 else starts  # the last one is no whole column
    low, high = np.minimum.reduceat(ys, starts), np.maximum.reduceat(ys, starts)
    place = np.append(xs[starts], xs[-1])
    # From the start of a column to that of the next the edge is straight: both of its ends have to
    # be as far out as the column is.
    low = np.minimum(np.append(low, low[-1]), np.append(low[0], low))
    high = np.maximum(np.append(high, high[-1]), np.append(high[0], high))
    over, under = straightened(place, low), straightened(place, high)
    around_x = np.concatenate([place[over], place[under][::-1]])
    around_y = np.concatenate([low[over], high[under][::-1]])
    return Shape(around_x, around_y, area=True)
