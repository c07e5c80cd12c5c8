"""What a picture is painted with: the few things every kind of file can show."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from lrdesigner.axes import FloatArray

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Stroke:
    """How a line looks.

    Attributes:
        color: ``#rrggbb``.
        width: Its width.
        dash: Lengths of dashes and gaps, in widths; empty for a solid line.
        opacity: From 0 to 1.
    """

    color: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True)
class Style:
    """How a text looks.

    Attributes:
        color: ``#rrggbb``.
        size: Pixels of the font.
        strong: Whether it is semibold.
    """

    color: str
    size: int = 12
    strong: bool = False


class Surface(Protocol):
    """Where things are painted; x goes right and y down, in pixels of a web page."""

    def part(self, name: str) -> AbstractContextManager[None]:
        """What is painted meanwhile belongs together; files that have groups name it so."""

    def rect(
        self, x: float, y: float, width: float, height: float, color: str, opacity: float = 1.0
    ) -> None:
        """Fill a rectangle."""

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: Stroke) -> None:
        """A straight line."""

    def polyline(self, xs: FloatArray, ys: FloatArray, stroke: Stroke) -> None:
        """A line through points."""

    def polygon(
        self, xs: FloatArray, ys: FloatArray, color: str, stroke: Stroke | None = None
    ) -> None:
        """Fill what a line through points encloses, and stroke its edge."""

    def circle(self, x: float, y: float, radius: float, color: str, stroke: Stroke) -> None:
        """A disc with an edge; no colour leaves it empty."""

    def text(
        self, text: str, x: float, baseline: float, style: Style, align: Align = "left"
    ) -> None:
        """A line of text."""
