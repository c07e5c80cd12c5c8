"""The validation metric that drives `ReduceLROnPlateau` in a preview."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lrdesigner.engine.formula import FormulaError, parse_formula
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule
from lrdesigner.schedule.structure import METRIC_NAMES

MAX_FILE_BYTES = 64 * 1024 * 1024


def metric_series(schedule: Schedule) -> list[float]:
    """The metric at the end of each epoch of the horizon; the last given value repeats.

    Raises:
        ScheduleError: If there is no metric, or it cannot be read or computed.
    """
    metric = schedule.metric
    epochs = schedule.horizon.epochs
    if metric is None:
        raise ScheduleError(
            "metric: ReduceLROnPlateau needs a metric to react to; add one, such as "
            '"metric": {"formula": "exp(-t / 20)"}'
        )
    if metric.formula is not None:
        formula = parse_formula(metric.formula, names=METRIC_NAMES)
        try:
            value = formula.checked(T=epochs, lr=0.0)
            return [value(epoch) for epoch in range(epochs)]
        except FormulaError as error:
            raise ScheduleError(f"metric.formula: {error.message}") from None
    values = metric.values if metric.values is not None else _read(schedule.folder, metric)
    return [values[min(epoch, len(values) - 1)] for epoch in range(epochs)]


def _read(folder: Path | None, metric: Metric) -> Sequence[float]:
    """One column of a CSV file that stands beside the document."""
    assert metric.file is not None
    name = Path(metric.file)
    if folder is None:
        raise ScheduleError(
            f"metric.file: save the document first; {metric.file!r} is looked for beside it"
        )
    if name.is_absolute() or ".." in name.parts:
        raise ScheduleError(
            f"metric.file: {metric.file!r} must be a file in the document's folder or below"
        )
    path = folder / name
    try:
        found = path.stat()
        if found.st_size > MAX_FILE_BYTES:
            raise ScheduleError(f"metric.file: {metric.file!r} is larger than 64 MB")
        return _read_column(path, metric, found.st_mtime_ns, found.st_size)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScheduleError(f"metric.file: cannot read {metric.file!r}: {reason}") from None


@lru_cache(maxsize=8)
def _read_column(path: Path, metric: Metric, changed: int, size: int) -> tuple[float, ...]:
    """The column; a window asks for it on every edit, so it is read once per state of the file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_column(csv.DictReader(file), metric))


def _column(reader: csv.DictReader[str], metric: Metric) -> list[float]:
    names = [name for name in reader.fieldnames or () if name is not None]
    if metric.column not in names:
        raise ScheduleError(
            f"metric.column: {metric.file!r} has no column {metric.column!r}; it has "
            + (", ".join(names[:8]) or "none")
        )
    values: list[float] = []
    for row in reader:
        text = (row[metric.column] or "").strip()
        if not text:
            continue  # loggers leave cells empty in rows that log something else
        try:
            values.append(float(text))
        except ValueError:
            raise ScheduleError(
                f"metric.file: line {reader.line_num} of {metric.file!r}: {text[:30]!r} "
                "is not a number"
            ) from None
        if not math.isfinite(values[-1]):
            raise ScheduleError(
                f"metric.file: line {reader.line_num} of {metric.file!r} is {text[:30]}"
            )
    if not values:
        raise ScheduleError(f"metric.file: {metric.file!r} has no value in {metric.column!r}")
    return values
