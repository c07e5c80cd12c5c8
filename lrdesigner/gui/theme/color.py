"""Arithmetic on ``#rrggbb`` colours: mixing, and contrast as WCAG 2 defines it. No Qt."""

from __future__ import annotations

import re
from functools import lru_cache

_HEX = re.compile(r"#[0-9a-f]{6}")
_KEPT = 4096  # painting asks for the same few hundred again and again


def rgb(color: str) -> tuple[int, int, int]:
    """The three channels of ``#rrggbb``, 0 to 255."""
    if not _HEX.fullmatch(color):
        msg = f"not a #rrggbb colour: {color!r}"
        raise ValueError(msg)
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(_KEPT)
def mix(ground: str, color: str, amount: float) -> str:
    """``color`` laid over ``ground`` with opacity ``amount`` (0 gives ground, 1 gives color)."""
    pairs = zip(rgb(ground), rgb(color), strict=True)
    return "#" + "".join(f"{round(g + (c - g) * amount):02x}" for g, c in pairs)


@lru_cache(_KEPT)
def luminance(color: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
