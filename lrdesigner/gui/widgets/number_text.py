"""From what people type in a number field to a number, and back. No Qt."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from functools import partial

from lrdesigner import numerals
from lrdesigner.amounts import without_sizes
from lrdesigner.i18n import mark, tr

Number = int | float

_MAX_LENGTH = 100
_EXACT = 1e15
_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/"})
_THOUSANDS = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
_BINARY: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    # Powers are taken of floats: 9**9**9 overflows at once instead of filling the memory.
    ast.Pow: lambda base, exponent: float(base) ** float(exponent),
}
_UNARY: dict[type[ast.unaryop], Callable[[Number], Number]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
_NOT_A_NUMBER = mark("Not a number: write something like 1e-3, 0.001 or 3e-4*2")
_NOT_A_COUNT = mark("Not a number: write something like 50000, 1.28M or 1024*8")


class NoNumberError(ValueError):
    """Neither a number nor arithmetic; the message says what would be one."""


class _OtherError(Exception):
    """Something else stands in the text."""


def count_as_python(text: str, *, whole: bool) -> str:
    """Numbers in a count as Python writes them: `numerals.as_python` without its doubtful cases.

    Args:
        text: What was typed.
        whole: Whether what is counted is whole.

    Raises:
        ValueError: For ``2,000`` where it would be two; says how to write either.
    """
    found = numerals.doubtful(text, whole=whole)
    if found:
        small = numerals.localised(f"{float(found.replace(',', '.')):.10g}")
        large = re.sub(r"[.,]", "", found)
        raise ValueError(
            tr(
                "{text!r} may mean {small} or {large}; write one of these",
                text=found,
                small=small,
                large=large,
            )
        )
    return numerals.as_python(text, whole=whole)


def parse_number(text: str) -> Number:
    """The value of a number or of plain arithmetic on numbers.

    >>> parse_number("3e-4*2"), parse_number("1,251")
    (0.0006, 1251)

    Numbers may be written with the locale's marks, or with Python's.

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    return _parse(text, partial(numerals.as_python, whole=False))


def _parse(text: str, as_python: Callable[[str], str], *, whole: bool = False) -> Number:
    if len(text) > _MAX_LENGTH:
        msg = tr("Too long for a number: at most {limit} characters", limit=_MAX_LENGTH)
        raise ValueError(msg)
    plain = as_python(text.translate(_SIGNS).strip())
    plain = _THOUSANDS.sub(_without_commas, plain)
    if whole:  # an LR of 3m may be meant as milli
        plain = without_sizes(plain)
    if "," in plain:
        msg = tr("Use a point as the decimal mark, as in 0.001")
        raise ValueError(msg)
    try:
        tree = ast.parse(plain, mode="eval")
        value = _evaluate(tree.body)
    except ZeroDivisionError:
        msg = tr("Division by zero")
        raise ValueError(msg) from None
    except OverflowError:
        msg = tr("Too large for a number")
        raise ValueError(msg) from None
    except (SyntaxError, RecursionError, MemoryError, _OtherError):
        raise NoNumberError(tr(_NOT_A_COUNT if whole else _NOT_A_NUMBER)) from None
    if isinstance(value, float) and not math.isfinite(value):
        msg = tr("Too large for a number")
        raise ValueError(msg)
    return value


def parse_whole(text: str) -> Number:
    """Like `parse_number` where something is counted.

    1.251 may be 1251 (in Berlin), and k, M, B and T are large numbers: ``1.28M``, ``300B``.
    """
    return _parse(text, partial(count_as_python, whole=True), whole=True)


def parse_amount(text: str) -> Number:
    """Like `parse_number` where something is counted that comes in parts, such as epochs.

    Raises:
        ValueError: Also for ``2,000`` where it would be two.
    """
    return _parse(text, partial(count_as_python, whole=False))


def parse_int(text: str) -> int:
    """A whole number; arithmetic may be used if its result is whole (``1.28M/1024``).

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    value = parse_whole(text)
    if isinstance(value, float) and not value.is_integer():
        msg = tr("Must be a whole number, not {value}", value=format_number(value))
        raise ValueError(msg)
    return int(value)


def format_number(value: Number) -> str:
    """The shortest text that reads back as exactly ``value``: 0.001, 1e-05, 50."""
    return numerals.localised(repr(value))


def format_brief(value: Number) -> str:
    """A number in a sentence, where 1 and 1.0 are the same: 1, -0.5, 1e-05."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return f"{value:.0f}" if whole else format_number(value)


def format_grouped(value: Number) -> str:
    """Like ``format_number``, with separators for thousands in whole numbers: 125,100."""
    return numerals.grouped(value) if isinstance(value, int) else format_number(value)


def _without_commas(match: re.Match[str]) -> str:
    return match.group().replace(",", "")


def _evaluate(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            result = _BINARY[type(op)](_evaluate(left), _evaluate(right))
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _UNARY:
            result = _UNARY[type(sign)](_evaluate(operand))
        case _:
            raise _OtherError
    if isinstance(result, complex):
        raise _OtherError
    return result
