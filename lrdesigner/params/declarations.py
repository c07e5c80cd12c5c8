"""Declarations of parameters: type, default, allowed values, unit and one line of help.

One declaration serves the form, the check of a loaded file, the JSON Schema, the command
line and the exporters, so that each says the same sentence.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from lrdesigner.engine.formula import NAMES, Formula, FormulaError, parse_formula
from lrdesigner.engine.formula_names import possible_constants
from lrdesigner.i18n import tr
from lrdesigner.params.base import MAX_INT, Param, shown, shown_number

# The same formula each time: what is known of it is kept by its tree.
_parse = lru_cache(maxsize=512)(parse_formula)


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bounds(
    minimum: float | None, maximum: float | None, above: float | None, below: float | None
) -> str:
    low = tr("{limit:g} or greater", limit=minimum) if minimum is not None else ""
    low = tr("greater than {limit:g}", limit=above) if above is not None else low
    high = tr("{limit:g} or less", limit=maximum) if maximum is not None else ""
    high = tr("less than {limit:g}", limit=below) if below is not None else high
    if minimum is not None and maximum is not None:
        return tr("between {minimum:g} and {maximum:g}", minimum=minimum, maximum=maximum)
    return tr("{low} and {high}", low=low, high=high) if low and high else low or high


@dataclass(frozen=True, kw_only=True)
class FloatParam(Param):
    """A real number.

    Attributes:
        minimum: Smallest allowed value, inclusive.
        maximum: Greatest allowed value, inclusive.
        above: Lower bound, exclusive.
        below: Upper bound, exclusive.
    """

    kind: ClassVar[str] = "float"
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None

    @property
    def allowed(self) -> str:
        """What one value may be."""
        return tr("a number {bounds}", bounds=self.bounds) if self.bounds else tr("a number")

    @property
    def bounds(self) -> str:
        """Its limits, as in "greater than 0"; "" if it has none."""
        return _bounds(self.minimum, self.maximum, self.above, self.below)

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but finite numbers."""
        if not _number(value):
            return self._sentence(value)
        assert isinstance(value, (int, float))
        try:
            finite = math.isfinite(float(value))
        except OverflowError:
            finite = False
        return None if finite else self._sentence(value)

    def one_range_error(self, value: Any) -> str | None:
        """Refuses what torch would refuse, early or late."""
        bad = (
            (self.minimum is not None and value < self.minimum)
            or (self.maximum is not None and value > self.maximum)
            or (self.above is not None and value <= self.above)
            or (self.below is not None and value >= self.below)
        )
        return self._sentence(value) if bad else None

    def _sentence(self, value: object) -> str:
        return tr(
            "{name} must be {allowed}, not {value}",
            name=self.name,
            allowed=self.allowed,
            value=shown_number(value),
        )

    def nearest(self, value: Any) -> Any:
        """The bound that is overshot; where it is none that may be reached, the default."""
        if self.minimum is not None and value < self.minimum:
            return self.minimum
        if self.maximum is not None and value > self.maximum:
            return self.maximum
        return super().nearest(value)

    def normalise(self, value: Any) -> Any:
        """Numbers become floats: torch refuses an int ``pct_start``."""
        return float(value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a number with its bounds."""
        names = {
            "minimum": self.minimum,
            "maximum": self.maximum,
            "exclusiveMinimum": self.above,
            "exclusiveMaximum": self.below,
        }
        return {"type": "number", **{k: v for k, v in names.items() if v is not None}}


@dataclass(frozen=True, kw_only=True)
class IntParam(Param):
    """A whole number.

    Attributes:
        minimum: Smallest allowed value, inclusive.
        maximum: Greatest allowed value, inclusive.
    """

    kind: ClassVar[str] = "int"
    minimum: int | None = None
    maximum: int | None = MAX_INT

    @property
    def allowed(self) -> str:
        """What one value may be."""
        if self.minimum is None:
            return tr("a whole number")
        if self.maximum is not None and self.maximum != MAX_INT:
            return tr(
                "a whole number between {minimum:,} and {maximum:,}",
                minimum=self.minimum,
                maximum=self.maximum,
            )
        return tr("a whole number, {minimum:,} or greater", minimum=self.minimum)

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but whole numbers; 5.0 is not one, torch would miscount it."""
        if isinstance(value, int) and not isinstance(value, bool):
            return None
        return self._sentence(value)

    def one_range_error(self, value: Any) -> str | None:
        """Refuses values outside the bounds."""
        if self.minimum is not None and value < self.minimum:
            return self._sentence(value)
        if self.maximum is not None and value > self.maximum:
            return tr(
                "{name} must be {maximum:,} or less, not {value}",
                name=self.name,
                maximum=self.maximum,
                value=shown(value),
            )
        return None

    def nearest(self, value: Any) -> Any:
        """The bound that is overshot."""
        return self.minimum if self.minimum is not None and value < self.minimum else self.maximum

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a whole number with its bounds."""
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        return {"type": "integer", **{k: v for k, v in bounds.items() if v is not None}}


@dataclass(frozen=True, kw_only=True)
class BoolParam(Param):
    """True or false."""

    kind: ClassVar[str] = "bool"

    @property
    def allowed(self) -> str:
        """What one value may be."""
        return tr("true or false")

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but booleans."""
        return None if isinstance(value, bool) else self._sentence(value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class ChoiceParam(Param):
    """One of a few words.

    Attributes:
        choices: The words torch accepts, in the order a form lists them.
    """

    kind: ClassVar[str] = "choice"
    choices: Sequence[str] = ()

    @property
    def allowed(self) -> str:
        """What one value may be."""
        return tr("one of {choices}", choices=", ".join(repr(choice) for choice in self.choices))

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but text."""
        return None if isinstance(value, str) else self._sentence(value)

    def one_range_error(self, value: Any) -> str | None:
        """Refuses words torch does not know."""
        return None if value in self.choices else self._sentence(value)

    def nearest(self, value: Any) -> Any:
        """The word that is probably meant."""
        near = difflib.get_close_matches(value, self.choices, n=1)
        return near[0] if near else super().nearest(value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of an enumeration."""
        return {"enum": list(self.choices)}


@dataclass(frozen=True, kw_only=True)
class FormulaParam(Param):
    """A formula in `t`: data, never code.

    Attributes:
        constants: The parameter that names the formula's own constants; "" if it has none.
    """

    kind: ClassVar[str] = "formula"
    constants: str = ""

    @property
    def allowed(self) -> str:
        """What one value may be."""
        example = "lr * exp(-k * t / T)" if self.constants else "0.95 ** t"
        return tr('a formula in t, such as "{example}"', example=example)

    def known(self, params: Mapping[str, Any]) -> tuple[str, ...]:
        """The names that the formula may use beside these parameters."""
        own = params.get(self.constants)
        return (*NAMES, *own) if isinstance(own, Mapping) else NAMES

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything that does not parse as a formula."""
        if not isinstance(value, str):
            return self._sentence(value)
        try:
            self._parsed(value)
        except FormulaError as error:
            if self.name == "formula":
                return f"formula: {error.message}"
            return tr("{name} is not a formula: {why}", name=self.name, why=error.message)
        return None

    def normalise(self, value: Any) -> Any:
        """Text becomes a parsed formula."""
        return self._parsed(value)

    def _parsed(self, text: str) -> Formula:
        # Which constants there are is not known to one parameter alone: a formula that uses one
        # too many is sound, and a problem that can be mended.
        return _parse(text, also=possible_constants(text) if self.constants else None)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a formula's text."""
        return {"type": "string", "minLength": 1}
