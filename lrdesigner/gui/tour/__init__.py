"""The two-minute tour: points at the real controls and waits for people to use them."""

from __future__ import annotations

from lrdesigner.gui.tour.guide import Tour

__all__ = ["Tour"]
