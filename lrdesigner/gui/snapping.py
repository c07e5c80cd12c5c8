"""What attracts the hand while it drags: epochs, boundaries, lines of the axis, round values.

Everywhere the same: Ctrl lets nothing attract, Shift does too and makes the hand ten times finer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.navigation import SNAP_PIXELS
from lrdesigner.gui.state import XUnit
from lrdesigner.gui.time_text import time_ticks
from lrdesigner.schedule.model import Horizon, Schedule
from lrdesigner.schedule.tracks import parts
from lrdesigner.schedule.units import spans

FREE = Qt.KeyboardModifier.ControlModifier
FINE = Qt.KeyboardModifier.ShiftModifier
_SLOW = 0.1
_ROOM = 14.0
_LEVEL_PIXELS = SNAP_PIXELS - 1
_LEAST_NUDGE = 3.0


class Travel:
    """How far the hand has gone since the button went down.

    Sideways it is counted in steps, so that zooming or panning meanwhile does not move what is
    held; up and down in pixels.

    Attributes:
        steps: Sideways, in optimizer steps.
        pixels: The same in pixels, and up and down.
        fine: Whether it is going slowly now.
        free: Whether nothing attracts it now.

    Args:
        axis: The time axis.
        position: Where the button went down.
    """

    def __init__(self, axis: TimeAxis, position: QPointF) -> None:
        self._axis = axis
        self._last = position
        self.steps = 0.0
        self.pixels = QPointF(0.0, 0.0)
        self.fine = self.free = False

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Go on to here."""
        self.fine = bool(modifiers & FINE)
        self.free = bool(modifiers & (FREE | FINE))
        axis, way = self._axis, position - self._last
        gone = axis.step_at(position.x()) - axis.step_at(self._last.x())
        self.steps += gone * self.pace
        self.pixels += way * self.pace
        self._last = position

    @property
    def pace(self) -> float:
        """How far what is held goes for a pixel of the hand."""
        return _SLOW if self.fine else 1.0


@dataclass(frozen=True)
class Snap:
    """Where something is to be.

    Attributes:
        value: A step, or a value of the curve.
        caught: Whether something there has attracted it.
        limit: Why it is not where the hand is, or "".
    """

    value: float
    caught: bool = False
    limit: str = ""


@dataclass(frozen=True)
class Guide:
    """What has attracted something that is dragged, to be shown.

    Attributes:
        step: An epoch, or where phases end; None if there is none.
        level: A round value; likewise.
    """

    step: float | None = None
    level: float | None = None


Boundary = tuple[int | None, int]
"""A track (None for the document's own phases) and the phase that ends there."""


def snap_step(axis: TimeAxis, step: float, places: Iterable[float]) -> Snap:
    """The nearest of these places if it is near, else the step itself."""
    x = axis.x_of(step)
    near = ((abs(axis.x_of(place) - x), place) for place in places)
    away, place = min(near, default=(math.inf, step))
    return Snap(place, caught=True) if away <= SNAP_PIXELS else Snap(step)


def drawn_steps(axis: TimeAxis, unit: XUnit, horizon: Horizon) -> Iterator[int]:
    """Where the time axis has a line: round steps, shares, samples or tokens."""
    left, right = axis.pixels
    ticks = time_ticks(*axis.range, unit, horizon, right - left)
    return (round(step) for step, _ in ticks if 0 <= step <= horizon.steps)


def sensible_steps(
    schedule: Schedule, step: float, without: Boundary | None = None, drawn: Iterable[int] = ()
) -> Iterator[int]:
    """Places in time that attract: the nearest epoch, the ends of all phases, what has a line.

    Args:
        schedule: The document, with all its tracks.
        step: Where the hand is.
        without: The boundary that is in hand.
        drawn: Where the time axis has lines.
    """
    per_epoch = schedule.horizon.steps_per_epoch
    epoch = round(step / per_epoch) * per_epoch
    if per_epoch > 1 and 0 <= epoch <= schedule.steps:
        yield epoch
    yield from (0, schedule.steps)
    yield from drawn
    for part in parts(schedule):
        yield from (s.end for s in spans(part.view) if (part.track, s.index) != without)


def snap_level(y_of: Callable[[float], float], value: float, y: float) -> Snap:
    """A round value (1, 2 or 5 times a power of ten) near a pixel, where there is room between.

    Args:
        y_of: The pixel of a value.
        value: The value under the hand.
        y: The pixel of the hand.
    """
    if value <= 0 or not math.isfinite(value):
        return Snap(max(value, 0.0))
    ten = 10.0 ** math.floor(math.log10(value))
    rounds = [float(f"{ten * digit:.0e}") for digit in (0.5, 1, 2, 5, 10, 20)]
    spots = [y_of(each) for each in rounds]
    away, place = min((abs(spot - y), place) for place, spot in enumerate(spots))
    gaps = [abs(spots[place] - spots[other]) for other in (place - 1, place + 1) if 0 <= other < 6]
    caught = away <= _LEVEL_PIXELS and min(gaps) >= _ROOM
    return Snap(rounds[place], caught=True) if caught else Snap(value)


def nudge_steps(axis: TimeAxis, per_epoch: int) -> int:
    """How far an arrow key moves something in time: a round distance that can just be seen."""
    least = _LEAST_NUDGE / max(1e-9, axis.x_of(1.0) - axis.x_of(0.0))
    for unit in (1, per_epoch):
        found = _round_up(least / unit)
        if unit == per_epoch or found * unit < per_epoch:
            return max(1, found * unit)
    return 1


def _round_up(least: float) -> int:
    if least <= 1:
        return 1
    ten = 10 ** math.floor(math.log10(least))
    return next(int(ten * digit) for digit in (1, 2, 5, 10) if ten * digit >= least * (1 - 1e-9))
