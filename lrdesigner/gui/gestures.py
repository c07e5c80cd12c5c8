"""What keys and the mouse do in one place, declared beside the code that does it.

The shortcuts page shows these declarations; tests hold the keys among them against the widgets.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from lrdesigner.i18n import tr


@dataclass(frozen=True)
class Gesture:
    """One thing that can be done.

    Attributes:
        what: What happens, marked for translation.
        keys: Keys in Qt's portable text; any of them does it.
        mouse: What the mouse does, marked for translation; ``{ctrl}``, ``{shift}`` and ``{alt}``
            stand for these keys, " + " between what is done together.
    """

    what: str
    keys: tuple[str, ...] = ()
    mouse: str = ""


@dataclass(frozen=True)
class Place:
    """Where gestures work.

    Attributes:
        title: What people call it, marked for translation.
        gestures: What can be done there.
    """

    title: str
    gestures: tuple[Gesture, ...]


def mouse_text(mouse: str) -> str:
    """What the mouse does, with the modifier keys as this platform writes them."""
    names = {name.lower(): _modifier(name) for name in ("Ctrl", "Shift", "Alt")}
    return tr(mouse, **names) if mouse else ""


def _modifier(name: str) -> str:
    """A modifier as the platform writes it: what it puts before a letter."""
    native = QKeySequence(f"{name}+A").toString(QKeySequence.SequenceFormat.NativeText)
    return native.removesuffix("A").removesuffix("+")
