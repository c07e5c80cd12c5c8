"""Declarations of lists of times, and of tables: points of a curve, or (duration, value) pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from lrdesigner.i18n import mark, tr
from lrdesigner.params.base import MAX_ENTRIES, MAX_INT, MAX_ROWS, Param, shown, shown_number
from lrdesigner.params.declarations import FloatParam


@dataclass(frozen=True, kw_only=True)
class IntListParam(Param):
    """A list of whole numbers, in rising order.

    Attributes:
        most: How many there may be.
    """

    kind: ClassVar[str] = "int_list"
    most: int = MAX_ENTRIES

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return tr("a list of whole numbers in rising order, such as [10, 30]")

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but lists of whole numbers; 2.5 would never fire in torch."""
        if not isinstance(value, (list, tuple)):
            return self._sentence(value)
        whole = all(isinstance(v, int) and not isinstance(v, bool) for v in value)
        return None if whole else self._sentence(value)

    def one_range_error(self, value: Any) -> str | None:
        """Refuses negative and unsorted entries; a repeated one counts twice, as in torch."""
        if len(value) > self.most:
            return tr(
                "{name} has {count:,} entries; at most {most:,} can be used",
                name=self.name,
                count=len(value),
                most=self.most,
            )
        if any(v < 0 for v in value):
            return tr(
                "{name} must not contain negative numbers: {value}",
                name=self.name,
                value=shown(list(value)),
            )
        if any(v > MAX_INT for v in value):
            return tr(
                "{name} must not contain numbers above {limit:,}: {value}",
                name=self.name,
                limit=MAX_INT,
                value=shown(list(value)),
            )
        if list(value) != sorted(value):
            return tr(
                "{name} must be in rising order: {rising}, not {value}",
                name=self.name,
                rising=shown(sorted(value)),
                value=shown(list(value)),
            )
        return None

    def one_remedy(self, value: Any) -> str:
        """Says which entries to change."""
        if len(value) > self.most:
            return tr("Keep the first {most:,} of them.", most=self.most)
        if any(v < 0 for v in value):
            return tr("Remove them; times count from the phase's start.")
        if any(v > MAX_INT for v in value):
            return tr("Remove them; no run is that long.")
        return tr("Sort them; the same number may stand there twice.")

    def normalise(self, value: Any) -> Any:
        """A plain list, as torch keeps it."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a list of whole numbers."""
        item = {"type": "integer", "minimum": 0, "maximum": MAX_INT}
        return {"type": "array", "items": item, "maxItems": self.most}


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
        parts = [item.bounds for item in self.items]
        if len(set(parts)) > 1:
            each = tr(" and ").join(tr("one {bounds}", bounds=part) for part in parts)
            return tr("a list of {count} numbers, {each}", count=len(parts), each=each)
        if parts[0]:
            return tr("a list of {count} numbers {bounds}", count=len(parts), bounds=parts[0])
        return tr("a list of {count} numbers", count=len(parts))

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
        return tr(
            "{name} must be {allowed}, not {value}",
            name=self.name,
            allowed=self.allowed,
            value=shown_number(value),
        )


@dataclass(frozen=True, kw_only=True)
class TableParam(Param):
    """A table of times and values: rows of a whole number and a number, neither negative.

    Attributes:
        columns: What the two columns are called.
        rising: Whether the times have to rise from row to row.
        least: Smallest allowed time: 1 where it says how long something lasts.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[str, str] = (mark("step"), mark("value"))
    rising: bool = True
    least: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """Its columns' names, too."""
        return (*super().texts, *self.columns)

    @property
    def allowed(self) -> str:
        """What the value may be."""
        return tr(
            "a list of [{columns}] pairs, such as [[0, 1.0], [100, 0.1]]",
            columns=", ".join(tr(column) for column in self.columns),
        )

    def one_type_error(self, value: object) -> str | None:
        """Refuses everything but lists of a whole number and a finite number each."""
        if not isinstance(value, (list, tuple)):
            return self._sentence(value)
        return next((self._row_error(row) for row in value if not _is_row(row)), None)

    def _row_error(self, row: object) -> str:
        return tr(
            "{name} must be {allowed}; {row} is no such pair",
            name=self.name,
            allowed=self.allowed,
            row=shown(row),
        )

    def one_range_error(self, value: Any) -> str | None:
        """Refuses negative entries and, where they have to rise, times that do not."""
        if not value:
            return tr("{name} has no rows; give {allowed}", name=self.name, allowed=self.allowed)
        if len(value) > MAX_ROWS:
            return tr(
                "{name} has {count:,} rows; at most {most:,} can be used",
                name=self.name,
                count=len(value),
                most=MAX_ROWS,
            )
        if any(time < 0 or number < 0 for time, number in value):
            return tr(
                "{name} must not contain negative numbers: {value}",
                name=self.name,
                value=shown_number(value),
            )
        times = [time for time, _ in value]
        if min(times) < self.least:
            return tr(
                "{name}: a {column} must be {least} or greater: {times}",
                name=self.name,
                column=tr(self.columns[0]),
                least=self.least,
                times=shown(times),
            )
        if max(times) > MAX_INT:
            return tr(
                "{name}: {time:,} is too late; {limit:,} is the most",
                name=self.name,
                time=max(times),
                limit=MAX_INT,
            )
        if self.rising and any(a >= b for a, b in pairwise(times)):
            return tr(
                "{name} must have rising {column}s, each one once: {times}",
                name=self.name,
                column=tr(self.columns[0]),
                times=shown(times),
            )
        return None

    def one_remedy(self, value: Any) -> str:
        """Says which rows to change."""
        if not value:
            return tr("Add a row, such as [{least}, 1].", least=self.least)
        if len(value) > MAX_ROWS:
            return tr("Keep the first {most:,} of them.", most=MAX_ROWS)
        if any(time < 0 or number < 0 for time, number in value):
            return tr("Write 0 in place of them, or remove their rows.")
        if any(time < self.least for time, _ in value):
            return tr("Remove the rows that last for less than {least}.", least=self.least)
        if any(time > MAX_INT for time, _ in value):
            return tr("Remove the rows later than {limit:,}; no run is that long.", limit=MAX_INT)
        return tr(
            "Sort the rows, and keep one for each {column}.",
            column=tr(self.columns[0]),
        )

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
        return {"type": "array", "items": row, "minItems": 1, "maxItems": MAX_ROWS}


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
