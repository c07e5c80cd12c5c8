"""Declarations of tables: points of a curve, or a list of (duration, value) pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from lrdesigner.params.base import Param, shown

MAX_TIME = 10**9


@dataclass(frozen=True, kw_only=True)
class TableParam(Param):
    """A table of times and values: rows of a whole number and a number, neither negative.

    Attributes:
        columns: What the two columns are called.
        rising: Whether the times have to rise from row to row.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[str, str] = ("step", "value")
    rising: bool = True

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return f"a list of [{', '.join(self.columns)}] pairs, such as [[0, 1.0], [100, 0.1]]"

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but lists of a whole number and a finite number each."""
        if not isinstance(value, (list, tuple)) or not value:
            return self._sentence(value)
        return next((self._row_error(row) for row in value if not _is_row(row)), None)

    def _row_error(self, row: object) -> str:
        return f"{self.name} must be {self.allowed}; {shown(_plain(row))} is no such pair"

    def one_range_error(self, value: Any) -> str | None:
        """Refuses negative entries and, where they have to rise, times that do not."""
        if any(time < 0 or number < 0 for time, number in value):
            return f"{self.name} must not contain negative numbers: {shown(_plain(value))}"
        times = [time for time, _ in value]
        if max(times) > MAX_TIME:
            return f"{self.name}: {max(times):,} is too late; {MAX_TIME:,} is the most"
        if self.rising and any(a >= b for a, b in pairwise(times)):
            return f"{self.name} must have rising {self.columns[0]}s, each one once: {shown(times)}"
        return None

    def normalise(self, value: Any) -> Any:
        """Pairs of an int and a float, which nothing can change."""
        return tuple((time, float(number)) for time, number in value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a list of pairs."""
        row = {
            "type": "array",
            "prefixItems": [
                {"type": "integer", "minimum": 0},
                {"type": "number", "minimum": 0},
            ],
            "minItems": 2,
            "maxItems": 2,
        }
        return {"type": "array", "items": row, "minItems": 1}


def _is_row(row: object) -> bool:
    """Whether it is a whole number beside a finite number."""
    if not isinstance(row, (list, tuple)) or len(row) != 2:
        return False
    time, number = row
    if isinstance(time, bool) or not isinstance(time, int):
        return False
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return False
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


def _plain(value: object) -> object:
    """Lists for tuples, as they are written in a document."""
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
