"""The field of each kind of parameter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lrdesigner.gui.inspector.choices import CheckField, HintedChoice
from lrdesigner.gui.inspector.constants_field import ConstantsField
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.inspector.table_field import TableField
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import Bounds, NumberField, ValueEdit
from lrdesigner.gui.widgets.number_field import Reader
from lrdesigner.gui.widgets.number_text import parse_whole
from lrdesigner.params import ChoiceParam, FloatParam, FormulaParam, IntParam, Param, TableParam

ParamField = ValueEdit | FormulaField | HintedChoice | CheckField | TableField | ConstantsField
TYPED = (ValueEdit, FormulaField, TableField, ConstantsField)
"""Fields in which something may be typed that does not count yet."""

# A number's unit may stand after a space.
_SEPARATORS = re.compile(r"[,;]|\s+(?=[-+.\d])")


@dataclass(frozen=True, slots=True)
class DeclaredBounds(Bounds):
    """The range of a declared parameter, in the words of its declaration."""

    declaration: Param | None = None

    def objection(self, value: int | float) -> str | None:
        """The declaration's own sentence if `value` is not allowed."""
        return self.declaration.error(value) if self.declaration is not None else None


def make_field(declaration: Param, theme: Theme, *, needed: bool = False) -> ParamField:
    """The field for one value of a parameter.

    Args:
        declaration: The parameter.
        theme: For fields that paint.
        needed: Whether it must not be empty, even if the parameter may be left out.
    """
    make = _MAKERS.get(declaration.kind, _unknown)
    field = make(declaration, theme, needed or declaration.required)
    if isinstance(field, ValueEdit):
        field.set_lack(declaration.missing)
    return field


def parse_int_list(text: str, read: Reader = parse_whole) -> tuple[int | float, ...]:
    """Numbers between commas or spaces, brackets allowed: ``10, 30``; whole ones become ints.

    What a list may hold is for its declaration to say.

    Args:
        text: What was typed.
        read: What each of them means.

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    parts = (part.strip() for part in _SEPARATORS.split(text.strip().strip("[]()")))
    numbers = [read(part) for part in parts if part]
    return tuple(int(number) if number == int(number) else number for number in numbers)


def format_int_list(value: object) -> str:
    """The text of a list of whole numbers."""
    return ", ".join(str(item) for item in value) if isinstance(value, (list, tuple)) else ""


class IntListField(ValueEdit):
    """A field for a list of whole numbers; an empty field is an empty list."""

    def __init__(self, check: Callable[[object], str | None]) -> None:
        super().__init__(parse_int_list, format_int_list, check=check)
        self._reader: Reader = parse_whole

    def set_reader(self, read: Reader) -> None:
        """Read each number in another way: with units, say."""
        self._reader = read

    def _parse_text(self, text: str) -> object:
        return parse_int_list(text, self._reader)

    def _read(self) -> object:
        return super()._read() if self.text().strip() else ()


def _float(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    assert isinstance(declaration, FloatParam)
    bounds = DeclaredBounds(declaration.minimum, declaration.maximum, declaration=declaration)
    return NumberField(bounds=bounds, nullable=not needed)


def _int(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    assert isinstance(declaration, IntParam)
    bounds = DeclaredBounds(declaration.minimum, declaration.maximum, declaration=declaration)
    return NumberField(integer=True, bounds=bounds, nullable=not needed)


def _bool(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    return CheckField()


def _choice(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    assert isinstance(declaration, ChoiceParam)
    return HintedChoice([(choice, choice) for choice in declaration.choices])


def _formula(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    assert isinstance(declaration, FormulaParam)
    field = FormulaField(theme, nullable=not needed)
    field.set_takes_constants(bool(declaration.constants))
    return field


def _int_list(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    return IntListField(declaration.error)


def _table(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    assert isinstance(declaration, TableParam)
    return TableField(declaration, theme)


def _constants(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    return ConstantsField(declaration, theme)


def _text(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    return ValueEdit(str, check=declaration.error, nullable=not needed)


def _unknown(declaration: Param, theme: Theme, needed: bool) -> ParamField:
    """A kind this form does not know is shown, not edited."""
    field = ValueEdit(str)
    field.setReadOnly(True)
    return field


_MAKERS: dict[str, Callable[[Param, Theme, bool], ParamField]] = {
    "float": _float,
    "int": _int,
    "bool": _bool,
    "choice": _choice,
    "formula": _formula,
    "int_list": _int_list,
    "table": _table,
    "constants": _constants,
    "text": _text,
}
