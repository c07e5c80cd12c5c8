"""The curves in numbers, beside each other, and the choices of how they are compared."""

from __future__ import annotations

from lrdesigner.gui.comparison.panel import ComparisonPanel

__all__ = ["ComparisonPanel"]
