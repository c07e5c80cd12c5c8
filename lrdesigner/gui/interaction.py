"""What the mouse is doing, as small objects: one for each kind of drag, none while it is idle."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.snapping import Guide
from lrdesigner.gui.state import Selection
from lrdesigner.schedule.model import Schedule


class Interaction:
    """From the press of a button to its release."""

    @property
    def cursor(self) -> Qt.CursorShape:
        """Shape of the mouse cursor meanwhile."""
        return Qt.CursorShape.ArrowCursor

    @property
    def alive(self) -> bool:
        """Whether it still makes sense: somebody else may have ended its gesture."""
        return True

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse is there now (widget coordinates)."""

    def finish(self) -> None:
        """The button was released: what is shown counts."""

    def cancel(self) -> None:
        """Esc: everything is as before."""


class ClickOrDrag(Interaction):
    """A press that is a click until the mouse has moved far enough.

    Args:
        position: Where the button was pressed.
        click: What a click does.
        drag: Makes the interaction that a drag turns into; None if there is nothing to drag.
        cursor: Shape until then.
    """

    def __init__(
        self,
        position: QPointF,
        click: Callable[[], None] | None,
        drag: Callable[[], Interaction] | None,
        cursor: Qt.CursorShape = Qt.CursorShape.ArrowCursor,
    ) -> None:
        self._start = position
        self._click = click
        self._make = drag
        self._drag: Interaction | None = None
        self._cursor = cursor

    @property
    def cursor(self) -> Qt.CursorShape:
        """The drag's shape once there is one."""
        return self._drag.cursor if self._drag else self._cursor

    @property
    def alive(self) -> bool:
        """As long as the drag is."""
        return self._drag is None or self._drag.alive

    @property
    def dragging(self) -> bool:
        """Whether it has become a drag."""
        return self._drag is not None

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Turn into a drag when far enough."""
        if self._drag is None:
            far = (position - self._start).manhattanLength() >= drag_distance()
            if not far:
                return
            if self._make is None:
                self._click = None
                return
            self._drag = self._make()
        self._drag.move(position, modifiers)

    def finish(self) -> None:
        """Finish the drag, or click."""
        if self._drag is not None:
            self._drag.finish()
        elif self._click is not None:
            self._click()

    def cancel(self) -> None:
        """Abandon the drag; a press that is abandoned does not click."""
        if self._drag is not None:
            self._drag.cancel()


class EditDrag(Interaction):
    """A drag that edits the document as it goes: one gesture, one undo step.

    Attributes:
        limit: Why what is held is not under the hand, or "".
        guide: What has attracted it.

    Args:
        controller: Shows the documents.
        text: What the undo step is called.
        selection: What is selected afterwards; None keeps it.
    """

    def __init__(
        self, controller: Controller, text: str, selection: Selection | None = None
    ) -> None:
        self.controller = controller
        self.before: Schedule = controller.schedule
        self.limit = ""
        self.guide = Guide()
        self._text = text
        self._selection = selection
        self._started = False
        self._sight = controller.axis.range

    def lock(self, axis: str) -> None:
        """Keep to one direction, ``"x"`` or ``"y"``; the same again lets go."""

    @property
    def alive(self) -> bool:
        """False once somebody else has ended the gesture (undo, Esc elsewhere, another file)."""
        return not self._started or self.controller.in_gesture

    def show(self, schedule: Schedule) -> None:
        """Show an edited document."""
        self._started = True
        self.controller.gesture(self._text, schedule)

    def finish(self) -> None:
        """Make it an undo step."""
        if self._started and self.alive:
            self.controller.commit_gesture(self._selection)

    def cancel(self) -> None:
        """Go back to the document before, and to what was in sight of it."""
        if self._started and self.alive:
            self.controller.cancel_gesture()
            self.controller.axis.set_range(*self._sight)


def drag_distance() -> int:
    """How far the mouse moves before a press counts as a drag; finer than for drag and drop."""
    return max(3, QApplication.startDragDistance() // 3)
