"""What changes without the focus moving, told to screen readers."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def listening() -> bool:
    """Whether anybody reads the screen aloud; else there is no need to find words."""
    return bool(QAccessible.isActive())


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a sentence, once it has said what it is saying.

    Args:
        widget: What it is about; has the focus, usually.
        text: The sentence.
    """
    if not text or not listening():
        return
    try:
        from PySide6.QtGui import QAccessibleAnnouncementEvent
    except ImportError:  # before Qt 6.8 there is only the description, which some readers follow
        widget.setAccessibleDescription(text)
        event = QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged)
    else:
        event = QAccessibleAnnouncementEvent(widget, text)
    QAccessible.updateAccessibility(event)
