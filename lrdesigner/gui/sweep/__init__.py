"""The bar of a sweep: what varies, from where to where, and the variant that is looked at."""

from __future__ import annotations

from lrdesigner.gui.sweep.panel import SweepBar

__all__ = ["SweepBar"]
