"""The read-only text with its colours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lrdesigner.gui.code.highlight import CodeHighlighter
from lrdesigner.gui.code.tokens import utf16_length
from lrdesigner.gui.theme import Theme

_DIM = 0.55


class CodeView(QPlainTextEdit):
    """Code to be read, selected and copied.

    A new text replaces only what differs, so that place and selection stay.
    """

    def __init__(self, language: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._dimmed = False
        self._fresh = True
        self.setObjectName("code_text")
        self.setProperty("role", "code")
        self.setFont(theme.font("code"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._highlighter = CodeHighlighter(self.document(), language, theme)
        theme.changed.connect(self._on_theme_changed)

    def text(self) -> str:
        """The text that was set."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        fresh, self._fresh = self._fresh, False
        if text == self._text:
            if fresh:
                self._show_beginning()
            return
        before = self._text
        self._text = text
        recolor = self._highlighter.prepare(text)
        across, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        top += self._replace(before, text, top)
        if recolor:
            self._highlighter.rehighlight()
        if fresh:
            self._show_beginning()
            return
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(top)

    def start_over(self) -> None:
        """The next text is another document's: it is shown from its beginning."""
        self._fresh = True

    def _show_beginning(self) -> None:
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(_first_statement(self._text))

    def set_dimmed(self, dimmed: bool) -> None:
        """Let the text step back: it is not the current document's."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.viewport().update()

    def is_dimmed(self) -> bool:
        """Whether the text has stepped back."""
        return self._dimmed

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dimmed:
            veil = self._theme.color("panel")
            veil.setAlphaF(_DIM)
            QPainter(self.viewport()).fillRect(event.rect(), veil)

    def _replace(self, before: str, text: str, top: int) -> int:
        """Exchange the lines between the common beginning and the common end.

        Returns:
            How many lines more there are above the line `top`.
        """
        old, new = before.splitlines(keepends=True), text.splitlines(keepends=True)
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        start = utf16_length("".join(old[:head]))
        length = utf16_length("".join(old[head : len(old) - tail]))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("".join(new[head : len(new) - tail]))
        return len(new) - len(old) if len(old) - tail <= top else 0

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many items two sequences begin with in common."""
    pairs = zip(first, second, strict=False)
    shorter = min(len(first), len(second))
    return next((place for place, (a, b) in enumerate(pairs) if a != b), shorter)


def _first_statement(text: str) -> int:
    """The line that Python code begins with after its long docstring; else the first."""
    found = re.search(r"^(?:import|from) ", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) if found else 0
