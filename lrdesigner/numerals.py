"""How numbers look to a reader: the marks of the user's locale in place of Python's.

Files, code, JSON, formulas and lists of numbers are written as Python writes them, with a point,
wherever the user lives. Single numbers on the screen follow the locale: ``1.251,5`` in Berlin is
``1,251.5`` in London. The window says once which marks these are; until then they are Python's, so
that the command line and scripts see no difference.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from numbers import Real
from typing import Any, NamedTuple


class Marks(NamedTuple):
    """What stands between the digits of a number.

    Attributes:
        decimal: Before the fraction.
        group: Between thousands.
    """

    decimal: str = "."
    group: str = ","


PYTHON = Marks()

_marks = PYTHON
_for_a_file: ContextVar[bool] = ContextVar("_for_a_file", default=False)
_TOKEN = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)+(?![.,])")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
# One mark before three digits: thousands to some, a fraction to others. Nobody writes 1.280 M for
# thousands, nor a power of ten after them.
_EITHER = re.compile(
    r"(?<![\w.,])[1-9]\d{0,2}(?P<mark>[.,])(?P<end>\d{3})(?![\d.,])(?!e[+-]?\d)"
    r"(?!\s*(?:[kmbgt]|thousand|million|billion|trillion)(?![a-z0-9_]))",
    re.IGNORECASE,
)
# Between digits, whoever writes them: spaces of all kinds, and the Swiss apostrophe.
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")


def use_marks(marks: Marks) -> None:
    """Write numbers on the screen with these marks from now on."""
    global _marks  # like the language, one for the process
    _marks = marks if marks.decimal and marks.decimal != marks.group else PYTHON


def marks() -> Marks:
    """The marks in use."""
    return PYTHON if _for_a_file.get() else _marks


@contextlib.contextmanager
def python_marks() -> Iterator[None]:
    """Numbers that are written meanwhile, in this thread, are written as Python does."""
    token = _for_a_file.set(True)
    try:
        yield
    finally:
        _for_a_file.reset(token)


def localised(text: str) -> str:
    """A number as Python writes it (``1,251.5``, ``1e-05``) with the locale's marks."""
    found = marks()
    if found is PYTHON:
        return text
    return text.translate({ord("."): found.decimal, ord(","): found.group})


def grouped(value: int) -> str:
    """A whole number with its thousands apart: ``1,251``."""
    return localised(f"{value:,}")


def as_python(text: str, *, whole: bool) -> str:
    """Numbers, and arithmetic on them, as Python writes them: what somebody has typed.

    Both ways of writing are understood wherever they cannot be mistaken for each other, as are
    spaces between thousands.

    Args:
        text: What was typed.
        whole: Whether ``1.251`` is 1251 where the point stands between thousands.
    """
    text = _SPACES.sub("", text)
    if _marks.decimal != ",":
        return text
    return _TOKEN.sub(lambda match: _token(match.group(), whole=whole), text)


def doubtful(text: str, *, whole: bool) -> str:
    """A number in a count that `as_python` would read as a small one and may be meant in thousands.

    ``2,000`` is two in Berlin, where nobody writes it for two: it comes from somebody, or from a
    page, that writes thousands so.

    Args:
        text: What was typed.
        whole: Whether what is counted is whole; else only needless zeros are doubtful.

    Returns:
        The first such number, or "".
    """
    for match in _EITHER.finditer(_SPACES.sub("", text)):
        if not _parts_thousands(match["mark"], whole=whole) and (whole or match["end"] == "000"):
            return match.group()
    return ""


def _parts_thousands(mark: str, *, whole: bool) -> bool:
    """Whether a mark is read as one between thousands."""
    if _marks.decimal == ",":
        return whole and mark == _marks.group
    return mark == ","


def _token(text: str, *, whole: bool) -> str:
    last = max(text.rfind("."), text.rfind(","))
    end = text[last]
    if text.count(end) > 1:  # nothing but thousands
        return re.sub(r"[.,]", "", text) if _GROUPED.fullmatch(text) else text
    if whole and end == _marks.group and _GROUPED.fullmatch(text):
        return re.sub(r"[.,]", "", text)
    return re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]


def in_locale(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values for `str.format`, such that numbers among them come out with the locale's marks."""
    if marks() is PYTHON:
        return values
    return {name: _Number(v) if _is_number(v) else v for name, v in values.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


class _Number:
    """A number that formats itself as any other, and then changes the marks."""

    def __init__(self, value: Real) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        return localised(format(self._value, spec))

    def __str__(self) -> str:
        return localised(str(self._value))

    def __repr__(self) -> str:
        return repr(self._value)
