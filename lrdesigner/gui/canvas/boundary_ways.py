"""What can be done with the end of a phase."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.boundary_typing import boundary_fields, type_boundary
from lrdesigner.gui.canvas.marks import Boundary
from lrdesigner.gui.canvas.readings import length_reading
from lrdesigner.gui.canvas.readout import Reading
from lrdesigner.gui.canvas.ways import Ways
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.resize_drag import ResizeDrag
from lrdesigner.gui.snapping import nudge_steps
from lrdesigner.gui.widgets import BubbleField
from lrdesigner.i18n import tr
from lrdesigner.schedule import boundaries
from lrdesigner.schedule.units import spans


class BoundaryWays(Ways[Boundary]):
    """Drags and edits of where phases end."""

    def spot(self, held: Boundary) -> QPointF:
        """In the middle of its line."""
        plane = self.plot.plane
        return QPointF(plane.x_of(held.step), plane.rect.center().y())

    def cursor(self, held: Boundary) -> Qt.CursorShape:
        """Left and right."""
        return Qt.CursorShape.SizeHorCursor

    def drag(self, held: Boundary, position: QPointF, moved: Callable[[], None]) -> EditDrag:
        """The boundary follows the hand."""
        part = self.part(held)
        return ResizeDrag(self.controller, held.phase, position, None, part, moved)

    def nudge(self, held: Boundary, right: int, down: int, *, fine: bool) -> str | None:
        """To the left or right by a round distance, or by a step."""
        if not right:
            return None
        part, ripple = self.part(held), self.controller.view.ripple
        schedule = part.schedule
        stride = nudge_steps(self.controller.axis, schedule.horizon.steps_per_epoch)
        wanted = spans(schedule)[held.phase].end + right * (1 if fine else stride)
        step, limit = boundaries.reach(schedule, held.phase, ripple=ripple).kept(wanted)
        after = boundaries.move(schedule, held.phase, step, ripple=ripple)
        part.edit(tr("resize phase"), after, merge=("boundary", held.key))
        return limit

    def fields(self, held: Boundary) -> Sequence[BubbleField]:
        """The length of the phase before it, and where it stands."""
        return boundary_fields(self.controller, self.part(held), held.phase)

    def apply(self, held: Boundary, texts: Mapping[str, str]) -> None:
        """Move it there."""
        type_boundary(self.controller, self.part(held), held.phase, texts)

    def reading(self, held: Boundary, drag: EditDrag | None) -> Reading:
        """The lengths of the phases on both sides, and what gives way."""
        ripple = drag.ripple if isinstance(drag, ResizeDrag) else self.controller.view.ripple
        part = self.part(held)
        more = tr("double-click to type")
        if drag is not None:
            last = held.phase + 1 >= len(part.schedule.phases)
            way = tr("later phases move (Alt: trade time)")
            way = way if ripple else tr("trading time (Alt: later phases move)")
            more = "" if last else way
        unit, limit = self.controller.view.unit, "" if drag is None else drag.limit
        return length_reading(part, held.phase, unit, more, limit)
