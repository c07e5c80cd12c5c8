"""The field for a formula's constants: rows of a name and a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from lrdesigner.engine.formula_names import MAX_CONSTANTS, name_error
from lrdesigner.gui.inspector.rows import FIELD_HEIGHT, SMALL_BUTTON, column, label_width, link_line
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import NumberField, ValueEdit
from lrdesigner.i18n import tr
from lrdesigner.params import Param
from lrdesigner.sentences import capital

Constants = dict[str, float]
Objection = Callable[[str], str | None]
"""Against a constant's name, or None."""

_GAP = 6


class ConstantsField(QWidget):
    """Rows of a name and a number, which come and go.

    Numbers behave as number fields do, and drag at their name's end too. What also changes the
    formula (a new name, a constant that goes) is asked for with a signal of its own.

    Args:
        declaration: The constants.
        theme: Colours of pictures.
    """

    value_changing = Signal(object)
    """The constants in the course of a gesture that is not finished."""
    value_committed = Signal(object)
    """New numbers, entered by the user and found good."""
    change_abandoned = Signal()
    """The gesture's numbers do not count; the last committed ones do."""
    error_changed = Signal(str)
    """Why a cell is marked; empty when none is any more."""
    rows_changed = Signal()
    """Cells came or went."""
    rename_wanted = Signal(str, str)
    """A constant is to have another name."""
    remove_wanted = Signal(str)
    """A constant is to go."""
    add_wanted = Signal(str)
    """A constant of that name is to come; "" leaves the name open."""

    def __init__(self, declaration: Param, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._declaration = declaration
        self._theme = theme
        self._value: Constants = {}
        self._rows: list[ConstantRow] = []
        self._help = ""
        self._missing = ""
        self.touched = ""  # the constant that was changed last
        self._add = QPushButton(tr("+ Add constant"), self)
        self._add.setObjectName(f"param_{declaration.name}_add")
        self._add.setProperty("variant", "link")
        self._add.clicked.connect(self._on_add)
        self._column = column(self, 4)
        self._column.addLayout(link_line(self._add))
        self.setFocusProxy(self._add)

    def value(self) -> Constants:
        """The last good constants."""
        return dict(self._value)

    def set_value(self, value: object) -> None:
        """Show constants. Text being edited survives where the number is the one already held."""
        sound = self._declaration.type_error(value) is None
        self._value = dict(value) if sound and isinstance(value, Mapping) else {}
        if len(self._value) != len(self._rows):
            self._fit_rows()
        for place, (row, (name, number)) in enumerate(
            zip(self._rows, self._value.items(), strict=True)
        ):
            row.show_constant(self._declaration.name, place, name, number)
        self._add.setVisible(len(self._value) < MAX_CONSTANTS)

    def set_missing(self, name: str) -> None:
        """Offer to add the constant that the formula wants."""
        if name != self._missing:
            self._missing = name
            offer = tr("+ Add constant {name}", name=name) if name else ""
            self._add.setText(offer or tr("+ Add constant"))

    def edit_name(self, name: str) -> None:
        """Put the cursor into a constant's name."""
        for row in self._rows:
            if row.name.value() == name:
                row.name.setFocus(Qt.FocusReason.TabFocusReason)
                row.name.selectAll()

    def edit_number(self, name: str) -> None:
        """Put the cursor into a constant's number."""
        for row in self._rows:
            if row.name.value() == name:
                row.number.setFocus(Qt.FocusReason.TabFocusReason)
                row.number.selectAll()

    def error(self) -> str:
        """Why a cell is marked, or an empty string."""
        return next((error for cell in self._cells() if (error := cell.error())), "")

    def set_suffix(self, text: str) -> None:
        """Constants have no unit."""

    def set_help(self, text: str) -> None:
        """Set the tool tip of the numbers."""
        self._help = text
        for row in self._rows:
            row.number.set_help(text)

    def has_pending_text(self) -> bool:
        """Whether a cell's text differs from what it holds."""
        return any(cell.has_pending_text() for cell in self._cells())

    def commit(self) -> bool:
        """Take what the cells say. Returns whether all of it was good."""
        good = [cell.commit() for cell in self._cells()]
        return all(good)

    def revert(self) -> bool:
        """Bring the last good values back. Returns whether there was anything to bring back."""
        reverted = [cell.revert() for cell in self._cells()]
        return any(reverted)

    def finish_stepping(self) -> None:
        """End a gesture, if one is going on in a cell."""
        for row in self._rows:
            row.number.finish_stepping()

    # Inner

    def _cells(self) -> Iterator[ValueEdit]:
        for row in self._rows:
            yield from (row.name, row.number)

    def _fit_rows(self) -> None:
        """As many rows as the document has; it went on without what is being typed."""
        self.revert()
        while len(self._rows) > len(self._value):
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        while len(self._rows) < len(self._value):
            row = ConstantRow(self._name_objection, self._theme, self)
            row.number.set_help(self._help)
            row.renamed.connect(self.rename_wanted)
            row.changing.connect(self._on_changing)
            row.committed.connect(self._on_committed)
            row.removed.connect(self.remove_wanted)
            row.number.change_abandoned.connect(self.change_abandoned)
            for cell in (row.name, row.number):
                cell.error_changed.connect(self._on_marked)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
            row.show()
        first = self._rows[0].number if self._rows else self._add
        self.setFocusProxy(first)
        self.rows_changed.emit()

    def _name_objection(self, name: str) -> str | None:
        if name in self._value:
            return tr("There is a constant {name} already; choose another name", name=name)
        wrong = name_error(name)
        return None if wrong is None else capital(wrong)

    @Slot(str, float)
    def _on_changing(self, name: str, number: float) -> None:
        self.touched = name
        self.value_changing.emit({**self._value, name: number})

    @Slot(str, float)
    def _on_committed(self, name: str, number: float) -> None:
        self.touched = name
        self._value = {**self._value, name: number}
        self.value_committed.emit(dict(self._value))

    @Slot()
    def _on_marked(self) -> None:
        self.error_changed.emit(self.error())

    @Slot()
    def _on_add(self) -> None:
        self.add_wanted.emit(self._missing)


class ConstantRow(QWidget):
    """A constant: its name, its number, and a button to remove it.

    Args:
        objection: Asked before a name is taken.
        theme: Colour of the picture.
        parent: The field.
    """

    renamed = Signal(str, str)
    changing = Signal(str, float)
    committed = Signal(str, float)
    removed = Signal(str)

    def __init__(self, objection: Objection, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._called = ""
        self._objection = objection
        self.name = ValueEdit(str, check=self._check_name, parent=self)
        self.name.setFont(theme.font("code"))
        self.name.setFixedWidth(label_width(self) - _GAP)
        self.name.set_help(tr("What the constant is called in the formula"))
        self.number = ConstantNumber(parent=self)
        self.number.set_suffix("↔")
        self._remove = QToolButton(self)
        self._remove.setIcon(icon("close", theme, "hint"))
        self._remove.setIconSize(QSize(14, 14))
        self._remove.setFixedSize(SMALL_BUTTON.width(), FIELD_HEIGHT)
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.name)
        line.addSpacing(_GAP)
        line.addWidget(self.number, 1)
        line.addSpacing(2)
        line.addWidget(self._remove)
        self.name.value_committed.connect(self._on_name)
        self.number.value_changing.connect(self._on_changing)
        self.number.value_committed.connect(self._on_committed)
        self.number.remove_pressed.connect(self._on_remove)
        self._remove.clicked.connect(self._on_remove)

    def show_constant(self, param: str, place: int, name: str, number: float) -> None:
        """Show a constant of the document."""
        if name != self._called:
            self._called = name
            self.name.set_value(name)
            self.name.setAccessibleName(tr("Name of constant {name}", name=name))
            self.number.setAccessibleName(name)
            self.number.setObjectName(f"param_{param}_{name}")
            tip = tr("Put the number into the formula and remove {name} (Ctrl+Del)", name=name)
            self._remove.setToolTip(tip)
            self._remove.setAccessibleName(tip)
            self._remove.setObjectName(f"param_{param}_{name}_remove")
        self.name.setObjectName(f"param_{param}_name_{place}")
        self.number.set_value(number)

    def _check_name(self, name: object) -> str | None:
        return None if name == self._called else self._objection(str(name))

    @Slot(object)
    def _on_name(self, name: object) -> None:
        old, self._called = self._called, ""  # shown anew, whatever comes of it
        self.renamed.emit(old, str(name))

    @Slot(object)
    def _on_changing(self, number: float) -> None:
        self.changing.emit(self._called, number)

    @Slot(object)
    def _on_committed(self, number: float) -> None:
        self.committed.emit(self._called, number)

    @Slot()
    def _on_remove(self) -> None:
        self.number.revert()  # leaving it must not commit
        self.name.revert()
        self.removed.emit(self._called)


class ConstantNumber(NumberField):
    """A constant's number; Ctrl+Del removes the constant."""

    remove_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Delete and control:
            self.remove_pressed.emit()
        else:
            super().keyPressEvent(event)
