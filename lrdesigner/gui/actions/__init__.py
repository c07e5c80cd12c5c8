"""Actions as data: what they are called, their keys, and which menus they stand in."""

from __future__ import annotations

from lrdesigner.gui.actions.build import ActionSet
from lrdesigner.gui.actions.menus import MENUS
from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.gui.actions.specs import ACTIONS

__all__ = ["ACTIONS", "MENUS", "ActionSet", "ActionSpec"]
