"""The validation metric that drives `ReduceLROnPlateau`.

A window asks for it many times on every edit, so the last ones are kept, and a formula is
evaluated over whole arrays: exact to rounding. What a run feeds to torch is `exact_metric`.
"""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lrdesigner._reading import TooLargeError, read_regular
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import Formula, FormulaError, parse_formula
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule
from lrdesigner.schedule.structure import METRIC_NAMES

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

CHUNK = 8192


def metric_series(schedule: Schedule) -> FloatArray:
    """The metric at the end of each epoch of the horizon; the last given value repeats.

    A formula's values may differ from `exact_metric` in the last bits. The array is shared and
    cannot be written to.

    Raises:
        ScheduleError: If there is no metric, or it cannot be read or computed.
    """
    metric = _given(schedule)
    if metric.formula is not None:
        return _fast_formula(metric.formula, schedule.horizon.epochs)
    return _repeated(schedule, metric)


def exact_metric(schedule: Schedule, checkpoint: Callable[[], None] | None = None) -> FloatArray:
    """Like `metric_series`, bit for bit what a training loop computes from the formula.

    Args:
        schedule: The document.
        checkpoint: Called every few thousand epochs; may raise to cancel.

    Raises:
        ScheduleError: If there is no metric, or it cannot be read or computed.
    """
    metric = _given(schedule)
    if metric.formula is None:
        return _repeated(schedule, metric)
    epochs = schedule.horizon.epochs
    series = np.empty(epochs)
    try:
        formula = _formula(metric.formula)
        for first in range(0, epochs, CHUNK):
            if checkpoint is not None:
                checkpoint()
            stop = min(first + CHUNK, epochs)
            series[first:stop] = _exact_values(formula, first, stop, epochs)
    except FormulaError as error:
        raise _without_value(error) from None
    return _shared(series)


def given_values(schedule: Schedule) -> Sequence[float] | None:
    """The values that the document or its file gives; None where a formula gives any number.

    Raises:
        ScheduleError: If there is no metric, or it cannot be read.
    """
    metric = _given(schedule)
    return None if metric.formula is not None else _values(schedule, metric)


def csv_rows(text: str) -> CsvReader:
    """The rows of a CSV file; semicolons and tabs separate where the first line has no comma.

    Raises:
        csv.Error: If it is no CSV, where that is noticed.
    """
    return csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))


def column_names(text: str) -> list[str]:
    """The names in the first line of a CSV file; none if it has none."""
    try:
        return [name for cell in next(csv_rows(text), []) if (name := cell.strip())]
    except csv.Error:
        return []


def read_csv(path: Path) -> str:
    """The text of a CSV file anywhere, chosen by hand.

    Raises:
        ScheduleError: If it is no regular file, too large, or no text.
    """
    try:
        return _text(path)
    except (OSError, ValueError, TooLargeError) as error:
        raise _unreadable(path.name, error) from None


def read_metric_file(folder: Path | None, name: str) -> str:
    """The text of a CSV file in the document's folder or below; never waits, never huge.

    Raises:
        ScheduleError: If it is elsewhere (links are followed), no regular file, too large,
            or no text.
    """
    try:
        return _text(_inside(folder, name))
    except (OSError, ValueError, TooLargeError) as error:
        raise _unreadable(name, error) from None


def _given(schedule: Schedule) -> Metric:
    if schedule.metric is None:
        raise ScheduleError(
            tr(
                "metric: ReduceLROnPlateau needs a metric to react to; add one, such as "
                '"metric": {"formula": "exp(-t / 20)"}'
            )
        )
    return schedule.metric


def _formula(text: str) -> Formula:
    return parse_formula(text, names=METRIC_NAMES)


def _without_value(error: FormulaError) -> ScheduleError:
    return ScheduleError(
        f"metric.formula: {error.message}; it needs a value at every epoch: say what it is there, "
        "as in where(t > 0, ..., 1)"
    )


def _exact_values(formula: Formula, first: int, stop: int, epochs: int) -> FloatArray:
    """The values of some epochs; checked one by one only where one of them is none."""
    try:
        values = map(formula.function(T=epochs, lr=0.0), range(first, stop))
        found = np.fromiter(values, np.float64, stop - first)
    except (ArithmeticError, TypeError, ValueError):
        pass
    else:
        if np.isfinite(found).all():
            return found
    value = formula.checked(T=epochs, lr=0.0)
    return np.array([value(epoch) for epoch in range(first, stop)])


@lru_cache(maxsize=2)
def _fast_formula(text: str, epochs: int) -> FloatArray:
    formula = _formula(text)
    series = np.empty(epochs)
    for first in range(0, epochs, CHUNK):  # pieces that stay in the processor's cache
        stop = min(first + CHUNK, epochs)
        times = np.arange(first, stop, dtype=np.int64)
        series[first:stop] = formula.array(times, T=epochs, lr=0.0)
    gaps = np.flatnonzero(np.isnan(series))
    try:
        value = formula.checked(T=epochs, lr=0.0)
        for epoch in gaps.tolist():  # the first says what is wrong, unless integers go further
            series[epoch] = value(epoch)
    except FormulaError as error:
        raise _without_value(error) from None
    return _shared(series)


def _repeated(schedule: Schedule, metric: Metric) -> FloatArray:
    return _repeat(_values(schedule, metric), schedule.horizon.epochs)


def _values(schedule: Schedule, metric: Metric) -> tuple[float, ...]:
    if metric.file is None:
        assert metric.values is not None
        return metric.values
    assert metric.column is not None
    try:
        path = _inside(schedule.folder, metric.file)
        found = path.stat()
        state = (found.st_mtime_ns, found.st_size)
        return _read_column(path, metric.file, metric.column, state)
    except (OSError, ValueError, TooLargeError, csv.Error) as error:
        raise _unreadable(metric.file, error) from None


@lru_cache(maxsize=2)
def _repeat(values: tuple[float, ...], epochs: int) -> FloatArray:
    series = np.full(epochs, values[-1], np.float64)
    series[: len(values)] = values[:epochs]
    return _shared(series)


def _shared(series: FloatArray) -> FloatArray:
    series.flags.writeable = False
    return series


def _inside(folder: Path | None, name: str) -> Path:
    """The real file that a name in a document means."""
    if folder is None:
        raise ScheduleError(
            tr(
                "metric.file: {name!r} is looked for beside the document; save that first",
                name=name,
            )
        )
    outside = ScheduleError(
        tr("metric.file: {name!r} must be a file in the document's folder or below", name=name)
    )
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise outside
    # A link may lead anywhere; `Path.resolve` raises RuntimeError for one that leads to itself.
    path = Path(os.path.realpath(folder / name))
    if not path.is_relative_to(os.path.realpath(folder)):
        raise outside
    return path


def _text(path: Path) -> str:
    return read_regular(path).decode("utf-8-sig")


def _unreadable(name: str, error: Exception) -> ScheduleError:
    if isinstance(error, ScheduleError):
        return error
    if isinstance(error, TooLargeError):
        return ScheduleError(tr("metric.file: {name!r} is larger than 64 MB", name=name))
    if isinstance(error, FileNotFoundError):
        return ScheduleError(
            tr(
                "metric.file: cannot read {name!r}: there is no such file beside the "
                "document; put it there, or choose another",
                name=name,
            )
        )
    if isinstance(error, UnicodeDecodeError):
        return ScheduleError(
            tr(
                "metric.file: cannot read {name!r}: it is no UTF-8 text; save it as CSV in UTF-8",
                name=name,
            )
        )
    reason = getattr(error, "strerror", None) or str(error)
    return ScheduleError(
        tr("metric.file: cannot read {name!r}: {reason}", name=name, reason=reason)
    )


@lru_cache(maxsize=8)
def _read_column(path: Path, name: str, column: str, state: tuple[int, int]) -> tuple[float, ...]:
    """The column; it is read once per state of the file (when it changed, and its size)."""
    return tuple(parse_column(_text(path), name, column))


def parse_column(text: str, file: str, column: str) -> list[float]:
    """The numbers of one column of a CSV file; empty cells are left out.

    Args:
        text: The file.
        file: What messages call it.
        column: The column's name.

    Raises:
        ScheduleError: If there is no such column, or a cell is no finite number.
        csv.Error: If it is no CSV.
    """
    reader = csv_rows(text)
    names = [name.strip() for name in next(reader, [])]
    if not any(names):
        raise ScheduleError(
            tr(
                "metric.file: {file!r} is empty; its first line has to name the columns, "
                "and each line after it to hold the values of one epoch",
                file=file,
            )
        )
    if column.strip() not in names:
        raise ScheduleError(
            tr(
                "metric.column: {file!r} has no column {column!r}; it has {names}",
                file=file,
                column=column,
                names=", ".join(name for name in names[:8] if name),
            )
        )
    place = names.index(column.strip())
    values: list[float] = []
    for row in reader:
        cell = row[place].strip() if place < len(row) else ""
        if cell:  # loggers leave cells empty in rows that log something else
            # The line of the reader: quoted cells may go over several.
            values.append(
                _number(
                    cell,
                    tr("line {line} of {file!r}", line=reader.line_num, file=file),
                    column,
                )
            )
    if not values:
        raise ScheduleError(
            tr(
                "metric.file: {file!r} has no value in {column!r}; fill in one line per "
                "epoch, or choose another column",
                file=file,
                column=column,
            )
        )
    return values


def _number(cell: str, place: str, column: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
        wrong = mark(
            "metric.file: {place}: {cell!r} in column {column!r} is not a number; correct the "
            "cell, or leave it empty"
        )
    else:
        wrong = mark(
            "metric.file: {place}: {cell!r} in column {column!r} is not a finite number; correct "
            "the cell, or leave it empty"
        )
    if not math.isfinite(value):
        raise ScheduleError(tr(wrong, place=place, cell=cell[:30], column=column))
    return value


def _delimiter(text: str) -> str:
    """What separates the columns, judged by the first line."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=lambda each: (first.count(each), each == ","))
