"""The fonts of the application: the system's own faces at the design's sizes."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from lrdesigner import i18n

FontRole = Literal["ui", "title", "small", "strong", "code"]

_PIXELS: dict[FontRole, float] = {"ui": 13, "title": 14, "small": 12, "strong": 13, "code": 12.5}
_TABULAR = "tnum"
# What the system's face has no glyphs for is looked up in these, in this order. Left alone, Qt
# may take a Japanese face for Chinese text, in which some characters look foreign.
_FALLBACKS = {
    "zh_CN": (
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "PingFang SC",
        "Microsoft YaHei UI",
        "WenQuanYi Micro Hei",
    )
}


def font(role: FontRole = "ui") -> QFont:
    """The font of a role; figures are tabular in all of them so that numbers do not jump."""
    kind = (
        QFontDatabase.SystemFont.FixedFont
        if role == "code"
        else QFontDatabase.SystemFont.GeneralFont
    )
    result = QFontDatabase.systemFont(kind)
    # Points, not pixels: a QFont takes whole pixels only and the code font is 12.5 px.
    result.setPointSizeF(_PIXELS[role] * 72.0 / _logical_dpi())
    result.setWeight(QFont.Weight.DemiBold if role in ("title", "strong") else QFont.Weight.Normal)
    fallbacks = _FALLBACKS.get(i18n.language(), ())
    if fallbacks:
        # Its real name: an alias such as "monospace" would lose to a face of that name.
        result.setFamilies([QFontInfo(result).family(), *fallbacks])
    if role == "code":
        result.setStyleHint(QFont.StyleHint.Monospace)
        result.setFixedPitch(True)
    else:
        result.setFeature(QFont.Tag(_TABULAR), 1)
    return result


def _logical_dpi() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInchY() if screen is not None else 96.0
