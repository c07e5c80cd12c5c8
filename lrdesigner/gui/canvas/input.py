"""What mouse, wheel, keys and drags do on the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from lrdesigner.gui import navigation
from lrdesigner.gui.canvas.interactions import PanDrag
from lrdesigner.gui.canvas.plot_view import PlotView
from lrdesigner.gui.canvas.readings import cursor_reading
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dropping import Landing, drop, landing
from lrdesigner.gui.interaction import ClickOrDrag, Interaction
from lrdesigner.gui.state import Selection
from lrdesigner.schedule.units import spans

if TYPE_CHECKING:
    from lrdesigner.gui.canvas.panel import CanvasPanel

_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class CanvasInput:
    """Turns events into interactions, and says where the cursor is.

    Args:
        panel: The widget that gets the events.
        controller: What the interactions change.
        view: The picture they are about.
    """

    def __init__(self, panel: CanvasPanel, controller: Controller, view: PlotView) -> None:
        self._panel = panel
        self._controller = controller
        self._view = view
        self._interaction: Interaction | None = None
        self._mouse: QPointF | None = None
        self._lane_step: int | None = None
        self._space = False
        self._hands = panel.hands
        self._hand = panel.hands.main

    # -- mouse ---------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Take hold of what is under the mouse."""
        if self._current() is not None:
            if event.button() != _LEFT:
                return
            self._end(finish=True)  # its release went elsewhere
        position = self._panel.in_view(event.position())
        self._mouse = position
        if event.button() == _MIDDLE or (event.button() == _LEFT and self._space):
            self._interaction = PanDrag(self._controller.axis, position)
        elif event.button() == _LEFT:
            self._interaction = self._pressed(position)
        self._show_hover()

    def _pressed(self, position: QPointF) -> Interaction:
        held = self._hand.press(position)
        if held is not None:
            return held
        self._hands.let_go()
        zoomed = not self._controller.axis.whole
        pan = (lambda: PanDrag(self._controller.axis, position)) if zoomed else None
        return ClickOrDrag(position, lambda: self._select_at(position), pan)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the interaction, or show what is under the mouse."""
        self._mouse = self._panel.in_view(event.position())
        self._hands.by_mouse()
        interaction = self._current()
        if interaction is not None:
            if not event.buttons():  # the release went elsewhere
                self._end(finish=True)
            else:
                interaction.move(self._mouse, event.modifiers())
        self._show_hover()

    def release(self, event: QMouseEvent) -> None:
        """The interaction counts."""
        if self._interaction is not None and not event.buttons():
            self._end(finish=True)
            self._show_hover()

    def double_click(self, event: QMouseEvent) -> None:
        """Type the exact value of what is there; elsewhere show the whole run."""
        held = self._hand.hover(self._panel.in_view(event.position()))
        if event.button() != _LEFT:
            self.press(event)
        elif held is not None:
            self._hands.open_bubble(self._hand, held)
        else:
            self._controller.axis.fit()

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom or pan."""
        self._mouse = self._panel.in_view(event.position())
        navigation.wheel(self._controller.axis, event, self._mouse)

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom with a trackpad."""
        return navigation.pinch(self._controller.axis, event)

    def leave(self) -> None:
        """The mouse is elsewhere: no read-out."""
        self._mouse = None
        self._show_hover()

    def hover_step(self, step: int | None) -> None:
        """The mouse is at a step in one of the lanes (None: no longer)."""
        self._mouse = None
        self._lane_step = step
        self._show_hover()

    # -- keyboard ------------------------------------------------------------------------------

    def wants_key(self, event: QEvent) -> bool:
        """Esc belongs to a drag while there is one, whatever shortcut there may be."""
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (
                self._current() is not None
                or self._panel.lanes.heeds_escape
                or self._hands.chosen is not None
            )
        )

    def key_press(self, event: QKeyEvent) -> bool:
        """Answer a key. Returns whether it was for us."""
        axis = self._controller.axis
        first, last = axis.range
        match event.key():
            case Qt.Key.Key_Escape if self._current() is not None:
                self.cancel()
            case Qt.Key.Key_Escape if self._panel.lanes.heeds_escape:
                self._panel.lanes.escape()
            case key if self._hands.lock(key):
                self._show_hover()
            case _ if self._current() is None and self._hands.key_press(event):
                pass
            case Qt.Key.Key_Space:
                self._space = True
                self._show_hover()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                axis.zoom(0.8, self._middle())
            case Qt.Key.Key_Minus:
                axis.zoom(1.25, self._middle())
            case Qt.Key.Key_0:
                axis.fit()
            case Qt.Key.Key_Left if not event.modifiers():
                axis.pan(-(last - first) / 10)
            case Qt.Key.Key_Right if not event.modifiers():
                axis.pan((last - first) / 10)
            case _:
                return False
        return True

    def key_release(self, event: QKeyEvent) -> bool:
        """Space let go: dragging no longer pans."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        self._space = False
        self._show_hover()
        return True

    def focus(self, shown: bool) -> None:
        """Show whether keys arrive here."""
        self._view.marks.focused = shown
        self._view.marks.update()
        if not shown:
            self._space = False

    def _middle(self) -> float:
        if self._mouse is not None:
            return self._controller.axis.step_at(self._mouse.x())
        first, last = self._controller.axis.range
        return (first + last) / 2

    # -- drops ---------------------------------------------------------------------------------

    def drag_move(self, event: QDropEvent) -> None:
        """Show where the scheduler would go."""
        self.leave()  # while something is dragged over it, the read-out would only be in the way
        found = self._landing(event)
        self._view.drop_marker.show_landing(found)
        if found is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def _landing(self, event: QDropEvent) -> Landing | None:
        """It goes into the phases that drive what is there: the plot, or a lane."""
        position = event.position()
        part = self._hands.part_at(position.toPoint())
        return landing(self._controller, event.mimeData(), position.x(), part)

    def drag_leave(self) -> None:
        """It goes nowhere."""
        self._view.drop_marker.show_landing(None)

    def drop(self, event: QDropEvent) -> None:
        """It stays here."""
        found = self._landing(event)
        self._view.drop_marker.show_landing(None)
        if found is None:
            event.ignore()
            return
        event.acceptProposedAction()
        drop(self._controller, found)

    # -- interactions --------------------------------------------------------------------------

    def cancel(self) -> None:
        """Abandon the interaction."""
        self._end(finish=False)
        self._show_hover()

    def refresh(self) -> None:
        """The picture has changed under the mouse."""
        self._show_hover()

    def _current(self) -> Interaction | None:
        """The interaction, unless somebody else has ended its gesture."""
        if self._interaction is not None and not self._interaction.alive:
            self._interaction = None
            self._hand.released()
        return self._interaction

    def _end(self, *, finish: bool) -> None:
        interaction = self._current()
        self._interaction = None
        if interaction is not None:
            interaction.finish() if finish else interaction.cancel()
        if self._hand.released():
            self._panel.settle()

    def _select_at(self, position: QPointF) -> None:
        if not (self._view.plane.rect.contains(position) and self._hand.select_at(position)):
            self._controller.select(Selection())

    def select_at(self, step: float) -> None:
        """Select the phase that a step belongs to."""
        part = self._hand.part or self._controller.part
        phases = spans(part.schedule)
        part.select(next((s.index for s in phases if s.start <= step < s.end), None))

    # -- what is under the mouse ---------------------------------------------------------------

    def _show_hover(self) -> None:
        if self._current() is None:
            self._hand.hover(self._mouse)
        self._show_cursor_shape()
        self._show_reading()

    def _show_cursor_shape(self) -> None:
        if self._interaction is not None:
            shape = self._interaction.cursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = self._hand.cursor or Qt.CursorShape.ArrowCursor
        if self._panel.cursor().shape() != shape:
            self._panel.setCursor(shape)

    def _show_reading(self) -> None:
        view, mouse = self._view, self._mouse
        plane = view.plane
        reading = self._hand.reading()
        if self._hands.bubble is not None:  # its values are the ones that count, and lie here
            self._show_cursor_line(None)
            view.readout.show_reading(None)
        elif mouse is not None and reading is not None:
            self._show_cursor_line(None)
            view.readout.show_reading(reading, mouse)
        elif mouse is None or not plane.rect.contains(mouse):
            self._show_lane_step()
        else:
            step = plane.axis.near(plane.axis.step_at(mouse.x()))
            self._show_values(step, mouse.y())

    def _show_lane_step(self) -> None:
        """The mouse is not in the plot, but perhaps in a lane."""
        step = self._lane_step
        if self._mouse is not None or step is None:
            self._show_cursor_line(None)
            self._view.readout.show_reading(None)
        else:
            step = self._controller.axis.near(step)
            self._show_values(step, self._view.plane.rect.bottom())
            if self._panel.lanes.busy:  # the curve that follows the hand is what counts now
                self._view.readout.show_reading(None)

    def _show_values(self, step: int, y: float) -> None:
        """Everything about a step, beside it at that height."""
        view = self._view
        notes = [*self._panel.lanes.notes_at(step), *filter(None, [self._hand.hint])]
        reading, dots = cursor_reading(self._controller, view.series, step, notes)
        self._show_cursor_line(step, dots)
        view.readout.show_reading(reading, QPointF(view.plane.x_of(step), y))

    def _show_cursor_line(self, step: int | None, dots: Sequence[tuple[float, str]] = ()) -> None:
        self._controller.axis.cursor = step
        self._view.cursor_line.show_at(step, dots)
        self._panel.lanes.show_cursor(step)
