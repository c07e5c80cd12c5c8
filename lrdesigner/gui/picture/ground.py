"""What lies behind the lines of a plot: phases, grid, and the place of what a log axis lacks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from lrdesigner.gui.picture.content import Band, Content
from lrdesigner.gui.picture.lettering import elided, width_of
from lrdesigner.gui.picture.shapes import Frame
from lrdesigner.gui.picture.surface import Stroke, Style, Surface
from lrdesigner.gui.theme.color import mix
from lrdesigner.gui.theme.tokens import BAND_TINT

_HATCH = 6.0
_NAME_GAP = 10.0
_LEAST_NAME = 24.0


class Ground:
    """Paints the ground of every plot of a picture.

    Args:
        surface: What on.
        content: Phases and colours.
        transparent: Whether nothing lies behind the picture.
    """

    def __init__(self, surface: Surface, content: Content, *, transparent: bool) -> None:
        self._surface = surface
        self._content = content
        self._tokens = content.tokens
        self._transparent = transparent

    def bands(self, frame: Frame) -> None:
        """The tint of each phase."""
        for band, left, right in self._bands(frame):
            color, opacity = self._tokens.band_fill(band.category), 1.0
            if self._transparent:  # whatever the picture is laid on shines through
                color, opacity = self._tokens.category_color(band.category), BAND_TINT
            self._surface.rect(left, frame.top, right - left, frame.height, color, opacity)

    def boundaries(self, frame: Frame) -> None:
        """Dotted lines between the phases."""
        stroke = Stroke(self._tokens.faint, 0.8, (2.5, 3.0))
        for band, left, _ in self._bands(frame):
            if band.start > frame.first:
                self._surface.line(left, frame.top, left, frame.bottom, stroke)

    def names(self, frame: Frame, baseline: float) -> None:
        """The names of the phases above their stretches, as far as there is room."""
        for band, left, right in self._bands(frame):
            color = self._tokens.readable(self._tokens.category_color(band.category))
            style = Style(color, 11)
            room = right - left - _NAME_GAP
            text = elided(band.title, style, room)
            if room >= _LEAST_NAME and width_of(text, style) <= room:
                self._surface.text(text, (left + right) / 2, baseline, style, "center")

    def _bands(self, frame: Frame) -> Iterator[tuple[Band, float, float]]:
        """The phases in sight, and where they begin and end."""
        for band in self._content.bands:
            left = max(frame.left, frame.x(band.start))
            right = min(frame.right, frame.x(band.end))
            if right > left:
                yield band, left, right

    def grid(self, frame: Frame, steps: Sequence[float], units: Sequence[float]) -> None:
        """Lines at the labels of both axes, and the axes themselves."""
        stroke = Stroke(self._grid_color(), 0.8)
        for unit in units:
            y = frame.y_of_unit(unit)
            self._surface.line(frame.left, y, frame.right, y, stroke)
        for step in steps:
            x = frame.x(step)
            self._surface.line(x, frame.top, x, frame.bottom, stroke)
        axis = Stroke(self._tokens.line_strong, 1.0)
        self._surface.line(frame.left, frame.bottom, frame.right, frame.bottom, axis)
        self._surface.line(frame.left, frame.top, frame.left, frame.bottom, axis)

    def _grid_color(self) -> str:
        # On tinted paper the grid's own colour would be lost; in the dark it is just right.
        strength = 0.9 if self._tokens.scheme == "light" else 0.35
        return mix(self._tokens.grid, self._tokens.line, strength)

    def floor(self, frame: Frame) -> None:
        """Below a log axis' floor nothing has a place of its own: hatched, to look like it."""
        scale = frame.scale
        if not (scale.zero or scale.clipped):
            return
        top = frame.y_of_unit(scale.floor)
        stroke = Stroke(self._tokens.line_strong, 0.6)
        for x1, y1, x2, y2 in _hatching(frame.left, top, frame.right, frame.bottom):
            self._surface.line(x1, y1, x2, y2, stroke)
        edge = Stroke(self._tokens.faint, 0.8, (4.0, 3.0))
        self._surface.line(frame.left, top, frame.right, top, edge)


def hatch(surface: Surface, frame: Frame, left: float, right: float, color: str) -> None:
    """Hatch a stretch of a plot."""
    for x1, y1, x2, y2 in _hatching(left, frame.top, right, frame.bottom):
        surface.line(x1, y1, x2, y2, Stroke(color, 0.6))


def _hatching(
    left: float, top: float, right: float, bottom: float
) -> list[tuple[float, float, float, float]]:
    """Slanted lines that end exactly at the edges of a rectangle."""
    height = bottom - top
    if height <= 0 or right <= left:
        return []
    first = math.floor(left / _HATCH) * _HATCH
    found = []
    for foot in np.arange(first, right + height, _HATCH).tolist():
        # From (foot, bottom) up to the right; the part that is inside.
        x1, x2 = max(foot - height, left), min(foot, right)
        if x2 > x1:
            found.append((x1, bottom - (x1 - (foot - height)), x2, bottom - (x2 - (foot - height))))
    return found
