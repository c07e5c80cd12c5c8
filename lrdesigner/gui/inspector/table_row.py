"""One row of a table: a time, a value, and what can be done with the row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lrdesigner.gui.inspector.rows import FIELD_HEIGHT, SMALL_BUTTON, label_width
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Bounds, NumberField
from lrdesigner.i18n import tr
from lrdesigner.params import TableParam

Number = int | float
Objection = Callable[[int, int, object], str | None]
"""Against a value at a row and a column of the table, or None."""

TIME, VALUE = 0, 1
GAP = 6


@dataclass(frozen=True, slots=True)
class _Floor(Bounds):
    """Arrow keys stop there; what may be typed is for the declaration to say."""

    def objection(self, value: Number) -> str | None:
        return None


class TableCell(NumberField):
    """A number of a table; keys of its own add and remove rows."""

    insert_pressed = Signal()
    remove_pressed = Signal()

    def reading(self) -> object:
        """What the text says if it is a number, allowed or not; else the last good value."""
        if not self.has_pending_text():
            return self.value()
        try:
            return self._parse_text(self.text().strip())
        except ValueError:
            return self.value()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.insert_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete and control:
            self.remove_pressed.emit()
        else:
            super().keyPressEvent(event)


class TableRow(QWidget):
    """Signals carry the row's place, those of a cell its column and value too.

    Args:
        declaration: The table.
        objection: Asked before a value is taken.
        theme: Colours of the pictures.
        parent: The table's field.
    """

    changing = Signal(int, int, object)
    committed = Signal(int, int, object)
    abandoned = Signal()
    marked = Signal()
    add_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(
        self, declaration: TableParam, objection: Objection, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.place = 0
        self._declaration = declaration
        self._objection = objection
        self._time = TableCell(
            integer=True, bounds=_Floor(declaration.least), check=self._time_objection, parent=self
        )
        self._time.setFixedWidth(label_width(self) - GAP)
        self._value = TableCell(bounds=_Floor(0), check=self._value_objection, parent=self)
        self._add = self._button("add", theme)
        self._remove = self._button("close", theme)
        self._connect()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._time)
        line.addSpacing(GAP)
        line.addWidget(self._value, 1)
        line.addSpacing(2)
        line.addWidget(self._add)
        line.addWidget(self._remove)

    def _connect(self) -> None:
        self._time.value_changing.connect(self._on_time_changing)
        self._time.value_committed.connect(self._on_time)
        self._value.value_changing.connect(self._on_value_changing)
        self._value.value_committed.connect(self._on_value)
        for cell in self.cells():
            cell.change_abandoned.connect(self.abandoned)
            cell.error_changed.connect(self.marked)
            cell.insert_pressed.connect(self._on_add)
            cell.remove_pressed.connect(self._on_remove)
        self._add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)

    def cells(self) -> Iterator[TableCell]:
        """The time, then the value."""
        yield self._time
        yield self._value

    def cell(self, column: int) -> TableCell:
        """The cell of a column."""
        return self._value if column == VALUE else self._time

    def set_place(self, place: int) -> None:
        """Say which row it is; it is called by that."""
        self.place = place
        name = self._declaration.name
        self._add.setObjectName(f"param_{name}_{place}_add")
        self._remove.setObjectName(f"param_{name}_{place}_remove")
        for cell, column in zip(self.cells(), self._declaration.columns, strict=True):
            cell.setObjectName(f"param_{name}_{place}_{column}")
            cell.setAccessibleName(
                tr("{name}, row {number}, {column}", name=name, number=place + 1, column=tr(column))
            )

    def show_pair(self, time: object, value: object) -> None:
        """Show a row of the document."""
        self._time.set_value(time)
        self._value.set_value(value)

    def show_actions(self, add: str, remove: str) -> None:
        """Say why no row can be added after it, or it cannot be removed; "" where it can."""
        add_tip = tr("Add a row below (Ins)")
        remove_tip = tr("Remove this row (Ctrl+Del)")
        for button, why, tip in ((self._add, add, add_tip), (self._remove, remove, remove_tip)):
            button.setEnabled(not why)
            button.setToolTip(why or tip)
            button.setAccessibleName(
                tr("{action}, row {number}", action=tip, number=self.place + 1)
            )

    def set_help(self, text: str) -> None:
        """Set the tool tip of the cells."""
        for cell in self.cells():
            cell.set_help(text)

    def _button(self, picture: str, theme: Theme) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture, theme, "hint"))
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(SMALL_BUTTON.width(), FIELD_HEIGHT)
        # Tab goes from number to number; in them, Ins and Ctrl+Del do what the buttons do.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _time_objection(self, value: object) -> str | None:
        return self._objection(self.place, TIME, value)

    def _value_objection(self, value: object) -> str | None:
        return self._objection(self.place, VALUE, value)

    # Slots

    @Slot(object)
    def _on_time_changing(self, value: object) -> None:
        self.changing.emit(self.place, TIME, value)

    @Slot(object)
    def _on_time(self, value: object) -> None:
        self.committed.emit(self.place, TIME, value)

    @Slot(object)
    def _on_value_changing(self, value: object) -> None:
        self.changing.emit(self.place, VALUE, value)

    @Slot(object)
    def _on_value(self, value: object) -> None:
        self.committed.emit(self.place, VALUE, value)

    @Slot()
    def _on_add(self) -> None:
        self.add_requested.emit(self.place)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self.place)
