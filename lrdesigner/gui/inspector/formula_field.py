"""The field for formulas: checked as they are typed, the wrong part marked."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from lrdesigner.engine.formula import NAMES, FormulaError, parse_formula
from lrdesigner.engine.formula_names import number_at, reading
from lrdesigner.gui.inspector.wrapped_line import WrappedLine
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.history_keys import is_history_key
from lrdesigner.gui.widgets.leaving import leaving
from lrdesigner.i18n import tr
from lrdesigner.sentences import capital

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormulaField(WrappedLine):
    """A field for a formula, as many lines high as it needs; to the rest a `ValueEdit`.

    While it is typed, each text that is a formula is announced with ``value_changing``, so that
    the curve follows; Enter or leaving the field commits, Esc brings the last committed one back.
    What is wrong is said at once, and the wrong part is underlined.

    Args:
        theme: Colour of the mark.
        names: The variables the formula may use.
        nullable: Whether an empty field is a value: None.
    """

    value_changing = Signal(object)
    """A formula in the course of typing."""
    value_committed = Signal(object)
    """A new formula, entered by the user and found good."""
    change_abandoned = Signal()
    """What was typed does not count; the last committed formula does."""
    error_changed = Signal(str)
    """Why the field is marked; empty when it no longer is."""
    missing_changed = Signal(str)
    """The first word that is lacking as a constant, where nothing else is wrong; "" for none."""
    constant_wanted = Signal(int, int)
    """The number at that position, of that length, is to become a constant."""

    def __init__(
        self,
        theme: Theme,
        *,
        names: Collection[str] = NAMES,
        nullable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = tuple(names)
        self._nullable = nullable
        self._value: str | None = None
        self._live: str | None = None
        self._objection = ""
        self._outer_error = ""
        self._told = ""
        self._help = ""
        self._missing = ""
        self._marked: tuple[int, int] | None = None
        self._showing = False
        self._takes_constants = False
        self.setFont(theme.font("code"))
        self.textChanged.connect(self._on_text)
        theme.changed.connect(self._mark_wrong_part)

    # -- what it holds -------------------------------------------------------------------------

    def value(self) -> str | None:
        """The last good formula."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show ``value``; the formula being typed is left alone if it is the one."""
        if self._live is not None:
            if value == self._live:
                return
            self._live = None
            self._restore()  # the document went on without what was typed
        if value == self._value and self.has_pending_text():
            return
        self._value = None if value is None else str(value)
        self._restore()

    def set_names(self, names: Collection[str]) -> None:
        """Change which variables the formula may use; what is typed is looked at again."""
        names = tuple(names)
        if names == self._names:
            return
        self._names = names
        if self._objection and self.has_pending_text():
            self._check_typed()
            if not self._objection and not self.hasFocus():
                self.commit()  # it was left because of the name that is known now
        self._mark_wrong_part()

    def set_takes_constants(self, takes: bool) -> None:
        """Whether the formula may have constants of its own, and numbers may become some."""
        self._takes_constants = takes

    def missing(self) -> str:
        """The first word that is lacking as a constant, where nothing else is wrong, or ""."""
        return self._missing

    def error(self) -> str:
        """Why the field is marked, or an empty string."""
        return self._objection or self._outer_error

    def set_error(self, message: str) -> None:
        """Mark the field for a reason known elsewhere; it holds until it is set to ""."""
        self._outer_error = message
        self._update_mark()

    def set_suffix(self, text: str) -> None:
        """A formula has no unit."""

    def set_help(self, text: str) -> None:
        """Set the tool tip; while the field is marked, the reason takes its place."""
        self._help = text
        self._describe()

    def has_pending_text(self) -> bool:
        """Whether the text differs from the formula that is held."""
        return self.text() != (self._value or "")

    def wrong_part(self) -> tuple[int, int] | None:
        """Position and length of the underlined part."""
        return self._marked

    def commit(self) -> bool:
        """Take what the field says; nothing that was typed counts if that is no formula."""
        live, self._live = self._live, None
        before = self._value
        good = self._take()
        if live is not None and (not good or self._value == before):
            self.change_abandoned.emit()
        return good

    def revert(self) -> bool:
        """Bring the last committed formula back. Returns whether anything was pending."""
        live, self._live = self._live, None
        pending = self.has_pending_text()
        self._restore()
        if live is not None:
            self.change_abandoned.emit()
        return pending

    # -- Qt ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # With nothing of its own to undo, the document's undo must work while it has the focus.
        if is_history_key(event) and not self.has_pending_text():
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            if self.commit():
                self.selectAll()
        elif event.key() == Qt.Key.Key_Escape:
            # Unused, Esc belongs to whoever is outside: a dialog, a gesture on the canvas.
            event.setAccepted(self.revert())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # A context menu or another window takes the focus only for a while.
        if event.reason() not in _PASSING:
            with leaving(self):
                self.commit()
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = self._number_under(event)
        if found is not None:
            start, length = found
            number = self.text()[start : start + length]
            first = menu.actions()[0]
            action = menu.addAction(tr("Make {number} a constant", number=number))
            action.setObjectName("action_make_constant")
            action.setData(found)
            action.triggered.connect(self._on_make_constant)
            menu.insertAction(first, action)
            menu.insertSeparator(first)
        menu.popup(event.globalPos())

    # -- inner ---------------------------------------------------------------------------------

    def _number_under(self, event: QContextMenuEvent) -> tuple[int, int] | None:
        """The number that is selected, or under the mouse."""
        if not self._takes_constants or self._objection:
            return None
        cursor = self.textCursor()
        position = cursor.selectionStart()
        if not cursor.hasSelection() and event.reason() == QContextMenuEvent.Reason.Mouse:
            position = self.cursorForPosition(event.pos()).position()
        return number_at(self.text(), position)

    @Slot()
    def _on_make_constant(self) -> None:
        action = self.sender()
        start, length = action.data()  # type: ignore[attr-defined]
        if self.commit():
            self.constant_wanted.emit(start, length)

    def _restore(self) -> None:
        text = self._value or ""
        if text != self.text():
            self._showing = True
            self.setPlainText(text)
            self._showing = False
        self._object("")

    def _take(self) -> bool:
        if not self.has_pending_text():
            self._object("")
            return True
        try:
            value = self._read()
        except ValueError as error:
            self._object(str(error))
            return False
        changed, self._value = value != self._value, value
        self._restore()
        if changed:
            self.value_committed.emit(value)
        return True

    def _read(self) -> str | None:
        text = self.text().strip()
        if not text:
            if self._nullable:
                return None
            raise ValueError(tr("A formula is needed here"))
        error, lacking = self._judge(text)
        if error is None:
            return text
        if lacking:
            message = tr(
                "'{word}' is not known here: add it as a constant, or use one of {names}",
                word=lacking,
                names=", ".join(self._names),
            )
            raise ValueError(message)
        raise ValueError(capital(error.message))

    def _judge(self, text: str) -> tuple[FormulaError | None, str]:
        """What is wrong with a formula, and the constant that it lacks, or ""."""
        if self._takes_constants:
            return reading(text, self._names)
        try:
            parse_formula(text, names=self._names)
        except FormulaError as error:
            return error, ""
        return None, ""

    @Slot()
    def _on_text(self) -> None:
        self._mark_wrong_part()
        if not self._showing:
            self._check_typed()

    def _check_typed(self) -> None:
        """Say what is wrong with what is typed, or show what it does."""
        try:
            value = self._read()
        except ValueError as error:
            self._object(str(error))
            return
        self._object("")
        if value is not None and (self._live is not None or value != self._value):
            self._live = value
            self.value_changing.emit(value)

    def _object(self, message: str) -> None:
        self._objection = message
        self._update_mark()

    def _update_mark(self) -> None:
        message = self.error()
        if message == self._told:
            return
        if bool(message) != bool(self._told):
            self.setProperty("invalid", bool(message))
            self.style().unpolish(self)
            self.style().polish(self)
        self._told = message
        self._describe()
        self.error_changed.emit(message)

    def _describe(self) -> None:
        self.setToolTip(self.error() or self._help)
        self.setAccessibleDescription(self.error() or self._help)

    @Slot()
    def _mark_wrong_part(self) -> None:
        """Underline the part that the parser points at."""
        self._marked, missing = self._find_wrong_part()
        marks = []
        if self._marked is not None:
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(self._theme.color("error"))
            form.setForeground(self._theme.color("error_text"))
            mark.format = form  # type: ignore[attr-defined]
            mark.cursor = self._cursor_over(*self._marked)  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)
        if missing != self._missing:
            self._missing = missing
            self.missing_changed.emit(missing)

    def _cursor_over(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _find_wrong_part(self) -> tuple[tuple[int, int] | None, str]:
        """What the mark is under, and the constant that the formula lacks, or ""."""
        text = self.text()
        error, missing = self._judge(text) if text.strip() else (None, "")
        if error is None:
            return None, missing
        start = min(error.position, len(text) - 1)
        return (start, max(1, min(error.length, len(text) - start))), missing
