"""The code panel: the text of one export target, always of the current document."""

from __future__ import annotations

from lrdesigner.gui.code.panel import CodePanel

__all__ = ["CodePanel"]
