"""The range of a number field. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from lrdesigner.gui.widgets.number_text import Number, format_brief


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range a number may be in; None is no bound."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None

    def objection(self, value: Number) -> str | None:
        """A sentence if ``value`` is out of range."""
        limit = self._broken(value)
        return f"Must be {limit}, not {format_brief(value)}" if limit else None

    def _broken(self, value: Number) -> str:
        """The limit that ``value`` is beyond, in words, or ""."""
        if self.minimum is not None and value < self.minimum:
            return f"{format_brief(self.minimum)} or greater"
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            return f"greater than {format_brief(self.exclusive_minimum)}"
        if self.maximum is not None and value > self.maximum:
            return f"{format_brief(self.maximum)} or less"
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            return f"less than {format_brief(self.exclusive_maximum)}"
        return ""

    def clamp(self, value: Number) -> Number:
        """``value``, or the inclusive bound it overshoots."""
        if self.minimum is not None:
            value = max(value, self.minimum)
        if self.maximum is not None:
            value = min(value, self.maximum)
        return value
