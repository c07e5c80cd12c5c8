"""The time axis that canvas and timeline share, pixel for pixel."""

from __future__ import annotations

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

    def set_total(self, total: int) -> None:
        """Follow the horizon: a fitted view stays fitted, another keeps its fractions."""
        if total == self._total:
            return
        if self.fitted:
            first, last = 0.0, float(total)
        else:
            scale = total / self._total
            first, last = self._first * scale, self._last * scale
        self._total = total
        self._set(first, last)

    def set_range(self, first: float, last: float) -> None:
        """Show these steps; kept inside the run and wide enough to see something."""
        self._set(first, last)

    def fit(self) -> None:
        """Show the whole run."""
        self._set(0.0, float(self._total))

    def zoom(self, factor: float, anchor: float) -> None:
        """Show `factor` times as many steps, keeping the step `anchor` where it is."""
        first, last = self.range
        self._set(anchor - (anchor - first) * factor, anchor + (last - anchor) * factor)

    def pan(self, steps: float) -> None:
        """Move the view by that many steps."""
        first, last = self.range
        steps = max(-first, min(steps, self._total - last))
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

    def _set(self, first: float, last: float) -> None:
        span = min(max(last - first, MIN_SPAN), float(max(self._total, 1)))
        first = max(0.0, min(first, self._total - span))
        if (first, first + span) != (self._first, self._last):
            self._first, self._last = first, first + span
            self.changed.emit()
