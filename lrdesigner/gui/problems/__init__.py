"""The problems panel: what is questionable about the document, and what to do."""

from __future__ import annotations

from lrdesigner.gui.problems.panel import ProblemsPanel

__all__ = ["ProblemsPanel"]
