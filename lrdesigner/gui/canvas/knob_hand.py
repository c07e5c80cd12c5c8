"""What mouse and keyboard do with knobs: show, drag, cycle, nudge, type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent

from lrdesigner.engine.handles import COARSE, FINE, drag
from lrdesigner.gui.canvas.knob_drag import KnobDrag, knob_cursor
from lrdesigner.gui.canvas.knob_field import KnobField
from lrdesigner.gui.canvas.knobs import Knob, knob_reading, knob_words, part_knobs
from lrdesigner.gui.canvas.plot_view import PlotView
from lrdesigner.gui.canvas.readout import Reading
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.interaction import ClickOrDrag, Interaction
from lrdesigner.schedule.units import spans

if TYPE_CHECKING:
    from lrdesigner.gui.canvas.panel import CanvasPanel

_NUDGE = 4.0
_FINE = 0.1
_HINT = "double-click to type"
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class KnobHand:
    """The knobs of a canvas, and what is being done with them.

    Args:
        panel: The widget that gets the events.
        controller: What they change.
        view: The picture they are in.
    """

    def __init__(self, panel: CanvasPanel, controller: Controller, view: PlotView) -> None:
        self._panel = panel
        self._controller = controller
        self._view = view
        self._hovered: int | None = None
        self._hot: Knob | None = None
        self._chosen: Knob | None = None
        self._press: ClickOrDrag | None = None
        self._drag: KnobDrag | None = None
        self._field: KnobField | None = None

    # -- what is shown -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """The document, or what is selected in it, has changed."""
        self.close_field()
        self._gather()

    def _gather(self) -> None:
        held = self._drag.knob if self._drag is not None and self._drag.alive else self._chosen
        if held is not None and held.handle.phase >= len(self._controller.part.schedule.phases):
            held = None
        part = self._controller.part
        if self._drag is None and held is not None and held.handle.phase != part.phase:
            held = None
        knobs = part_knobs(part, self._hovered, held)
        self._view.knobs.knobs = knobs
        self._chosen = held and self._same(self._chosen)
        self._show()
        self._view.knobs.update()

    def _same(self, knob: Knob | None) -> Knob | None:
        """A knob as it is now."""
        if knob is None:
            return None
        return next((k for k in self._view.knobs.knobs if k.key == knob.key), None)

    def _show(self) -> None:
        hot, chosen = self._hot, self._chosen
        self._view.knobs.set_state(
            hot.key if hot else None, chosen.key if chosen else None, self._press is not None
        )

    def hover(self, position: QPointF | None) -> Knob | None:
        """The mouse is there, with nothing in hand: show the knobs of that phase."""
        near = self._view.knobs.hit(position) if position is not None else None
        if near is None:
            inside = position is not None and self._view.plane.rect.contains(position)
            phase = self._phase_at(position) if inside and position is not None else None
            if phase != self._hovered:
                self._hovered = phase
                self._gather()
        self._hot = self._found(position) if position is not None else None
        self._show()
        return self._hot

    def _phase_at(self, position: QPointF) -> int | None:
        step = self._controller.axis.step_at(position.x())
        phases = spans(self._controller.part.schedule)
        return next((span.index for span in phases if span.start <= step < span.end), None)

    def _found(self, position: QPointF) -> Knob | None:
        """The knob under a pixel, unless a ring is nearer."""
        near = self._view.knobs.hit(position)
        if near is None:
            return None
        ring = self._view.marks.ring_distance(position)
        return None if ring is not None and ring < near[0] else near[1]

    # -- mouse -------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether one is in hand."""
        return self._press is not None

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The shape of the mouse on a knob; None where there is none."""
        return knob_cursor(self._hot) if self._hot is not None else None

    def press(self, position: QPointF) -> Interaction | None:
        """Take hold of the knob there. Returns None if there is none."""
        self.close_field()
        knob = self._found(position)
        self._hot = knob
        if knob is None:
            self._chosen = None
            self._show()
            return None
        self._drag = KnobDrag(self._controller, knob, self._view.plane, position, self._show)
        held = self._drag
        self._press = ClickOrDrag(
            position, lambda: self._choose(knob), lambda: held, knob_cursor(knob)
        )
        self._show()
        return self._press

    def released(self) -> None:
        """Nothing is in hand any more."""
        if self._press is not None:
            self._press = self._drag = None
            self.refresh()

    def lock(self, key: int) -> bool:
        """X and Y while one is dragged: keep to that direction. Returns whether it was for us."""
        if self._press is None or not self._press.dragging or self._drag is None:
            return False
        if key not in (Qt.Key.Key_X, Qt.Key.Key_Y):
            return False
        self._drag.lock("x" if key == Qt.Key.Key_X else "y")
        return True

    def double_click(self, position: QPointF) -> bool:
        """Type the exact value of the knob there. Returns whether there is one."""
        knob = self._found(position)
        if knob is not None:
            self.open_field(knob)
        return knob is not None

    def reading(self) -> Reading | None:
        """What is said beside the hand that holds a knob, or is on one; else None."""
        dragged = self._drag if self._press is not None and self._press.dragging else None
        knob = self._same(dragged.knob if dragged is not None else self._hot)
        if knob is None:
            return None
        more = dragged.limit if dragged is not None else _HINT
        return knob_reading(self._controller, knob, self._view.marks.colors, more)

    # -- typing ------------------------------------------------------------------------------------

    @property
    def field(self) -> KnobField | None:
        """The form at a knob, if it is open."""
        return self._field

    def open_field(self, knob: Knob) -> None:
        """Show the form at a knob."""
        self.close_field()
        self._field = KnobField(
            self._controller.part,
            knob,
            self._on_field_done,
            self._view.knobs.theme,
            self._panel,
        )
        spot = self._view.knobs.spot(knob) + QPointF(self._view.pos())
        area = QRect(self._view.geometry()).adjusted(6, 6, -6, -6)
        self._field.open_at(spot.toPoint(), area)

    def close_field(self) -> None:
        """Put the form away."""
        if self._field is not None:
            field, self._field = self._field, None
            field.hide()
            field.deleteLater()

    def _on_field_done(self) -> None:
        self.close_field()
        self._panel.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- keyboard ----------------------------------------------------------------------------------

    @property
    def words(self) -> str:
        """The chosen knob for people who listen; "" if none is."""
        return knob_words(self._controller, self._chosen) if self._chosen else ""

    def cycle(self, forward: bool) -> bool:
        """Choose the next knob of the selected phase. Returns False after the last one."""
        knobs = [knob for knob in self._view.knobs.knobs if knob.selected]
        knobs.sort(key=lambda k: (k.handle.step, k.handle.place, k.group))
        keys = [knob.key for knob in knobs]
        place = -1 if forward else len(knobs)
        if self._chosen is not None and self._chosen.key in keys:
            place = keys.index(self._chosen.key)
        place += 1 if forward else -1
        self._choose(knobs[place] if 0 <= place < len(knobs) else None)
        return self._chosen is not None

    def _choose(self, knob: Knob | None) -> None:
        self._chosen = knob
        if knob is not None and not knob.selected:
            self._controller.part.select(knob.handle.phase)
            self._chosen = self._same(knob)
        self._show()
        self._panel.describe()

    def key_press(self, event: QKeyEvent) -> bool:
        """Answer a key if a knob is chosen. Returns whether it was for us."""
        if self._chosen is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.open_field(self._chosen)
        elif key == Qt.Key.Key_Escape:
            self._choose(None)
        elif key in _ARROWS and not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._nudge(self._chosen, *_ARROWS[Qt.Key(key)], fine)
        else:
            return False
        return True

    def _nudge(self, knob: Knob, right: int, down: int, fine: bool) -> None:
        """Move the chosen knob a little: some pixels, or a tenth of that."""
        dial = knob.handle.time if right else knob.handle.level
        if dial is None:
            return
        part, plane = self._controller.part, self._view.plane
        pace = _NUDGE * (_FINE if fine else 1.0)
        point = plane.point(knob.handle.step, knob.handle.lr) + QPointF(right, down) * pace
        step = plane.axis.step_at(point.x())
        least = knob.handle.step + right * self._least(knob)
        step = max(step, least) if right > 0 else min(step, least)
        result = drag(
            part.schedule,
            knob.handle,
            step=round(step) if right else None,
            lr=plane.lr_at(point.y()) if down else None,
            bases=part.preview.bases.get(knob.handle.phase),
            tolerance=FINE if fine else COARSE,
        )
        merge = ("knob", self._controller.selection, knob.key, bool(right))
        part.edit(f"move {dial.name}", result.schedule, merge=merge)
        self._panel.describe()

    def _least(self, knob: Knob) -> int:
        """One tick of the phase, in steps."""
        schedule = self._controller.part.schedule
        by_epoch = schedule.phases[knob.handle.phase].interval == "epoch"
        return schedule.horizon.steps_per_epoch if by_epoch else 1
