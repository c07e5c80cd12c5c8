"""Buttons that open a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolButton, QWidget


class MenuButton(QToolButton):
    """Opens its menu at once, and is drawn as under the mouse only while it is.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def setMenu(self, menu: QMenu) -> None:
        """Open this one."""
        super().setMenu(menu)
        MouseAfterwards(self, menu)


class MouseAfterwards(QObject):
    """Tells a button that the mouse has left it while its menu was open, which Qt does not.

    Args:
        button: The button, which owns this.
        menu: Its menu.
    """

    def __init__(self, button: QToolButton | QPushButton, menu: QMenu) -> None:
        super().__init__(button)
        self._button = button
        menu.aboutToHide.connect(self._on_closing)

    @Slot()
    def _on_closing(self) -> None:
        QTimer.singleShot(0, self._notice)  # when Qt, too, knows that it is closed

    @Slot()
    def _notice(self) -> None:
        button = self._button
        inside = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
        if button.underMouse() and not inside:
            QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
