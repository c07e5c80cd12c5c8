"""Sentences put together and taken apart, by the rules of the language in use.

Refusals are sentences without a capital and a full stop, so that they can follow a name: "what is
the matter; what to do about it". Where they stand alone they get both.
"""

from __future__ import annotations

from lrdesigner import i18n

_ENDS = (
    ".",
    "!",
    "?",
    "\N{IDEOGRAPHIC FULL STOP}",
    "\N{FULLWIDTH EXCLAMATION MARK}",
    "\N{FULLWIDTH QUESTION MARK}",
)
# Full stop, what stands between sentences, what between the halves of one.
_MARKS = {"zh_CN": ("\N{IDEOGRAPHIC FULL STOP}", "", "\N{FULLWIDTH SEMICOLON}")}
_ENGLISH = (".", " ", "; ")


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it has an end already."""
    return text if text.endswith(_ENDS) else text + _marks()[0]


def unended(text: str) -> str:
    """The text without its full stop, so that it can go on."""
    return text.rstrip(".\N{IDEOGRAPHIC FULL STOP}")


def joined(*sentences: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    return _marks()[1].join(sentence for sentence in sentences if sentence)


def read_out(*parts: str) -> str:
    """Parts as sentences after each other, as names are that are read out; no stop at the end."""
    return unended(joined(*(ended(part) for part in parts if part)))


def both(what: str, fix: str) -> str:
    """What is the matter, and what to do about it, as one sentence."""
    return what + _marks()[2] + fix


def with_fix(message: str) -> tuple[str, str]:
    """What is the matter, and what to do about it, of a sentence that says both."""
    for sign in ("; ", "\N{FULLWIDTH SEMICOLON}"):
        what, found, fix = message.rpartition(sign)
        if found:
            return what, ended(capital(unended(fix)))
    return message, ""


def _marks() -> tuple[str, str, str]:
    return _MARKS.get(i18n.language(), _ENGLISH)
