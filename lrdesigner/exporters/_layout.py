"""Python expressions as text: exact literals, and lines broken as formatters break them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 88
INDENT = 4


@dataclass(frozen=True)
class Brackets:
    """A bracketed expression that may be broken over lines.

    Attributes:
        open: Everything up to and including the opening bracket, such as ``"LinearLR("``.
        items: What stands between the brackets.
        close: The closing bracket.
        comprehension: Whether the items are the clauses of a comprehension, which no commas
            separate.
    """

    open: str
    items: tuple[Expression, ...]
    close: str
    comprehension: bool = False

    @property
    def flat(self) -> str:
        """The expression on one line."""
        separator = " " if self.comprehension else ", "
        return self.open + separator.join(flat(item) for item in self.items) + self.close


Expression = str | Brackets


def call(function: str, *arguments: Expression) -> Brackets:
    """A call."""
    return Brackets(f"{function}(", arguments, ")")


def sequence(items: Sequence[Expression]) -> Brackets:
    """A list display."""
    return Brackets("[", tuple(items), "]")


def comprehension(*clauses: Expression) -> Brackets:
    """A list comprehension."""
    return Brackets("[", clauses, "]", comprehension=True)


def named(name: str, value: Expression, sign: str = "=") -> Expression:
    """A keyword argument, or with the sign ``" = "`` an assignment."""
    if isinstance(value, str):
        return f"{name}{sign}{value}"
    return Brackets(f"{name}{sign}{value.open}", value.items, value.close, value.comprehension)


def literal(value: Any) -> Expression:
    """A number, text, None, or a list of them, so that Python reads back the same bits."""
    if isinstance(value, (list, tuple)):
        return sequence([literal(item) for item in value])
    if isinstance(value, str):
        return json.dumps(value)
    if value is None or isinstance(value, (bool, int)):
        return repr(value)
    return repr(float(value))


def flat(expression: Expression) -> str:
    """The expression on one line."""
    return expression if isinstance(expression, str) else expression.flat


def layout(expression: Expression, indent: int = INDENT, tail: int = 0) -> str:
    """The expression as it stands in a line with this indent, broken where it is too long.

    Args:
        expression: The expression.
        indent: Spaces before the line (not written).
        tail: Characters that follow on the last line.
    """
    text = flat(expression)
    if isinstance(expression, str) or indent + len(text) + tail <= WIDTH:
        return text
    inner = indent + INDENT
    lines = [expression.open]
    together = ", ".join(flat(item) for item in expression.items)
    if expression.comprehension:
        lines += [" " * inner + layout(item, inner) for item in expression.items]
    elif expression.close == ")" and inner + len(together) <= WIDTH:
        lines.append(" " * inner + together)
    else:
        lines += [" " * inner + layout(item, inner, 1) + "," for item in expression.items]
    return "\n".join([*lines, " " * indent + expression.close])
