"""A sheet that is there until it is left: by Esc, or by a press anywhere else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from lrdesigner.gui.tab_order import move_focus
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.sheet import Sheet


class PassingSheet(Sheet):
    """Takes the keyboard when it opens and gives it back where it was.

    Signals:
        left: It is no longer there.

    Args:
        theme: Colours.
        parent: The window.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._before: QWidget | None = None

    def place(self) -> None:
        """Take a place in the window; also called when the window has another size."""
        raise NotImplementedError

    def appear(self, focus: QWidget | None) -> None:
        """Show it over everything else.

        Args:
            focus: What in it gets the keyboard.
        """
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Presses anywhere else, and the window's size, concern it as long as it is there.
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def dismiss(self) -> None:
        """Leave; the keyboard goes back to where it was."""
        if self.isHidden():
            return
        focus = QApplication.focusWidget()
        had_focus = focus is None or self.isAncestorOf(focus)
        self.vanish()
        before = self._before
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def vanish(self) -> None:
        """Leave, and let the keyboard be where it is."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def heeds(self, watched: QObject, event: QEvent) -> bool:
        """Whether an event, of anything in the program, was for the sheet."""
        return False

    # -- Qt's events ---------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab stays in the sheet.
        return move_focus((self,), self.window().focusWidget(), forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        # What the sheet does not know is nobody else's: they lie beneath it.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.heeds(watched, event):
            return True
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self.parentWidget():
            self.place()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            point = self.mapFromGlobal(event.globalPosition().toPoint())
            inside = self.rect().contains(point)
            here = isinstance(watched, QWidget) and watched.window() is self.window()
            if here and not inside:
                self.vanish()  # the press goes where it was meant to go
        return super().eventFilter(watched, event)
