"""Sheets on pages: a PDF, or whatever printer there is."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QLocale, QMarginsF, QRectF
from PySide6.QtGui import (
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

import lrdesigner
from lrdesigner.gui.picture.content import PAPER
from lrdesigner.gui.picture.painter_surface import PainterSurface
from lrdesigner.gui.picture.surface import Style
from lrdesigner.gui.picture_options import CSS_RESOLUTION
from lrdesigner.gui.sheet.content import Sheet
from lrdesigner.gui.sheet.document import FINE, SheetDocument
from lrdesigner.i18n import tr

Paper = Literal["a4", "letter", "system"]

MARGIN_MM = 18.0
_RESOLUTION = 1200
_FOOTER = 26.0  # pixels below the text
_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


class PageError(RuntimeError):
    """The printer or the file takes no pages."""


def page_layout(paper: Paper) -> QPageLayout:
    """Paper with margins; that of the system's country for ``"system"``."""
    if paper == "system":
        american = QLocale.system().measurementSystem() == (
            QLocale.MeasurementSystem.ImperialUSSystem
        )
        paper = "letter" if american else "a4"
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size = QPageSize(_SIZES[paper])
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def sheet_pdf(sheet: Sheet, paper: Paper = "system") -> bytes:
    """The content of a PDF file with a sheet, on as many pages as it takes."""
    keep = QGuiApplication.instance() or QGuiApplication(["lrdesigner", "-platform", "offscreen"])
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout(paper))
    writer.setResolution(_RESOLUTION)
    writer.setTitle(sheet.title)
    writer.setCreator(f"lrdesigner {lrdesigner.__version__}")
    print_sheet(writer, sheet)
    del keep
    return bytes(data.data())


def print_sheet(device: QPagedPaintDevice, sheet: Sheet, pages: range | None = None) -> int:
    """Paint a sheet on paper.

    Args:
        device: A PDF writer or a printer, with its paper and margins set.
        sheet: What stands on it.
        pages: Which pages, counted from 1; None for all.

    Returns:
        How many pages there are.

    Raises:
        PageError: If the device does not begin.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise PageError(tr("the printer does not begin; is it there, and may you use it?"))
    grid = painter.device().logicalDpiX() / CSS_RESOLUTION
    full = QRectF(painter.viewport())
    width, height = full.width() / grid, full.height() / grid - _FOOTER
    text = SheetDocument(sheet, width, height)
    count = text.document.pageCount()
    fresh = True
    for page in range(1, count + 1):
        if pages is not None and page not in pages:
            continue
        if not fresh:
            device.newPage()
        fresh = False
        painter.save()
        painter.scale(grid / FINE, grid / FINE)
        top = (page - 1) * FINE * height
        painter.translate(0, -top)
        shown = QRectF(0, top, FINE * width, FINE * height)
        painter.setClipRect(shown)
        text.document.drawContents(painter, shown)
        painter.restore()
        painter.save()
        painter.scale(grid, grid)
        _footer(painter, sheet, width, height + _FOOTER, page, count)
        painter.restore()
    painter.end()
    return count


def _footer(
    painter: QPainter, sheet: Sheet, width: float, bottom: float, page: int, count: int
) -> None:
    surface = PainterSurface(painter)
    style = Style(PAPER.hint, 10)
    program = f"lrdesigner {lrdesigner.__version__}"
    surface.text(f"{sheet.title} · {program}"[:120], 0, bottom - 2, style)
    place = tr("page {page} of {count}", page=page, count=count)
    surface.text(place, width, bottom - 2, style, "right")
