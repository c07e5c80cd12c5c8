"""The time axis that canvas and timeline share, pixel for pixel."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

MIN_SPAN = 4.0


class TimeAxis(QObject):
    """Which steps are visible, and on which pixels they lie.

    Canvas and timeline stand in one column with the same left edge and width, so one mapping
    between steps and widget x serves both. The canvas owns the pixels (it knows the width of its
    LR axis); either may change the visible range.

    Signals:
        changed: Range or pixels are different.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total = 1
        self._beyond = (0.0, 0.0)
        self._first, self._last = 0.0, 1.0
        self._left, self._right = 0.0, 1.0
        self.cursor: float | None = None
        """The step under the mouse, wherever on the axis it is; None while it is elsewhere."""

    @property
    def total(self) -> int:
        """Steps of the run."""
        return self._total

    @property
    def range(self) -> tuple[float, float]:
        """Visible range, in steps."""
        return self._first, self._last

    @property
    def pixels(self) -> tuple[float, float]:
        """Widget x of the range's ends."""
        return self._left, self._right

    @property
    def fitted(self) -> bool:
        """Whether the whole run is visible."""
        return self._first <= 0 and self._last >= self._total

    @property
    def reach(self) -> tuple[float, float]:
        """What can be made visible: the run, and what overlays have before and after it."""
        return min(0.0, self._beyond[0]), max(float(self._total), self._beyond[1])

    @property
    def whole(self) -> bool:
        """Whether everything that can be visible is."""
        first, last = self.reach
        return self._first <= first and self._last >= last

    def set_reach(self, first: float, last: float) -> None:
        """Something lies between these steps; what of it is outside the run can be looked at."""
        if (first, last) != self._beyond:
            self._beyond = (first, last)
            self._set(self._first, self._last)

    def set_total(self, total: int) -> None:
        """Follow the horizon: a fitted view stays fitted, another keeps its fractions."""
        if total == self._total:
            return
        if self.fitted:
            # Beside the run, as much is seen as before.
            first, last = self._first, self._last - self._total + total
        else:
            scale = total / self._total
            first, last = self._first * scale, self._last * scale
        self._total = total
        self._set(first, last)

    def set_range(self, first: float, last: float) -> None:
        """Show these steps; kept inside the reach and wide enough to see something."""
        self._set(first, last)

    def fit(self) -> None:
        """Show the whole run."""
        self._set(0.0, float(self._total))

    def fit_all(self) -> None:
        """Show the whole run, and all of the overlays before and after it."""
        self._set(*self.reach)

    def zoom(self, factor: float, anchor: float) -> None:
        """Show `factor` times as many steps, keeping the step `anchor` where it is.

        On the way out the run as a whole is a stop, whatever there is to see beside it.
        """
        first, last = self.range
        span = (last - first) * factor
        if not self.fitted and span >= self._total:
            self.fit()
            return
        self._set(anchor - (anchor - first) * factor, anchor + (last - anchor) * factor)

    def pan(self, steps: float) -> None:
        """Move the view by that many steps."""
        first, last = self.range
        start, end = self.reach
        steps = max(start - first, min(steps, end - last))
        self._set(first + steps, last + steps)

    def set_pixels(self, left: float, right: float) -> None:
        """Where the plot's area lies in the widget."""
        if (left, right) != (self._left, self._right) and right > left:
            self._left, self._right = left, right
            self.changed.emit()

    def x_of(self, step: float) -> float:
        """Widget x of a step."""
        first, last = self.range
        return self._left + (step - first) * (self._right - self._left) / (last - first)

    def step_at(self, x: float) -> float:
        """Step (not rounded) under a widget x."""
        first, last = self.range
        return first + (x - self._left) * (last - first) / (self._right - self._left)

    def near(self, step: float) -> int:
        """The nearest whole step of the run, or of what lies before and after it."""
        first, last = self.reach
        return max(math.ceil(first), min(round(step), math.ceil(last) - 1))

    def _set(self, first: float, last: float) -> None:
        start, end = self.reach
        span = min(max(last - first, MIN_SPAN), max(end - start, 1.0))
        first = max(start, min(first, end - span))
        if (first, first + span) != (self._first, self._last):
            self._first, self._last = first, first + span
            self.changed.emit()
