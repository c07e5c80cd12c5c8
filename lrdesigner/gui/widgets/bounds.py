"""The range of a number field. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from lrdesigner.gui.widgets.number_text import Number, format_brief
from lrdesigner.i18n import mark, tr


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
        if limit is None:
            return None
        sentence, bound = limit
        return tr(sentence, limit=format_brief(bound), value=format_brief(value))

    def _broken(self, value: Number) -> tuple[str, Number] | None:
        """The limit that ``value`` is beyond, with what to say of it."""
        if self.minimum is not None and value < self.minimum:
            return mark("Must be {limit} or greater, not {value}"), self.minimum
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            return mark("Must be greater than {limit}, not {value}"), self.exclusive_minimum
        if self.maximum is not None and value > self.maximum:
            return mark("Must be {limit} or less, not {value}"), self.maximum
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            return mark("Must be less than {limit}, not {value}"), self.exclusive_maximum
        return None

    def clamp(self, value: Number) -> Number:
        """``value``, or the inclusive bound it overshoots."""
        if self.minimum is not None:
            value = max(value, self.minimum)
        if self.maximum is not None:
            value = min(value, self.maximum)
        return value
