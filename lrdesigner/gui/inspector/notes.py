"""The document's notes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lrdesigner.i18n import tr

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class NotesEdit(QPlainTextEdit):
    """Several lines of text, taken when the focus leaves; Esc brings the old text back."""

    committed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(96)
        self.setAccessibleName(tr("Notes"))
        self.setPlaceholderText(tr("What this schedule is for, where its numbers are from"))

    def set_value(self, text: str) -> None:
        """Show a text; what is being typed stays if it is the one already held."""
        if text == self._value:
            return
        self._value = text
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            pending = self.toPlainText() != self._value
            if pending:
                self.setPlainText(self._value)
            event.setAccepted(pending)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.toPlainText()
        if event.reason() not in _PASSING and text != self._value:
            self._value = text
            self.committed.emit(text)
