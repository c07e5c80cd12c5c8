"""A row for one value of a parameter: uniform signals, whatever kind its field is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.choices import CheckField, HintedChoice
from lrdesigner.gui.inspector.constants_field import ConstantsField
from lrdesigner.gui.inspector.facts import Number, PhaseFacts, describe, ticks_of
from lrdesigner.gui.inspector.fields import TYPED, IntListField, make_field
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.inspector.rows import FieldRow, MessageTone
from lrdesigner.gui.inspector.table_field import TableField
from lrdesigner.gui.phase_look import in_lane_words
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import NumberField, ValueEdit
from lrdesigner.i18n import tr
from lrdesigner.params import REQUIRED, Param
from lrdesigner.schedule.edits import ABSENT

SCALAR = -1
_COUNTING = (NumberField, IntListField, TableField)


class ValueRow(FieldRow):
    """The field of a parameter, or of one group's value of it.

    Signals carry the row's place (a group's index, or `SCALAR`) and the value, `ABSENT` for a
    field that was cleared.

    Args:
        declaration: The parameter.
        theme: Colours and fonts.
        place: Which group's value it is, or `SCALAR`.
        label: The row's name, if it is not the parameter's.
        leading: Stands before the label.
        needed: Whether the field must not be empty, even if the parameter may be left out.
    """

    changing = Signal(int, object)
    committed = Signal(int, object)
    abandoned = Signal()
    unapplied_changed = Signal()

    def __init__(
        self,
        declaration: Param,
        theme: Theme,
        *,
        place: int = SCALAR,
        label: str = "",
        leading: QWidget | None = None,
        needed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        field = make_field(declaration, theme, needed=needed)
        self._tip = tip = describe(declaration)
        super().__init__(
            label or declaration.name,
            field,
            theme,
            help=tip,
            leading=leading,
            below=isinstance(field, FormulaField | TableField | ConstantsField),
            parent=parent,
        )
        self.place = place
        self.value_field = field
        self._declaration = declaration
        self._outer: tuple[str, MessageTone] = ("", "error")
        if isinstance(field, TYPED):
            field.set_help(tip)
            field.error_changed.connect(self._update_message)
        else:
            field.setToolTip(tip)
            field.reset_requested.connect(self._on_reset)
        field.value_committed.connect(self._on_committed)
        if isinstance(field, NumberField | FormulaField | TableField | ConstantsField):
            field.value_changing.connect(self._on_changing)
            field.change_abandoned.connect(self.abandoned)

    def show_value(self, value: object) -> None:
        """Show a value; `ABSENT` or None is an empty field, or torch's default."""
        empty = value is ABSENT or value is None
        field = self.value_field
        if isinstance(field, CheckField | HintedChoice):
            default = self._declaration.default
            field.set_value(default if empty and default is not REQUIRED else value)
            field.set_hint(tr("default") if empty else "")
        else:
            field.set_value(None if empty else value)

    def show_unit(self, text: str) -> None:
        """Show the unit at the right end."""
        if isinstance(self.value_field, TYPED):
            self.value_field.set_suffix(text)

    def show_facts(self, facts: PhaseFacts) -> None:
        """Let the tips speak of what the phase drives, and read amounts as its time is counted."""
        ticks = ticks_of(self._declaration, facts)
        if ticks is not None and isinstance(self.value_field, _COUNTING):
            self.value_field.set_reader(ticks.read)
        told = describe(self._declaration)
        if ticks is not None:
            told = f"{told}\n{ticks.tip}"
        tip = in_lane_words(facts.word, told)
        if tip == self._tip:
            return
        self._tip = tip
        self.label.setToolTip(tip)
        if isinstance(self.value_field, TYPED):
            self.value_field.set_help(tip)
        else:
            self.value_field.setToolTip(tip)

    def show_placeholder(self, text: str, origin: Number | None) -> None:
        """Show what an empty field means."""
        field = self.value_field
        if isinstance(field, NumberField):
            field.set_placeholder(text, origin)
        elif isinstance(field, ValueEdit | FormulaField):
            field.setPlaceholderText(text)

    def show_problem(self, message: str, tone: MessageTone) -> None:
        """Say what the document's checks found; an error marks the field."""
        self._outer = (message, tone)
        wrong = message if tone == "error" else ""
        field = self.value_field
        if isinstance(field, ValueEdit | FormulaField):
            field.set_error(wrong)
        elif bool(field.property("invalid")) != bool(wrong):
            field.setProperty("invalid", bool(wrong))
            field.style().unpolish(field)
            field.style().polish(field)
        self._update_message()

    def settle(self, keep: bool) -> None:
        """Commit what is being typed, or drop it, before the row shows something else."""
        field = self.value_field
        if isinstance(field, TYPED) and (field.has_pending_text() or field.error()):
            if not (keep and field.commit()):
                field.revert()
        elif isinstance(field, NumberField | TableField | ConstantsField):
            field.finish_stepping()

    @Slot()
    def _update_message(self) -> None:
        field = self.value_field
        own = field.error() if isinstance(field, TYPED) else ""
        if own:
            self.show_message(own, "error")
        else:
            self.show_message(*self._outer)
        self.unapplied_changed.emit()

    def is_unapplied(self) -> bool:
        """Whether the field holds text that is no value."""
        field = self.value_field
        return isinstance(field, TYPED) and bool(field.error()) and field.has_pending_text()

    @Slot(object)
    def _on_changing(self, value: object) -> None:
        self.changing.emit(self.place, value)

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        self.committed.emit(self.place, ABSENT if value is None else value)

    @Slot()
    def _on_reset(self) -> None:
        self.committed.emit(self.place, ABSENT)
