"""What all parts of the driver share: the hand, meddling in the middle of a drag, menus, typing."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from soak_events import Events

TEXTS = (
    *("0.5", "0.01", "1e-3", "1e-5", "0", "1", "2", "7", "30", "3e-4*2", "-1", "nan", "1e400"),
    *("", "abc", "0.9", "0.999", "5%", "2 epochs", "40 steps", "rest", "cosine", "lr * 0.9 ** t"),
)
KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab),
    *(Qt.Key.Key_S, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_F2),
)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Part:
    """One part of the driver.

    Args:
        window: The window.
        rng: Decides everything.
        files: Saved schedules that can be dropped.
    """

    def __init__(self, window, rng: random.Random, files: list[Path]) -> None:
        self.window = window
        self.rng = rng
        self.files = files
        self.do = Events(rng)
        self._menus: list[QMenu | QAction] = []

    def meddle(self, _at: QPointF) -> None:
        """What people do in the middle of a drag."""
        canvas = self.window.canvas
        what = self.rng.randrange(7)
        if what <= 2:
            self.do.key(Qt.Key.Key_Escape)
        elif what == 3:
            self.do.key(self.rng.choice((Qt.Key.Key_X, Qt.Key.Key_Y)))
        elif what == 4:
            self.do.key(Qt.Key.Key_Z, CTRL)
        elif what == 5:
            self.do.wheel(canvas, QPointF(canvas.rect().center()), self.rng.choice((-1, 1)))
        else:
            self.do.key(self.rng.choice(KEYS))

    def finish_typing(self) -> None:
        if isinstance(QApplication.focusWidget(), QLineEdit):
            if self.do.chance(0.8):
                self.do.key(Qt.Key.Key_A, CTRL)
            self.do.type(self.rng.choice(TEXTS))
        after = self.rng.randrange(4)
        if after <= 1:
            self.do.key(Qt.Key.Key_Return)
        elif after == 2:
            self.do.key(Qt.Key.Key_Tab)
        if after == 3 or self.do.chance(0.7):
            self.do.key(Qt.Key.Key_Escape)

    def close_popups(self, choose: float, avoid: tuple[str, ...] = ()) -> None:
        """Take something from the menu that is open, and close it."""
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            action = self.some_action(menu, avoid)
            if action is not None and self.do.chance(choose):
                action.trigger()
            menu.close()
        self._menus.clear()
        while QApplication.activePopupWidget() is not None:
            QApplication.activePopupWidget().close()

    def some_action(self, menu: QMenu, avoid: tuple[str, ...] = ()) -> QAction | None:
        """Any leaf of a menu, all entries of the first level alike."""
        found = [
            action
            for action in menu.actions()
            if action.isEnabled() and not action.isSeparator() and action.objectName() not in avoid
        ]
        if not found:
            return None
        action = self.rng.choice(found)
        below = action.menu()
        if isinstance(below, QMenu):
            self._menus += [action, below]  # PySide lets go of what is in them with them
            below.aboutToShow.emit()
            return self.some_action(below, avoid)
        return action
