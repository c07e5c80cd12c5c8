"""Large counts as people write them: 1,251, 1.28 M samples, 300 B tokens. No Qt."""

from __future__ import annotations

import re
from decimal import Decimal

from lrdesigner import numerals

_POWERS = {"k": 3, "m": 6, "b": 9, "g": 9, "t": 12}
_WORDS = {"thousand": "k", "million": "m", "billion": "b", "trillion": "t"}
_SIZED = re.compile(
    r"(?<![\w.])(?P<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?)\s*"
    r"(?P<size>[kmbgt]|thousand|million|billion|trillion)(?![a-z0-9_])",
    re.ASCII | re.IGNORECASE,
)
_SCALES = ((10**12, "T"), (10**9, "B"), (10**6, "M"))


def amount_text(number: float) -> str:
    """A count in three digits and M, B or T; below a million in full.

    >>> amount_text(1251), amount_text(1_281_167), amount_text(300_000_477_184)
    ('1,251', '1.28 M', '300 B')
    """
    for scale, sign in _SCALES:
        # 999,600,000 are 1 B: what rounds up to the next sign has it.
        if number >= scale * (1 - 5e-4):
            shown = float(f"{number / scale:.3g}")
            return f"{numerals.localised(f'{shown:,.10g}')} {sign}"
    return numerals.localised(f"{number:,.10g}")


def without_sizes(text: str) -> str:
    """A text with k, M, B, T and the words for them written out as digits.

    >>> without_sizes("1.28M / 4"), without_sizes("300 billion")
    ('1280000 / 4', '300000000000')
    """
    return _SIZED.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    size = match["size"].lower()
    power = _POWERS[_WORDS.get(size, size)]
    # Decimal: 1.28 * 1e6 need not be whole in floats.
    return f"{Decimal(match['number']).scaleb(power):f}"
