"""How far one notch of the wheel or one press of an arrow key moves a number. No Qt.

Learning rates live on a logarithmic scale, so the step of a float follows its decade: 10 % of the
decade (1e-3, 1.1e-3, ... 2e-3), fine 1 %, coarse along 1, 2, 5, 10. The arithmetic is decimal:
stepping up and down again gives the very same float, and never 0.30000000000000004.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

_COARSE = (Decimal(1), Decimal(2), Decimal(5))


class Pace(Enum):
    """How far a step goes."""

    FINE = "fine"
    NORMAL = "normal"
    COARSE = "coarse"


def step_float(value: float, direction: int, pace: Pace, from_zero: float) -> float:
    """The neighbour of ``value`` above (``direction`` 1) or below (-1).

    Args:
        value: Where to step from.
        direction: 1 or -1.
        pace: How far.
        from_zero: Where a step from 0 leads; stepping below it in size arrives at 0.
    """
    if value == 0:
        return direction * from_zero
    number = Decimal(repr(value))
    outward = (number > 0) == (direction > 0)
    size = abs(number)
    if not outward and size <= Decimal(repr(from_zero)):
        return 0.0
    stepped = _coarse(size, outward) if pace is Pace.COARSE else _within(size, outward, pace)
    return float(stepped.copy_sign(number))


def step_int(value: int, direction: int, pace: Pace) -> int:
    """The neighbour of a whole number: 1 away, or 10 % of its decade (at least 10) if coarse."""
    if pace is not Pace.COARSE:
        return value + direction
    size = abs(value)
    outward = value == 0 or (value > 0) == (direction > 0)
    digits = len(str(size if outward else max(size - 1, 0)))
    step = max(10, 10 ** (digits - 2)) if digits > 1 else 10
    return value + direction * step


def _within(size: Decimal, outward: bool, pace: Pace) -> Decimal:
    decade = _decade(size)
    # The step below 1e-3 is a step of the decade it leads into, so that going back finds 1e-3.
    if not outward and size == decade:
        decade /= 10
    step = decade / (100 if pace is Pace.FINE else 10)
    return size + step if outward else size - step


def _coarse(size: Decimal, outward: bool) -> Decimal:
    decade = _decade(size)
    marks = [decade / 2, *(decade * mark for mark in _COARSE), decade * 10]
    if outward:
        return next(mark for mark in marks if mark > size)
    return next(mark for mark in reversed(marks) if mark < size)


def _decade(size: Decimal) -> Decimal:
    return Decimal(1).scaleb(size.adjusted())
