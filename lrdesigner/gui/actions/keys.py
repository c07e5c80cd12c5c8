"""Keys in words, and the keys of actions for whoever offers the same elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from lrdesigner.gui.actions.specs import ACTIONS
from lrdesigner.i18n import tr


def native(keys: str) -> str:
    """Keys as this platform writes them.

    Args:
        keys: In Qt's portable text, such as ``"Ctrl+S"``.
    """
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(tip: str, *keys: str) -> str:
    """A tip with the keys that do the same, if there are any."""
    shown = ", ".join(native(each) for each in keys if each)
    return tr("{tip} ({keys})", tip=tip, keys=shown) if shown else tip


def tip_of(tip: str, action_id: str) -> str:
    """A tip with the shortcut of a declared action."""
    return with_keys(tip, *keys_of(action_id)[:1])


def keys_of(action_id: str) -> tuple[str, ...]:
    """The shortcuts of a declared action."""
    return next(spec.keys for spec in ACTIONS if spec.id == action_id)
