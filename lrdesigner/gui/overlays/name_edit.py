"""The field in which an overlay is renamed, in the place of its name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lrdesigner.i18n import tr

_LONGEST = 120


class NameEdit(QLineEdit):
    """Enter, or going elsewhere, takes the name; Esc leaves it as it was.

    Signals:
        ended: The new name, "" for the document's own; None if it stays.
    """

    ended = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay_name_edit")
        self.setAccessibleName(tr("Name of the overlay"))
        self.setMaxLength(_LONGEST)
        self._before = self._own = ""
        self._open = False
        self.hide()

    def begin(self, name: str, own: str) -> None:
        """Edit a name; left empty, it is what the document calls itself."""
        self._before, self._own = name, own
        self._open = True
        self.setPlaceholderText(own)
        self.setText(name)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(keep=False)
        elif event.key() == Qt.Key.Key_Escape:
            self._end(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(keep=False)

    def _end(self, *, keep: bool) -> None:
        if not self._open:
            return
        self._open = False
        had_focus = self.hasFocus()
        self.hide()
        parent = self.parentWidget()
        if had_focus and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        name = " ".join(self.text().split())
        if keep or name == self._before:
            self.ended.emit(None)
        else:
            self.ended.emit("" if name == self._own else name)
