"""A field to search with, which can be cleared by a click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr


class SearchField(QLineEdit):
    """A line with a cross at its end as long as there is something to clear.

    Args:
        theme: Colours of the cross.
        parent: Where it stands.
        text: What it says while it is empty.
        name: What it is called for people who listen; None for `text`.
    """

    def __init__(self, theme: Theme, parent: QWidget, text: str, name: str | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", True)
        self.setPlaceholderText(text)
        self.setAccessibleName(text if name is None else name)
        self._cross = QAction(icon("close", theme), tr("Clear the search"), self)
        self._cross.triggered.connect(self.clear_search)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._cross.setVisible(False)  # which its button only heeds once it is there
        self.textChanged.connect(self._on_text)

    @Slot()
    def clear_search(self) -> None:
        """Search for nothing; the next word can be typed at once."""
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._cross.setVisible(bool(text))
