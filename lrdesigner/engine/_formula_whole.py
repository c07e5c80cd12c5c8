"""Operations on many whole numbers, faster than NumPy's own and to the same bits.

Cycles are written with ``t % 100`` and ``t // 100``, and what fades from one to the next with
``gamma ** (t // 100)``. NumPy divides floats with the C library's `fmod`, one after the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_MANY = 1000  # fewer are not worth looking at
_EXACT = 2.0**50  # whole numbers up to here, and their products with a quotient, are exact


def whole_quotients(values: Any, divisor: Any) -> Array | None:
    """``values // divisor``; None if they are not whole numbers, or few."""
    found = _divided(values, divisor)
    return None if found is None else found[0]


def whole_remainders(values: Any, divisor: Any) -> Array | None:
    """``values % divisor``; None if they are not whole numbers, or few."""
    found = _divided(values, divisor)
    return None if found is None else found[1]


def few_powers(base: Any, exponents: Any) -> Array | None:
    """``base ** exponents`` where few whole exponents come again and again; else None."""
    if np.size(base) != 1 or not _many(exponents) or np.ndim(exponents) != 1:
        return None
    low, high = float(exponents.min()), float(exponents.max())
    if not (high - low < len(exponents) / 2 and abs(low) < _EXACT and _whole(exponents)):
        return None
    each = np.power(np.reshape(base, ()), np.arange(low, high + 1))
    found: Array = each[(exponents - low).astype(np.int64)]
    return found


def _divided(values: Any, divisor: Any) -> tuple[Array, Array] | None:
    if np.size(divisor) != 1 or not _many(values):
        return None
    by = float(np.reshape(divisor, ()))
    # Within bounds, nothing is infinite or no number.
    if not (1 <= by < _EXACT and by.is_integer()):
        return None
    if not (abs(float(values.min())) < _EXACT and abs(float(values.max())) < _EXACT):
        return None
    if not _whole(values):
        return None
    quotients = np.floor(values / by)
    remainders = values - quotients * by
    if remainders.min() < 0 or remainders.max() >= by:
        return None  # the quotient was rounded over a whole number
    return quotients, remainders


def _many(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.size >= _MANY and values.dtype == np.float64


def _whole(values: Array) -> bool:
    return bool((np.floor(values) == values).all())
