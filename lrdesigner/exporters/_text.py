"""People's own text in exported code: readable, and unable to be anything but text."""

from __future__ import annotations

import textwrap

from lrdesigner.exporters._layout import WIDTH


def one_line(text: str) -> str:
    """The text on one line; what cannot be seen, or turns the reading direction, is spelt out."""
    return " ".join("".join(map(_visible, word)) for word in text.split())


def paragraphs(text: str) -> str:
    """The text with its own line breaks, long lines wrapped."""
    lines = [
        "\n".join(
            textwrap.wrap(one_line(line), WIDTH, break_long_words=False, break_on_hyphens=False)
        )
        for line in text.splitlines()
    ]
    return "\n".join(lines).strip()


def in_docstring(text: str) -> str:
    """The text as it is written between triple quotes."""
    return text.replace("\\", "\\\\").replace('"""', r"\"\"\"")


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
