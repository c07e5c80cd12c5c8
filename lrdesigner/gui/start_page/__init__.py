"""What a start offers: recent files, recipes, the tour, a hint."""

from __future__ import annotations

from lrdesigner.gui.start_page.page import StartPage

__all__ = ["StartPage"]
