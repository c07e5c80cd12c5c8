"""The part of a form for one parameter: a field, or one for each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton, QWidget

from lrdesigner.engine.formula import NAMES
from lrdesigner.gui.inspector.constants_field import ConstantsField
from lrdesigner.gui.inspector.dots import GroupDot
from lrdesigner.gui.inspector.facts import (
    PhaseFacts,
    null_label,
    null_placeholder,
    placeholder,
    starting_values,
    unit,
)
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.inspector.group_value_row import GroupValueRow
from lrdesigner.gui.inspector.more_link import MoreLink
from lrdesigner.gui.inspector.rows import (
    SMALL_BUTTON,
    FieldRow,
    MessageTone,
    column,
    link_line,
)
from lrdesigner.gui.inspector.table_field import TableField
from lrdesigner.gui.inspector.value_row import SCALAR, ValueRow
from lrdesigner.gui.phase_look import in_lane_words
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr
from lrdesigner.params import FormulaParam, Param
from lrdesigner.schedule.edits import ABSENT


class ParamRow(QWidget):
    """One parameter. Signals carry its name and whole value (`ABSENT`: leave it out)."""

    changing = Signal(str, object)
    committed = Signal(str, object)
    abandoned = Signal(str)
    unapplied_changed = Signal()
    rows_changed = Signal()
    """Fields came or went."""
    missing_changed = Signal()
    """A formula lacks another constant, or none any more."""
    constant_wanted = Signal(int, int, int)
    """A number is to become a constant: whose formula, where it stands, how long it is."""

    def __init__(self, declaration: Param, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.declaration = declaration
        self._theme = theme
        self._value: Any = ABSENT
        self._starting: tuple[Any, ...] = ()
        self._groups: list[GroupValueRow] = []
        self._count = 0
        self._facts: PhaseFacts | None = None
        self._names: tuple[str, ...] = NAMES
        self._split: QToolButton | None = None
        self._split_note: QLabel | None = None
        self._follow: QCheckBox | None = None
        self._column = column(self)
        self._single = ValueRow(declaration, theme, parent=self)
        self._single.field.setObjectName(f"param_{declaration.name}")
        self._connect(self._single)
        if isinstance(self._single.value_field, TableField | ConstantsField):
            self._single.value_field.rows_changed.connect(self.rows_changed)
        self._column.addWidget(self._single)
        if declaration.per_group:
            self._add_split()
        if declaration.null_follows:
            self._add_follow()

    def refresh(
        self, params: Mapping[str, Any], facts: PhaseFacts, resolved: Mapping[str, Any]
    ) -> None:
        """Show the parameter as the document has it."""
        name = self.declaration.name
        self._value = params.get(name, ABSENT)
        if isinstance(self.declaration, FormulaParam):
            self._names = self.declaration.known(params)
            for field in self.formula_fields():
                field.set_names(self._names)
        many = self.declaration.per_group and isinstance(self._value, (list, tuple))
        scalar = None if self._value is ABSENT or many else self._value
        self._starting = starting_values(self.declaration, facts, resolved, scalar)
        words, origin = placeholder(self.declaration, facts, resolved)
        follows = self.declaration.null_follows and self._value is None
        if follows:
            words, origin = null_placeholder(self.declaration, resolved, facts.word), None
        self._single.show_placeholder(words, origin)
        self._single.show_unit("" if follows else unit(self.declaration, facts))
        self._single.show_facts(facts)
        self._single.show_value(scalar)
        self._single.field.setEnabled(not follows)
        if self._follow is not None:
            self._follow.setChecked(follows)
            self._follow.setText(null_label(self.declaration, facts.word))
            self._follow.setToolTip(in_lane_words(facts.word, tr(self.declaration.help)))
        if self._split is not None:
            self._show_split(many, facts)

    def show_problem(self, message: str, tone: MessageTone) -> None:
        """Say what the document's checks found about it."""
        target = self._single
        if self._groups:
            self._single.show_problem("", tone)
            target = self._groups[-1]
        target.show_problem(message, tone)

    def settle(self, keep: bool) -> None:
        """Commit what is being typed, or drop it."""
        for row in self._rows():
            row.settle(keep)

    def is_unapplied(self) -> bool:
        """Whether a field holds text that is no value."""
        return any(row.is_unapplied() for row in self._rows())

    def main_field(self) -> QWidget:
        """The field for all groups."""
        return self._single.value_field

    def changed_part(self) -> str:
        """What an edit changes: the parameter, or the constant of it."""
        field = self._single.value_field
        touched = field.touched if isinstance(field, ConstantsField) else ""
        return touched or self.declaration.name

    def formula_places(self) -> Iterator[tuple[int, FormulaField]]:
        """The fields of formulas that are in use, each with whose it is."""
        rows: Sequence[ValueRow] = self._groups or [self._single]
        for row in rows:
            if isinstance(row.value_field, FormulaField):
                yield row.place, row.value_field

    def formula_fields(self) -> Iterator[FormulaField]:
        """The fields of formulas that are in use."""
        return (field for _, field in self.formula_places())

    def first_field(self) -> QWidget:
        """Where the focus goes to edit it."""
        return self._groups[0].field if self._groups else self._single.field

    # Parts

    def _add_split(self) -> None:
        name = self.declaration.name
        button = QToolButton(self)
        button.setObjectName(f"param_{name}_per_group")
        button.setCheckable(True)
        button.setIcon(icon("link", self._theme, "hint", on="accent"))
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(SMALL_BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(tr("{name}: one value per group", name=name))
        button.clicked.connect(self._on_split)
        self._single.add_trailing(button)
        self._split = button
        self._more = MoreLink(f"param_{name}_all", self)
        self._more.toggled_by_hand.connect(self._on_more)
        self._column.addLayout(link_line(self._more))

    def _add_follow(self) -> None:
        name = self.declaration.name
        self._follow = QCheckBox(null_label(self.declaration), self)
        self._follow.setObjectName(f"param_{name}_follow")
        self._follow.setToolTip(tr(self.declaration.help))
        self._follow.setAccessibleName(f"{name}: {null_label(self.declaration)}")
        self._follow.clicked.connect(self._on_follow)
        self._column.addWidget(FieldRow("", self._follow, self._theme, parent=self))

    def _show_split(self, many: bool, facts: PhaseFacts) -> None:
        assert self._split is not None
        self._split.setVisible(many or len(facts.groups) > 1)
        self._split.setChecked(many)
        self._split.setToolTip(
            tr("One value for all groups") if many else tr("One value per group")
        )
        self._single.field.setVisible(not many)
        if many and self._split_note is None:
            self._split_note = QLabel(tr("per group"), self)
            self._split_note.setProperty("role", "hint")
            self._split_note.setIndent(10)
            self._single.insert_after_label(self._split_note)
        if self._split_note is not None:
            self._split_note.setVisible(many)
        values = list(self._value) if many else []
        count = max(len(values), len(facts.groups)) if many else 0
        self._count, self._facts = count, facts
        shown = self._more.shown(count)
        if shown != len(self._groups):
            self._make_group_rows(shown)
        names = (
            *facts.groups,
            *(tr("group {name}", name=i) for i in range(len(facts.groups), count)),
        )
        for place, row in enumerate(self._groups):
            row.label.set_text(names[place])
            row.field.setAccessibleName(f"{self.declaration.name}, {names[place]}")
            row.show_unit(unit(self.declaration, facts))
            row.show_facts(facts)
            row.show_value(values[place] if place < len(values) else None)
            if isinstance(dot := row.leading, GroupDot):
                # A list may be longer than there are groups: the checks tell of it.
                known = place < len(facts.members)
                dot.set_group(*(facts.members[place], facts.everyone) if known else (place, names))

    def _make_group_rows(self, count: int) -> None:
        while len(self._groups) > count:
            row = self._groups.pop()
            row.settle(keep=False)
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        while len(self._groups) < count:
            place = len(self._groups)
            row = GroupValueRow(self.declaration, place, self._theme, self)
            row.copy_wanted.connect(self._on_copy)
            self._connect(row)
            self._groups.append(row)
            self._column.insertWidget(1 + place, row)
            row.show()
        self.rows_changed.emit()

    def _connect(self, row: ValueRow) -> None:
        row.changing.connect(self._on_changing)
        row.committed.connect(self._on_committed)
        row.abandoned.connect(self._on_abandoned)
        row.unapplied_changed.connect(self.unapplied_changed)
        if isinstance(row.value_field, FormulaField):
            row.value_field.set_names(self._names)
            row.value_field.missing_changed.connect(self.missing_changed)
            row.value_field.constant_wanted.connect(self._on_constant_wanted)

    def _rows(self) -> Iterator[ValueRow]:
        yield self._single
        yield from self._groups

    def _whole(self, place: int, value: object) -> object:
        """The parameter's value when one field has `value`."""
        if place == SCALAR:
            return value
        values = list(self._value) if isinstance(self._value, (list, tuple)) else []
        values = (values + list(self._starting))[: self._count]
        values += [value] * (self._count - len(values))
        values[place] = value
        return tuple(values)

    # Slots

    @Slot(int, object)
    def _on_changing(self, place: int, value: object) -> None:
        self.changing.emit(self.declaration.name, self._whole(place, value))

    @Slot(int, object)
    def _on_committed(self, place: int, value: object) -> None:
        self.committed.emit(self.declaration.name, self._whole(place, value))

    @Slot()
    def _on_abandoned(self) -> None:
        self.abandoned.emit(self.declaration.name)

    @Slot(int, int)
    def _on_constant_wanted(self, start: int, length: int) -> None:
        place = next(p for p, field in self.formula_places() if field is self.sender())
        self.constant_wanted.emit(place, start, length)

    @Slot(int)
    def _on_copy(self, place: int) -> None:
        if isinstance(self._value, (list, tuple)) and place < len(self._value):
            self.committed.emit(self.declaration.name, (self._value[place],) * self._count)

    @Slot()
    def _on_more(self) -> None:
        if self._facts is not None:
            self._show_split(True, self._facts)

    @Slot(bool)
    def _on_split(self, many: bool) -> None:
        if many:
            self.committed.emit(self.declaration.name, self._starting)
        elif isinstance(self._value, (list, tuple)) and self._value:
            self.committed.emit(self.declaration.name, self._value[0])

    @Slot(bool)
    def _on_follow(self, follow: bool) -> None:
        self.committed.emit(self.declaration.name, None if follow else ABSENT)
