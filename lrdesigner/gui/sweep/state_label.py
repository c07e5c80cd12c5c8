"""A line that says how things stand, with more to say when it is asked."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from lrdesigner.gui.widgets import ElidedLabel


class StateLabel(ElidedLabel):
    """Its tool tip is the full text, or the details where there are any."""

    _details = ""

    def set_details(self, text: str) -> None:
        """What the tool tip says; "" for the full text where it does not fit."""
        self._details = text
        self._show_details()

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._show_details()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_details()

    def _show_details(self) -> None:
        if self._details:
            self.setToolTip(self._details)
