"""What can be done with a knob: the parameters of a phase, on its curve."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt

from lrdesigner.engine.handles import COARSE, FINE, drag, set_value, unit_of, value_of
from lrdesigner.grips import Dial
from lrdesigner.gui.canvas.knob_drag import KnobDrag, knob_cursor
from lrdesigner.gui.canvas.knobs import Knob, dial_title, knob_reading, unit_text
from lrdesigner.gui.canvas.readout import Reading
from lrdesigner.gui.canvas.ways import LEVEL_NUDGE, Ways, level_at
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.snapping import nudge_steps
from lrdesigner.gui.tick_words import Ticks
from lrdesigner.gui.widgets import BubbleError, BubbleField, format_number, parse_number
from lrdesigner.i18n import tr
from lrdesigner.schedule.own_values import ceiling
from lrdesigner.schedule.tracks import in_words_of

_FINE = 0.1


class KnobWays(Ways[Knob]):
    """Drags and edits of parameters."""

    def spot(self, held: Knob) -> QPointF:
        """On its point of the curve, or beside a ring that is there."""
        return self.plot.knobs.spot(held)

    def cursor(self, held: Knob) -> Qt.CursorShape:
        """The directions it can go."""
        return knob_cursor(held)

    def drag(self, held: Knob, position: QPointF, moved: Callable[[], None]) -> EditDrag:
        """The parameters follow the hand."""
        return KnobDrag(self.controller, self.part(held), held, self.plot.plane, position, moved)

    def nudge(self, held: Knob, right: int, down: int, *, fine: bool) -> str | None:
        """By a round distance in time, or by some pixels in height."""
        dial = held.handle.time if right else held.handle.level
        if dial is None:
            return None
        part, plane = self.part(held), self.plot.plane
        step, lr, limit = None, None, ""
        highest, why = ceiling(self.controller.schedule, part.quantity)
        if right:
            step = held.handle.step + right * self._stride(held, fine)
        else:
            y = plane.y_of(held.handle.lr) + down * LEVEL_NUDGE * (_FINE if fine else 1.0)
            level = level_at(plane, y, part.word, free=True)
            lr, limit = (
                min(level.value, highest),
                level.limit or (why if level.value > highest else ""),
            )
        result = drag(
            part.schedule,
            held.handle,
            step=step,
            lr=lr,
            bases=part.preview.bases.get(held.handle.phase),
            tolerance=FINE if fine else COARSE,
            highest=highest,
        )
        merge = ("knob", part.at(held.handle.phase), held.key, bool(right))
        part.edit(tr("move {name}", name=dial.name), result.schedule, merge=merge)
        return in_words_of(part.word, result.limit or limit)

    def _stride(self, held: Knob, fine: bool) -> int:
        """Steps of the run that an arrow key goes: whole ticks of the phase."""
        schedule = self.part(held).schedule
        per_epoch = schedule.horizon.steps_per_epoch
        by_epoch = schedule.phases[held.handle.phase].interval == "epoch"
        least = per_epoch if by_epoch else 1
        return least if fine else max(least, nudge_steps(self.controller.axis, per_epoch))

    def fields(self, held: Knob) -> Sequence[BubbleField]:
        """The numbers behind it."""
        return [self._field(held, dial) for dial in held.dials]

    def first_field(self, held: Knob) -> int:
        """The one that moves it up and down, if there is one."""
        return len(held.dials) - 1 if held.handle.level is not None else 0

    def _field(self, held: Knob, dial: Dial) -> BubbleField:
        part = self.part(held)
        value = value_of(part.schedule, held.handle, dial)
        text = "" if value is None else format_number(value)
        unit = unit_text(part, unit_of(part.schedule, held.handle, dial))
        return BubbleField(_name(dial), dial_title(dial), text, unit)

    def _read(self, held: Knob, dial: Dial) -> Callable[[str], int | float]:
        """What a text in a number's field means: durations may have a unit, as in the form."""
        schedule = self.part(held).schedule
        unit = unit_of(schedule, held.handle, dial)
        if unit not in ("steps", "epochs"):
            return parse_number
        return Ticks(schedule.horizon, by_epoch=unit == "epochs").read

    def apply(self, held: Knob, texts: Mapping[str, str]) -> None:
        """Set the numbers, all in one step."""
        part = self.part(held)
        edited, names = part.schedule, []
        for dial in held.dials:
            if _name(dial) in texts:
                try:
                    number = self._read(held, dial)(texts[_name(dial)])
                    edited = set_value(edited, held.handle, dial, number)
                except ValueError as error:
                    raise BubbleError(_name(dial), in_words_of(part.word, str(error))) from None
                names.append(dial.name)
        part.edit(tr("change {name}", name=", ".join(dict.fromkeys(names))), edited)

    def reading(self, held: Knob, drag: EditDrag | None) -> Reading:
        """Numbers with their units, the height of the curve, and the place."""
        said = knob_reading(self.controller, self.part(held), held, self.plot.marks.colors)
        if drag is None:
            return replace(said, more=tr("double-click to type"))
        locked = drag.locked if isinstance(drag, KnobDrag) else ""
        hint = {"x": tr("sideways only (X)"), "y": tr("up and down only (Y)")}.get(locked, "")
        return replace(said, more=hint, warning=drag.limit)


def _name(dial: Dial) -> str:
    """The key of a number's field."""
    return dial.name + (f"_{dial.column}" if dial.column else "")
