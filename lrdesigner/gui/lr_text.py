"""Learning rates in read-outs. No Qt."""

from __future__ import annotations

from lrdesigner import numerals
from lrdesigner.axes import MINUS


def lr_text(value: float) -> str:
    """A value in three digits, all of the same width: ``4.47e−03``; 0 stays 0.

    >>> lr_text(0.004467), lr_text(0.0)
    ('4.47e−03', '0')
    """
    return "0" if value == 0 else numerals.localised(f"{value:.2e}").replace("-", MINUS)
