"""The values of many variants of one scheduler at once.

Three ways, from fast to slow: a formula with columns of numbers (`FormulaRows`), a curve that
takes columns (`ColumnRows`), and one curve after another (`SingleRows`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine._formula_array import evaluate_columns
from lrdesigner.engine._formula_write import CONSTANTS
from lrdesigner.engine.arrays import as_float, namespace
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import Formula
from lrdesigner.sweep.templates import Template, templates, whole_formulas

Rows = NDArray[np.int64]


class SchedulerRows(ABC):
    """One scheduler in some rows, each a variant with arguments of its own.

    Attributes:
        sound: False for rows that torch may refuse for a reason that only asking them tells.
    """

    sound: NDArray[np.bool_]

    @abstractmethod
    def values(self, times: Any, rows: slice, group: int) -> Any:
        """The LRs of one group.

        Args:
            times: Local times, ``[points]`` or ``[rows, points]``; NumPy's or torch's.
            rows: Which of the rows.
            group: The parameter group.

        Returns:
            Values that broadcast to ``[rows, points]``.
        """


class ColumnRows(SchedulerRows):
    """A curve that takes columns."""

    def __init__(self, spec: SchedulerSpec, args: Sequence[Args]) -> None:
        first = args[0]
        self.sound = np.ones(len(args), dtype=bool)
        self._curve = spec.curve
        self._args = first
        self._values = {
            name: _packed([each.values[name] for each in args])
            for name in first.values
            if name in spec.broadcasts
        }
        self._bases = tuple(_packed(list(b)) for b in zip(*(a.bases for a in args), strict=True))
        self._length = _packed([each.length for each in args])

    def values(self, times: Any, rows: slice, group: int) -> Any:
        """The LRs of one group; see `SchedulerRows`."""
        xp = namespace(times)

        def column(packed: Any) -> Any:
            if isinstance(packed, list):
                return [column(each) for each in packed]
            return xp.asarray(packed[rows, None]) if isinstance(packed, np.ndarray) else packed

        values = {**self._args.values, **{k: column(v) for k, v in self._values.items()}}
        bases = tuple(column(base) for base in self._bases)
        args = replace(self._args, values=values, bases=bases, length=column(self._length))
        with np.errstate(all="ignore"):
            return self._curve(times, args, group)


class FormulaRows(SchedulerRows):
    """A curve that is the base LR times a formula, one for each group."""

    def __init__(self, args: Sequence[Args], found: Sequence[Template]) -> None:
        self._templates = found
        self._bases = tuple(_packed(list(b)) for b in zip(*(a.bases for a in args), strict=True))
        self._length = _packed([each.length for each in args])
        self.sound = np.logical_and.reduce([template.sound for template in found])
        for template, base in zip(found, self._bases, strict=True):
            if template.uses_lr:
                self.sound = self.sound & (np.asarray(base) != 0)

    def values(self, times: Any, rows: slice, group: int) -> Any:
        """The LRs of one group; see `SchedulerRows`."""
        xp = namespace(times)

        def column(packed: Any) -> Any:
            varies = isinstance(packed, np.ndarray)
            return xp.asarray(packed[rows, None] if varies else packed, np.float64)

        template, base = self._templates[group], column(self._bases[group])
        variables = {name: column(values) for name, values in template.columns.items()}
        variables |= {name: column(value) for name, value in CONSTANTS.items()}
        variables |= {"T": column(self._length), "lr": base}
        with np.errstate(all="ignore"):
            values = base * evaluate_columns(template.tree, as_float(times), variables)
        return xp.broadcast_to(values, values.shape or (1,))


class SingleRows(SchedulerRows):
    """A curve that takes one variant at a time."""

    def __init__(self, spec: SchedulerSpec, args: Sequence[Args]) -> None:
        self.sound = np.ones(len(args), dtype=bool)
        self._curve = spec.curve
        self._args = args

    def values(self, times: Any, rows: slice, group: int) -> Any:
        """The LRs of one group; see `SchedulerRows`."""
        plain = np.asarray(times.cpu() if hasattr(times, "cpu") else times).astype(np.int64)
        args = self._args[rows]
        each = np.broadcast_to(plain, (len(args), plain.shape[-1]))
        with np.errstate(all="ignore"):
            found = [
                self._curve(np.clip(row, 0, own.ticks), own, group)
                for row, own in zip(each, args, strict=True)
            ]
        return namespace(times).asarray(np.stack(found))


def cohorts(spec: SchedulerSpec, args: Sequence[Args]) -> Iterator[tuple[Rows, SchedulerRows]]:
    """Rows that are evaluated together, and how."""
    if spec.factor is not None:
        yield from _formula_cohorts(spec, args)
    elif spec.broadcasts:
        yield from _column_cohorts(spec, args)
    else:
        yield np.arange(len(args)), SingleRows(spec, args)


def batched(spec: SchedulerSpec) -> bool:
    """Whether variants of a scheduler are evaluated together rather than one by one."""
    return spec.factor is not None or bool(spec.broadcasts)


def _formula_cohorts(
    spec: SchedulerSpec, args: Sequence[Args]
) -> Iterator[tuple[Rows, SchedulerRows]]:
    assert spec.factor is not None
    groups = range(len(args[0].bases))
    first = [spec.factor.of(each, 0) for each in args]
    if isinstance(first[0], str):  # the text is about t, T and lr, the same for all groups
        for rows, template in templates([str(text) for text in first], spec.factor.longest):
            own = [args[row] for row in rows]
            if template is None:
                yield rows, _Unsound(len(rows))
            else:
                yield rows, FormulaRows(own, [template] * len(groups))
        return
    each_group = [[_formula(spec.factor.of(each, g)) for each in args] for g in groups]
    keys = [tuple(column[row].text for column in each_group) for row in range(len(args))]
    for rows in _alike(keys):
        own = [args[row] for row in rows]
        found = []
        for column in each_group:
            ((_, template),) = whole_formulas([column[row] for row in rows])
            found.append(template)
        yield rows, FormulaRows(own, found)


class _Unsound(SchedulerRows):
    """Formulas that cannot be read: nobody evaluates them."""

    def __init__(self, count: int) -> None:
        self.sound = np.zeros(count, dtype=bool)

    def values(self, times: Any, rows: slice, group: int) -> Any:
        """No value anywhere; see `SchedulerRows`."""
        return namespace(times).asarray(np.full((len(self.sound[rows]), 1), np.nan))


def _formula(found: Formula | str) -> Formula:
    assert isinstance(found, Formula)
    return found


def _column_cohorts(
    spec: SchedulerSpec, args: Sequence[Args]
) -> Iterator[tuple[Rows, SchedulerRows]]:
    columns = {name: [each.values[name] for each in args] for name in args[0].values}
    fixed = [
        name
        for name, values in columns.items()
        # Most values are the very same object in all rows.
        if len(set(map(id, values))) > 1
        and any(_differs(values[0], value, name in spec.broadcasts) for value in values)
    ]
    if not fixed:
        yield np.arange(len(args)), ColumnRows(spec, args)
        return
    for rows in _alike([tuple(repr(each.values[name]) for name in fixed) for each in args]):
        yield rows, ColumnRows(spec, [args[row] for row in rows])


def _differs(first: Any, value: Any, broadcasts: bool) -> bool:
    """Whether two values of a parameter cannot stand in one column."""
    if first is value:
        return False
    if not broadcasts:
        return bool(first != value)
    lists = isinstance(first, (list, tuple)), isinstance(value, (list, tuple))
    if any(lists):
        return not all(lists) or len(first) != len(value)
    return (first is None) != (value is None)


def _alike(keys: Sequence[Any]) -> Iterator[Rows]:
    """Rows with equal keys."""
    rows_of: dict[Any, list[int]] = {}
    for row, key in enumerate(keys):
        rows_of.setdefault(key, []).append(row)
    for rows in rows_of.values():
        yield np.array(rows)


def _packed(values: Sequence[Any]) -> Any:
    """One value where all are equal, a column where they differ; lists entry by entry."""
    first = values[0]
    if len(set(map(id, values))) == 1 and not isinstance(first, (list, tuple)):
        return first
    if isinstance(first, (list, tuple)):
        return [_packed(list(column)) for column in zip(*values, strict=True)]
    if first is None or isinstance(first, (str, bool)):
        return first
    column: FloatArray = np.array(values)
    return first if (column == column[0]).all() else column
