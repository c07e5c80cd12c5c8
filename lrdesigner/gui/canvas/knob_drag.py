"""Dragging a knob: the parameter behind it follows the hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt

from lrdesigner.engine.handles import COARSE, FINE, drag
from lrdesigner.gui.canvas.knobs import Knob
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.ways import level_at
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.snapping import Guide, Snap, Travel, drawn_steps, sensible_steps, snap_step
from lrdesigner.i18n import tr
from lrdesigner.schedule.own_values import ceiling
from lrdesigner.schedule.tracks import in_words_of

_ALONG, _ACROSS = 4.0, 12.0


class KnobDrag(EditDrag):
    """Moves a knob with the mouse.

    Ctrl leaves epochs, boundaries and round values alone, Shift does too and is ten times finer.
    A knob that moves both ways keeps to the direction that is taken first until the hand clearly
    leaves it; X and Y hold it there for good.

    Args:
        controller: Shows the documents.
        part: The phases it belongs to.
        knob: What was taken hold of.
        plane: The mapping when it was.
        position: Where the button went down.
        moved: Told that there is something new to show.
    """

    def __init__(
        self,
        controller: Controller,
        part: DocumentPart,
        knob: Knob,
        plane: Plane,
        position: QPointF,
        moved: Callable[[], None],
    ) -> None:
        kept = part.phase == knob.handle.phase
        selection = None if kept else part.at(knob.handle.phase)
        super().__init__(controller, tr("drag {names}", names=knob.handle.names), selection)
        self.knob = knob
        self.locked = ""
        self._part = part
        self._phases = part.schedule
        self._bases = part.preview.bases.get(knob.handle.phase)
        self._plane = plane
        self._moved = moved
        self._y = plane.y_of(knob.handle.lr)
        self._travel = Travel(controller.axis, position)
        self._sideways = self._upright = False

    @property
    def cursor(self) -> Qt.CursorShape:
        """The directions it can go."""
        return knob_cursor(self.knob, self.locked)

    def lock(self, axis: str) -> None:
        """Keep to one direction, ``"x"`` or ``"y"``; the same again lets go."""
        if len(self.knob.dials) == 2:
            self.locked = "" if self.locked == axis else axis
            self._follow()

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Put the knob under the mouse."""
        self._travel.move(position, modifiers)
        self._follow()

    def _follow(self) -> None:
        sideways, upright = self._ways()
        handle, travel = self.knob.handle, self._travel
        dials = [d for d, on in ((handle.time, sideways), (handle.level, upright)) if on and d]
        names = ", ".join(dict.fromkeys(d.name for d in dials)) or handle.names
        self._text = tr("drag {names}", names=names)
        step, level = self._step(), self._level()
        highest, why = ceiling(self.before, self._part.quantity)
        if level.value > highest:
            level = Snap(highest, limit=why)
        result = drag(
            self._phases,
            handle,
            step=step.value if sideways else None,
            lr=level.value if upright else None,
            bases=self._bases,
            tolerance=FINE if travel.fine else COARSE,
            highest=highest,
        )
        own = level.limit if upright else ""
        self.limit = in_words_of(self._part.word, result.limit or own)
        self.guide = Guide(
            step.value if sideways and step.caught and not self.limit else None,
            level.value if upright and level.caught and not self.limit else None,
        )
        self.show(self._part.whole(result.schedule))
        self._moved()

    def _ways(self) -> tuple[bool, bool]:
        """Whether it moves sideways, and up and down."""
        if len(self.knob.dials) < 2:
            return self.knob.handle.time is not None, self.knob.handle.level is not None
        if self.locked:
            return self.locked == "x", self.locked == "y"
        pace = self._travel.pace
        dx, dy = abs(self._travel.pixels.x()), abs(self._travel.pixels.y())
        if not (self._sideways or self._upright) and max(dx, dy) >= _ALONG * pace:
            self._sideways, self._upright = dx >= dy, dx < dy
        self._sideways |= self._upright and dx > _ACROSS * pace
        self._upright |= self._sideways and dy > _ACROSS * pace
        return self._sideways, self._upright

    def _step(self) -> Snap:
        """The step it is to be at; what is near and sensible attracts it."""
        step = self.knob.handle.step + self._travel.steps
        if self._travel.free:
            return Snap(step)
        axis = self.controller.axis
        drawn = drawn_steps(axis, self.controller.view.unit, self.before.horizon)
        return snap_step(axis, step, sensible_steps(self.before, step, drawn=drawn))

    def _level(self) -> Snap:
        """The value it is to be at; 1, 2 and 5 × 10ⁿ attract it."""
        y = self._y + self._travel.pixels.y()
        return level_at(self._plane, y, self._part.word, free=self._travel.free)


def knob_cursor(knob: Knob, lock: str = "") -> Qt.CursorShape:
    """The shape of the mouse on a knob."""
    sideways = knob.handle.time is not None and lock != "y"
    upright = knob.handle.level is not None and lock != "x"
    if sideways and upright:
        return Qt.CursorShape.SizeAllCursor
    return Qt.CursorShape.SizeHorCursor if sideways else Qt.CursorShape.SizeVerCursor
