"""Which colour a parameter group has, everywhere the same. No Qt.

Layers of one thing (groups whose names count up: "layer 0", "layer 1", …) are drawn as one ramp of
colours, in which the eye finds the order; all other groups have colours that stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lrdesigner.gui.theme import Tokens, mix

LEAST_MEMBERS = 4
NAMELESS = "group "
_COUNTED = re.compile(r"(.*?)(\d+)(\D*)")


@dataclass(frozen=True)
class Family:
    """Neighbouring groups whose names count up or down.

    Attributes:
        start: Index of the first.
        end: One past the index of the last.
    """

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many they are."""
        return self.end - self.start


@lru_cache(maxsize=64)
def families(names: tuple[str, ...]) -> tuple[Family, ...]:
    """The families among groups of these names."""
    found = []
    start = 0
    while start < len(names):
        end = _end_of_run(names, start)
        if end - start >= LEAST_MEMBERS:
            found.append(Family(start, end))
        start = max(end - 1, start + 1) if end - start < LEAST_MEMBERS else end
    return tuple(found)


def group_colors(tokens: Tokens, names: Sequence[str]) -> tuple[str, ...]:
    """One colour a group."""
    ramps = families(tuple(names))
    if not ramps:
        return tokens.group_colors(len(names))
    members = {index for ramp in ramps for index in range(ramp.start, ramp.end)}
    # The ramp starts at the first colour; the others are left to the groups beside it.
    apart = iter(tokens.group_colors(len(names) - len(members) + 1)[1:])
    colors = ["" if index in members else next(apart) for index in range(len(names))]
    for ramp in ramps:
        for place in range(ramp.size):
            colors[ramp.start + place] = ramp_color(tokens, place / (ramp.size - 1))
    return tuple(colors)


def ramp_color(tokens: Tokens, share: float) -> str:
    """The colour at a place of the ramp, from 0 to 1."""
    stops = (tokens.accent, tokens.cyclic, tokens.custom, tokens.warm_up)
    place = max(0.0, min(share, 1.0)) * (len(stops) - 1)
    left = min(int(place), len(stops) - 2)
    return mix(stops[left], stops[left + 1], place - left)


def _end_of_run(names: tuple[str, ...], start: int) -> int:
    """One past the last name that goes on counting from the one at `start`."""
    first = _COUNTED.fullmatch(names[start])
    if first is not None and first[1] == NAMELESS:
        first = None  # nobody has named these groups: their numbers mean nothing
    by = 0
    end = start + 1
    while first is not None and end < len(names):
        other = _COUNTED.fullmatch(names[end])
        if other is None or (other[1], other[3]) != (first[1], first[3]):
            break
        step = int(other[2]) - int(first[2])
        by = by or step
        if abs(by) != 1 or step != by * (end - start):
            break
        end += 1
    return end
