"""What an action is, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes:
        id: Stable name; the QAction's objectName is ``action_<id>`` and a method ``do_<id>``
            answers it.
        text: Menu text; ``&`` marks the mnemonic.
        tip: What it does, for tooltips and the status bar.
        keys: Shortcuts in Qt's portable text; the first is shown.
        icon: Name of an icon, or "".
        checkable: Whether it is on or off.
        group: Actions of a group exclude each other.
        local: Whether its keys work in canvas and timeline only, so that fields keep them.
        words: More words it is found by in the command palette, of any language.
        needs: What has to be done before it can be chosen; said while it cannot.
    """

    id: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    local: bool = False
    words: tuple[str, ...] = ()
    needs: str = ""
