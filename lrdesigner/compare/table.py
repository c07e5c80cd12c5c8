"""The table of numbers: its columns, and the table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from lrdesigner.compare.numbers import CurveNumbers
from lrdesigner.i18n import mark

Kind = Literal["lr", "steps", "share", "log", "sum"]
Value = float | int | None


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        key: Its name in CSV, which is the same in every language.
        title: Its name on screen (marked for translation).
        help: What the number is, exactly (marked for translation).
        kind: What sort of number it is.
        of: The number.
    """

    key: str
    title: str
    help: str
    kind: Kind
    of: Callable[[CurveNumbers], Value]


COLUMNS: tuple[Column, ...] = (
    Column("steps", mark("Steps"), mark("Optimizer steps of the run."), "steps", lambda n: n.steps),
    Column("peak", mark("Peak"), mark("The highest LR of all steps."), "lr", lambda n: n.peak),
    Column(
        "steps_to_peak",
        mark("To peak"),
        mark("Steps to the peak: how many steps come before the first one at the highest LR."),
        "steps",
        lambda n: n.peak_step,
    ),
    Column(
        "warm_up_share",
        mark("Warm-up"),
        mark("Warm-up share: the part of all steps that come before the first one at the peak."),
        "share",
        lambda n: n.warm_up,
    ),
    Column(
        "minimum", mark("Minimum"), mark("The lowest LR of all steps."), "lr", lambda n: n.minimum
    ),
    Column("end", mark("End"), mark("The LR of the last step."), "lr", lambda n: n.end),
    Column(
        "area",
        mark("Area"),
        mark("Area under the curve: the sum of the LRs of all steps, the total LR budget."),
        "sum",
        lambda n: n.area,
    ),
    Column(
        "steps_near_peak",
        mark("Near peak"),
        mark("How many steps have at least 90 % of the highest LR."),
        "steps",
        lambda n: n.near_peak,
    ),
    Column(
        "mean_log10_lr",
        mark("Mean log LR"),
        mark(
            "The mean of the decimal logarithm of the LR, over the steps whose LR is above 0. "
            "Ten to that power is the geometric mean."
        ),
        "log",
        lambda n: n.mean_log,
    ),
)


def csv_text(rows: Iterable[tuple[str, str, CurveNumbers]]) -> str:
    """The table as CSV, every digit kept; what there is not is empty.

    The last column counts the steps that the mean of the logarithm leaves out.

    Args:
        rows: Curve, group, and the numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["curve", "group", *(column.key for column in COLUMNS), "steps_at_zero"])
    for curve, group, numbers in rows:
        values = (column.of(numbers) for column in COLUMNS)
        cells = ("" if value is None else repr(value) for value in values)
        writer.writerow([curve, group, *cells, numbers.zeros])
    return text.getvalue()
