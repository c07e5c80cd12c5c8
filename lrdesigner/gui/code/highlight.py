"""Colours of code, from the theme's tokens."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from lrdesigner.gui.code.tokens import Span, spans
from lrdesigner.gui.theme import Theme

MAX_CHARACTERS = 60_000
"""Longer texts stay plain: nobody reads them for their colours, and colouring takes a while."""


class CodeHighlighter(QSyntaxHighlighter):
    """Colours a document whose whole text it is told beforehand.

    Qt colours line by line; strings over several lines need the whole. So the text is read once,
    and each line then only looks up its spans.
    """

    def __init__(self, document: QTextDocument, language: str, theme: Theme) -> None:
        super().__init__(document)
        self._language = language
        self._theme = theme
        self._lines: list[list[Span]] = []
        self._plain = False
        self._formats: dict[str, QTextCharFormat] = {}
        self._make_formats()
        theme.changed.connect(self._on_theme_changed)

    def prepare(self, text: str) -> bool:
        """Take note of the text that the document is about to have.

        Returns:
            Whether lines that stay as they are need other colours all the same.
        """
        plain = len(text) > MAX_CHARACTERS
        switched, self._plain = plain != self._plain, plain
        self._lines = [] if plain else spans(text, self._language)
        return switched

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        if number < len(self._lines):
            for span in self._lines[number]:
                self.setFormat(span.start, span.length, self._formats[span.kind])

    @Slot()
    def _on_theme_changed(self) -> None:
        self._make_formats()
        self.rehighlight()

    def _make_formats(self) -> None:
        self._formats = {}
        for kind, color in self._theme.tokens.syntax_colors().items():
            form = QTextCharFormat()
            form.setForeground(QColor(color))
            self._formats[kind] = form
