"""The validation metric that drives `ReduceLROnPlateau`.

A window asks for it many times on every edit, so the last ones are kept, and a formula is
evaluated over whole arrays: exact to rounding. What a run feeds to torch is `exact_metric`.
"""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from lrdesigner._reading import TooLargeError, read_regular
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import Formula, FormulaError, parse_formula
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule
from lrdesigner.schedule.structure import METRIC_NAMES

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
        value = _formula(metric.formula).checked(T=epochs, lr=0.0)
        for first in range(0, epochs, CHUNK):
            if checkpoint is not None:
                checkpoint()
            stop = min(first + CHUNK, epochs)
            series[first:stop] = [value(epoch) for epoch in range(first, stop)]
    except FormulaError as error:
        raise ScheduleError(f"metric.formula: {error.message}") from None
    return _shared(series)


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
            "metric: ReduceLROnPlateau needs a metric to react to; add one, such as "
            '"metric": {"formula": "exp(-t / 20)"}'
        )
    return schedule.metric


def _formula(text: str) -> Formula:
    return parse_formula(text, names=METRIC_NAMES)


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
        raise ScheduleError(f"metric.formula: {error.message}") from None
    return _shared(series)


def _repeated(schedule: Schedule, metric: Metric) -> FloatArray:
    epochs = schedule.horizon.epochs
    if metric.file is None:
        assert metric.values is not None
        return _repeat(metric.values, epochs)
    assert metric.column is not None
    try:
        path = _inside(schedule.folder, metric.file)
        found = path.stat()
        state = (found.st_mtime_ns, found.st_size)
        column = _read_column(path, metric.file, metric.column, state)
    except (OSError, ValueError, TooLargeError, csv.Error) as error:
        raise _unreadable(metric.file, error) from None
    return _repeat(column, epochs)


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
            f"metric.file: save the document first; {name!r} is looked for beside it"
        )
    outside = ScheduleError(
        f"metric.file: {name!r} must be a file in the document's folder or below"
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
        return ScheduleError(f"metric.file: {name!r} is larger than 64 MB")
    reason = getattr(error, "strerror", None) or str(error)
    return ScheduleError(f"metric.file: cannot read {name!r}: {reason}")


@lru_cache(maxsize=8)
def _read_column(path: Path, name: str, column: str, state: tuple[int, int]) -> tuple[float, ...]:
    """The column; it is read once per state of the file (when it changed, and its size)."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    return tuple(_column(reader, name, column))


def _column(reader: csv.DictReader[str], file: str, column: str) -> list[float]:
    names = [name for name in reader.fieldnames or () if name is not None]
    if column not in names:
        raise ScheduleError(
            f"metric.column: {file!r} has no column {column!r}; it has "
            + (", ".join(names[:8]) or "none")
        )
    values: list[float] = []
    for row in reader:
        text = (row[column] or "").strip()
        if not text:
            continue  # loggers leave cells empty in rows that log something else
        try:
            values.append(float(text))
        except ValueError:
            raise ScheduleError(
                f"metric.file: line {reader.line_num} of {file!r}: {text[:30]!r} is not a number"
            ) from None
        if not math.isfinite(values[-1]):
            raise ScheduleError(f"metric.file: line {reader.line_num} of {file!r} is {text[:30]}")
    if not values:
        raise ScheduleError(f"metric.file: {file!r} has no value in {column!r}")
    return values
