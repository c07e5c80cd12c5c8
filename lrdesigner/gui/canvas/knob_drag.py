"""Dragging a knob: the parameter behind it follows the hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, Qt

from lrdesigner.engine.handles import COARSE, FINE, drag
from lrdesigner.gui.canvas.knobs import Knob
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.navigation import SNAP_PIXELS
from lrdesigner.schedule.tracks import parts
from lrdesigner.schedule.units import spans

_SLOW = 0.1
_ALONG, _ACROSS = 4.0, 12.0
_ROOM = 14.0
_BELOW = 3.0
_NOTHING = -1.0
_FREE = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)


class KnobDrag(EditDrag):
    """Moves a knob with the mouse.

    Ctrl leaves epochs, boundaries and round values alone, Shift does too and is ten times finer.
    A knob that moves both ways keeps to the direction that is taken first until the hand clearly
    leaves it; X and Y hold it there for good.

    Args:
        controller: Shows the documents.
        knob: What was taken hold of.
        plane: The mapping when it was.
        position: Where the button was pressed.
        moved: Told that there is something new to show.
    """

    def __init__(
        self,
        controller: Controller,
        knob: Knob,
        plane: Plane,
        position: QPointF,
        moved: Callable[[], None],
    ) -> None:
        super().__init__(controller, f"drag {knob.handle.names}")
        self.knob = knob
        self.limit = ""
        self._part = controller.part
        self._phases = self._part.schedule
        self._bases = self._part.preview.bases.get(knob.handle.phase)
        self._plane = plane
        self._moved = moved
        self._from = plane.point(knob.handle.step, knob.handle.lr)
        self._last = position
        self._gone = QPointF(0, 0)
        self._sideways = self._upright = False
        self._lock = ""
        self._free = self._fine = False

    @property
    def cursor(self) -> Qt.CursorShape:
        """The directions it can go."""
        return knob_cursor(self.knob, self._lock)

    def lock(self, axis: str) -> None:
        """Keep to one direction, ``"x"`` or ``"y"``; the same again lets go."""
        self._lock = "" if self._lock == axis else axis
        self._follow()

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Put the knob under the mouse."""
        self._fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._free = bool(modifiers & _FREE)
        self._gone += (position - self._last) * (_SLOW if self._fine else 1.0)
        self._last = position
        self._follow()

    def _follow(self) -> None:
        sideways, upright = self._ways()
        handle = self.knob.handle
        dials = [d for d, on in ((handle.time, sideways), (handle.level, upright)) if on and d]
        self._text = f"drag {', '.join(dict.fromkeys(d.name for d in dials)) or handle.names}"
        result = drag(
            self._phases,
            handle,
            step=self._step() if sideways else None,
            lr=self._lr() if upright else None,
            bases=self._bases,
            tolerance=FINE if self._fine else COARSE,
        )
        self.limit = result.limit
        self.show(self._part.whole(result.schedule))
        self._moved()

    def _ways(self) -> tuple[bool, bool]:
        """Whether it moves sideways, and up and down."""
        if len(self.knob.dials) < 2:
            return self.knob.handle.time is not None, self.knob.handle.level is not None
        if self._lock:
            return self._lock == "x", self._lock == "y"
        dx, dy = abs(self._gone.x()), abs(self._gone.y())
        if not (self._sideways or self._upright) and max(dx, dy) >= _ALONG * self._pace:
            self._sideways, self._upright = dx >= dy, dx < dy
        self._sideways |= self._upright and dx > _ACROSS * self._pace
        self._upright |= self._sideways and dy > _ACROSS * self._pace
        return self._sideways, self._upright

    @property
    def _pace(self) -> float:
        return _SLOW if self._fine else 1.0

    def _step(self) -> float:
        """The step it is to be at; what is near and sensible attracts it."""
        axis = self._plane.axis
        x = self._from.x() + self._gone.x()
        step = axis.step_at(x)
        if self._free:
            return step
        near = [(abs(axis.x_of(place) - x), place) for place in self._places(step)]
        away, place = min(near, default=(math.inf, step))
        return place if away <= SNAP_PIXELS else step

    def _places(self, step: float) -> Iterable[float]:
        """Epochs and boundaries that may attract it."""
        per_epoch = self.before.horizon.steps_per_epoch
        yield round(step / per_epoch) * per_epoch
        for part in parts(self.before):
            for span in spans(part.view):
                yield from (span.start, span.end)

    def _lr(self) -> float:
        """The LR it is to be at; 1, 2 and 5 × 10ⁿ attract it."""
        plane = self._plane
        y = self._from.y() + self._gone.y()
        ground = plane.y_of(0.0)
        if y > ground + _BELOW and not plane.scale.log:
            return _NOTHING
        if y >= ground and (not plane.scale.log or plane.scale.zero):
            return _NOTHING if y > plane.rect.bottom() + _BELOW else 0.0
        lr = plane.lr_at(y)
        return lr if self._free else snapped_lr(plane, lr, y)


def snapped_lr(plane: Plane, lr: float, y: float) -> float:
    """A round LR near that pixel, where there is room between them; else the LR."""
    if lr <= 0:
        return 0.0
    ten = 10.0 ** math.floor(math.log10(lr))
    rounds = [float(f"{ten * digit:.0e}") for digit in (0.5, 1, 2, 5, 10, 20)]
    spots = [plane.y_of(value) for value in rounds]
    away, place = min((abs(spot - y), place) for place, spot in enumerate(spots))
    gaps = [abs(spots[place] - spots[other]) for other in (place - 1, place + 1) if 0 <= other < 6]
    return rounds[place] if away <= SNAP_PIXELS - 1 and min(gaps) >= _ROOM else lr


def knob_cursor(knob: Knob, lock: str = "") -> Qt.CursorShape:
    """The shape of the mouse on a knob."""
    sideways = knob.handle.time is not None and lock != "y"
    upright = knob.handle.level is not None and lock != "x"
    if sideways and upright:
        return Qt.CursorShape.SizeAllCursor
    return Qt.CursorShape.SizeHorCursor if sideways else Qt.CursorShape.SizeVerCursor
