r"""Words in drawn formulas, in a language whose letters the formulas' face lacks. No Qt.

Mathematics is read everywhere; "otherwise" is not. What has a sign takes it; with other words a
formula is not drawn but shown as text, which is translated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from lrdesigner import i18n
from lrdesigner.catalog import schedulers

_WORDS = re.compile(r"\\text\{([^{}]*)\}")
_SIGNS = {
    "otherwise": r"\ ",  # the last case, nothing asked of it; not empty, or the row is left out
    " or ": r"\ \vee\ ",
    " and ": r"\ \wedge\ ",
    " in ": r"\in ",
    " for ": r",\quad ",
}


def spoken(latex: Sequence[str]) -> tuple[str, ...]:
    """The lines of a formula as they can be drawn in the language in use; none: show the text."""
    lines = tuple(latex)
    if i18n.language() == "en":
        return lines
    signs = tuple(_WORDS.sub(_sign, line) for line in lines)
    return () if any(_said(line) for line in signs) else signs


def _sign(found: re.Match[str]) -> str:
    return _SIGNS.get(found[1], found[0])


def _said(line: str) -> bool:
    """Whether a line has words that are no names."""
    return any(each.strip() not in _names() for each in _WORDS.findall(line))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """What parameters may be set to, which is the same in every language."""
    return frozenset(
        choice for spec in schedulers() for p in spec.params for choice in getattr(p, "choices", ())
    )
