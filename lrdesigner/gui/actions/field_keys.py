"""Keeps the keys of the menus working while the cursor stands in a field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class FieldKeys(QObject):
    """Gives the window the keys of its actions, which fields would take for themselves.

    Fields claim the editing keys of their platform: on X11 Ctrl+E goes to the end of the line,
    Ctrl+K deletes to it, Ctrl+D deletes a letter. What a menu says a key does, it should do
    everywhere. Keys of actions that belong to one panel stay with the fields, as do undo and
    redo, which fields have for text that is being typed.

    Only the field that has the focus is watched, so other events cost nothing.

    Args:
        window: Has the fields; also the owner.
        actions: Whose keys they are.
    """

    def __init__(self, window: QWidget, actions: Iterable[QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._actions = tuple(actions)
        self._watched: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self._on_focus(None, application.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let nobody claim a key that belongs to an action."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Numbers of the keypad are no other keys than those above the letters.
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
            if any(
                action.isEnabled() and pressed in action.shortcuts() for action in self._actions
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _owns(self, window: QWidget) -> bool:
        """Whether it is the window, or a panel that floats above it."""
        floats = window.windowType() == Qt.WindowType.Tool
        return window is self._window or (floats and window.parentWidget() is self._window)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(new, _FIELDS) and self._owns(new.window()):
            self._watched = new
            new.installEventFilter(self)
