"""What can be done with a ring: a group's own LR, or what it holds of another quantity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.canvas.lane_content import value_text
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.readout import Entry, Reading
from lrdesigner.gui.canvas.ways import LEVEL_NUDGE, Ways, level_at
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.snapping import Guide, Snap, Travel
from lrdesigner.gui.widgets import BubbleError, BubbleField, format_number, parse_number
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.own_values import (
    ceiling,
    own_value,
    own_value_refusal,
    owners,
    set_own_value,
)

_DIGITS, _MORE_DIGITS = 3, 4
_FINE = 0.1


class RingDrag(EditDrag):
    """Drags a group's own value up and down.

    The mapping is the one at the start, so that the value depends on the hand alone, not on how
    the axis follows it. Ctrl leaves round values alone, Shift does too and is ten times finer.

    Args:
        controller: Shows the documents.
        part: The phases that drive the curve.
        ring: What was taken hold of.
        plane: The mapping when it was.
        position: Where the button went down.
        moved: Told that there is something new to show.
    """

    def __init__(
        self,
        controller: Controller,
        part: DocumentPart,
        ring: LrHandle,
        plane: Plane,
        position: QPointF,
        moved: Callable[[], None],
    ) -> None:
        name = controller.schedule.optimizer.groups[ring.group].name
        super().__init__(controller, _undo_text(part, name))
        self.ring = ring
        self._part = part
        self._plane = plane
        self._y = plane.y_of(ring.lr)
        self._travel = Travel(controller.axis, position)
        self._moved = moved

    @property
    def cursor(self) -> Qt.CursorShape:
        """Up and down."""
        return Qt.CursorShape.SizeVerCursor

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Put the ring under the mouse; the value keeps three significant digits."""
        self._travel.move(position, modifiers)
        travel, ratio = self._travel, self.ring.ratio
        y = self._y + travel.pixels.y()
        level = level_at(self._plane, y, self._part.word, free=travel.free, ratio=ratio)
        after, self.limit = _changed(self.before, self._part, self.ring, level, fine=travel.fine)
        caught = level.caught and not self.limit
        self.guide = Guide(level=level.value * ratio if caught else None)
        self.show(after)
        self._moved()


class RingWays(Ways[LrHandle]):
    """Drags and edits of what groups hold by themselves."""

    def spot(self, held: LrHandle) -> QPointF:
        """On its point of the curve."""
        return self.plot.plane.point(held.step, held.lr)

    def cursor(self, held: LrHandle) -> Qt.CursorShape:
        """Up and down."""
        return Qt.CursorShape.SizeVerCursor

    def drag(self, held: LrHandle, position: QPointF, moved: Callable[[], None]) -> EditDrag:
        """The group's value follows the hand."""
        plane = self.plot.plane
        return RingDrag(self.controller, self.part(held), held, plane, position, moved)

    def nudge(self, held: LrHandle, right: int, down: int, *, fine: bool) -> str | None:
        """Up and down by some pixels."""
        if not down:
            return None
        part, plane, schedule = self.part(held), self.plot.plane, self.controller.schedule
        y = plane.y_of(held.lr) + down * LEVEL_NUDGE * (_FINE if fine else 1.0)
        level = level_at(plane, y, part.word, free=True, ratio=held.ratio)
        after, limit = _changed(schedule, part, held, level, fine=fine)
        name = schedule.optimizer.groups[held.group].name
        self.controller.edit(_undo_text(part, name), after, merge=("ring", held.key))
        return limit

    def fields(self, held: LrHandle) -> Sequence[BubbleField]:
        """The value."""
        part = self.part(held)
        value = self._value(held)
        return [BubbleField("own", self._title(held), format_number(value or 0.0), _unit(part))]

    def apply(self, held: LrHandle, texts: Mapping[str, str]) -> None:
        """Set the value."""
        part, schedule = self.part(held), self.controller.schedule
        try:
            value = float(parse_number(texts["own"]))
            if value < 0:
                raise ValueError(tr("{quantity} cannot be below 0", quantity=tr(part.word)))
            after = set_own_value(schedule, held.group, part.quantity, value)
        except (DocumentError, ValueError, OverflowError) as error:
            raise BubbleError("own", str(error)) from None
        wrong = own_value_refusal(schedule, after)
        if wrong:
            raise BubbleError("own", wrong)
        name = schedule.optimizer.groups[held.group].name
        self.controller.edit(_undo_text(part, name), after)

    def reading(self, held: LrHandle, drag: EditDrag | None) -> Reading:
        """The value with its unit."""
        part, value = self.part(held), self._value(held) or 0.0
        color = self.plot.marks.colors[held.group]
        number = lr_text(value) if part.quantity == "lr" else value_text(value)
        entry = Entry(self._title(held), f"{number} {_unit(part)}".strip(), color)
        title = tr("base LR") if part.quantity == "lr" else tr("of the optimizer")
        if drag is None:
            return Reading(title, (entry,), tr("double-click to type"))
        return Reading(title, (entry,), warning=drag.limit)

    def _value(self, held: LrHandle) -> float | None:
        schedule = self.controller.schedule
        group = schedule.optimizer.groups[held.group]
        return own_value(schedule.optimizer, group, self.part(held).quantity)

    def _title(self, held: LrHandle) -> str:
        """The group; where several share the value, what it is."""
        part, schedule = self.part(held), self.controller.schedule
        shared = next((s for s in owners(schedule, part.quantity) if held.group in s), ())
        return tr(part.word) if len(shared) > 1 else schedule.optimizer.groups[held.group].name


def _undo_text(part: DocumentPart, name: str) -> str:
    return tr("change {quantity} of {group}", quantity=tr(part.word), group=name)


def _unit(part: DocumentPart) -> str:
    return "lr" if part.quantity == "lr" else ""


def _changed(
    before: Schedule, part: DocumentPart, ring: LrHandle, level: Snap, *, fine: bool
) -> tuple[Schedule, str]:
    """The document with that value, or as near as torch takes it, and why it is no other."""
    highest, why = ceiling(before, part.quantity)
    digits = _MORE_DIGITS if fine else _DIGITS
    value = min(float(f"{level.value:.{digits}g}"), highest)
    after = set_own_value(before, ring.group, part.quantity, value)
    wrong = own_value_refusal(before, after)
    if wrong:  # only 0 is ever refused
        least = float(f"{ring.lr / ring.ratio * 1e-3:.1g}") or 1e-12
        return set_own_value(before, ring.group, part.quantity, least), wrong
    return after, level.limit or (why if level.value > highest else "")
