"""The timeline: the phases as blocks, right under the curve they make."""

from __future__ import annotations

from lrdesigner.gui.timeline.panel import TimelinePanel

__all__ = ["TimelinePanel"]
