"""Declarations of what a formula brings along: its named constants, and text about it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lrdesigner.engine.formula_names import MAX_CONSTANTS, NAME_PATTERN, RESERVED, name_error
from lrdesigner.i18n import tr
from lrdesigner.params.base import Param, shown


@dataclass(frozen=True, kw_only=True)
class ConstantsParam(Param):
    """Names with numbers, which a formula beside it may use."""

    kind: ClassVar[str] = "constants"

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return tr('names with numbers, such as {"k": 5.0, "low": 0.1}')

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but proper names with finite numbers."""
        if not isinstance(value, Mapping):
            return self._sentence(value)
        for name, number in value.items():
            wrong = (
                name_error(name)
                if isinstance(name, str)
                else tr("{name} is no name", name=shown(name))
            )
            if wrong is not None:
                return f"{self.name}: {wrong}"
            if not _finite(number):
                return tr(
                    "{name}: {constant} must be a finite number, not {number}",
                    name=self.name,
                    constant=name,
                    number=shown(number),
                )
        return None

    def one_range_error(self, value: Any) -> str | None:
        """Refuses more of them than there is room for."""
        if len(value) > MAX_CONSTANTS:
            return tr(
                "{name} has {count:,} entries; {most} are the most",
                name=self.name,
                count=len(value),
                most=MAX_CONSTANTS,
            )
        return None

    def one_remedy(self, value: Any) -> str:
        """Says what to leave out."""
        return tr("Remove those that the formula does not use.")

    def normalise(self, value: Any) -> Any:
        """All numbers as floats: a formula gives the same with 5 and 5.0."""
        return {name: float(number) for name, number in value.items()}

    def schema(self) -> dict[str, Any]:
        """JSON Schema of an object of numbers."""
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{NAME_PATTERN}$", "not": {"enum": list(RESERVED)}},
            "additionalProperties": {"type": "number"},
            "maxProperties": MAX_CONSTANTS,
        }


@dataclass(frozen=True, kw_only=True)
class TextParam(Param):
    """A line of text for people.

    Attributes:
        longest: How many characters it may have.
    """

    kind: ClassVar[str] = "text"
    longest: int = 60

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return tr("a line of text, {longest} characters at most", longest=self.longest)

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but a line that can be shown and saved."""
        if not isinstance(value, str):
            return self._sentence(value)
        # Line breaks, control characters and halves of characters are not printable.
        return None if value.isprintable() else self._sentence(value)

    def one_range_error(self, value: Any) -> str | None:
        """Refuses what is too long for a line."""
        if len(value) > self.longest:
            return tr(
                "{name} has {count:,} characters; {longest} are the most: {value}",
                name=self.name,
                count=len(value),
                longest=self.longest,
                value=shown(value),
            )
        return None

    def one_remedy(self, value: Any) -> str:
        """Says how far to shorten it."""
        return tr("Shorten it to {longest} characters.", longest=self.longest)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a short text."""
        return {"type": "string", "maxLength": self.longest}


def _finite(number: object) -> bool:
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return False
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False
