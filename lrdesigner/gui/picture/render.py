"""From a picture's content to a file: PNG, SVG or PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

import lrdesigner
from lrdesigner._files import write_atomically
from lrdesigner.gui.picture.content import Content
from lrdesigner.gui.picture.lettering import families
from lrdesigner.gui.picture.painter_surface import PainterSurface
from lrdesigner.gui.picture.painting import paint
from lrdesigner.gui.picture.shapes import FINENESS
from lrdesigner.gui.picture.svg_surface import SvgSurface
from lrdesigner.gui.picture_options import CSS_RESOLUTION, Format, PictureOptions
from lrdesigner.i18n import tr

PDF_RESOLUTION = 1200
_METRE = 39.37007874  # inches


class PictureError(ValueError):
    """There cannot be such a picture; says why."""


def render(content: Content, path: str | Path, options: PictureOptions) -> None:
    """Draw a picture into a file whose suffix says what it is.

    Args:
        content: What it shows.
        path: Where to write, ending in one of `SUFFIXES`.
        options: How.

    Raises:
        PictureError: If the suffix is another, or the size cannot be had.
        OSError: If the file cannot be written; an existing one is left untouched.
    """
    path = Path(path)
    write_atomically(path, picture_bytes(content, format_of(path), options))


def format_of(path: str | Path) -> Format:
    """The kind of file that a name's suffix asks for.

    Raises:
        PictureError: If it asks for none of `SUFFIXES`.
    """
    found = SUFFIXES.get(Path(path).suffix.lower())
    if found is None:
        *some, last = SUFFIXES
        names = tr("{some} or {last}", some=", ".join(some), last=last)
        raise PictureError(tr("the name must end in {suffixes}", suffixes=names))
    return found


def picture_bytes(content: Content, kind: Format, options: PictureOptions) -> bytes:
    """The content of a file of that kind.

    Raises:
        PictureError: If the size cannot be had.
    """
    why = options.problem()
    if why:
        raise PictureError(why)
    # Fonts need an application; where none runs, one without a display does.
    keep = QGuiApplication.instance() or QGuiApplication(["lrdesigner", "-platform", "offscreen"])
    data = _WRITERS[kind](content, options)
    del keep
    return data


def image(
    content: Content,
    options: PictureOptions,
    pixels: tuple[int, int],
    per_pixel: float,
    fineness: tuple[float, ...] = FINENESS,
) -> QImage:
    """The picture in pixels.

    Args:
        content: What it shows.
        options: How.
        pixels: Width and height.
        per_pixel: So many of them to a pixel of a web page.
        fineness: As for `paint`.
    """
    made = QImage(*pixels, QImage.Format.Format_ARGB32_Premultiplied)
    if made.isNull():
        raise PictureError(tr("there is not enough memory for so many pixels"))
    made.fill(Qt.GlobalColor.transparent)
    grid = per_pixel * options.scale
    painter = QPainter(made)
    painter.scale(grid, grid)
    paint(PainterSurface(painter, grid), _drawing(options), content, options, fineness)
    painter.end()
    return made


def _drawing(options: PictureOptions) -> tuple[float, float]:
    """Width and height of the drawing: larger text is a smaller drawing, seen larger."""
    width, height = options.size.pixels
    return width / options.scale, height / options.scale


def png(content: Content, options: PictureOptions) -> bytes:
    """The content of a PNG file, which knows its resolution."""
    made = image(content, options, options.pixels, options.dpi / CSS_RESOLUTION)
    if not options.transparent:
        made = made.convertToFormat(QImage.Format.Format_RGB32)
    made.setDotsPerMeterX(round(options.dpi * _METRE))
    made.setDotsPerMeterY(round(options.dpi * _METRE))
    data, buffer = _buffer()
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setText("Title", content.title)
    writer.setText("Software", f"lrdesigner {lrdesigner.__version__}")
    if not writer.write(made):
        raise PictureError(writer.errorString())
    return bytes(data.data())


def svg(content: Content, options: PictureOptions) -> bytes:
    """The content of an SVG file."""
    size = options.size
    shown = f"{size.width:g}{size.unit}", f"{size.height:g}{size.unit}"
    surface = SvgSurface(_drawing(options), shown, content.title, content.details, families())
    paint(surface, _drawing(options), content, options)
    return surface.content()


def pdf(content: Content, options: PictureOptions) -> bytes:
    """The content of a PDF file of one page, as large as the picture."""
    data, buffer = _buffer()
    writer = QPdfWriter(buffer)
    size = QPageSize(
        QSizeF(*options.size.points),
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(PDF_RESOLUTION)
    writer.setTitle(content.title)
    writer.setCreator(f"lrdesigner {lrdesigner.__version__}")
    painter = QPainter(writer)
    grid = PDF_RESOLUTION / CSS_RESOLUTION * options.scale
    painter.scale(grid, grid)
    paint(PainterSurface(painter), _drawing(options), content, options)
    painter.end()
    return bytes(data.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    return data, buffer


_WRITERS: dict[Format, Callable[[Content, PictureOptions], bytes]] = {
    "png": png,
    "svg": svg,
    "pdf": pdf,
}
SUFFIXES: dict[str, Format] = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
