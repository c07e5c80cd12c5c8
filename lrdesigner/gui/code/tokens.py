"""Which stretches of a code text are what: enough for colours. No Qt."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import NamedTuple

_STRING = r"\"(?:\\.|[^\"\\\n])*\""
_NUMBER = r"(?<![\w.])-?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_WORDS = "|".join(word for word in keyword.kwlist)

_PATTERNS = {
    "python": re.compile(
        # What stands between three quotes is prose, and is to be as quiet as a comment.
        r"(?P<comment>\"\"\"[\s\S]*?\"\"\"|\#[^\n]*)"
        rf"|(?P<string>{_STRING}|'(?:\\.|[^'\\\n])*')"
        rf"|(?P<keyword>\b(?:{_WORDS})\b)"
        rf"|(?P<number>{_NUMBER.replace('-?', '')}\b)"
    ),
    "json": re.compile(
        rf"(?P<name>{_STRING}(?=\s*:))"
        rf"|(?P<string>{_STRING})"
        r"|(?P<keyword>\b(?:true|false|null)\b)"
        rf"|(?P<number>{_NUMBER})"
    ),
}


class Span(NamedTuple):
    """A stretch of one line, in UTF-16 units as Qt counts."""

    start: int
    length: int
    kind: str


def spans(text: str, language: str) -> list[list[Span]]:
    """The stretches of each line that are not plain: string, comment, keyword, number, name."""
    lines: list[list[Span]] = [[]]
    column = 0
    for kind, piece in _pieces(text, language):
        for place, part in enumerate(piece.split("\n")):
            if place:
                lines.append([])
                column = 0
            length = utf16_length(part)
            if kind and length:
                lines[-1].append(Span(column, length, kind))
            column += length
    return lines


def utf16_length(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _pieces(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The whole text, in pieces of one kind; "" is plain."""
    pattern = _PATTERNS.get(language)
    position = 0
    for match in pattern.finditer(text) if pattern else ():
        yield "", text[position : match.start()]
        yield str(match.lastgroup), match.group()
        position = match.end()
    yield "", text[position:]
