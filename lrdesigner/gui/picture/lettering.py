"""The fonts of pictures, and how wide texts are in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from lrdesigner.gui.picture.surface import Style
from lrdesigner.gui.theme.fonts import font

_ELSEWHERE = ("Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif")


def lettering(style: Style) -> QFont:
    """The window's font in pixels of the picture, whatever the screen's resolution."""
    found = font("strong" if style.strong else "ui")
    found.setPixelSize(style.size)
    # Letters keep their shapes and distances at every scale.
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return found


def width_of(text: str, style: Style) -> float:
    """How wide a text is."""
    return float(QFontMetricsF(lettering(style)).horizontalAdvance(text))


def elided(text: str, style: Style, room: float, *, middle: bool = False) -> str:
    """The text, shortened to fit."""
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return QFontMetricsF(lettering(style)).elidedText(text, mode, max(0.0, room))


def families() -> tuple[str, ...]:
    """What files call the font: its own name, then what other systems have."""
    own = QFontInfo(font("ui")).family()
    return (own, *(name for name in _ELSEWHERE if name != own))
