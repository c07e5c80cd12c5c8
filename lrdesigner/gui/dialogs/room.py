"""How large a dialog opens."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

_BESIDE = QSize(40, 40)


def open_size(dialog: QDialog, wanted: QSize, least: QSize) -> QSize:
    """As large as wanted, but within its window, and at least so large that it can be worked with.

    Args:
        dialog: The dialog; its parent is the window that it lies on.
        wanted: Where there is room enough.
        least: In a small window it sticks out of that rather than be smaller, but not of the
            screen.
    """
    parent = dialog.parentWidget()
    room = parent.size() - _BESIDE if parent is not None else wanted
    return wanted.boundedTo(room.expandedTo(least.boundedTo(dialog.screen().availableSize())))
