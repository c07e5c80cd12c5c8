"""What a formula and its constants do together: each changes the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from lrdesigner.engine.formula import NAMES, FormulaError, parse_formula
from lrdesigner.gui.inspector.constants_field import ConstantsField
from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.inspector.param_row import ParamRow
from lrdesigner.gui.inspector.value_row import SCALAR
from lrdesigner.i18n import tr
from lrdesigner.schedule import formula_edits
from lrdesigner.schedule.formula_edits import Change

Place = tuple[int, int | None]
"""A phase, and where in its ``with`` the scheduler stands; None for its own."""


class FormulaTools(QObject):
    """Adds, renames, removes and extracts constants, each as one undo step.

    Args:
        formula: The row of the formula.
        constants: The row of its constants.
        editor: Applies the edits.
        place: Asked for the phase the rows belong to.
        parent: The form.
    """

    def __init__(
        self,
        formula: ParamRow,
        constants: ParamRow,
        editor: Editor,
        place: Callable[[], Place],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._formula = formula
        self._editor = editor
        self._place = place
        self._params: Mapping[str, Any] = {}
        field = constants.main_field()
        assert isinstance(field, ConstantsField)
        self._constants = field
        formula.missing_changed.connect(self._offer_missing)
        formula.constant_wanted.connect(self._on_extract)
        field.add_wanted.connect(self._on_add)
        field.rename_wanted.connect(self._on_rename)
        field.remove_wanted.connect(self._on_remove)

    def refresh(self, params: Mapping[str, Any]) -> None:
        """The parameters are others."""
        self._params = params
        self._offer_missing()

    def _commit(self, text: str, change: Change) -> None:
        index, stacked = self._place()
        edit: Edit = partial(formula_edits.apply, index=index, change=change, stacked=stacked)
        key: Hashable = ("constants", index, stacked)
        self._editor.commit(text, key, edit)

    @Slot()
    def _offer_missing(self) -> None:
        fields = self._formula.formula_fields()
        self._constants.set_missing(next((f.missing() for f in fields if f.missing()), ""))

    @Slot(str)
    def _on_add(self, name: str) -> None:
        """Add a constant; a formula that was only waiting for it counts from now on."""
        constants = formula_edits.constants_of(self._params)
        called = name or formula_edits.free_name(constants)
        typed = self._typed((*NAMES, *constants, called)) if name else {}

        def change(params: Mapping[str, Any]) -> Mapping[str, Any]:
            params = formula_edits.add(params, called, 1.0)
            return {**params, "formula": _with_typed(params["formula"], typed)}

        self._commit(tr("add constant {name}", name=called), change)
        self._constants.edit_name(called) if not name else self._constants.edit_number(called)

    def _typed(self, names: tuple[str, ...]) -> dict[int, str]:
        """Formulas that are typed and not taken yet, and sound with these names."""
        found = {}
        for place, field in self._formula.formula_places():
            if field.has_pending_text() and _sound(field, names):
                found[place] = field.text().strip()
        return found

    @Slot(str, str)
    def _on_rename(self, old: str, new: str) -> None:
        change = partial(formula_edits.rename, old=old, new=new)
        self._commit(tr("rename constant {name}", name=old), change)

    @Slot(str)
    def _on_remove(self, name: str) -> None:
        self._commit(
            tr("remove constant {name}", name=name), partial(formula_edits.remove, name=name)
        )

    @Slot(int, int, int)
    def _on_extract(self, place: int, start: int, length: int) -> None:
        name = formula_edits.free_name(formula_edits.constants_of(self._params))
        group = None if place == SCALAR else place
        change = partial(formula_edits.extract, start=start, length=length, group=group)
        self._commit(tr("make constant {name}", name=name), change)
        self._constants.edit_name(name)


def _sound(field: FormulaField, names: tuple[str, ...]) -> bool:
    try:
        parse_formula(field.text().strip(), names=names)
    except FormulaError:
        return False
    return True


def _with_typed(given: Any, typed: Mapping[int, str]) -> Any:
    """A formula, or one for each group, with what is typed."""
    if isinstance(given, (list, tuple)):
        return tuple(typed.get(place, text) for place, text in enumerate(given))
    return typed.get(SCALAR, given)
