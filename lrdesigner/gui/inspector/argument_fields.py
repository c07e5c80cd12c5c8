"""Fields for arguments of optimizers, made from their declarations."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner import numerals
from lrdesigner.gui.inspector.choices import CheckField
from lrdesigner.gui.inspector.facts import short
from lrdesigner.gui.inspector.fields import DeclaredBounds
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import NumberField, ValueEdit, parse_number
from lrdesigner.i18n import tr
from lrdesigner.params import BoolParam, IntParam, NumbersParam, Param


def parse_numbers(text: str) -> tuple[float, ...]:
    """Numbers between commas, brackets allowed: ``0.9, 0.999``.

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    plain = text.strip().strip("()[]")
    # With semicolons between, numbers may have a decimal comma where that is the locale's.
    apart = ";" in plain and numerals.marks().decimal == ","
    parts = plain.split(";") if apart else plain.replace(";", ",").split(",")
    return tuple(float(parse_number(part)) for part in parts if part.strip())


def format_numbers(values: object) -> str:
    """The text of several numbers."""
    if not isinstance(values, (list, tuple)):
        return str(values)
    return ", ".join(repr(float(value)) for value in values)


class ArgumentRow(FieldRow):
    """One argument. An empty field leaves it out.

    Signals carry the argument's name and value, None for a field that was cleared.
    """

    changing = Signal(str, object)
    committed = Signal(str, object)
    abandoned = Signal(str)

    def __init__(self, declaration: Param, theme: Theme, parent: QWidget) -> None:
        field = _make_field(declaration)
        tip = tr(declaration.help)
        super().__init__(declaration.name, field, theme, help=tip, parent=parent)
        self.declaration = declaration
        self.name = declaration.name
        self._outer = ""
        if isinstance(field, ValueEdit):
            field.set_help(tip)
            field.error_changed.connect(self._update_message)
        else:
            field.setToolTip(tip)
            field.reset_requested.connect(self._on_reset)
        field.value_committed.connect(self._on_committed)
        if isinstance(field, NumberField):
            field.value_changing.connect(self._on_changing)
            field.change_abandoned.connect(self._on_abandoned)
        self._field = field

    def show_value(self, value: object, default: object, words: str) -> None:
        """Show a value, None for none; `words` say what then holds: the default, as ``{value}``."""
        field = self._field
        shown = format_numbers(default) if isinstance(default, (list, tuple)) else short(default)
        if isinstance(field, CheckField):
            field.set_value(default if value is None else value)
            field.set_hint(tr(words, value="").rstrip(" :\uff1a") if value is None else "")
        elif isinstance(field, NumberField):
            origin = default if isinstance(default, int | float) else None
            field.set_placeholder(tr(words, value=shown), origin)
            field.set_value(value)
        else:
            field.setPlaceholderText(tr(words, value=shown))
            field.set_value(value)

    def show_problem(self, message: str) -> None:
        """Say why torch would refuse the value; an error marks the field."""
        self._outer = message
        if isinstance(self._field, ValueEdit):
            self._field.set_error(message)
        self._update_message()

    @Slot()
    def _update_message(self) -> None:
        own = self._field.error() if isinstance(self._field, ValueEdit) else ""
        self.show_message(own or self._outer)

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


def _make_field(declaration: Param) -> ValueEdit | CheckField:
    if isinstance(declaration, BoolParam):
        return CheckField()
    if isinstance(declaration, NumbersParam):
        return ValueEdit(parse_numbers, format_numbers, check=declaration.error, nullable=True)
    bounds = DeclaredBounds(declaration=declaration)
    return NumberField(integer=isinstance(declaration, IntParam), bounds=bounds, nullable=True)
