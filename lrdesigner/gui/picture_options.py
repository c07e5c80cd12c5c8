"""How people want a picture of the plot: its size, its ground, what it shows. No Qt."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from lrdesigner import numerals
from lrdesigner.i18n import mark, tr

Format = Literal["png", "svg", "pdf"]
SizeUnit = Literal["px", "in", "cm"]
PictureTheme = Literal["light", "dark"]
AxisChoice = Literal["screen", "linear", "log"]
RangeChoice = Literal["run", "sight"]

CSS_RESOLUTION = 96.0
PER_UNIT: dict[SizeUnit, float] = {
    "px": 1.0,
    "in": CSS_RESOLUTION,
    "cm": CSS_RESOLUTION / 2.54,
}
LEAST, MOST = 120.0, 8000.0
LEAST_DPI, MOST_DPI = 48, 2400
LEAST_TEXT, MOST_TEXT = 0.5, 4.0
MOST_PIXELS = 100_000_000
"""A hundred million pixels take 400 MB while they are painted."""


@dataclass(frozen=True)
class PictureSize:
    """Width and height on paper or on screen.

    Attributes:
        width: In the unit.
        height: In the unit.
        unit: ``"px"`` are the pixels of a web page, 96 to the inch.
    """

    width: float
    height: float
    unit: SizeUnit = "px"

    @property
    def pixels(self) -> tuple[float, float]:
        """Width and height in pixels of a web page."""
        per = PER_UNIT[self.unit]
        return self.width * per, self.height * per

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in printer's points, 72 to the inch."""
        width, height = self.pixels
        return width * 72 / CSS_RESOLUTION, height * 72 / CSS_RESOLUTION

    def to(self, unit: SizeUnit) -> PictureSize:
        """The same size in another unit, as round as people would write it."""
        factor = PER_UNIT[self.unit] / PER_UNIT[unit]
        digits = 0 if unit == "px" else 3
        return PictureSize(
            round(self.width * factor, digits), round(self.height * factor, digits), unit
        )

    def text(self) -> str:
        """Such as ``3.25 × 2.25 in``."""
        return f"{self.width:g} × {self.height:g} {self.unit}"


@dataclass(frozen=True)
class SizePreset:
    """A size that people often need.

    Attributes:
        key: Its stable name, also on the command line.
        title: What it is called.
        size: How large.
        text: How large its text is: 1 is that of the window, 12 px or 9 pt for the small print.
    """

    key: str
    title: str
    size: PictureSize
    text: float = 1.0


PRESETS: tuple[SizePreset, ...] = (
    SizePreset("readme", mark("README"), PictureSize(960, 540)),
    SizePreset("column", mark("Paper, one column"), PictureSize(3.25, 2.5, "in"), 0.85),
    SizePreset("page", mark("Paper, full width"), PictureSize(6.75, 3.25, "in"), 0.9),
    SizePreset("slide", mark("Slide 16:9"), PictureSize(13.333, 7.5, "in"), 1.6),
)
CUSTOM = "custom"
_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)\s*[x×]\s*(\d{1,5}(?:\.\d{1,4})?)\s*(px|in|cm)?", re.I)


def preset_named(key: str) -> SizePreset | None:
    """The preset of that key."""
    return next((each for each in PRESETS if each.key == key), None)


def read_size(text: str) -> SizePreset:
    """The size that a text says: a preset's key, or such as ``960x540`` or ``3.25x2.5in``.

    Raises:
        ValueError: If it says none.
    """
    preset = preset_named(text.strip().lower())
    if preset is not None:
        return preset
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        keys = ", ".join(each.key for each in PRESETS)
        raise ValueError(f"{text!r} is no size such as 960x540, 3.25x2.5in or 8x6cm, nor {keys}")
    unit: SizeUnit = (match[3] or "px").lower()  # type: ignore[assignment]
    size = PictureSize(float(match[1]), float(match[2]), unit)
    return SizePreset(CUSTOM, CUSTOM, size)


@dataclass(frozen=True)
class PictureOptions:
    """How a picture is made.

    Attributes:
        format: Kind of file.
        preset: Key of a `SizePreset`, or ``"custom"``.
        width: Width in the unit, if it is custom.
        height: Likewise.
        unit: Unit of both.
        dpi: Pixels to the inch of a PNG; 96 makes a picture's pixels those of a web page.
        theme: Whether it is made for white pages or for dark ones.
        transparent: Whether the page itself is the ground.
        base: How large text and lines are by themselves, if the size is custom.
        text: How much larger than that people want them; for presets, than what suits these.
        title: Whether the title stands above the plot.
        details: Whether the facts stand under the title: steps, range, who computed it.
        legend: Whether lines are named.
        bands: Whether phases are tinted and named.
        overlays: Whether overlays are drawn.
        fan: Whether the curves of a sweep are.
        lanes: Whether the lanes under the curve are drawn.
        handles: Whether the rings are drawn that the curve is taken hold of by.
        dashes: Whether groups are told apart by dashes too, for printers without colour.
        axis: Linear or logarithmic; ``"screen"`` is as in the window.
        range: The whole run, or what is in sight in the window.
    """

    format: Format = "png"
    preset: str = "readme"
    width: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 960
    height: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 540
    unit: SizeUnit = "px"
    dpi: Annotated[int, Field(ge=LEAST_DPI, le=MOST_DPI)] = 192
    theme: PictureTheme = "light"
    transparent: bool = False
    base: Annotated[float, Field(ge=LEAST_TEXT, le=MOST_TEXT)] = 1.0
    text: Annotated[float, Field(ge=LEAST_TEXT, le=MOST_TEXT)] = 1.0
    title: bool = True
    details: bool = True
    legend: bool = True
    bands: bool = True
    overlays: bool = True
    fan: bool = True
    lanes: bool = True
    handles: bool = False
    dashes: bool = False
    axis: AxisChoice = "screen"
    range: RangeChoice = "run"

    @property
    def size(self) -> PictureSize:
        """How large it is."""
        preset = preset_named(self.preset)
        return preset.size if preset else PictureSize(self.width, self.height, self.unit)

    @property
    def scale(self) -> float:
        """How much larger than in the window text and lines are."""
        preset = preset_named(self.preset)
        return self.text * (preset.text if preset else self.base)

    @property
    def pixels(self) -> tuple[int, int]:
        """Pixels of a PNG."""
        width, height = self.size.pixels
        per = self.dpi / CSS_RESOLUTION
        return max(1, round(width * per)), max(1, round(height * per))

    def problem(self) -> str:
        """Why there cannot be such a picture and what to do about it; "" if there can."""
        unit = self.size.unit
        for name, value in zip((tr("width"), tr("height")), self.size.pixels, strict=True):
            if not math.isfinite(value) or not LEAST <= value <= MOST:
                per = PER_UNIT[unit]
                return tr(
                    "the {side} must be between {least} and {most} {unit}",
                    side=name,
                    least=numerals.localised(f"{LEAST / per:.3g}"),
                    most=numerals.localised(f"{MOST / per:.4g}"),
                    unit=unit,
                )
        width, height = self.pixels
        if self.format == "png" and width * height > MOST_PIXELS:
            return tr(
                "{width} × {height} pixels are too many; choose a smaller size or resolution",
                width=numerals.grouped(width),
                height=numerals.grouped(height),
            )
        return ""
