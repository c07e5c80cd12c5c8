"""Actions as data: what they are called, their keys, and which menus they stand in."""

from __future__ import annotations

from lrdesigner.gui.actions.build import ActionSet
from lrdesigner.gui.actions.specs import ACTIONS, MENUS, ActionSpec

__all__ = ["ACTIONS", "MENUS", "ActionSet", "ActionSpec"]
