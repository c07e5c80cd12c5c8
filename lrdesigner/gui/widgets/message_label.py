"""A sentence that belongs to a field, a title or a dialog."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lrdesigner.gui.theme import Theme

MessageTone = Literal["error", "warning", "hint"]


class MessageLabel(QLabel):
    """A sentence under a field or a title, wrapped; hidden while there is none."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(theme.font("small"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_message(self, text: str, tone: MessageTone) -> None:
        """Say something, or nothing."""
        if tone != self.property("role"):
            self.setProperty("role", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setText(text)
        self.setVisible(bool(text))
