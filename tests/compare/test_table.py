"""The table of numbers as CSV."""

from __future__ import annotations

import csv
import io

import numpy as np

from lrdesigner.compare.numbers import curve_numbers
from lrdesigner.compare.table import COLUMNS, csv_text


def test_every_digit_is_kept_and_what_there_is_not_is_empty():
    numbers = curve_numbers(np.array([0.1 / 3, 0.1, 0.0]))
    text = csv_text([("a, b", "head", numbers), ("c", "", curve_numbers(np.zeros(2)))])
    head, first, second = csv.reader(io.StringIO(text))
    assert head == ["curve", "group", *(c.key for c in COLUMNS), "steps_at_zero"]
    row = dict(zip(head, first, strict=True))
    assert (row["curve"], row["group"]) == ("a, b", "head")
    assert float(row["area"]) == numbers.area
    assert float(row["warm_up_share"]) == 1 / 3
    assert float(row["mean_log10_lr"]) == numbers.mean_log
    assert (row["steps_to_peak"], row["steps_at_zero"]) == ("1", "1")
    assert dict(zip(head, second, strict=True))["mean_log10_lr"] == ""


def test_every_column_says_what_it_is():
    assert len({column.key for column in COLUMNS}) == len(COLUMNS)
    assert all(column.help.endswith(".") for column in COLUMNS)
