"""The colours of a sweep's variants, everywhere the same. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lrdesigner.gui.theme import Tokens
from lrdesigner.gui.theme.color import mix, rgb
from lrdesigner.sweep import Sweep

_STOPS = ("cyclic", "custom", "warm_up")


def shade(sweep: Sweep, index: int) -> float:
    """Where a variant's colour is on the ramp, 0 to 1: by the first number that is swept."""
    count = len(sweep.values[0])
    per_value = len(sweep) // count
    return (index // per_value) / max(1, count - 1)


def ramp_color(tokens: Tokens, place: float) -> str:
    """A colour of the ramp, as ``#rrggbb``."""
    stops = [str(getattr(tokens, name)) for name in _STOPS]
    scaled = min(max(place, 0.0), 1.0) * (len(stops) - 1)
    first = min(int(scaled), len(stops) - 2)
    return mix(stops[first], stops[first + 1], scaled - first)


def ramp(tokens: Tokens, colors: int = 256) -> NDArray[np.uint8]:
    """The whole ramp, ``[colors, 3]``."""
    places = np.linspace(0, 1, colors)
    return np.array([rgb(ramp_color(tokens, place)) for place in places], dtype=np.uint8)
