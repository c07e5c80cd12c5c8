"""The field for numbers, at home with learning rates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.widgets.bounds import Bounds
from lrdesigner.gui.widgets.history_keys import is_history_key
from lrdesigner.gui.widgets.number_text import (
    Number,
    format_grouped,
    format_number,
    parse_int,
    parse_number,
    parse_whole,
)
from lrdesigner.gui.widgets.stepping import Pace, step_float, step_int
from lrdesigner.gui.widgets.value_edit import Check, ValueEdit

_NOTCH = 120
_SETTLE_MS = 300
_PIXELS_PER_STEP = 6
_REACH = 4
Reader = Callable[[str], Number]
"""The number that a text means; a ValueError with a sentence where it means none."""
_DIRECTIONS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class NumberField(ValueEdit):
    """A line edit for one number.

    Accepts plain arithmetic (``3e-4*2``, ``1/3``). The wheel (while the field has the focus), the
    up and down keys, and dragging the suffix sideways step by amounts that suit the number's size,
    finer with Shift, coarser with Ctrl. Each step emits ``value_changing``; the gesture ends in one
    ``value_committed`` or, on Esc, in ``change_abandoned``.

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
        super().__init__(
            parse_int if integer else parse_number, check=check, nullable=nullable, parent=parent
        )
        self._integer = integer
        self._reader: Reader = parse_whole if integer else parse_number
        self._bounds = bounds or Bounds()
        self._from_zero = from_zero
        self._step_origin: Number | None = None
        self._before: tuple[object] | None = None
        self._wheel = 0
        self._scrub_from: float | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.finish_stepping)

    def set_bounds(self, bounds: Bounds) -> None:
        """Change the range; a number that was refused is taken where it is allowed now."""
        if bounds == self._bounds:
            return
        self._bounds = bounds
        if self._objection and self.has_pending_text():
            self._look_again()
            if not self._objection and not self.hasFocus():
                self.commit()

    def set_reader(self, read: Reader) -> None:
        """Read what is typed in another way: with units, say."""
        self._reader = read

    def set_placeholder(self, text: str, value: Number | None = None) -> None:
        """What an empty field says ("follows phase"), and the number stepping starts from."""
        self.setPlaceholderText(text)
        self._step_origin = value
        self._fit_suffix()

    def set_value(self, value: object) -> None:
        """Show ``value``; another value than the one being stepped to ends the gesture."""
        if not self._integer and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if self._before is not None and value != self.value():
            self._end_gesture()
        super().set_value(value)

    def is_stepping(self) -> bool:
        """Whether a gesture of steps is going on."""
        return self._before is not None

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
        stepped = stepped if self._integer else float(stepped)
        if stepped == self.value() or self._objection_to(stepped):
            return
        if self._before is None:
            self._before = (self.value(),)
        self._value = stepped
        self._show_value()
        self._object("")
        self.value_changing.emit(stepped)

    @Slot()
    def finish_stepping(self) -> None:
        """End the gesture, if one is going on, and commit its last value."""
        if self._before is None:
            return
        before = self._end_gesture()
        if type(before) is type(self.value()) and before == self.value():
            self.change_abandoned.emit()
        else:
            self.value_committed.emit(self.value())

    def commit(self) -> bool:
        """Take what the field says, ending a gesture of steps first."""
        self.finish_stepping()
        return super().commit()

    def revert(self) -> bool:
        """Bring the last committed value back, also out of a gesture of steps."""
        if self._before is None:
            return super().revert()
        self._value = self._end_gesture()
        super().revert()
        self.change_abandoned.emit()
        return True

    # Qt

    def event(self, event: QEvent) -> bool:
        if is_history_key(event):
            self.finish_stepping()  # undo right after a turn of the wheel is meant for that turn
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _DIRECTIONS.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
            return
        self.step(direction, _pace(event.modifiers()))
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DIRECTIONS and not event.isAutoRepeat():
            self.finish_stepping()
        super().keyReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus() or self.isReadOnly():
            event.ignore()  # the panel scrolls
            return
        # With Alt or Shift some platforms turn the wheel sideways.
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        self._step_often(notches, event.modifiers())
        if self.is_stepping():
            self._settle.start()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (
            self._on_suffix(event)
            and event.button() == Qt.MouseButton.LeftButton
            and not self.isReadOnly()
        ):
            self._scrub_from = event.position().x()
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scrub_from is None:
            shapes = Qt.CursorShape
            shape = shapes.SizeHorCursor if self._on_suffix(event) else shapes.IBeamCursor
            if self.cursor().shape() != shape:
                self.setCursor(shape)
            super().mouseMoveEvent(event)
            return
        steps = int((event.position().x() - self._scrub_from) / _PIXELS_PER_STEP)
        self._scrub_from += steps * _PIXELS_PER_STEP
        self._step_often(steps, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._scrub_from is None:
            super().mouseReleaseEvent(event)
            return
        self._scrub_from = None
        self.finish_stepping()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._wheel = 0
        self.finish_stepping()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish_stepping()
        super().hideEvent(event)

    # Inner

    def _on_suffix(self, event: QMouseEvent) -> bool:
        place = self.suffix_rect()
        return not place.isEmpty() and event.position().x() >= place.left() - _REACH

    def _step_often(self, steps: int, modifiers: Qt.KeyboardModifier) -> None:
        for _ in range(abs(steps)):
            self.step(1 if steps > 0 else -1, _pace(modifiers))

    def _end_gesture(self) -> object:
        """Forget the gesture; returns the value from before it."""
        self._settle.stop()
        self._scrub_from = None
        (before,) = self._before or (None,)
        self._before = None
        return before

    def _parse_text(self, text: str) -> object:
        number = self._reader(text)
        whole = isinstance(number, int) or number.is_integer()
        number = int(number) if self._integer and whole else float(number)
        # The bounds come first: theirs may be the better sentence for 2.5 steps, too.
        objection = self._bounds.objection(number)
        if objection:
            raise ValueError(objection)
        return number if whole or not self._integer else parse_int(text)

    def _objection_to(self, value: Number) -> str | None:
        return self._bounds.objection(value) or (self._check(value) if self._check else None)

    def _shortened(self, text: str, width: int) -> str:
        """Digits give way before the exponent does, which says far more."""
        mantissa, sign, exponent = text.partition("e")
        end = sign + exponent
        return super()._shortened(mantissa, width - self._advance(end)) + end

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
