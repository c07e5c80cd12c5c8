"""What is wrong with a formula, and where."""

from __future__ import annotations

import re

from lrdesigner.i18n import tr

MAX_DEPTH = 50


class FormulaError(ValueError):
    """A formula that cannot be read or has no value.

    Attributes:
        message: one sentence saying what is wrong.
        position: the 0-based column of the offending part.
        length: how many characters it spans.
    """

    def __init__(self, message: str, position: int = 0, length: int = 0) -> None:
        super().__init__(message, position, length)
        self.message = message
        self.position = position
        self.length = length

    def __str__(self) -> str:
        return self.message


def too_deep(position: int, length: int) -> FormulaError:
    """The error of what nobody could read, and Python's parser not follow."""
    message = tr(
        "the formula is nested more than {most} deep; group a long chain with brackets",
        most=MAX_DEPTH,
    )
    return FormulaError(message, position, length)


def quote(part: str | re.Match[str]) -> str:
    """A part of a formula as a message shows it."""
    text = part if isinstance(part, str) else part.group()
    return repr(text if len(text) <= 40 else text[:39] + "…")
