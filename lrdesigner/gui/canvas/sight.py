"""What of a line is looked at, and how long what was made for one look serves others."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF

from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.canvas.trace import Trace, trace

_COLUMNS = 2  # of a pixel that points are kept for
_STAIRS = 6.0
_PAN = (0.5, 1.0)  # so many widths of the view are made beyond each end, for a hand that pans,
_ZOOM_OUT = (0.25, 0.6)  # and for one that zooms out;
_ZOOM_IN = (1.7, 2.8)  # so much finer than needed, for one that zooms in
_COARSEST = 0.3
_SHARES = 8
_SAME = 1e-9


@dataclass(frozen=True)
class Sight:
    """A part of the plane on screen.

    Attributes:
        first: First step.
        last: Last step.
        per_step: Pixels of a step.
        scale: The value axis.
        height: Its pixels.
    """

    first: float
    last: float
    per_step: float
    scale: LrScale
    height: float

    @classmethod
    def of(cls, plane: Plane) -> Sight:
        """All that a plane shows."""
        first, last = plane.axis.range
        width = max(1.0, plane.rect.width())
        return cls(first, last, width / (last - first), plane.scale, plane.rect.height())

    @property
    def bounds(self) -> QRectF:
        """The visible area, in steps and axis units."""
        scale = self.scale
        return QRectF(self.first, scale.low, self.last - self.first, scale.high - scale.low)

    @property
    def step_of_pixel(self) -> float:
        """Steps of a pixel."""
        return 1.0 / self.per_step

    @property
    def per_unit(self) -> float:
        """Pixels of an axis unit."""
        return self.height / (self.scale.high - self.scale.low)

    def moved(self, by: float) -> Sight:
        """The same, so many steps later."""
        return replace(self, first=self.first + by, last=self.last + by)

    def ahead(self, before: Sight, place: int) -> Sight:
        """This and what a hand that moves on will see next.

        How much of it depends on the line, so that not all of them are made anew in one frame.

        Args:
            before: What was seen before.
            place: Which of the lines it is.
        """
        share = place % _SHARES / (_SHARES - 1)
        zoom = self.per_step / before.per_step
        if zoom > 1 + _SAME:
            return replace(self, per_step=self.per_step * _between(_ZOOM_IN, share))
        spare = _between(_ZOOM_OUT if zoom < 1 - _SAME else _PAN, share) * (self.last - self.first)
        return replace(self, first=self.first - spare, last=self.last + spare)


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + share * (ends[1] - ends[0])


@dataclass(frozen=True, eq=False)
class Traced:
    """A line made for some sight.

    Attributes:
        shape: What is stroked.
        sight: What it was asked for.
        made: What it was made for, which may be more.
        stairs_from: Pixels of a step from which on its steps show as such.
    """

    shape: Trace
    sight: Sight
    made: Sight
    stairs_from: float

    def serves(self, sight: Sight) -> bool:
        """Whether it shows another sight as well."""
        if sight == self.sight:
            return True
        made = self.made
        return (
            self.shape.stroke == "paths"
            and (made.scale, made.height) == (sight.scale, sight.height)
            and made.first <= sight.first
            and sight.last <= made.last
            and _COARSEST * made.per_step <= sight.per_step <= made.per_step
            and sight.per_step < self.stairs_from
        )


def traced(series: Series, sight: Sight, lines: int, before: Sight | None, place: int) -> Traced:
    """What to stroke for a line, in steps of the document from where the line begins.

    Args:
        series: The line.
        sight: What is looked at, in the same steps.
        lines: How many lines share the time there is for a picture.
        before: What was looked at before, if it is the view that moves and not the line.
        place: Which of the lines it is.
    """
    stairs_from = np.inf if series.joined else _STAIRS / series.stretch
    if before is not None and sight.per_step < stairs_from:
        ahead = sight.ahead(before, place)
        shape = _shape(series, ahead, lines, columns=1)
        if shape.stroke == "paths":
            return Traced(shape, sight, ahead, stairs_from)
    stairs = sight.per_step >= stairs_from
    return Traced(_shape(series, sight, lines, stairs=stairs), sight, sight, stairs_from)


def _shape(
    series: Series, sight: Sight, lines: int, *, stairs: bool = False, columns: int = _COLUMNS
) -> Trace:
    stretch = series.stretch
    first, last = sight.first / stretch, sight.last / stretch
    # Beyond its ends a line needs no points.
    seen = max(0.0, min(last, series.samples.total) - max(first, 0.0)) * stretch * sight.per_step
    x, values = series.samples.window(first, last, max(1, int(seen)) * columns)
    if stairs and (np.diff(x) <= 1).all():
        # Wide steps show what they are: the LR of step k holds until step k + 1.
        x, values = np.repeat(x, 2)[1:], np.repeat(values, 2)[:-1]
    y = sight.scale.units(values if series.factor == 1 else values * series.factor)
    x = x * stretch
    return trace(x, y, sight.per_step, sight.per_unit, series.width, lines)
