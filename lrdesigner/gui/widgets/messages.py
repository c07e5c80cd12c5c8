"""Messages inside a panel: a banner, and what stands where there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.widgets.labels import IconLabel, Tone
from lrdesigner.i18n import tr

_LINE = 24


class Banner(QFrame):
    """A message with what can be done about it.

    Args:
        text: The message; plain text.
        tone: What its colour says (the words must say it too).
        action: The label of the button; empty for none.
        icon: In front of the text.
        close_icon: With it, the banner can be closed.
    """

    action_requested = Signal()
    closed = Signal()

    def __init__(
        self,
        text: str = "",
        tone: Tone = "",
        *,
        action: str = "",
        icon: QIcon | None = None,
        close_icon: QIcon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", tone)
        self._icon = IconLabel(parent=self)
        self._icon.setFixedHeight(_LINE)
        self._text = QLabel(self)
        self._text.setMinimumHeight(_LINE)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._action = QPushButton(self)
        self._action.setProperty("variant", "link")
        self._action.clicked.connect(self.action_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
        if close_icon is not None:
            row.addWidget(self._close_button(close_icon), 0, Qt.AlignmentFlag.AlignTop)
        self.set_message(text, tone, action=action, icon=icon)

    def text(self) -> str:
        """The message."""
        return self._text.text()

    def set_message(
        self, text: str, tone: Tone = "", *, action: str = "", icon: QIcon | None = None
    ) -> None:
        """Replace the message."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._icon.setVisible(icon is not None)
        if icon is not None:
            self._icon.set_icon(icon)
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def _close_button(self, icon: QIcon) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon)
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(_LINE, _LINE)
        button.setAccessibleName(tr("Close this message"))
        button.clicked.connect(self.hide)
        button.clicked.connect(self.closed)
        return button


class EmptyState(QWidget):
    """What a panel shows while it has nothing to show: an icon, a sentence, a way on."""

    action_requested = Signal()

    def __init__(
        self,
        text: str,
        *,
        icon: QIcon | None = None,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addStretch(1)
        if icon is not None:
            column.addWidget(IconLabel(icon, 28, self), 0, Qt.AlignmentFlag.AlignHCenter)
        self._label = QLabel(text, self)
        self._label.setProperty("role", "help")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._label)
        self._action = QPushButton(action, self)
        self._action.setVisible(bool(action))
        self._action.clicked.connect(self.action_requested)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def text(self) -> str:
        """The sentence."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Replace the sentence."""
        self._label.setText(text)

    def set_action_visible(self, visible: bool) -> None:
        """Offer the way on, or not."""
        self._action.setVisible(visible)
