"""What mouse, keys and drags do on the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import ClickOrDrag, Interaction
from lrdesigner.gui.navigation import snapped
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.resize_drag import ResizeDrag
from lrdesigner.gui.time_text import length_texts
from lrdesigner.gui.timeline.blocks import Body, Edge, Hit, Link, Mend, Plus
from lrdesigner.gui.timeline.interactions import MoveDrag
from lrdesigner.gui.timeline.keys import answer_key
from lrdesigner.gui.timeline.rows import Row, Spot
from lrdesigner.gui.timeline.scene import Ghost, Shown
from lrdesigner.gui.timeline.wishes import Wishes
from lrdesigner.i18n import tr
from lrdesigner.schedule.units import spans

if TYPE_CHECKING:
    from lrdesigner.gui.timeline.drops import TimelineDrops
    from lrdesigner.gui.timeline.panel import TimelinePanel

_LEFT = Qt.MouseButton.LeftButton
_TYPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class TimelineInput:
    """Turns events into interactions and edits.

    Args:
        panel: The widget that gets the events.
        controller: Document, selection, time axis.
        drops: What is dragged in from elsewhere.
    """

    def __init__(self, panel: TimelinePanel, controller: Controller, drops: TimelineDrops) -> None:
        self._panel = panel
        self._controller = controller
        self._interaction: ClickOrDrag | None = None
        self._held: Spot | None = None
        self._drag: Interaction | None = None
        self._mouse: QPointF | None = None
        self._drops = drops

    # -- mouse ---------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Take hold of what is under the mouse; its row is the one that is worked on."""
        if event.button() != _LEFT:
            return
        self._end(finish=True)  # if there is one, its release went elsewhere
        self._mouse = event.position()
        self._held = spot = self._panel.rows.spot(self._mouse)
        row = None if spot is None else self._panel.rows.of(spot.track)
        if row is None or spot is None:
            self._interaction = ClickOrDrag(self._mouse, self._select_run, None)
        elif spot.hit is None:
            self._interaction = ClickOrDrag(self._mouse, lambda: row.part.select(None), None)
        else:
            self._interaction = self._pressed(row, spot.hit, self._mouse, event.modifiers())
        self._show()

    def _select_run(self) -> None:
        self._controller.part_of(None).select(None)

    def _pressed(
        self, row: Row, hit: Hit, position: QPointF, modifiers: Qt.KeyboardModifier
    ) -> ClickOrDrag:
        controller, part, blocks = self._controller, row.part, row.blocks.blocks
        wishes = Wishes(part)
        if isinstance(hit, Body):
            move = MoveDrag(controller, part, blocks, hit.index, position)
            self._drag = move
            selects = self._selects(part, hit.index, modifiers)
            return ClickOrDrag(position, selects, lambda: move)
        if not part.active:
            part.select(None)
        if isinstance(hit, Plus):
            resize = ResizeDrag(controller, hit.index, position, part=part)
            self._drag = resize
            return ClickOrDrag(position, lambda: self._offer(part, hit.index), lambda: resize)
        index = hit.index if isinstance(hit, Edge) else hit.index - 1
        resize = ResizeDrag(controller, index, position, part=part)
        self._drag = resize
        if isinstance(hit, Mend):
            commands = PhaseCommands(controller, part)
            return ClickOrDrag(position, lambda: commands.mend(hit.index), lambda: resize)
        click = (lambda: wishes.toggle_link(hit.index)) if isinstance(hit, Link) else None
        return ClickOrDrag(position, click, lambda: resize)

    def _offer(self, part: DocumentPart, index: int) -> None:
        """What can be put in after a phase."""
        row = self._panel.rows.of(part.track)
        if row is not None:
            spot = row.blocks.blocks[index].plus.bottomLeft().toPoint()
            self._panel.open_insert_menu(part, index + 1, self._panel.mapToGlobal(spot))

    def _selects(
        self, part: DocumentPart, index: int, modifiers: Qt.KeyboardModifier
    ) -> Callable[[], None]:
        """What a click on a block selects: Ctrl adds and takes away, Shift goes up to it."""
        selection = part.at(index)
        if part.active and modifiers & Qt.KeyboardModifier.ControlModifier:
            selection = self._controller.selection.toggled(index)
        elif part.active and modifiers & Qt.KeyboardModifier.ShiftModifier:
            selection = self._controller.selection.through(index)
        return lambda: self._controller.select(selection)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the interaction, or show what is under the mouse."""
        self._mouse = event.position()
        self._note_cursor()
        interaction = self._current()
        if interaction is not None:
            if not event.buttons():  # the release went elsewhere
                self._end(finish=True)
            else:
                interaction.move(self._mouse, event.modifiers())
        self._show()

    def release(self, event: QMouseEvent) -> None:
        """The interaction counts."""
        if self._interaction is not None and not event.buttons() & _LEFT:
            self._end(finish=True)
            self._show()

    def double_click(self, event: QMouseEvent) -> None:
        """Type where a phase ends; elsewhere it is a press like any other."""
        spot = self._panel.rows.spot(event.position())
        if event.button() == _LEFT and spot is not None and isinstance(spot.hit, Edge):
            self.cancel()
            self._panel.type_end(self._controller.part_of(spot.track), spot.hit.index)
        else:
            self.press(event)

    def leave(self) -> None:
        """The mouse is elsewhere."""
        if self._current() is None:
            self._mouse = None
            self._note_cursor()
            self._show()

    def _note_cursor(self) -> None:
        """Others ask the axis where the mouse is."""
        axis, mouse = self._controller.axis, self._mouse
        left, right = axis.pixels
        inside = mouse is not None and left <= mouse.x() <= right
        axis.cursor = axis.step_at(mouse.x()) if inside and mouse is not None else None

    def context_menu(self, event: QContextMenuEvent) -> None:
        """The menu of the block under the mouse, or of the selected one for the menu key."""
        if self._current() is not None:
            return
        step: int | None = None
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            axis, per_epoch = self._controller.axis, self._controller.schedule.horizon
            step = snapped(axis, event.pos().x(), per_epoch.steps_per_epoch, event.modifiers())
            spot = self._panel.rows.spot(QPointF(event.pos()))
            row = None if spot is None else self._panel.rows.of(spot.track)
            hit = None if spot is None else spot.hit
            index = None if hit is None else hit.index
            place = event.globalPos()
        else:
            row = self._panel.rows.of(self._controller.selection.track)
            index = self._controller.selection.phase
            place = self._below(row, index)
        if row is None:
            return
        if index is not None:
            if index not in row.part.chosen:
                row.part.select(index)
            self._panel.open_menu(row.part, index, place, step)
        elif row.part.track is not None:
            row.part.select(None)
            self._panel.open_track_menu(row.part, place)

    def _below(self, row: Row | None, index: int | None) -> QPoint:
        if row is None:
            return self._panel.mapToGlobal(QPoint(0, 0))
        rect = row.caption if index is None else row.blocks.blocks[index].rect
        return self._panel.mapToGlobal(QPointF(rect.left() + 8, rect.bottom()).toPoint())

    # -- keyboard ------------------------------------------------------------------------------

    def wants_key(self, event: QEvent) -> bool:
        """Esc belongs to a drag while there is one, whatever shortcut there may be."""
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._current() is not None
        )

    def key_press(self, event: QKeyEvent) -> bool:
        """Answer a key. Returns whether it was for us."""
        if event.key() == Qt.Key.Key_Escape:
            if self._current() is not None:
                self.cancel()
            else:
                self._select_run()
            return True
        index = self._controller.selection.phase
        if event.key() in _TYPING and index is not None:
            self._panel.type_end(self._controller.part, index)
            return True
        return answer_key(self._controller, event)

    # -- interactions --------------------------------------------------------------------------

    def cancel(self) -> None:
        """Abandon the interaction."""
        self._end(finish=False)
        self._show()

    def refresh(self) -> None:
        """The blocks have changed under the mouse."""
        self._current()
        self._show_cursor_shape()

    def shown(self) -> Shown:
        """What the painter has to know about the mouse."""
        dragging = self._interaction is not None and self._interaction.dragging
        ghost = None
        if dragging and isinstance(self._drag, MoveDrag):
            drag = self._drag
            others = tuple(index for index in drag.indices if index != drag.index)
            ghost = Ghost(drag.part.track, drag.index, drag.shift, drag.bar, others)
        hint = warning = ""
        if dragging and isinstance(self._drag, ResizeDrag):
            hint, warning = self._resize_hint(), self._drag.limit
        dropping = self._drops.shown()
        if dropping is not None:
            return dropping
        return Shown(self._hot(), ghost, None, hint, self._mouse, warning=warning)

    def _resize_hint(self) -> str:
        assert isinstance(self._drag, ResizeDrag)
        schedule = self._drag.part.schedule
        index = self._drag.index
        span = spans(schedule)[index]
        unit = self._controller.view.unit
        length = length_texts(schedule.phases[index].length, span, schedule.horizon, unit)[0]
        if index + 1 == len(schedule.phases):
            return length
        if self._drag.ripple:
            return tr("{length} · later phases move (Alt: trade time)", length=length)
        return tr("{length} · trading time (Alt: later phases move)", length=length)

    def _hot(self) -> Spot | None:
        if self._interaction is not None:
            if self._interaction.dragging and isinstance(self._drag, ResizeDrag):
                return Spot(self._drag.part.track, Edge(self._drag.index))
            return self._held
        return self._panel.rows.spot(self._mouse) if self._mouse is not None else None

    def _current(self) -> ClickOrDrag | None:
        """The interaction, unless somebody else has ended what it was doing."""
        if self._interaction is not None and not self._interaction.alive:
            self._interaction = self._held = self._drag = None
        return self._interaction

    def _end(self, *, finish: bool) -> None:
        interaction = self._current()
        self._interaction = self._held = self._drag = None
        if interaction is not None:
            interaction.finish() if finish else interaction.cancel()

    def _show(self) -> None:
        self._show_cursor_shape()
        self._panel.update()

    def _show_cursor_shape(self) -> None:
        spot = self._hot()
        hot = None if spot is None else spot.hit
        if self._interaction is not None and self._interaction.dragging:
            shape = self._interaction.cursor
        elif isinstance(hot, Edge):
            shape = Qt.CursorShape.SizeHorCursor
        elif isinstance(hot, Link | Mend | Plus):
            shape = Qt.CursorShape.PointingHandCursor
        elif isinstance(hot, Body):
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if self._panel.cursor().shape() != shape:
            self._panel.setCursor(shape)
