"""One field that finds everything the program can do, for people who keep to the keyboard."""

from __future__ import annotations

from lrdesigner.gui.command_palette.box import CommandPalette

__all__ = ["CommandPalette"]
