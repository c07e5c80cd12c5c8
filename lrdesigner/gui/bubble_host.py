"""Opens the little form for exact values, and puts it away when its time is over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import BubbleField, ValueBubble
from lrdesigner.gui.widgets.value_bubble import Apply

_MARGIN = 6


class BubbleHost(QObject):
    """One form at a time, for one panel.

    What is typed becomes an edit when the controller asks everybody to settle; another document
    closes the form.

    Signals:
        changed: It is open now, or no longer.

    Args:
        controller: The document it is about.
        theme: Its colours.
        home: The panel, where the keyboard goes back to.
    """

    changed = Signal()

    def __init__(self, controller: Controller, theme: Theme, home: QWidget) -> None:
        super().__init__(home)
        self._theme = theme
        self._home = home
        self._bubble: ValueBubble | None = None
        controller.settle_requested.connect(self._on_settle)

    @property
    def bubble(self) -> ValueBubble | None:
        """The form, if it is open."""
        return self._bubble

    def open(
        self,
        fields: Sequence[BubbleField],
        apply: Apply,
        spot: QPoint,
        parent: QWidget | None = None,
        first: int = 0,
    ) -> None:
        """Show the form.

        Args:
            fields: What can be typed.
            apply: Makes the edit.
            spot: Beside which point of the parent.
            parent: What it lies on; None for the panel.
            first: The field in which typing begins.
        """
        self.close()
        parent = parent or self._home
        self._bubble = ValueBubble(fields, apply, self._theme, parent, first=first)
        self._bubble.closed.connect(self._on_closed)
        margins = (_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._bubble.open_at(spot, QRect(parent.rect()).adjusted(*margins))
        self.changed.emit()

    def close(self) -> None:
        """Put the form away, whatever was typed."""
        if self._bubble is None:
            return
        bubble, self._bubble = self._bubble, None
        bubble.discard(self._home)
        self.changed.emit()

    @Slot(bool)
    def _on_closed(self, back: bool) -> None:
        self.close()
        if back:
            self._home.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _on_settle(self) -> None:
        if self._bubble is not None:
            self._bubble.settle()
