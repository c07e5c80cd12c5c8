"""Many floats as text, each exactly as `repr` writes it, several times faster than `repr`.

Formatting is what writing a long curve costs. pydantic brings a compiled JSON writer that finds
the same shortest digits ten times as fast as Python does; it only *spells* small numbers another
way (``0.00001234`` and ``1.2e-6`` for ``1.234e-05`` and ``1.2e-06``). So a column is cut into
stretches of one spelling, which are then put right as a whole.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

FloatArray = NDArray[np.float64]

# Stretches between these are spelled alike: one digit of exponent, zeros after the point, plain.
_EDGES = np.array([1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4])
_POINT_ZEROS = 5
_LARGE = 1e16
_MIN_STRETCH = 32
_PROBE = [
    0.0, 5e-324, 1.5e-300, 9.9e-10, 1e-9, 2.5e-9, 3e-8, 7.25e-7, 1e-6, 9.999999999999999e-06,
    1e-5, 1.234e-5, 6.123233995736766e-05, 9e-5, 1e-4, 0.1, 0.30000000000000004, 1.0, 123456.75,
    9007199254740993.0,
]  # fmt: skip


def float_texts(values: FloatArray) -> list[bytes]:
    """``repr`` of each value, as ASCII bytes."""
    plain = bool((values < _LARGE).all()) and not np.signbit(values).any()
    if not plain or not _writer_is_known():
        return _slow(values)
    return _fast(values)


def _slow(values: FloatArray) -> list[bytes]:
    return [repr(value).encode() for value in values.tolist()]


def _fast(values: FloatArray) -> list[bytes]:
    kinds = np.searchsorted(_EDGES, values, side="right")
    cuts = np.flatnonzero(np.diff(kinds)) + 1
    if len(cuts) * _MIN_STRETCH > len(values):
        return _slow(values)  # spellings alternate: cutting would cost more than it saves
    bounds = [0, *cuts.tolist(), len(values)]
    texts: list[bytes] = []
    for start, end in pairwise(bounds):
        text = to_json(values[start:end].tolist())[1:-1]
        texts += _respelled(text, int(kinds[start])).split(b",")
    return texts


def _respelled(text: bytes, kind: int) -> bytes:
    """Numbers of one kind, comma-separated, in Python's spelling."""
    if kind == _POINT_ZEROS:
        return _with_exponent(text)
    if 0 < kind < _POINT_ZEROS:
        digit = 10 - kind
        return text.replace(b"e-%d" % digit, b"e-0%d" % digit)
    return text


def _with_exponent(text: bytes) -> bytes:
    """``0.00001234,0.000056`` as ``1.234e-05,5.6e-05``.

    Done on all numbers at once, in place: the digits stay where they are, the first moves one to
    the left to make room for the point, and the exponent of a number takes the place of the next
    one's leading ``0.0000``.
    """
    letters = np.frombuffer(bytearray(b"," + text), dtype=np.uint8)
    commas = np.flatnonzero(letters == ord(","))
    for offset, letter in enumerate(b"e-05, "):
        letters[commas + offset] = letter
    letters[commas + 6] = letters[commas + 7]
    letters[commas + 7] = ord(".")
    joined = letters.tobytes().removeprefix(b"e-05,").translate(None, b" ") + b"e-05"
    return joined.replace(b".e", b"e")


@lru_cache(maxsize=1)
def _writer_is_known() -> bool:
    """Whether the compiled writer spells numbers as expected here; another version may not."""
    values = np.array(_PROBE)
    texts: list[bytes] = []
    for value in _PROBE:
        kind = int(np.searchsorted(_EDGES, value, side="right"))
        text = to_json([value])[1:-1]
        if kind == _POINT_ZEROS and not text.startswith(b"0.0000"):
            return False
        texts.append(_respelled(text, kind))
    return texts == _slow(values)
