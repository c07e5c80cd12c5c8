"""How well what is typed fits a text. No Qt.

Every word that is typed has to be found. A word is found, best first: at the start of the text,
at the start of a word, anywhere, as the starts of several words ("sal" in "Select All",
"cosrest" in "Cosine restarts"), or letter by letter with little in between ("expnential").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_START, _WORD, _INSIDE, _HUMPS, _LETTERS = 100, 80, 50, 40, 15
_LEAST_INSIDE = 2
_SPREAD = 1.6
_LEAST_LETTERS = 3
_LONGEST = 40
_STARTS = re.compile(r"(?<![^\W_])[^\W_]|(?<=[a-z0-9])[A-Z]")


@dataclass(frozen=True)
class Match:
    """How what is typed was found.

    Attributes:
        score: Greater is better.
        places: Indices of the letters that were found, rising.
    """

    score: int
    places: tuple[int, ...] = ()


def match(query: str, text: str) -> Match | None:
    """Find every word of a query in a text; None if one is missing.

    Args:
        query: What is typed.
        text: What is searched.
    """
    score, places = 0, set()
    for word in query.casefold().split():
        found = _find(word, text)
        if found is None:
            return None
        score += found.score
        places |= set(found.places)
    return Match(score, tuple(sorted(places)))


@lru_cache(maxsize=4096)
def _find(word: str, text: str) -> Match | None:
    # Lower, not case-folded: the places must be those of the text that is shown.
    low = text.lower()
    if len(low) != len(text):
        low = text
    starts = _word_starts(text)
    best = -1
    place = low.find(word)
    while place >= 0:
        if place == 0 or place in starts:
            score = _START if place == 0 else _WORD
            end = place + len(word)
            whole = end == len(low) or not low[end].isalnum()
            return Match(score + 10 * whole, tuple(range(place, end)))
        best = place if best < 0 else best
        place = low.find(word, place + 1)
    if best >= 0 and len(word) >= _LEAST_INSIDE:
        return Match(_INSIDE, tuple(range(best, best + len(word))))
    humps = _humps(word, low, starts)
    if humps is not None:
        return Match(_HUMPS, humps)
    return _letters(word, low)


@lru_cache(maxsize=4096)
def _word_starts(text: str) -> frozenset[int]:
    return frozenset(found.start() for found in _STARTS.finditer(text))


def _humps(word: str, low: str, starts: frozenset[int]) -> tuple[int, ...] | None:
    """Letters each of which begins a word or goes on from the one before it."""
    dead: set[tuple[int, int]] = set()

    def rest(at: int, begin: int) -> tuple[int, ...] | None:
        if at == len(word):
            return ()
        if (at, begin) in dead:
            return None
        for place in range(begin, len(low)):
            if low[place] == word[at] and (place in starts or (at and place == begin)):
                found = rest(at + 1, place + 1)
                if found is not None:
                    return (place, *found)
        dead.add((at, begin))
        return None

    return rest(0, 0) if len(word) <= _LONGEST else None


def _letters(word: str, low: str) -> Match | None:
    """All letters in order, close to each other."""
    if len(word) < _LEAST_LETTERS:
        return None
    places: list[int] = []
    for letter in word:
        place = low.find(letter, places[-1] + 1 if places else 0)
        if place < 0:
            return None
        places.append(place)
    spread = (places[-1] - places[0] + 1) / len(word)
    return Match(round(_LETTERS / spread), tuple(places)) if spread <= _SPREAD else None
