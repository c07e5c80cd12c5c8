"""Keys drawn as the caps of a keyboard: ``Ctrl`` ``Shift`` ``P``."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from lrdesigner.gui.theme import Theme

HEIGHT = 20.0
_PAD, _GAP = 6.0, 3.0


def split_keys(keys: str) -> list[str]:
    """The keys that are pressed together.

    >>> split_keys("Ctrl+Shift+P"), split_keys("Ctrl++"), split_keys("F1")
    (['Ctrl', 'Shift', 'P'], ['Ctrl', '+'], ['F1'])
    """
    if len(keys) > 1 and keys.endswith("+"):
        return [*split_keys(keys[:-1].removesuffix("+")), "+"]
    return [part for part in keys.split("+") if part] or [keys]


def caps_width(keys: Sequence[str], theme: Theme) -> float:
    """How much room the caps take."""
    metrics = QFontMetricsF(theme.font("small"))
    caps = [_width(metrics, key) for key in keys]
    return sum(caps) + _GAP * (len(caps) - 1)


def paint_caps(painter: QPainter, keys: Sequence[str], left: QPointF, theme: Theme) -> None:
    """Draw them from the middle of the left edge on."""
    painter.setFont(theme.font("small"))
    metrics = QFontMetricsF(painter.font())
    x = left.x()
    for key in keys:
        cap = QRectF(x, left.y() - HEIGHT / 2 + 0.5, _width(metrics, key), HEIGHT)
        painter.setPen(QPen(theme.color("line_strong"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme.color("dim"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        x += cap.width() + _GAP


def _width(metrics: QFontMetricsF, key: str) -> float:
    return max(HEIGHT, round(metrics.horizontalAdvance(key) + 2 * _PAD))
