"""A lane: a further plot under the curve, on the same time axis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui import navigation
from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.lane_content import LaneContent, value_text
from lrdesigner.gui.canvas.lane_header import HEIGHT as HEADER_HEIGHT
from lrdesigner.gui.canvas.lane_header import LaneHeader, LegendEntry
from lrdesigner.gui.canvas.lane_mouse import LaneMouse, LaneTool
from lrdesigner.gui.canvas.lane_view import LanePlot
from lrdesigner.gui.canvas.layers import Band
from lrdesigner.gui.theme import Theme

PLOT_HEIGHT = 76
MIN_PLOT, MAX_PLOT = 44, 400


class Lane(QWidget):
    """Header and plot of one lane.

    Signals:
        hovered: The step under the mouse, or None.
        clicked: A click at that step.
        height_changed: It wants another height.
        height_dragged: That height was chosen by hand.
        folded_changed: It was folded or unfolded by hand.
        tool_refused: Esc: the tool should be put down.
        hand_moved: The hand is elsewhere, or on something else.
        typing_wanted: A double click on something that can be taken hold of.

    Args:
        key: Its name among the lanes; the objectName is ``lane_<key>``.
        axis: The time axis.
        theme: Colours and fonts.
        parent: Its owner.
    """

    hovered = Signal(object)
    clicked = Signal(float)
    height_changed = Signal()
    height_dragged = Signal(int)
    folded_changed = Signal(bool)
    tool_refused = Signal()
    hand_moved = Signal()
    typing_wanted = Signal()

    def __init__(self, key: str, axis: TimeAxis, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"lane_{key}")
        self.setMouseTracking(True)
        self.key = key
        self._own_bands: Sequence[Band] | None = None
        self._ground: tuple[Sequence[Band], Sequence[float]] = ((), ())
        self._axis = axis
        self._theme = theme
        self._content = LaneContent("", ())
        self._folded = False
        self._wanted = PLOT_HEIGHT
        self._before_drag: int | None = None
        self._step: int | None = None
        self.header = LaneHeader(theme, self)
        self.header.fold.setObjectName(f"lane_fold_{key}")
        self.plot = LanePlot(axis, theme, self)
        self._mouse = LaneMouse(self, axis)
        self.header.fold_requested.connect(self._on_fold)
        self.header.dragged.connect(self._on_dragged)
        self.header.drag_ended.connect(self._on_drag_ended)
        self.header.entered.connect(self._on_left)

    # -- what is shown -------------------------------------------------------------------------

    @property
    def content(self) -> LaneContent:
        """What it shows."""
        return self._content

    def show_content(self, content: LaneContent, *, keep_scale: bool = False) -> None:
        """Show this."""
        self._content = content
        caption = self.header.caption
        if (content.title, content.unit) != (caption.title, caption.unit):
            caption.title, caption.unit = content.title, content.unit
            caption.update()
            self.header.set_folded(self._folded)
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(content.words())
        self.plot.show_content(content, keep_scale=keep_scale)
        self.show_cursor(self._step)
        self.plot.redraw()

    def set_ground(self, bands: Sequence[Band], x_lines: Sequence[float]) -> None:
        """Bands and grid of the canvas; bands of its own take the place of those."""
        self._ground = (bands, x_lines)
        self.plot.set_ground(bands if self._own_bands is None else self._own_bands, x_lines)
        self.plot.redraw()

    def show_own_bands(self, bands: Sequence[Band] | None) -> None:
        """The phases that drive this lane; None for those of the canvas."""
        if bands != self._own_bands:
            self._own_bands = bands
            self.set_ground(*self._ground)

    def show_cursor(self, step: int | None) -> None:
        """Stand at a step, which may be under the mouse elsewhere; None: nowhere."""
        self._step = step
        self.plot.show_cursor(step)
        self.header.caption.show_texts(self._legend(step), self._content.note)

    def note_at(self, step: int) -> str:
        """What there is to say about a step: the mark near it, the stretch it lies in."""
        if self._folded:
            return ""
        mark = self.plot.points.near(step)
        if mark is not None and mark.text:
            return mark.text
        window = self.plot.windows.at(step)
        return window.text if window is not None else ""

    def _legend(self, step: int | None) -> list[LegendEntry]:
        found: dict[str, LegendEntry] = {}
        for each in self.plot.series:
            value = None if step is None else each.value_at(step)
            text = "" if value is None else value_text(value)
            if each.name not in found or (text and not found[each.name].value):
                # Lines of one name are pieces of one line; the one that has a value speaks.
                name = "" if each.name == self._content.title else each.name
                found[each.name] = LegendEntry(name, each.color, each.dashed, text)
        return list(found.values())

    def recolor(self) -> None:
        """Take on the theme's colours."""
        self.header.recolor()
        self.plot.recolor()
        self.show_content(self._content, keep_scale=True)

    # -- height --------------------------------------------------------------------------------

    @property
    def folded(self) -> bool:
        """Whether only its header is shown."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Show the plot or not."""
        if folded != self._folded:
            self._folded = folded
            self.plot.setVisible(not folded)
            self.header.set_folded(folded)
            self.height_changed.emit()

    @property
    def plot_height(self) -> int:
        """Pixels the plot would like to have; 0 while folded."""
        return 0 if self._folded else self._wanted

    def set_plot_height(self, height: int) -> None:
        """Ask for another height of the plot."""
        height = max(MIN_PLOT, min(height, MAX_PLOT))
        if height != self._wanted:
            self._wanted = height
            self.height_changed.emit()

    def place_plot(self, height: int) -> None:
        """Take that height for the plot, whatever was wanted."""
        self.setFixedHeight(HEADER_HEIGHT + height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.setGeometry(0, 0, self.width(), HEADER_HEIGHT)
        self.plot.setGeometry(0, HEADER_HEIGHT, self.width(), self.height() - HEADER_HEIGHT)

    @Slot()
    def _on_fold(self) -> None:
        self.set_folded(not self._folded)
        self.folded_changed.emit(self._folded)

    @Slot(int)
    def _on_dragged(self, up: int) -> None:
        if self._folded:
            return
        if self._before_drag is None:
            self._before_drag = self.plot.height()
        self.set_plot_height(self._before_drag + up)

    @Slot()
    def _on_drag_ended(self) -> None:
        if self._before_drag is not None:
            self._before_drag = None
            self.height_dragged.emit(self._wanted)

    @Slot()
    def _on_left(self) -> None:
        self.hovered.emit(None)

    # -- mouse ---------------------------------------------------------------------------------

    @property
    def mouse(self) -> LaneMouse:
        """What the mouse does in the plot."""
        return self._mouse

    @property
    def tool(self) -> LaneTool | None:
        """What the left button does, other than moving the view."""
        return self._mouse.tool

    def set_tool(self, tool: LaneTool | None) -> None:
        """Take up a tool, or put it down."""
        self.cancel()
        self._mouse.tool = tool
        self.unsetCursor()

    @property
    def busy(self) -> bool:
        """Whether a drag goes on."""
        return self._mouse.busy

    def cancel(self) -> bool:
        """Abandon a drag. Returns whether there was one."""
        return self._mouse.cancel()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        navigation.wheel(self._axis, event, self._mouse.in_plot(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse.leave()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and navigation.pinch(self._axis, event):
            return True
        return super().event(event)
