"""A short piece of a line as an icon, for lists and tables."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from lrdesigner.gui.overlay_look import Dashes

_SIZE = QSize(20, 12)
_SCALE = 2
_SHORTEST = 5.0  # strokes and gap of a pattern that fits several times, in widths


def line_icon(color: str, dashes: Dashes = (), width: float = 2.0) -> QIcon:
    """A level line in that colour.

    Args:
        color: ``#rrggbb``.
        dashes: Lengths of strokes and gaps, in widths; empty for a solid line.
        width: Pixels.
    """
    pixmap = QPixmap(_SIZE * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(sample_pen(QColor(color), dashes, width))
    middle = _SIZE.height() / 2
    painter.drawLine(QLineF(1, middle, _SIZE.width() - 1, middle))
    painter.end()
    return QIcon(pixmap)


def sample_pen(color: QColor, dashes: Dashes, width: float) -> QPen:
    """The pen of a short sample: strokes as of the line, so short that several are seen."""
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        shrink = min(1.0, _SHORTEST / sum(dashes[:2]))
        pen.setDashPattern([max(1.0, part * shrink) for part in dashes])
    return pen
