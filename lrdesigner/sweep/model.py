"""A sweep: one or two numbers of a document, and the values they take."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Literal

import numpy as np

from lrdesigner import numerals
from lrdesigner.engine.curve import FloatArray
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.sweep.errors import SweepError
from lrdesigner.sweep.target import Limits, Target, Traits

Scale = Literal["linear", "log"]
MAX_VARIANTS = 10_000
_MARGIN = 1000  # what is excluded itself is approached to a thousandth of the range


@dataclass(frozen=True)
class SweepAxis:
    """One number that varies.

    Attributes:
        target: Which one.
        start: Its first value.
        stop: Its last value.
        scale: Whether the values have equal distances or equal factors.
    """

    target: Target
    start: float
    stop: float
    scale: Scale = "linear"

    def values(self, count: int, *, whole: bool = False) -> tuple[float, ...]:
        """Its values; whole numbers come once each, so there may be fewer than `count`."""
        if count == 1 or self.start == self.stop:
            spread = np.array([self.start])
        elif self.scale == "log":
            spread = np.geomspace(self.start, self.stop, count)
        else:
            spread = np.linspace(self.start, self.stop, count)
        if whole:
            return tuple(dict.fromkeys(round(value) for value in spread.tolist()))
        inner = [_tidy(value, step) for value, step in zip(spread, _steps(spread), strict=True)]
        inner[0] = float(self.start)
        if len(inner) > 1:
            inner[-1] = float(self.stop)
        return tuple(inner)


@dataclass(frozen=True)
class Sweep:
    """A document with one or two numbers that vary; two make every combination.

    Attributes:
        schedule: The document.
        axes: What varies; of two, the last varies fastest.
        counts: How many values each takes.

    Raises:
        SweepError: If there is no such number, or its range is not allowed; `fitted` mends that.
    """

    schedule: Schedule
    axes: tuple[SweepAxis, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.axes) not in (1, 2) or len(self.axes) != len(self.counts):
            raise SweepError(tr("a sweep varies one or two numbers, each with a count of its own"))
        if len({axis.target for axis in self.axes}) < len(self.axes):
            raise SweepError(tr("choose two different numbers to sweep"))
        if min(self.counts) < 1 or math.prod(self.counts) > MAX_VARIANTS:
            raise SweepError(tr("a sweep has 1 to {most:,} variants", most=MAX_VARIANTS))
        for axis in self.axes:
            _, objection = fitted(axis, self.schedule)
            if objection:
                raise SweepError(objection)

    @cached_property
    def traits(self) -> tuple[Traits, ...]:
        """What each axis varies."""
        return tuple(axis.target.traits(self.schedule) for axis in self.axes)

    @cached_property
    def values(self) -> tuple[tuple[float, ...], ...]:
        """The values of each axis."""
        return tuple(
            axis.values(count, whole=traits.limits.whole)
            for axis, count, traits in zip(self.axes, self.counts, self.traits, strict=True)
        )

    @cached_property
    def settings(self) -> tuple[tuple[float, ...], ...]:
        """The values of all axes, for every variant."""
        return tuple(product(*self.values))

    def __len__(self) -> int:
        return math.prod(len(values) for values in self.values)

    def variant(self, index: int) -> Schedule:
        """One variant: the document with its values, as adopting it makes it."""
        schedule = self.schedule
        for axis, value in zip(self.axes, self.settings[index], strict=True):
            schedule = axis.target.edited(schedule, value)
        return schedule

    def label(self, index: int, *, grouped: bool = True) -> str:
        """What tells a variant from the others: ``"gamma = 0.9, length = 3 epochs"``.

        Args:
            index: Which variant.
            grouped: Whether thousands stand apart: ``78,188``.
        """
        mark = "," if grouped else ""
        pairs = zip(self.traits, self.settings[index], strict=True)
        return ", ".join(
            f"{traits.title} = {_measured(value, traits.unit, mark)}" for traits, value in pairs
        )

    def nearest(self, settings: tuple[float, ...]) -> int:
        """The variant whose values are nearest, on each axis by its own scale."""
        index = 0
        for axis, values, value in zip(self.axes, self.values, settings, strict=True):
            places = np.array(values)
            if axis.scale == "log" and value > 0:
                places, value = np.log(places), math.log(value)
            index = index * len(values) + int(np.abs(places - value).argmin())
        return index


def fitted(axis: SweepAxis, schedule: Schedule) -> tuple[SweepAxis, str]:
    """An axis whose range is allowed, and what had to be changed for that ("" for nothing).

    Raises:
        SweepError: If there is no such number, or nothing of the range is left.
    """
    traits = axis.target.traits(schedule)
    limits = traits.limits
    if not (math.isfinite(axis.start) and math.isfinite(axis.stop)):
        raise SweepError(tr("{name}: the range must be of finite numbers", name=traits.title))
    ends = [_clipped(axis.start, axis.stop, limits), _clipped(axis.stop, axis.start, limits)]
    found = replace(axis, start=ends[0], stop=ends[1])
    if found.scale == "log" and min(ends) <= 0:
        if max(ends) <= 0:
            raise SweepError(tr("{name}: a log scale needs values above 0", name=traits.title))
        low = max(ends) / _MARGIN
        low = max(1, round(low)) if limits.whole else low
        found = replace(found, start=max(found.start, low), stop=max(found.stop, low))
    if (found.start, found.stop) == (axis.start, axis.stop):
        return found, ""
    no_zero = found.start > 0 and min(ends) <= 0
    return found, tr(
        "{name}: a log scale has no 0, so its range is {start:.6g} to {stop:.6g}"
        if no_zero
        else "{name} must be {allowed}, so its range is {start:.6g} to {stop:.6g}",
        name=traits.title,
        allowed=_allowed(limits),
        start=found.start,
        stop=found.stop,
    )


def _clipped(value: float, other: float, limits: Limits) -> float:
    if limits.minimum is not None:
        value = max(value, limits.minimum)
    if limits.maximum is not None:
        value = min(value, limits.maximum)
    if limits.above is not None and value <= limits.above:
        value = limits.above + (max(other - limits.above, 0.0) or 1.0) / _MARGIN
    if limits.below is not None and value >= limits.below:
        value = limits.below - (max(limits.below - other, 0.0) or 1.0) / _MARGIN
    return float(round(value)) if limits.whole else value


def _allowed(limits: Limits) -> str:
    words = []
    if limits.minimum is not None:
        words.append(tr("{limit:g} or greater", limit=limits.minimum))
    if limits.above is not None:
        words.append(tr("greater than {limit:g}", limit=limits.above))
    if limits.maximum is not None:
        words.append(tr("{limit:g} or less", limit=limits.maximum))
    if limits.below is not None:
        words.append(tr("less than {limit:g}", limit=limits.below))
    bounds = tr(" and ").join(words)
    if limits.whole:
        return tr("a whole number {bounds}", bounds=bounds) if bounds else tr("a whole number")
    return tr("a number {bounds}", bounds=bounds) if bounds else tr("a number")


def _steps(values: FloatArray) -> FloatArray:
    """How far each value is from its nearest neighbour."""
    if len(values) < 2:
        return values * 0
    gaps: FloatArray = np.abs(np.diff(values))
    nearest: FloatArray = np.minimum(np.append(gaps, gaps[-1]), np.append(gaps[0], gaps))
    return nearest


def _tidy(value: float, step: float) -> float:
    """A value without digits that say nothing: 0.3, not 0.30000000000000004."""
    if step == 0 or not math.isfinite(step):
        return float(value)
    return float(round(float(value), 3 - math.floor(math.log10(step))))


def _measured(value: float, unit: str, mark: str) -> str:
    """A value, with its unit where the name alone would leave that open: a time's."""
    text = numerals.localised(f"{value:{mark}.10g}")
    if unit == "%":
        return f"{text}%"
    return f"{text} {tr(unit)}" if unit in ("steps", "epochs") else text
