"""The canvas: the curve of every group, to look at and to take hold of."""

from __future__ import annotations

from lrdesigner.gui.canvas.panel import CanvasPanel

__all__ = ["CanvasPanel"]
