"""The button that says how curves are compared, and opens the menu of how they can be."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from lrdesigner.gui.compare_menus import Choice, CompareMenu, short_text
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.widgets import MenuButton
from lrdesigner.i18n import mark, tr

_TEXTS: dict[Choice, tuple[str, str]] = {
    "reference": (mark("vs {value}"), mark("What the others are compared with")),
    "align": (
        mark("Align: {value}"),
        mark("The place of this schedule that the same place of every overlay lies on"),
    ),
    "difference": (mark("Difference: {value}"), mark("The lane of differences under the curve")),
    "slope": (mark("Slope: {value}"), mark("The lane of slopes under the curve")),
}
_FRAME = 30
"""Pixels of a button that are not its words."""
_WIDEST, _LEAST = 260, 80


class CompareButton(MenuButton):
    """One choice.

    Args:
        choice: The field of `Comparison`.
        controller: Has it.
        parent: Its owner.
        named: Whether it says what is chosen, not only how.
    """

    def __init__(
        self, choice: Choice, controller: Controller, parent: QWidget, *, named: bool = True
    ) -> None:
        super().__init__(parent)
        self._choice: Choice = choice
        self._controller = controller
        self._named = named
        self._full = ""
        self.setProperty("variant", "menu")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        menu.setObjectName(f"compare_menu_{choice}")
        self.setMenu(menu)
        self._menu = CompareMenu(choice, menu, controller, self)
        for signal in (
            controller.comparison.changed,
            controller.overlays.changed,
            controller.document_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    @property
    def full_text(self) -> str:
        """What it says, without regard to room."""
        return self._full

    @Slot()
    def refresh(self) -> None:
        """Say what is chosen."""
        value = short_text(self._choice, self._controller)
        caption, tip = _TEXTS[self._choice]
        full = tr(caption, value=value) if self._named else value
        if full != self._full:
            self._full = full
            self.setToolTip(f"{tr(caption, value=value)}\n{tr(tip)}")
            self.setAccessibleName(tr(caption, value=value))
            self.updateGeometry()
            self._elide()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._full) + _FRAME
        return QSize(min(width, _WIDEST), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        # Names may be long, and give way; all else is short and has to be read.
        hint = self.sizeHint()
        least = min(_LEAST, hint.width()) if self._choice == "reference" else hint.width()
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - _FRAME + 2
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
