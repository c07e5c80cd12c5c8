"""Fields for arguments of optimizers, made from torch's default values."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.choices import CheckField
from lrdesigner.gui.inspector.facts import short
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import NumberField, ValueEdit, format_number, parse_number

_NEGATIVE = ("beta2_decay",)  # Adafactor's is an exponent below 0
_FRACTIONS = ("rho",)
_HELP = {
    "momentum": "How much of the last update is carried on.",
    "betas": "Decay of the running averages of gradient and squared gradient.",
    "weight_decay": "How strongly weights are pulled towards 0.",
    "nesterov": "Look ahead along the momentum.",
    "dampening": "How much the new gradient is held back under momentum.",
    "eps": "Added to the denominator, against division by 0.",
    "amsgrad": "Keep the greatest of the squared averages.",
}


def argument_objection(name: str, default: object, value: object) -> str | None:
    """Why torch would refuse an argument, as one sentence, or None."""
    if isinstance(value, tuple):
        count = len(default) if isinstance(default, tuple) else len(value)
        if len(value) != count:
            return f"{name} must be {count} numbers, such as {format_numbers(default)}"
        if name == "betas" and not all(0 <= item < 1 for item in value):
            return f"{name} must be 0 or greater and less than 1"
        if name == "etas" and not 0 < value[0] < 1 < value[1]:
            return f"{name} must be one number between 0 and 1 and one greater than 1"
        if any(item < 0 for item in value):
            return f"{name} must be 0 or greater"
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if name in _NEGATIVE:
        return f"{name} must be 0 or less" if value > 0 else None
    if value < 0:
        return f"{name} must be 0 or greater"
    if name in _FRACTIONS and value > 1:
        return f"{name} must be between 0 and 1"
    return None


def parse_numbers(text: str) -> tuple[float, ...]:
    """Numbers between commas, brackets allowed: ``0.9, 0.999``.

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    parts = text.strip().strip("()[]").replace(";", ",").split(",")
    return tuple(float(parse_number(part)) for part in parts if part.strip())


def format_numbers(values: object) -> str:
    """The text of several numbers."""
    if not isinstance(values, (list, tuple)):
        return str(values)
    return ", ".join(format_number(float(value)) for value in values)


class ArgumentRow(FieldRow):
    """One argument. An empty field leaves it out.

    Signals carry the argument's name and value, None for a field that was cleared.
    """

    changing = Signal(str, object)
    committed = Signal(str, object)
    abandoned = Signal(str)

    def __init__(self, name: str, default: object, theme: Theme, parent: QWidget) -> None:
        field = _make_field(name, default)
        tip = _HELP.get(name, f"The argument {name} of the optimizer.")
        super().__init__(name, field, theme, help=tip, parent=parent)
        self.name = name
        self._default = default
        if isinstance(field, ValueEdit):
            field.set_help(tip)
            field.error_changed.connect(self.show_message)
        else:
            field.setToolTip(tip)
            field.reset_requested.connect(self._on_reset)
        field.value_committed.connect(self._on_committed)
        if isinstance(field, NumberField):
            field.value_changing.connect(self._on_changing)
            field.change_abandoned.connect(self._on_abandoned)
        self._field = field

    def show_value(self, value: object, default: object, words: str) -> None:
        """Show a value, None for none; `words` say what then holds, beside `default`."""
        field = self._field
        shown = format_numbers(default) if isinstance(default, (list, tuple)) else short(default)
        if isinstance(field, CheckField):
            field.set_value(default if value is None else value)
            field.set_hint(words if value is None else "")
        elif isinstance(field, NumberField):
            origin = default if isinstance(default, int | float) else None
            field.set_placeholder(f"{words} {shown}", origin)
            field.set_value(value)
        else:
            field.setPlaceholderText(f"{words} {shown}")
            field.set_value(value)

    @Slot(object)
    def _on_changing(self, value: object) -> None:
        self.changing.emit(self.name, value)

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        self.committed.emit(self.name, value)

    @Slot()
    def _on_abandoned(self) -> None:
        self.abandoned.emit(self.name)

    @Slot()
    def _on_reset(self) -> None:
        self.committed.emit(self.name, None)


def _make_field(name: str, default: object) -> ValueEdit | CheckField:
    check = partial(argument_objection, name, default)
    if isinstance(default, bool):
        return CheckField()
    if isinstance(default, tuple):
        return ValueEdit(parse_numbers, format_numbers, check=check, nullable=True)
    return NumberField(integer=isinstance(default, int), check=check, nullable=True)
