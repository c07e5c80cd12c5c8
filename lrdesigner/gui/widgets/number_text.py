"""From what people type in a number field to a number, and back. No Qt."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable

Number = int | float

_MAX_LENGTH = 100
_EXACT = 1e15
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "\u00a0": " ", "\u202f": " "}
)
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
_NOT_A_NUMBER = "Not a number: write something like 1e-3, 0.001 or 3e-4*2"


def parse_number(text: str) -> Number:
    """The value of a number or of plain arithmetic on numbers.

    >>> parse_number("3e-4*2"), parse_number("1,251")
    (0.0006, 1251)

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    if len(text) > _MAX_LENGTH:
        msg = f"Too long for a number: at most {_MAX_LENGTH} characters"
        raise ValueError(msg)
    plain = _THOUSANDS.sub(_without_commas, text.translate(_SIGNS).strip())
    if "," in plain:
        msg = "Use a point as the decimal mark, as in 0.001"
        raise ValueError(msg)
    try:
        tree = ast.parse(plain, mode="eval")
        value = _evaluate(tree.body)
    except ZeroDivisionError:
        msg = "Division by zero"
        raise ValueError(msg) from None
    except OverflowError:
        msg = "Too large for a number"
        raise ValueError(msg) from None
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(_NOT_A_NUMBER) from None
    if isinstance(value, float) and not math.isfinite(value):
        msg = "Too large for a number"
        raise ValueError(msg)
    return value


def parse_int(text: str) -> int:
    """A whole number; arithmetic may be used if its result is whole (``1280000/1024``).

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    value = parse_number(text)
    if isinstance(value, float) and not value.is_integer():
        msg = f"Must be a whole number, not {format_number(value)}"
        raise ValueError(msg)
    return int(value)


def format_number(value: Number) -> str:
    """The shortest text that reads back as exactly ``value``: 0.001, 1e-05, 50."""
    return repr(value)


def format_brief(value: Number) -> str:
    """A number in a sentence, where 1 and 1.0 are the same: 1, -0.5, 1e-05."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return f"{value:.0f}" if whole else repr(value)


def format_grouped(value: Number) -> str:
    """Like ``format_number``, with separators for thousands in whole numbers: 125,100."""
    return f"{value:,}" if isinstance(value, int) else repr(value)


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
            raise ValueError(_NOT_A_NUMBER)
    if isinstance(result, complex):
        raise ValueError(_NOT_A_NUMBER)
    return result
