"""A dialog whose edit is seen on the canvas while it is being chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.state import Selection
from lrdesigner.gui.tab_order import move_focus, tab_stops
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.message_label import MessageLabel
from lrdesigner.schedule.model import Schedule


class SeenDialog(QDialog):
    """Shows the edited document as a gesture; accepted, it becomes one undo step.

    Args:
        title: Of the dialog.
        text: What the undo step is called.
        button: What the button says that accepts.
        controller: Shows the document.
        theme: Fonts.
        parent: Its owner.
    """

    def __init__(
        self,
        title: str,
        text: str,
        button: str,
        controller: Controller,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.controller = controller
        self.before = controller.schedule
        self._text = text
        self._edited: tuple[Schedule, Selection] | None = None
        heading = QLabel(title, self)
        heading.setProperty("role", "title")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.help = QLabel(self)
        self.help.setProperty("role", "help")
        self.help.setTextFormat(Qt.TextFormat.PlainText)
        self.help.setWordWrap(True)
        self.help.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.message = MessageLabel(theme, self)
        keep = self.message.sizePolicy()
        keep.setRetainSizeWhenHidden(True)  # nothing moves when an objection comes or goes
        self.message.setSizePolicy(keep)
        self.message.setMinimumHeight(2 * self.message.fontMetrics().lineSpacing())
        self._ok = QPushButton(button, self)
        self._ok.setObjectName("dialog_ok")
        self._ok.setProperty("variant", "primary")
        self._ok.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self._ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self.help)
        layout.addLayout(self.rows)
        layout.addWidget(self.message)
        layout.addWidget(buttons)
        self.setFixedWidth(380)

    def show_edit(self, edited: Schedule, selection: Selection) -> None:
        """This is what would be."""
        self._edited = (edited, selection)
        self._ok.setEnabled(True)
        self.message.show_message("", "error")
        self.controller.gesture(self._text, edited)

    def show_objection(self, text: str) -> None:
        """This cannot be, and why."""
        self._edited = None
        self._ok.setEnabled(False)
        self.message.show_message(text, "error")
        self.controller.cancel_gesture()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(tab_stops(self), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # The fields come after the buttons in Qt's own order: they were made later.
        moved = move_focus((self,), self.focusWidget(), forward=forward)
        return moved or super().focusNextPrevChild(forward)

    def accept(self) -> None:
        if self._edited is None:
            return
        edited, selection = self._edited
        self.controller.gesture(self._text, edited)
        self.controller.commit_gesture(selection)
        super().accept()

    def reject(self) -> None:
        self.controller.cancel_gesture()
        super().reject()
