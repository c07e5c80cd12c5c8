"""What the mouse does in a lane: takes up its tool, takes hold of its curves, moves the view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.interactions import PanDrag
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.interaction import ClickOrDrag, Interaction

if TYPE_CHECKING:
    from lrdesigner.gui.canvas.lane import Lane

_REACH = 10.0
_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class LaneTool(Protocol):
    """What the left button does in a lane, instead of moving the view."""

    def press(
        self, plane: Plane, position: QPointF, modifiers: Qt.KeyboardModifier
    ) -> Interaction | None:
        """The button went down in the plot; None leaves it to the lane."""

    def shape(self, plane: Plane, position: QPointF) -> Qt.CursorShape:
        """The mouse cursor over the plot."""


class LaneHand(Protocol):
    """Takes hold of what lies on the lane's curves; a `Hand` does."""

    def press(self, position: QPointF) -> Interaction | None:
        """Take hold of what is there; None if there is nothing."""

    def hover(self, position: QPointF | None) -> object | None:
        """The mouse is there, with nothing in hand."""

    def select_at(self, position: QPointF) -> bool:
        """Select the phase there; False if no phases of its own drive the lane."""

    def reading(self) -> object | None:
        """What is to be said beside it."""

    @property
    def hot(self) -> object | None:
        """What is in hand, or under the mouse."""

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The shape of the mouse, where there is something."""

    def released(self) -> bool:
        """Nothing is in hand any more."""


class LaneMouse:
    """Turns mouse events into interactions.

    Attributes:
        tool: What the left button does, other than moving the view.
        hand: Takes hold of what lies on the curves.
        position: Where the mouse is, in the plot's coordinates; None while it is elsewhere.

    Args:
        lane: Gets the events, and has the plot.
        axis: The time axis.
    """

    def __init__(self, lane: Lane, axis: TimeAxis) -> None:
        self._lane = lane
        self._axis = axis
        self._interaction: Interaction | None = None
        self.tool: LaneTool | None = None
        self.hand: LaneHand | None = None
        self.position: QPointF | None = None

    @property
    def busy(self) -> bool:
        """Whether a drag goes on: somebody else may have ended it."""
        if self._interaction is not None and not self._interaction.alive:
            self._interaction = None
            self._let_go()
        return self._interaction is not None

    def cancel(self) -> bool:
        """Abandon a drag. Returns whether there was one."""
        busy = self.busy
        interaction, self._interaction = self._interaction, None
        if busy and interaction is not None:
            interaction.cancel()
        self._let_go()
        return busy

    def _end(self) -> None:
        busy = self.busy
        interaction, self._interaction = self._interaction, None
        if busy and interaction is not None:
            interaction.finish()
        self._let_go()

    def _let_go(self) -> None:
        if self.hand is not None and self.hand.released():
            self._lane.hand_moved.emit()

    def in_plot(self, position: QPointF) -> QPointF:
        """A point of the lane in its plot's coordinates."""
        return position - QPointF(self._lane.plot.pos())

    # -- events --------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin what the button does here."""
        position = self.in_plot(event.position())
        reach = self._lane.plot.plane.rect.adjusted(-_REACH, -_REACH, _REACH, _REACH)
        if self.busy or not reach.contains(position):
            return
        if event.button() == _MIDDLE:
            self._interaction = PanDrag(self._axis, position)
        elif event.button() == _LEFT:
            self._interaction = self._pressed(position, event.modifiers())
        self._show_shape(position)

    def _pressed(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> Interaction | None:
        plane = self._lane.plot.plane
        if self.tool is not None:
            found = self.tool.press(plane, position, modifiers)
            if found is not None:
                return found
        held = self.hand.press(position) if self.hand is not None else None
        if held is not None or not plane.rect.contains(position):
            return held
        pan = None if self._axis.whole else (lambda: PanDrag(self._axis, position))
        return ClickOrDrag(position, lambda: self._click(position), pan)

    def _click(self, position: QPointF) -> None:
        if self.hand is None or not self.hand.select_at(position):
            self._lane.clicked.emit(self._axis.step_at(position.x()))

    def move(self, event: QMouseEvent) -> None:
        """Go on with it, or show what is under the mouse."""
        position = self.in_plot(event.position())
        interaction = self._interaction
        if self.busy and interaction is not None:
            if event.buttons():
                interaction.move(position, event.modifiers())
            else:  # the release went elsewhere
                self._end()
        self._hover(position)

    def release(self, event: QMouseEvent) -> None:
        """What was done counts."""
        if not event.buttons():
            self._end()
            self._hover(self.in_plot(event.position()))

    def double_click(self, event: QMouseEvent) -> None:
        """Type the exact value of what is there; elsewhere show the whole run."""
        if event.button() != _LEFT or self.tool is not None:
            self.press(event)
        elif self.hand is not None and self.hand.hover(self.in_plot(event.position())):
            self._lane.typing_wanted.emit()
        else:
            self._axis.fit()

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._lane.hovered.emit(None)
        if not self.busy:
            self._point(None)

    # -- under the mouse -----------------------------------------------------------------------

    def _hover(self, position: QPointF) -> None:
        self._point(position)
        inside = self._lane.plot.plane.rect.contains(position) or self.busy
        said = self.hand is not None and self.hand.reading() is not None
        step = self._axis.near(self._axis.step_at(position.x()))
        self._lane.hovered.emit(step if inside and not said else None)
        self._show_shape(position)

    def _point(self, position: QPointF | None) -> None:
        """Tell the hand where the mouse is."""
        self.position = position
        if self.hand is not None:
            if not self.busy:
                self.hand.hover(position if self.tool is None else None)
            self._lane.hand_moved.emit()

    def _show_shape(self, position: QPointF) -> None:
        lane, shape = self._lane, Qt.CursorShape.ArrowCursor
        if self._interaction is not None:
            shape = self._interaction.cursor
        elif self.tool is not None and lane.plot.plane.rect.contains(position):
            shape = self.tool.shape(lane.plot.plane, position)
        elif self.hand is not None and self.hand.cursor is not None:
            shape = self.hand.cursor
        if lane.cursor().shape() != shape:
            lane.setCursor(shape)
