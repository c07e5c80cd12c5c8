"""Dragging the boundary after a phase, the same on canvas and timeline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.snapping import Guide, Snap, Travel, drawn_steps, sensible_steps, snap_step
from lrdesigner.gui.state import Selection
from lrdesigner.i18n import tr
from lrdesigner.schedule import boundaries
from lrdesigner.schedule.units import spans

OTHER_WAY = Qt.KeyboardModifier.AltModifier
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class ResizeDrag(EditDrag):
    """Drags the boundary after a phase along the time axis.

    Later phases move with it, or the next one gives the time, as the view says; Alt does the
    other. Ctrl leaves epochs and other boundaries alone, Shift does too and is ten times finer.

    Args:
        controller: Shows the documents.
        index: The phase whose end is dragged.
        position: Where the button went down.
        selection: What is selected afterwards; None keeps it.
        part: The sequence the phase is in; None for the one that is being worked on.
        moved: Told that there is something new to show.
    """

    def __init__(
        self,
        controller: Controller,
        index: int,
        position: QPointF,
        selection: Selection | None = None,
        part: DocumentPart | None = None,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(controller, tr("resize phase"), selection)
        self.index = index
        self.part = part or controller.part
        self.ripple = controller.view.ripple
        self._phases = self.part.schedule
        self._from = spans(self._phases)[index].end
        self._travel = Travel(controller.axis, position)
        self._moved = moved

    @property
    def cursor(self) -> Qt.CursorShape:
        """Left and right."""
        return Qt.CursorShape.SizeHorCursor

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Put the boundary under the mouse."""
        self._travel.move(position, modifiers)
        self.ripple = self.controller.view.ripple != bool(modifiers & OTHER_WAY)
        snap = self._snapped(self._from + self._travel.steps)
        reach = boundaries.reach(self._phases, self.index, ripple=self.ripple)
        step, self.limit = reach.kept(snap.value)
        self.guide = Guide(step=step if snap.caught and not self.limit else None)
        after = boundaries.move(self._phases, self.index, step, ripple=self.ripple)
        self.show(self.part.whole(after))
        self._moved()

    def _snapped(self, step: float) -> Snap:
        if self._travel.free:
            return Snap(step)
        axis = self.controller.axis
        drawn = drawn_steps(axis, self.controller.view.unit, self.before.horizon)
        places = sensible_steps(self.before, step, (self.part.track, self.index), drawn)
        return snap_step(axis, step, places)
