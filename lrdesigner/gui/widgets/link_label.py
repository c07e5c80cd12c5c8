"""A text of which some pieces lead to pages of the web."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.sources import Piece


class LinkLabel(QLabel):
    """Links in the accent's colour; they open in the browser, by mouse and by keyboard.

    Args:
        theme: Colours.
        role: Of the label, such as ``"help"``.
        parent: Where it stands.
    """

    def __init__(self, theme: Theme, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces: tuple[Piece, ...] = ()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # after the policy, which it adds to
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setOpenExternalLinks(True)
        self.linkHovered.connect(self._on_hovered)
        theme.changed.connect(self._show)

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show a text."""
        if tuple(pieces) != self._pieces:
            self._pieces = tuple(pieces)
            self._show()

    def plain_text(self) -> str:
        """The text without its links."""
        return "".join(piece.text for piece in self._pieces)

    @Slot()
    def _show(self) -> None:
        color = self._theme.tokens.accent_text
        self.setText("".join(_html(piece, color) for piece in self._pieces))
        self.setAccessibleName(tr("Source: {source}", source=self.plain_text()))

    @Slot(str)
    def _on_hovered(self, url: str) -> None:
        self.setToolTip(url)


def _html(piece: Piece, color: str) -> str:
    text = escape(piece.text)
    if not piece.url:
        return text
    return f'<a href="{escape(piece.url)}" style="color: {color}">{text}</a>'
