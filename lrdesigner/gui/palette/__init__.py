"""The palette: every scheduler as a card, searched, dragged onto the timeline."""

from __future__ import annotations

from lrdesigner.gui.palette.panel import PalettePanel

__all__ = ["PalettePanel"]
