"""Every number of the exact curve, as a table."""

from __future__ import annotations

from lrdesigner.gui.numbers.panel import NumbersPanel

__all__ = ["NumbersPanel"]
