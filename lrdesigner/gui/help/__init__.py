"""The help window: every scheduler with its formula, use, parameters and traps."""

from __future__ import annotations

from lrdesigner.gui.help.window import HelpWindow

__all__ = ["HelpWindow"]
