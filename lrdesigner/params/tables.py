"""Declarations of lists of times, and of tables: points of a curve, or (duration, value) pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from lrdesigner.params.base import MAX_ENTRIES, MAX_INT, Param, shown, shown_number
from lrdesigner.params.declarations import FloatParam


@dataclass(frozen=True, kw_only=True)
class IntListParam(Param):
    """A list of whole numbers, in rising order."""

    kind: ClassVar[str] = "int_list"

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return "a list of whole numbers in rising order, such as [10, 30]"

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but lists of whole numbers; 2.5 would never fire in torch."""
        if not isinstance(value, (list, tuple)):
            return self._sentence(value)
        whole = all(isinstance(v, int) and not isinstance(v, bool) for v in value)
        return None if whole else self._sentence(value)

    def one_range_error(self, value: Any) -> str | None:
        """Refuses negative and unsorted entries; a repeated one counts twice, as in torch."""
        if len(value) > MAX_ENTRIES:
            return f"{self.name} has {len(value):,} entries; at most {MAX_ENTRIES:,} can be used"
        if any(v < 0 for v in value):
            return f"{self.name} must not contain negative numbers: {shown(list(value))}"
        if any(v > MAX_INT for v in value):
            return f"{self.name} must not contain numbers above {MAX_INT:,}: {shown(list(value))}"
        if list(value) != sorted(value):
            return f"{self.name} must be in rising order: write {shown(sorted(value))}"
        return None

    def one_remedy(self, value: Any) -> str:
        """Says which entries to change."""
        if len(value) > MAX_ENTRIES:
            return f"Keep the first {MAX_ENTRIES:,} of them."
        if any(v < 0 for v in value):
            return "Remove the negative numbers; times count from the phase's start."
        if any(v > MAX_INT for v in value):
            return f"Remove the numbers above {MAX_INT:,}; no run is that long."
        return "Put them in rising order."

    def normalise(self, value: Any) -> Any:
        """A plain list, as torch keeps it."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a list of whole numbers."""
        item = {"type": "integer", "minimum": 0, "maximum": MAX_INT}
        return {"type": "array", "items": item, "maxItems": MAX_ENTRIES}


@dataclass(frozen=True, kw_only=True)
class NumbersParam(Param):
    """A few numbers, each with limits of its own.

    Attributes:
        items: What each of them may be; their names are not used.
    """

    kind: ClassVar[str] = "numbers"
    items: tuple[FloatParam, ...] = ()

    @property
    def allowed(self) -> str:
        """What the value may be."""
        parts = [item.allowed.removeprefix("a number").strip() for item in self.items]
        if len(set(parts)) == 1:
            return f"a list of {len(parts)} numbers {parts[0]}".rstrip()
        numbers = " and ".join(f"one {part}" for part in parts)
        return f"a list of {len(parts)} numbers, {numbers}"

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but so many finite numbers."""
        if not isinstance(value, (list, tuple)) or len(value) != len(self.items):
            return self._sentence(value)
        wrong = any(
            item.one_type_error(number) for item, number in zip(self.items, value, strict=True)
        )
        return self._sentence(value) if wrong else None

    def one_range_error(self, value: Any) -> str | None:
        """Refuses numbers outside their limits."""
        wrong = any(
            item.one_range_error(number) for item, number in zip(self.items, value, strict=True)
        )
        return self._sentence(value) if wrong else None

    def normalise(self, value: Any) -> Any:
        """Floats: torch refuses an int among ``betas``."""
        return tuple(float(number) for number in value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a list of so many numbers."""
        count = len(self.items)
        items = [item.schema() for item in self.items]
        return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}

    def _sentence(self, value: object) -> str:
        return f"{self.name} must be {self.allowed}, not {shown_number(value)}"


@dataclass(frozen=True, kw_only=True)
class TableParam(Param):
    """A table of times and values: rows of a whole number and a number, neither negative.

    Attributes:
        columns: What the two columns are called.
        rising: Whether the times have to rise from row to row.
        least: Smallest allowed time: 1 where it says how long something lasts.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[str, str] = ("step", "value")
    rising: bool = True
    least: int = 0

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return f"a list of [{', '.join(self.columns)}] pairs, such as [[0, 1.0], [100, 0.1]]"

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but lists of a whole number and a finite number each."""
        if not isinstance(value, (list, tuple)):
            return self._sentence(value)
        return next((self._row_error(row) for row in value if not _is_row(row)), None)

    def _row_error(self, row: object) -> str:
        return f"{self.name} must be {self.allowed}; {shown(row)} is no such pair"

    def one_range_error(self, value: Any) -> str | None:
        """Refuses negative entries and, where they have to rise, times that do not."""
        if not value:
            return f"{self.name} has no rows; give {self.allowed}"
        if len(value) > MAX_ENTRIES:
            return f"{self.name} has {len(value):,} rows; at most {MAX_ENTRIES:,} can be used"
        if any(time < 0 or number < 0 for time, number in value):
            return f"{self.name} must not contain negative numbers: {shown_number(value)}"
        times = [time for time, _ in value]
        if min(times) < self.least:
            return (
                f"{self.name}: a {self.columns[0]} must be {self.least} or greater: {shown(times)}"
            )
        if max(times) > MAX_INT:
            return f"{self.name}: {max(times):,} is too late; {MAX_INT:,} is the most"
        if self.rising and any(a >= b for a, b in pairwise(times)):
            return f"{self.name} must have rising {self.columns[0]}s, each one once: {shown(times)}"
        return None

    def one_remedy(self, value: Any) -> str:
        """Says which rows to change."""
        if not value:
            return f"Add a row, such as [{self.least}, 1]."
        if len(value) > MAX_ENTRIES:
            return f"Keep the first {MAX_ENTRIES:,} of them."
        if any(time < 0 or number < 0 for time, number in value):
            return "Write 0 in place of negative numbers, or remove their rows."
        if any(time < self.least for time, _ in value):
            return f"Remove the rows that last for less than {self.least}."
        if any(time > MAX_INT for time, _ in value):
            return f"Remove the rows later than {MAX_INT:,}; no run is that long."
        return f"Put the rows in rising order, and keep one row for each {self.columns[0]}."

    def normalise(self, value: Any) -> Any:
        """Pairs of an int and a float, which nothing can change."""
        return tuple((time, float(number)) for time, number in value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a list of pairs."""
        row = {
            "type": "array",
            "prefixItems": [
                {"type": "integer", "minimum": self.least, "maximum": MAX_INT},
                {"type": "number", "minimum": 0},
            ],
            "minItems": 2,
            "maxItems": 2,
        }
        return {"type": "array", "items": row, "minItems": 1, "maxItems": MAX_ENTRIES}


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
