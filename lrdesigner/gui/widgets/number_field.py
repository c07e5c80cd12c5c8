"""The field for numbers, at home with learning rates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.widgets.number_text import (
    Number,
    format_grouped,
    format_number,
    parse_int,
    parse_number,
)
from lrdesigner.gui.widgets.stepping import Pace, step_float, step_int
from lrdesigner.gui.widgets.value_edit import Check, ValueEdit

_NOTCH = 120
_SETTLE_MS = 300


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range a number may be in; None is no bound."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None

    def objection(self, value: Number) -> str | None:
        """A sentence if ``value`` is out of range."""
        if self.minimum is not None and value < self.minimum:
            return f"Must be at least {format_number(self.minimum)}"
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            return f"Must be greater than {format_number(self.exclusive_minimum)}"
        if self.maximum is not None and value > self.maximum:
            return f"Must be at most {format_number(self.maximum)}"
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            return f"Must be less than {format_number(self.exclusive_maximum)}"
        return None

    def clamp(self, value: Number) -> Number:
        """``value``, or the inclusive bound it overshoots."""
        if self.minimum is not None:
            value = max(value, self.minimum)
        if self.maximum is not None:
            value = min(value, self.maximum)
        return value


class NumberField(ValueEdit):
    """A line edit for one number.

    Accepts plain arithmetic (``3e-4*2``, ``1/3``). The wheel (while the field has the focus) and
    the up and down keys step by amounts that suit the number's size, finer with Shift, coarser
    with Ctrl: each step emits ``value_changing``, and the gesture ends in one ``value_committed``,
    or, on Esc, in ``change_abandoned``.

    Args:
        integer: Whole numbers only.
        bounds: The range; objections are worded for people.
        check: A further objection to a number in range, or None.
        nullable: Whether an empty field is a value: None.
        from_zero: Where a step from 0 leads.
    """

    value_changing = Signal(object)
    """The value in the course of a gesture that is not finished."""
    change_abandoned = Signal()
    """The gesture's values do not count; the last committed one does."""

    def __init__(
        self,
        *,
        integer: bool = False,
        bounds: Bounds | None = None,
        check: Check | None = None,
        nullable: bool = False,
        from_zero: float = 1e-6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self._parse_in_range, check=check, nullable=nullable, parent=parent)
        self._integer = integer
        self._bounds = bounds or Bounds()
        self._from_zero = from_zero
        self._step_origin: Number | None = None
        self._before: tuple[object] | None = None
        self._wheel = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.finish_stepping)

    def set_bounds(self, bounds: Bounds) -> None:
        """Change the range."""
        self._bounds = bounds

    def set_placeholder(self, text: str, value: Number | None = None) -> None:
        """What an empty field says ("follows phase"), and the number stepping starts from."""
        self.setPlaceholderText(text)
        self._step_origin = value
        self._fit_suffix()

    def set_value(self, value: object) -> None:
        """Show ``value``; while stepping, a value from outside ends the gesture."""
        if self._before is not None and value != self.value():
            self._settle.stop()
            self._before = None
        super().set_value(value)

    def step(self, direction: int, pace: Pace = Pace.NORMAL) -> None:
        """Move one step up (1) or down (-1), as part of a gesture."""
        if self.isReadOnly() or (self.has_pending_text() and not self.commit()):
            return
        start = self.value() if self.value() is not None else self._step_origin
        if not isinstance(start, int | float):
            return
        stepped: Number = (
            step_int(int(start), direction, pace)
            if self._integer
            else step_float(float(start), direction, pace, self._from_zero)
        )
        stepped = self._bounds.clamp(stepped)
        if not self._integer:
            stepped = float(stepped)
        if stepped == self.value() or self._objection(stepped):
            return
        if self._before is None:
            self._before = (self.value(),)
        self._value = stepped
        self._show_value()
        self._set_error("")
        self.value_changing.emit(stepped)

    @Slot()
    def finish_stepping(self) -> None:
        """End the gesture, if one is going on, and commit its last value."""
        self._settle.stop()
        if self._before is None:
            return
        (before,) = self._before
        self._before = None
        if self.value() == before and type(self.value()) is type(before):
            self.change_abandoned.emit()
        else:
            self.value_committed.emit(self.value())

    def commit(self) -> bool:
        """Take what the field says, ending a gesture of steps first."""
        self.finish_stepping()
        return super().commit()

    def revert(self) -> bool:
        """Bring the last committed value back, also out of a gesture of steps."""
        self._settle.stop()
        if self._before is None:
            return super().revert()
        (self._value,) = self._before
        self._before = None
        super().revert()
        self.change_abandoned.emit()
        return True

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        directions = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        direction = directions.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
            return
        self.step(direction, _pace(event.modifiers()))
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.isAutoRepeat():
            self.finish_stepping()
        super().keyReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus() or self.isReadOnly():
            event.ignore()  # the panel scrolls
            return
        delta: QPoint = event.angleDelta()
        # With Alt or Shift some platforms turn the wheel sideways.
        self._wheel += delta.y() or delta.x()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        for _ in range(abs(notches)):
            self.step(1 if notches > 0 else -1, _pace(event.modifiers()))
        if self._before is not None:
            self._settle.start()
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._wheel = 0
        self.finish_stepping()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish_stepping()
        super().hideEvent(event)

    # Inner

    def _parse_in_range(self, text: str) -> Number:
        value = parse_int(text) if self._integer else float(parse_number(text))
        objection = self._bounds.objection(value)
        if objection:
            raise ValueError(objection)
        return value

    def _objection(self, value: Number) -> str | None:
        return self._bounds.objection(value) or (self._check(value) if self._check else None)

    def _format_value(self, value: object, *, focused: bool) -> str:
        if not isinstance(value, int | float):
            return "" if value is None else str(value)
        return format_number(value) if focused else format_grouped(value)


def _pace(modifiers: Qt.KeyboardModifier) -> Pace:
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return Pace.COARSE
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return Pace.FINE
    return Pace.NORMAL
