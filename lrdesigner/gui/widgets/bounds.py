"""The range of a number field. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from lrdesigner.gui.widgets.number_text import Number, format_number


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range a number may be in; None is no bound."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None

    def objection(self, value: Number) -> str | None:
        """A sentence if ``value`` is out of range."""
        if self.minimum is not None and value < self.minimum:
            return f"Must be at least {format_number(self.minimum)}"
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            return f"Must be greater than {format_number(self.exclusive_minimum)}"
        if self.maximum is not None and value > self.maximum:
            return f"Must be at most {format_number(self.maximum)}"
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            return f"Must be less than {format_number(self.exclusive_maximum)}"
        return None

    def clamp(self, value: Number) -> Number:
        """``value``, or the inclusive bound it overshoots."""
        if self.minimum is not None:
            value = max(value, self.minimum)
        if self.maximum is not None:
            value = min(value, self.maximum)
        return value
