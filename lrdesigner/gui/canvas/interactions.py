"""Moving what is in sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.interaction import Interaction
from lrdesigner.gui.navigation import pan_pixels


class PanDrag(Interaction):
    """Moves what is shown with the mouse.

    Args:
        axis: The time axis.
        position: Where the button was pressed.
    """

    def __init__(self, axis: TimeAxis, position: QPointF) -> None:
        self._axis = axis
        self._before = axis.range
        self._last = position.x()

    @property
    def cursor(self) -> Qt.CursorShape:
        """A hand that holds."""
        return Qt.CursorShape.ClosedHandCursor

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the mouse."""
        pan_pixels(self._axis, position.x() - self._last)
        self._last = position.x()

    def cancel(self) -> None:
        """Show what was shown before."""
        self._axis.set_range(*self._before)
