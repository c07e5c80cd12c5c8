"""The overlays: saved schedules drawn over the current curve."""

from __future__ import annotations

from lrdesigner.gui.overlays.panel import OverlaysPanel

__all__ = ["OverlaysPanel"]
