"""The drags of the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.interaction import EditDrag, Interaction
from lrdesigner.gui.navigation import pan_pixels
from lrdesigner.schedule.group_edits import set_group

_HIGHEST = 1e6


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


class LrDrag(EditDrag):
    """Drags a group's LR up and down.

    The mapping is the one at the start, so that the value depends on the hand alone, not on how
    the axis follows it.

    Args:
        controller: Shows the documents.
        handle: What was taken hold of.
        plane: The mapping when it was.
        grab: Distance of the press from the handle, in pixels, which is kept.
        moved: Told the new value of the group's LR.
    """

    def __init__(
        self,
        controller: Controller,
        handle: LrHandle,
        plane: Plane,
        grab: float,
        moved: Callable[[float], None],
    ) -> None:
        name = controller.schedule.optimizer.groups[handle.group].name
        super().__init__(controller, f"change LR of {name}")
        self.handle = handle
        self._plane = plane
        self._grab = grab
        self._moved = moved

    @property
    def cursor(self) -> Qt.CursorShape:
        """Up and down."""
        return Qt.CursorShape.SizeVerCursor

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Put the handle under the mouse; the LR keeps three significant digits."""
        lr = self._plane.lr_at(position.y() - self._grab) / self.handle.ratio
        lr = float(f"{min(lr, _HIGHEST):.3g}")
        self.show(set_group(self.before, self.handle.group, lr=lr))
        self._moved(lr)
