"""From curves to a file: PNG at twice the size, or SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from lrdesigner._files import write_atomically
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.picture.content import Band, Content, TimeUnit, compose
from lrdesigner.gui.picture.painting import paint
from lrdesigner.gui.theme.tokens import Tokens

SCALE = 2
CSS_RESOLUTION = 96  # a logical pixel of ours is a pixel of the browser
WIDTH, HEIGHT = 960, 540


def render(
    curves: Sequence[tuple[str, Curve]],
    path: str | Path,
    *,
    tokens: Tokens,
    title: str,
    width: int = WIDTH,
    height: int = HEIGHT,
    log: bool = False,
    x: TimeUnit = "steps",
    bands: Sequence[Band] = (),
) -> None:
    """Draw curves into a file whose suffix says what it is.

    Args:
        curves: Name and curve of each; the first is the design, the others are overlays.
        path: Where to write, ending in ``.png`` or ``.svg``.
        tokens: The colours.
        title: Above the plot.
        width: Logical pixels; a PNG has twice as many.
        height: Logical pixels.
        log: Whether the LR axis is logarithmic.
        x: What the time axis counts.
        bands: The design's phases (`bands_of`), to tint its ground.

    Raises:
        ValueError: If the suffix is neither.
        OSError: If the file cannot be written; an existing one is left untouched.
    """
    path = Path(path)
    content = picture_bytes(
        curves,
        path.suffix,
        tokens=tokens,
        title=title,
        width=width,
        height=height,
        log=log,
        x=x,
        bands=bands,
    )
    write_atomically(path, content)


def picture_bytes(
    curves: Sequence[tuple[str, Curve]],
    suffix: str,
    *,
    tokens: Tokens,
    title: str,
    width: int = WIDTH,
    height: int = HEIGHT,
    log: bool = False,
    x: TimeUnit = "steps",
    bands: Sequence[Band] = (),
) -> bytes:
    """The file's content; see `render`."""
    write = SUFFIXES.get(suffix.lower())
    if write is None:
        raise ValueError(f"a picture's name ends in {' or '.join(SUFFIXES)}, not {suffix!r}")
    content = compose(curves, tokens=tokens, title=title, log=log, unit=x, bands=bands)
    # Fonts need an application; where none runs, one without a display does.
    keep = QGuiApplication.instance() or QGuiApplication(["lrdesigner", "-platform", "offscreen"])
    data = write(content, tokens, QSize(width, height))
    del keep
    return data


def _png(content: Content, tokens: Tokens, size: QSize) -> bytes:
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, size.width(), size.height()), content, tokens)
    painter.end()
    data, buffer = _buffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def _svg(content: Content, tokens: Tokens, size: QSize) -> bytes:
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setResolution(CSS_RESOLUTION)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(content.title)
    generator.setDescription(content.subtitle)
    painter = QPainter(generator)
    paint(painter, QRectF(0, 0, size.width(), size.height()), content, tokens)
    painter.end()
    return bytes(data.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    return data, buffer


SUFFIXES: dict[str, Callable[[Content, Tokens, QSize], bytes]] = {".png": _png, ".svg": _svg}
