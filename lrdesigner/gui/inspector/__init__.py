"""The inspector: forms for the selected phase, the run, its groups and the metric."""

from __future__ import annotations

from lrdesigner.gui.inspector.panel import InspectorPanel

__all__ = ["InspectorPanel"]
