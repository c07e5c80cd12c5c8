"""What a lane shows: lines, and marks that explain them. No Qt widgets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lrdesigner import numerals
from lrdesigner.axes import FloatArray, nice_ticks, scientific, value_labels
from lrdesigner.engine.digest import Digest
from lrdesigner.gui.canvas.samples import Extent, Samples, Values
from lrdesigner.gui.canvas.scale import LrScale, drawable, power_of_ten
from lrdesigner.gui.canvas.series import GROUP_WIDTHS, Series
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.theme import Tokens, mix
from lrdesigner.i18n import tr
from lrdesigner.sentences import joined

_PAD = 0.10
_NEAR_ZERO = 0.15
_PIXELS_PER_TICK, _CLOSEST_TICKS = 21.0, 15.0
_LABEL_INSET = 5.0  # what a label at the plot's very edge would lack
_FINE = 16
_FILL = 0.6


@dataclass(frozen=True, eq=False)
class LaneLine:
    """One line of a lane.

    Attributes:
        name: What legend and read-out call it.
        color: ``#rrggbb``.
        values: Its values, rising in time.
        steps: The optimizer step of each value, rising (such as a preview's); None if they come
            at even distances, `every` steps apart from step `offset` on.
        every: Steps from one value to the next.
        offset: The step of the first value.
        joined: Whether the values are points joined by straight lines; otherwise each one holds
            until the next.
        dashed: Whether the line is.
        digest: Extremes of the values, if somebody has them already; there must be some where
            the values are not an array.
        end: Where the last value's hold ends, in steps after `offset`; None for the run's end, or
            where one value's hold is over.
        dashes: Lengths of strokes and gaps, in widths; empty for the usual ones.
        width: Pixels; None for what its place among the lines gives it.
    """

    name: str
    color: str
    values: Values
    steps: NDArray[np.int64] | None = None
    every: float = 1.0
    offset: float = 0.0
    joined: bool = False
    dashed: bool = False
    digest: Digest | None = None
    end: float | None = None
    dashes: tuple[float, ...] = ()
    width: float | None = None

    @cached_property
    def extremes(self) -> Digest:
        """Extremes of the values, computed once."""
        return self.digest or Digest(np.asarray(self.values))

    @cached_property
    def _made(self) -> dict[float, Samples]:
        return {}

    def _samples(self, end: float) -> Samples:
        """The same object as long as the line is: then nothing has to be made anew for it."""
        if end not in self._made:
            self._made[end] = Samples(self.values, end, self.steps, self.extremes)
        return self._made[end]

    def series(self, tokens: Tokens, total: int, place: int = 0) -> Series:
        """The line as the canvas draws it.

        Args:
            tokens: The colours.
            total: Steps of the run.
            place: Which of the lane's lines it is.
        """
        count = len(self.values)
        end: float = total if self.steps is not None else count - 1 if self.joined else count
        return Series(
            self.name,
            self.color,
            mix(tokens.window, self.color, _FILL),
            self.width or GROUP_WIDTHS[min(place, 1)] - 0.4,
            self.dashed,
            self._samples(end if self.end is None else self.end),
            self.every,
            offset=self.offset,
            joined=self.joined,
            dashes=self.dashes,
        )


@dataclass(frozen=True)
class LaneWindow:
    """A shaded stretch of time.

    Attributes:
        start: First step.
        end: Where it ends.
        color: ``#rrggbb`` that the ground is tinted with.
        text: What it is, for the read-out.
        hatched: Whether it is hatched besides.
    """

    start: float
    end: float
    color: str
    text: str = ""
    hatched: bool = False


@dataclass(frozen=True)
class LanePoint:
    """A value worth a mark.

    Attributes:
        step: Where.
        value: How high.
        color: ``#rrggbb``.
        text: What it is, for the read-out.
        hollow: Whether it is a ring.
    """

    step: float
    value: float
    color: str
    text: str = ""
    hollow: bool = False


@dataclass(frozen=True)
class LaneRule:
    """A line across the lane: upright at a step, or level at a value.

    Attributes:
        color: ``#rrggbb``.
        step: Where an upright line stands; None for a level one.
        value: The height of a level one.
        label: Written at the line.
        text: What it is, for the read-out.
    """

    color: str
    step: float | None = None
    value: float = 0.0
    label: str = ""
    text: str = ""


@dataclass(frozen=True)
class LaneMarks:
    """Everything in a lane that is no line; each kind in the order of time."""

    windows: Sequence[LaneWindow] = ()
    points: Sequence[LanePoint] = ()
    rules: Sequence[LaneRule] = ()


@dataclass(frozen=True, eq=False)
class LaneContent:
    """What a lane shows.

    Attributes:
        title: Its name, such as ``weight decay``.
        lines: Its lines, the most important first.
        unit: Unit of the values, or "".
        marks: What else is in it.
        log: Whether its axis is logarithmic.
        stale: Whether the document has changed since; shown faintly.
        note: One sentence about the whole, shown while nothing is pointed at.
        description: The lane in words, for screen readers; empty makes one up.
        most: The highest value that the axis has to show; None for that of all lines.
        awaited: Whether there is nothing to show yet, and no axis to show it on.
    """

    title: str
    lines: Sequence[LaneLine]
    unit: str = ""
    marks: LaneMarks = LaneMarks()
    log: bool = False
    stale: bool = False
    note: str = ""
    description: str = ""
    most: float | None = None
    awaited: bool = False

    def stale_copy(self) -> LaneContent:
        """The same, marked as not belonging to the present document."""
        return replace(self, stale=True)

    def words(self) -> str:
        """The lane for people who cannot see it."""
        if self.description:
            return self.description
        parts = []
        for line in self.lines:
            first, last = float(line.values[0]), float(line.values[-1])
            low, high = line.extremes.low, line.extremes.high
            parts.append(
                tr(
                    "{line}: starts at {first}, between {low} and {high}, ends at {last}.",
                    line=line.name,
                    first=value_text(first),
                    low=value_text(low),
                    high=value_text(high),
                    last=value_text(last),
                )
            )
        return joined(*parts)


def group_lines(
    groups: Sequence[str],
    rows: FloatArray,
    tokens: Tokens,
    steps: NDArray[np.int64] | None = None,
    digests: Sequence[Digest] = (),
) -> list[LaneLine]:
    """One line for each group in its colour, or a single one where all groups have the same.

    Args:
        groups: Their names.
        rows: Their values, ``[groups, steps]``.
        tokens: The colours.
        steps: The steps of the values; None if they are those of every step.
        digests: Extremes of the rows, if somebody has them already.
    """
    known: Sequence[Digest | None] = digests or [None] * len(groups)
    colors = group_colors(tokens, groups)
    if len(groups) > 1 and bool((rows == rows[0]).all()):
        return [LaneLine(tr("all groups"), tokens.accent, rows[0], steps, digest=known[0])]
    named = zip(groups, colors, rows, known, strict=True)
    return [LaneLine(name, color, row, steps, digest=its) for name, color, row, its in named]


class LaneScale(LrScale):
    """A lane's axis: closer ticks, values below zero, and no zero where it would flatten them."""

    @classmethod
    def around(
        cls, extents: Iterable[Extent], log: bool = False, most: float | None = None
    ) -> LaneScale:
        """The scale that shows all of these with a margin, as far up as `most`."""
        found = list(extents)
        if log and any(extent.high > 0 for extent in found):
            fitted = LrScale.fit(found, log=True)
            return cls(
                True,
                fitted.low,
                fitted.high,
                fitted.floor,
                fitted.zero,
                fitted.clipped,
                fitted.below,
            )
        low = drawable(min((e.low for e in found), default=0.0))
        high = drawable(max((e.high for e in found), default=0.0))
        high = high if most is None else max(low, min(high, most))
        if not found or not math.isfinite(high - low):
            return cls(False, -0.1, 1.1)
        if high - low <= max(1e-12 * abs(high), 1e-100):  # a flat line stands in the middle
            room = abs(high) / 10 if abs(high) > 1e-100 else 0.5
            return cls(False, low - room, high + room)
        if 0 < low <= _NEAR_ZERO * high:
            low = 0.0
        room = _PAD * (high - low)
        return cls(False, low - room, high + room)

    def value(self, unit: float) -> float:
        """The value at an axis unit."""
        return power_of_ten(unit) if self.log else unit

    def ticks(self, height: float) -> list[tuple[float, str]]:
        """Axis units that get a line, and their labels, for that many pixels."""
        inset = _LABEL_INSET * (self.high - self.low) / max(1.0, height)
        low, high = self.low + inset, self.high - inset
        if self.log:
            return _whole(super().ticks(height), low, high) or self._ends(low, high)
        for spacing in (_PIXELS_PER_TICK, _CLOSEST_TICKS):
            found = nice_ticks(self.low, self.high, max(2, int(height / spacing)))
            values = [value for value in found if low <= value <= high]
            if len(values) >= 2:
                break
        else:  # no round distance fits: two values that are as round as can be
            values = nice_ticks(low, high, _FINE)
            values = [values[0], values[-1]]
        return list(zip(values, value_labels(values), strict=True))

    def _ends(self, low: float, high: float) -> list[tuple[float, str]]:
        found = [float(f"{self.value(unit):.2g}") for unit in (low, high)]
        return [(self.unit(value), scientific(value)) for value in found]


def _whole(ticks: list[tuple[float, str]], low: float, high: float) -> list[tuple[float, str]]:
    """Those whose labels are not cut, if there are two at least."""
    found = [tick for tick in ticks if low <= tick[0] <= high]
    return found if len(found) >= 2 else []


def value_text(value: float) -> str:
    """A value in a read-out, in four digits.

    >>> value_text(0.41237), value_text(-1e-07)
    ('0.4124', '−1e−07')
    """
    return numerals.localised(f"{value:.4g}").replace("-", "\N{MINUS SIGN}")
