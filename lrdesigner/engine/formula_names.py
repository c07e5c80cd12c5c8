"""Names that people give to the constants of their own formulas."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection

from lrdesigner.engine._formula_parse import NOT_FINITE
from lrdesigner.engine.formula import FUNCTIONS, NAMES, FormulaError, parse_formula
from lrdesigner.i18n import tr

MAX_CONSTANTS = 32
MAX_NAME = 32
# In exported code a constant of the name would hide the module.
RESERVED = (*NAMES, *FUNCTIONS, "math")

NAME_PATTERN = rf"[A-Za-z][A-Za-z0-9_]{{0,{MAX_NAME - 1}}}"
_WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\w)(?!\s*\()", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])", re.ASCII)
_MAX_TEXT = 2000


def name_error(name: str) -> str | None:
    """Why a constant cannot have that name, as a sentence, or None."""
    shown = repr(name if len(name) <= 40 else name[:39] + "…")
    if len(name) > MAX_NAME:
        return tr(
            "the name {name} is too long; {most} characters are the most",
            name=shown,
            most=MAX_NAME,
        )
    if not re.fullmatch(NAME_PATTERN, name):
        return tr(
            "{name} is no name; it is made of letters, digits and _, a letter first", name=shown
        )
    if name in RESERVED:
        return tr("{name} means something else already; choose another name", name=name)
    if keyword.iskeyword(name):
        return tr(
            "{name} is a word of Python, in which code is exported; choose another name", name=name
        )
    return None


def possible_constants(text: str) -> tuple[str, ...]:
    """The words of a formula's text that may be constants of its own, in order."""
    if len(text) > _MAX_TEXT:
        return ()
    words = dict.fromkeys(_WORD.findall(text))
    return tuple(word for word in words if name_error(word) is None)


def reading(text: str, names: Collection[str]) -> tuple[FormulaError | None, str]:
    """What is wrong with a formula, and the constant that it lacks.

    Args:
        text: The formula.
        names: What it may use.

    Returns:
        The objection, or None. Then the first word that is no name yet and is needed as a constant,
        or "": a word is asked for only where such words are all that the formula lacks.
    """
    lacking = [word for word in possible_constants(text) if _may_lack(word, names)]
    try:
        parse_formula(text, names=names, also=lacking)
    except FormulaError as error:
        return error, ""
    if not lacking:
        return None, ""
    try:
        parse_formula(text, names=names, also=())
    except FormulaError as error:
        return error, lacking[0]
    raise AssertionError(text)  # pragma: no cover - a lacking word is refused


def _may_lack(word: str, names: Collection[str]) -> bool:
    return word not in names and word.lower() not in NOT_FINITE


def number_at(text: str, position: int) -> tuple[int, int] | None:
    """Start and length of the number at a position of a formula's text, or None."""
    for found in _NUMBER.finditer(text):
        if found.start() <= position <= found.end():
            return found.start(), len(found.group())
    return None


def renamed(text: str, old: str, new: str) -> str:
    """A formula's text in which a constant has another name."""
    return _replaced(text, old, new)


def inlined(text: str, name: str, value: float) -> str:
    """A formula's text with a number in place of a constant."""
    number = repr(float(value))
    return _replaced(text, name, f"({number})" if number.startswith("-") else number)


def _replaced(text: str, name: str, by: str) -> str:
    return re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", lambda _: by, text, flags=re.ASCII)
