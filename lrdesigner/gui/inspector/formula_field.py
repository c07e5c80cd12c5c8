"""The field for formulas: checked as they are typed, the wrong part marked."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QWidget

from lrdesigner.engine.formula import NAMES, FormulaError, parse_formula
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ValueEdit


class FormulaField(ValueEdit):
    """A line edit for a formula.

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
    change_abandoned = Signal()
    """What was typed does not count; the last committed formula does."""

    def __init__(
        self,
        theme: Theme,
        *,
        names: Collection[str] = NAMES,
        nullable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self._parse_formula, nullable=nullable, parent=parent)
        self._theme = theme
        self._names = names
        self._live: str | None = None
        self._marked: tuple[int, int] | None = None
        self.setFont(theme.font("code"))
        self.textEdited.connect(self._on_typed)
        self.textChanged.connect(self._mark_wrong_part)
        theme.changed.connect(self._mark_wrong_part)

    def set_value(self, value: object) -> None:
        """Show ``value``; the formula being typed is left alone if it is the one."""
        if self._live is not None:
            if value == self._live:
                return
            self._live = None
            super().revert()  # the document went on without what was typed
        super().set_value(value)

    def wrong_part(self) -> tuple[int, int] | None:
        """Position and length of the underlined part."""
        return self._marked

    def commit(self) -> bool:
        """Take what the field says; nothing that was typed counts if that is no formula."""
        live, self._live = self._live, None
        before = self.value()
        good = super().commit()
        if live is not None and (not good or self.value() == before):
            self.change_abandoned.emit()
        return good

    def revert(self) -> bool:
        """Bring the last committed formula back."""
        live, self._live = self._live, None
        pending = super().revert()
        if live is not None:
            self.change_abandoned.emit()
        return pending

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_wrong_part()

    def _parse_formula(self, text: str) -> object:
        try:
            parse_formula(text, names=self._names)
        except FormulaError as error:
            message = error.message
            raise ValueError(message[:1].upper() + message[1:]) from None
        return text

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        try:
            value = self._read()
        except ValueError as error:
            self._object(str(error))
            return
        self._object("")
        if value is not None:
            self._live = str(value)
            self.value_changing.emit(value)

    @Slot()
    def _mark_wrong_part(self) -> None:
        """Underline the part that the parser points at."""
        wrong = self._find_wrong_part()
        if wrong is None and self._marked is None:
            return
        self._marked = wrong
        attributes = []
        if wrong is not None:
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(self._theme.color("error"))
            form.setForeground(self._theme.color("error_text"))
            # A line edit takes formats only from an input method, relative to the cursor.
            attributes.append(
                QInputMethodEvent.Attribute(
                    QInputMethodEvent.AttributeType.TextFormat,
                    wrong[0] - self.cursorPosition(),
                    wrong[1],
                    form,
                )
            )
        QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def _find_wrong_part(self) -> tuple[int, int] | None:
        text = self.text()
        if not text.strip():
            return None
        try:
            parse_formula(text, names=self._names)
        except FormulaError as error:
            start = min(error.position, len(text) - 1)
            return start, max(1, min(error.length, len(text) - start))
        return None
