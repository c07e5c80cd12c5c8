"""Units as people type them in another language, in the words that files have. No Qt."""

from __future__ import annotations

import re
from decimal import Decimal

# In every language at once: who reads Chinese may still have an English window.
_UNITS = (
    (re.compile(r"\s*(?:个\s*)?(?:样本|图像|序列)"), " samples"),
    (re.compile(r"\s*(?:个\s*)?(?:词元|token)s?", re.IGNORECASE), " tokens"),
    (re.compile(r"\s*步"), " steps"),
    (re.compile(r"\s*轮"), " epochs"),
    (re.compile(r"剩余|其余"), "rest"),
    (re.compile(r"(?<=\d)\s*percent$", re.IGNORECASE), "%"),
)
_SIZED = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<size>万亿|亿|万)")
_POWERS = {"万": 4, "亿": 8, "万亿": 12}


def in_file_words(text: str) -> str:
    """What was typed, with units and large numbers as the document writes them.

    >>> in_file_words("10 轮"), in_file_words("剩余"), in_file_words("1.5 亿个样本")
    ('10 epochs', 'rest', '150000000 samples')
    """
    text = _SIZED.sub(_digits, text.replace("％", "%"))
    for pattern, word in _UNITS:
        text = pattern.sub(word, text)
    return text.strip()


def _digits(match: re.Match[str]) -> str:
    return f"{Decimal(match['number']).scaleb(_POWERS[match['size']]):f}"
