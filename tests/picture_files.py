"""Reading the pictures that tests have made: pixels, SVG elements, what is in a PDF."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QColor, QImage

from lrdesigner.engine.curve import Curve
from lrdesigner.gui.picture import PAPER, compose, picture_bytes
from lrdesigner.gui.picture_options import PictureOptions

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = PictureOptions()


def curve_of(*rows, groups=None, per_epoch=10, **more) -> Curve:
    names = groups or tuple(f"g{i}" for i in range(len(rows)))
    return Curve(
        names, np.array(rows, dtype=float), None, per_epoch, torch_version="2.13.0", **more
    )


def made(curves, kind="png", options=PLAIN, **content) -> bytes:
    """The file of a picture of these curves, on white if nothing else is said."""
    content = {"tokens": PAPER, "title": "A title", **content}
    return picture_bytes(compose(curves, **content), kind, options)


def sized(width, height, options=PLAIN, unit="px") -> PictureOptions:
    return replace(options, preset="custom", width=width, height=height, unit=unit)


# -- pixels ----------------------------------------------------------------------------------------


def image_of(curves, options=PLAIN, **content) -> QImage:
    image = QImage.fromData(made(curves, "png", options, **content), "PNG")
    assert not image.isNull()
    return image


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def where(image: QImage, color: str, tolerance=12) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the pixels of a colour."""
    wanted = np.array(QColor(color).getRgb()[:3])
    return np.nonzero((np.abs(pixels(image) - wanted) <= tolerance).all(axis=2))


def line_rows(image: QImage, color: str, top=200) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a line's pixels, without its sample in the legend."""
    rows, columns = where(image, color)
    inside = rows > top
    return rows[inside], columns[inside]


# -- SVG -------------------------------------------------------------------------------------------


def svg_of(curves, options=PLAIN, **content) -> ET.Element:
    return ET.fromstring(made(curves, "svg", options, **content))


def part(root: ET.Element, name: str) -> list[ET.Element]:
    """The elements of all parts of that name."""
    return [each for g in root.iter(f"{SVG}g") if g.get("data-part") == name for each in g]


def texts(elements) -> list[str]:
    return [each.text or "" for each in elements if each.tag == f"{SVG}text"]


def points_of(element: ET.Element) -> np.ndarray:
    return np.array([pair.split(",") for pair in element.get("points").split()], dtype=float)


def lines_of(root: ET.Element, color: str, name="plot") -> list[np.ndarray]:
    """The points of the curves of a colour."""
    found = [each for each in part(root, name) if each.tag == f"{SVG}polyline"]
    return [points_of(each) for each in found if each.get("stroke") == color]


# -- PDF -------------------------------------------------------------------------------------------


class Pdf:
    """What there is in a PDF file.

    Args:
        data: The file's content.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.streams = []
        for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            try:
                self.streams.append(zlib.decompress(match[1]))
            except zlib.error:
                self.streams.append(match[1])

    @property
    def pages(self) -> int:
        return len(re.findall(rb"/Type\s*/Page\b", self.data))

    @property
    def size(self) -> tuple[float, float]:
        """Points of the first page."""
        found = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", self.data)
        assert found is not None
        return float(found[1]), float(found[2])

    @property
    def has_images(self) -> bool:
        return b"/Subtype /Image" in self.data or b"/Subtype/Image" in self.data

    @property
    def fonts(self) -> int:
        """Fonts that are in the file itself."""
        return len(re.findall(rb"/FontFile\d?\b", self.data))

    @property
    def drawing(self) -> bytes:
        """What is painted on all pages."""
        return b"\n".join(s for s in self.streams if b" re" in s or b" l\n" in s)
