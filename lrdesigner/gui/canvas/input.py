"""What mouse, wheel, keys and drags do on the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from lrdesigner.gui import navigation
from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.canvas.interactions import LrDrag, PanDrag
from lrdesigner.gui.canvas.knob_hand import KnobHand
from lrdesigner.gui.canvas.marks import Boundary, Mark
from lrdesigner.gui.canvas.plot_view import PlotView
from lrdesigner.gui.canvas.readings import cursor_reading, length_reading, lr_reading
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dropping import drop, landing
from lrdesigner.gui.interaction import ClickOrDrag, Interaction, ResizeDrag
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
        self._held: Mark | None = None
        self._mouse: QPointF | None = None
        self._lane_step: int | None = None
        self._space = False
        self.knobs = KnobHand(panel, controller, view)

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
        knob = self.knobs.press(position)
        if knob is not None:
            return knob
        mark = self._view.marks.hit(position)
        plane = self._view.plane
        self._held = mark
        if isinstance(mark, LrHandle):
            grab = position.y() - plane.point(mark.step, mark.lr).y()
            drag: Interaction = LrDrag(self._controller, mark, plane, grab, self._on_lr)
            return ClickOrDrag(position, None, lambda: drag, drag.cursor)
        if isinstance(mark, Boundary):
            selection = self._controller.selection
            drag = ResizeDrag(
                self._controller, mark.phase, position.x() - plane.x_of(mark.step), selection
            )
            return ClickOrDrag(position, None, lambda: drag, drag.cursor)
        zoomed = not self._controller.axis.fitted
        pan = (lambda: PanDrag(self._controller.axis, position)) if zoomed else None
        return ClickOrDrag(position, lambda: self._select_at(position), pan)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the interaction, or show what is under the mouse."""
        self._mouse = self._panel.in_view(event.position())
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
        """Show the whole run; on a mark it is a press like any other."""
        position = self._panel.in_view(event.position())
        if event.button() == _LEFT and self.knobs.double_click(position):
            return
        if event.button() == _LEFT and self._view.marks.hit(position) is None:
            self._controller.axis.fit()
        else:
            self.press(event)

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
                or bool(self.knobs.words)
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
            case key if self.knobs.lock(key):
                pass
            case _ if self._current() is None and self.knobs.key_press(event):
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
        found = landing(self._controller, event.mimeData(), event.position().x())
        self._view.drop_marker.show_landing(found)
        if found is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def drag_leave(self) -> None:
        """It goes nowhere."""
        self._view.drop_marker.show_landing(None)

    def drop(self, event: QDropEvent) -> None:
        """It stays here."""
        found = landing(self._controller, event.mimeData(), event.position().x())
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

    def held_handles(self, found: Sequence[LrHandle]) -> Sequence[LrHandle]:
        """While a handle is dragged it stays at its step, whatever else would be a good place."""
        held = self._held
        if not isinstance(held, LrHandle) or not self._controller.in_gesture:
            return found
        lr = self._controller.schedule.optimizer.groups[held.group].lr * held.ratio
        kept = LrHandle(held.group, held.step, lr, held.ratio)
        return [kept if handle.group == held.group else handle for handle in found] or [kept]

    def _current(self) -> Interaction | None:
        """The interaction, unless somebody else has ended its gesture."""
        if self._interaction is not None and not self._interaction.alive:
            self._interaction = self._held = None
            self.knobs.released()
        return self._interaction

    def _end(self, *, finish: bool) -> None:
        interaction, held = self._current(), self._held
        self._interaction = self._held = None
        knob = self.knobs.busy
        if interaction is not None:
            interaction.finish() if finish else interaction.cancel()
        self.knobs.released()
        if held is not None or knob:
            self._panel.settle()

    def _select_at(self, position: QPointF) -> None:
        if self._view.plane.rect.contains(position):
            self.select_at(self._controller.axis.step_at(position.x()))
        else:
            self._controller.select(Selection())

    def select_at(self, step: float) -> None:
        """Select the phase that a step belongs to."""
        phases = spans(self._controller.part.schedule)
        found = next((s.index for s in phases if s.start <= step < s.end), None)
        self._controller.part.select(found)

    # -- what is under the mouse ---------------------------------------------------------------

    def _on_lr(self, _lr: float) -> None:
        self._show_hover()

    def _show_hover(self) -> None:
        interaction = self._current()
        busy = interaction is not None
        hot = self._held
        if not busy:
            knob = self.knobs.hover(self._mouse)
            if self._mouse is not None and knob is None:
                hot = self._view.marks.hit(self._mouse)
        self._view.marks.set_hot(hot, pressed=busy)
        self._show_cursor_shape(hot)
        self._show_reading(hot, busy)

    def _show_cursor_shape(self, hot: Mark | None) -> None:
        if self._interaction is not None:
            shape = self._interaction.cursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self.knobs.cursor is not None:
            shape = self.knobs.cursor
        elif isinstance(hot, LrHandle):
            shape = Qt.CursorShape.SizeVerCursor
        elif isinstance(hot, Boundary):
            shape = Qt.CursorShape.SizeHorCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if self._panel.cursor().shape() != shape:
            self._panel.setCursor(shape)

    def _show_reading(self, hot: Mark | None, busy: bool) -> None:
        view, mouse = self._view, self._mouse
        plane = view.plane
        if mouse is None or (not busy and not plane.rect.contains(mouse)):
            self._show_lane_step()
            return
        knob = self.knobs.reading()
        if knob is not None:
            self._show_cursor_line(None)
            view.readout.show_reading(knob, mouse)
        elif busy and isinstance(hot, LrHandle):
            self._show_cursor_line(None)
            view.readout.show_reading(lr_reading(self._controller, hot, view.series), mouse)
        elif busy and isinstance(hot, Boundary):
            self._show_cursor_line(None)
            view.readout.show_reading(length_reading(self._controller, hot.phase), mouse)
        else:
            step = max(0, min(round(plane.axis.step_at(mouse.x())), plane.axis.total - 1))
            self._show_values(step, mouse.y())

    def _show_lane_step(self) -> None:
        """The mouse is not in the plot, but perhaps in a lane."""
        step = self._lane_step
        if self._mouse is not None or step is None:
            self._show_cursor_line(None)
            self._view.readout.show_reading(None)
        else:
            step = min(step, self._controller.axis.total - 1)
            self._show_values(step, self._view.plane.rect.bottom())
            if self._panel.lanes.busy:  # the curve that follows the hand is what counts now
                self._view.readout.show_reading(None)

    def _show_values(self, step: int, y: float) -> None:
        """Everything about a step, beside it at that height."""
        view = self._view
        notes = self._panel.lanes.notes_at(step)
        reading, dots = cursor_reading(self._controller, view.series, step, notes)
        self._show_cursor_line(step, dots)
        view.readout.show_reading(reading, QPointF(view.plane.x_of(step), y))

    def _show_cursor_line(self, step: int | None, dots: Sequence[tuple[float, str]] = ()) -> None:
        self._controller.axis.cursor = step
        self._view.cursor_line.show_at(step, dots)
        self._panel.lanes.show_cursor(step)
