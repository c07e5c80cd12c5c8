"""Writing SVG: small files with text as text and lines as lines, which people can go on editing.

Qt's own generator names one font, places texts by that font's widths and puts every stroke into
a group of its own; a picture from it falls apart where the font is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from lrdesigner.axes import FloatArray
from lrdesigner.gui.picture.surface import Align, Stroke, Style

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_GENERIC = ("sans-serif",)
# XML has no way at all to hold these, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SvgSurface:
    """Collects the elements of an SVG file.

    Args:
        size: Width and height of the drawing, in its own units.
        shown: Width and height as the file states them, such as ``("3.25in", "2.25in")``.
        title: What viewers and screen readers call it.
        description: What it shows, in words.
        families: Names of the font, the first that a viewer has is taken.
    """

    def __init__(
        self,
        size: tuple[float, float],
        shown: tuple[str, str],
        title: str,
        description: str,
        families: tuple[str, ...],
    ) -> None:
        names = ", ".join(n if n in _GENERIC else f"'{n}'" for n in families)
        place = f'width="{shown[0]}" height="{shown[1]}"'
        box = f'viewBox="0 0 {_number(size[0])} {_number(size[1])}"'
        look = f'role="img" font-family={quoteattr(names)}'
        self._parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {place} {box} {look}>',
            f"<title>{_text(title)}</title>",
            f"<desc>{_text(description)}</desc>",
        ]

    def content(self) -> bytes:
        """The file."""
        return "\n".join([*self._parts, "</svg>", ""]).encode()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A group of that name."""
        self._parts.append(f"<g data-part={quoteattr(name)}>")
        yield
        self._parts.append("</g>")

    def rect(
        self, x: float, y: float, width: float, height: float, color: str, opacity: float = 1.0
    ) -> None:
        """Fill a rectangle."""
        place = f'x="{_number(x)}" y="{_number(y)}"'
        size = f'width="{_number(width)}" height="{_number(height)}"'
        self._parts.append(f"<rect {place} {size} {_fill(color, opacity)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: Stroke) -> None:
        """A straight line."""
        ends = f'x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}"'
        self._parts.append(f"<line {ends} {_stroke(stroke)}/>")

    def polyline(self, xs: FloatArray, ys: FloatArray, stroke: Stroke) -> None:
        """A line through points."""
        look = f'fill="none" {_stroke(stroke)} stroke-miterlimit="2"'
        self._parts.append(f'<polyline points="{_points(xs, ys)}" {look}/>')

    def polygon(
        self, xs: FloatArray, ys: FloatArray, color: str, stroke: Stroke | None = None
    ) -> None:
        """Fill what a line through points encloses, and stroke its edge."""
        edge = f' {_stroke(stroke)} stroke-miterlimit="2"' if stroke else ""
        self._parts.append(f'<polygon points="{_points(xs, ys)}" {_fill(color)}{edge}/>')

    def circle(self, x: float, y: float, radius: float, color: str, stroke: Stroke) -> None:
        """A disc with an edge; no colour leaves it empty."""
        place = f'cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"'
        self._parts.append(f"<circle {place} {_fill(color or 'none')} {_stroke(stroke)}/>")

    def text(
        self, text: str, x: float, baseline: float, style: Style, align: Align = "left"
    ) -> None:
        """A line of text, anchored so that it stays in place in every font."""
        place = f'x="{_number(x)}" y="{_number(baseline)}"'
        anchor = "" if align == "left" else f' text-anchor="{_ANCHORS[align]}"'
        weight = ' font-weight="600"' if style.strong else ""
        look = f'font-size="{style.size}"{weight}{anchor} {_fill(style.color)}'
        self._parts.append(f"<text {place} {look}>{_text(text)}</text>")


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    """Safe within an element; what XML cannot hold at all is left out."""
    return escape(_FORBIDDEN.sub("", text))


def _points(xs: FloatArray, ys: FloatArray) -> str:
    both = np.stack([xs, ys], axis=1)
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in both.tolist())


def _fill(color: str, opacity: float = 1.0) -> str:
    return f'fill="{color}"' + (f' fill-opacity="{_number(opacity)}"' if opacity < 1 else "")


def _stroke(stroke: Stroke) -> str:
    parts = [f'stroke="{stroke.color}"', f'stroke-width="{_number(stroke.width)}"']
    if stroke.dash:
        lengths = " ".join(_number(each * stroke.width) for each in stroke.dash)
        parts.append(f'stroke-dasharray="{lengths}"')
    else:
        parts.append('stroke-linecap="round"')
    if stroke.opacity < 1:
        parts.append(f'stroke-opacity="{_number(stroke.opacity)}"')
    return " ".join(parts)
