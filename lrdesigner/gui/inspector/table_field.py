"""The field for tables: rows of a time and a value, which come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from lrdesigner.gui.inspector.rows import column, label_width, link_line
from lrdesigner.gui.inspector.table_row import TIME, VALUE, TableCell, TableRow
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.number_field import Reader
from lrdesigner.i18n import tr
from lrdesigner.params import TableParam
from lrdesigner.params.base import MAX_ROWS

Pair = tuple[object, object]
Pairs = tuple[Pair, ...]
Place = tuple[int, int]
"""A row and a column."""


class TableField(QWidget):
    """Rows of two numbers under a header.

    Cells behave as number fields do. A number that does not fit among the others stays where it
    was typed, marked, until the numbers that it needs are there too; then all of them count at
    once. Ins adds a row below, Ctrl+Del removes the row.

    Args:
        declaration: The table.
        theme: Fonts, and colours of pictures.
    """

    value_changing = Signal(object)
    """The table in the course of a gesture that is not finished."""
    value_committed = Signal(object)
    """A new table, entered by the user and found good."""
    change_abandoned = Signal()
    """The gesture's values do not count; the last committed ones do."""
    error_changed = Signal(str)
    """Why a cell is marked; empty when none is any more."""
    rows_changed = Signal()
    """Cells came or went."""

    def __init__(
        self, declaration: TableParam, theme: Theme, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._declaration = declaration
        self._theme = theme
        self._value: Pairs = ()
        self._rows: list[TableRow] = []
        self._help = ""
        self._suffix = ""
        self._reader: Reader | None = None
        self._headings = tuple(QLabel(tr(name), self) for name in declaration.columns)
        self._first = QPushButton(tr("+ Add row"), self)
        self._first.setObjectName(f"param_{declaration.name}_add")
        self._first.setProperty("variant", "link")
        self._first.clicked.connect(self._on_first)
        self._column = column(self, 4)
        self._column.addLayout(self._header())
        self._column.addLayout(link_line(self._first))

    def value(self) -> Pairs:
        """The last good table."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show a table. Text being edited survives where the number is the one already held."""
        sound = self._declaration.type_error(value) is None
        self._value = _pairs(value) if sound else ()
        if len(self._value) != len(self._rows):
            self._fit_rows()
        self._show()

    def error(self) -> str:
        """Why a cell is marked, or an empty string."""
        return next((error for cell in self._cells() if (error := cell.error())), "")

    def set_suffix(self, text: str) -> None:
        """Show the unit of the times in the header."""
        name = tr(self._declaration.columns[TIME])
        self._headings[TIME].setText(f"{name} ({text})" if text and text != name else name)

    def set_reader(self, read: Reader) -> None:
        """Read times in another way: with units, say."""
        self._reader = read
        for row in self._rows:
            row.cell(TIME).set_reader(read)

    def set_help(self, text: str) -> None:
        """Set the tool tip of the cells."""
        self._help = text
        for row in self._rows:
            row.set_help(text)

    def has_pending_text(self) -> bool:
        """Whether a cell's text differs from the number it holds."""
        return any(cell.has_pending_text() for cell in self._cells())

    def commit(self) -> bool:
        """Take what the cells say. Returns whether all of it was good."""
        good = [cell.commit() for cell in self._cells()]
        return all(good)

    def revert(self) -> bool:
        """Bring the last good numbers back. Returns whether there was anything to bring back."""
        reverted = [cell.revert() for cell in self._cells()]
        return any(reverted)

    def finish_stepping(self) -> None:
        """End a gesture, if one is going on in a cell."""
        for cell in self._cells():
            cell.finish_stepping()

    # Parts

    def _header(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(0)
        for heading in self._headings:
            heading.setProperty("role", "hint")
            heading.setFont(self._theme.font("small"))
            heading.setTextFormat(Qt.TextFormat.PlainText)
        self._headings[TIME].setFixedWidth(label_width(self))
        line.addWidget(self._headings[TIME])
        line.addWidget(self._headings[VALUE], 1)
        return line

    def _fit_rows(self) -> None:
        """As many rows as the document has; it went on without what is being typed."""
        self.revert()
        while len(self._rows) > len(self._value):
            self._drop_row(len(self._rows) - 1)
        while len(self._rows) < len(self._value):
            self._make_row(len(self._rows))
        self.rows_changed.emit()

    def _make_row(self, place: int) -> None:
        row = TableRow(self._declaration, self._objection, self._theme, self)
        row.set_help(self._help)
        if self._reader is not None:
            row.cell(TIME).set_reader(self._reader)
        row.changing.connect(self._on_changing)
        row.committed.connect(self._on_committed)
        row.abandoned.connect(self.change_abandoned)
        row.marked.connect(self._on_marked)
        row.add_requested.connect(self._on_add)
        row.remove_requested.connect(self._on_remove)
        self._rows.insert(place, row)
        self._column.insertWidget(1 + place, row)
        row.show()

    def _drop_row(self, place: int) -> None:
        row = self._rows.pop(place)
        for cell in row.cells():
            cell.revert()  # leaving it must not commit
        self._column.removeWidget(row)
        row.setParent(None)
        row.deleteLater()

    def _show(self) -> None:
        room = self._room(self._value)
        none_more = (
            tr("A table has {most:,} rows at most", most=MAX_ROWS)
            if len(self._value) >= MAX_ROWS
            else tr("No whole number fits in between")
        )
        last = tr("The last row stays: a table needs one")
        for place, (row, pair) in enumerate(zip(self._rows, self._value, strict=True)):
            row.set_place(place)
            row.show_pair(*pair)
            full = "" if room and self._new_pair(self._value, place) else none_more
            row.show_actions(full, last if len(self._rows) == 1 else "")
        self._first.setVisible(not self._rows)
        self.setFocusProxy(self._rows[0].cell(TIME) if self._rows else self._first)

    def _cells(self) -> Iterator[TableCell]:
        for row in self._rows:
            yield from row.cells()

    # Values

    def _objection(self, place: int, column: int, value: object) -> str | None:
        """Against a number: together with what else is typed, and then on its own."""
        changes = {(place, column): value}
        if self._refused({**self._pending(), **changes}) is None:
            return None
        return self._refused(changes)

    def _refused(self, changes: Mapping[Place, object]) -> str | None:
        return self._declaration.error(self._changed(changes))

    def _pending(self) -> dict[Place, object]:
        """Numbers that are typed and do not count yet."""
        return {
            (row.place, column): cell.reading()
            for row in self._rows
            for column, cell in enumerate(row.cells())
            if cell.has_pending_text()
        }

    def _changed(self, changes: Mapping[Place, object]) -> Pairs:
        return tuple(
            (changes.get((place, TIME), time), changes.get((place, VALUE), value))
            for place, (time, value) in enumerate(self._value)
        )

    def _best(self, changes: Mapping[Place, object]) -> Pairs:
        """The table with changes, and with all that is typed if that makes it a good one."""
        whole = self._changed({**self._pending(), **changes})
        return self._changed(changes) if self._declaration.error(whole) else whole

    def _new_pair(self, table: Pairs, place: int) -> Pair | None:
        """A row to add after one: between it and the next, or as far on as the last one is."""
        time, value = table[place]
        last = place == len(table) - 1
        before, after = (table[each][TIME] for each in (max(0, place - 1), place + (not last)))
        assert isinstance(time, int)
        assert isinstance(before, int)
        assert isinstance(after, int)
        between = time + (max(1, time - before) if last else (after - time) // 2)
        for found in (between, time):  # the same time again, where times need not rise
            pair = (found, value)
            # Rows are judged by their neighbours; to ask all of them takes long in a long table.
            if self._declaration.error(_with(table[place : place + 2], 1, pair)) is None:
                return pair
        return None

    def _room(self, table: Pairs) -> bool:
        """Whether a table may get a row more: it is a good one, and not a full one."""
        return 0 < len(table) < MAX_ROWS and self._declaration.error(table) is None

    # Slots

    @Slot(int, int, object)
    def _on_changing(self, place: int, column: int, value: object) -> None:
        self.value_changing.emit(self._changed({(place, column): value}))

    @Slot(int, int, object)
    def _on_committed(self, place: int, column: int, value: object) -> None:
        self._take(self._best({(place, column): value}))

    @Slot()
    def _on_marked(self) -> None:
        self.error_changed.emit(self.error())

    @Slot(int)
    def _on_add(self, place: int) -> None:
        table = self._best({})
        pair = self._new_pair(table, place) if self._room(table) else None
        if pair is None:
            return
        self._make_row(place + 1)
        self._take(_with(table, place + 1, pair))
        self._enter(place + 1, TIME)

    @Slot(int)
    def _on_remove(self, place: int) -> None:
        if len(self._rows) < 2:
            return
        typed, kept = (
            _less(table, place) for table in (self._changed(self._pending()), self._value)
        )
        table = kept if self._declaration.error(typed) else typed
        focused = next((i for i, c in enumerate(self._rows[place].cells()) if c.hasFocus()), None)
        self._drop_row(place)
        self._take(table)
        if focused is not None:
            self._enter(min(place, len(self._rows) - 1), focused)

    @Slot()
    def _on_first(self) -> None:
        self._make_row(0)
        self._take(((self._declaration.least, 1.0),))
        self._enter(0, TIME)

    def _take(self, table: Pairs) -> None:
        rows = len(table) != len(self._value)
        self._value = table
        self._show()
        if rows:
            self.rows_changed.emit()
        self.value_committed.emit(table)

    def _enter(self, place: int, column: int) -> None:
        cell = self._rows[place].cell(column)
        cell.setFocus(Qt.FocusReason.TabFocusReason)
        cell.selectAll()


def _pairs(value: object) -> Pairs:
    """The rows of a table; none where there is no table."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple((time, number) for time, number in value)


def _with(table: Pairs, place: int, pair: Pair) -> Pairs:
    return (*table[:place], pair, *table[place:])


def _less(table: Pairs, place: int) -> Pairs:
    return (*table[:place], *table[place + 1 :])
