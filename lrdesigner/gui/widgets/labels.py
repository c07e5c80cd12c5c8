"""Small labels and lines."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

Tone = Literal["", "ok", "warning", "error", "accent"]


class SectionTitle(QLabel):
    """The title of a panel or of a section in it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "title")


class HLine(QFrame):
    """A hair line between sections."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class ChipLabel(QLabel):
    """A word or two in a pill: "CPU", "exact · torch 2.13.0"."""

    def __init__(self, text: str, tone: Tone = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_tone(self, tone: Tone) -> None:
        """Change what the colour says; the words should say it too."""
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class IconLabel(QWidget):
    """An icon that is only to be looked at. It follows the theme, which a pixmap would not."""

    def __init__(
        self, icon: QIcon | None = None, size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon or QIcon()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: QIcon) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = QRect(0, 0, self._size, self._size)
        place.moveCenter(self.rect().center())
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(QPainter(self), place, Qt.AlignmentFlag.AlignCenter, mode)


class ElidedLabel(QLabel):
    """A one-line label that gives way: it ends in "…" when there is no room for all of it.

    The full text is then its tool tip.
    """

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._full = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def full_text(self) -> str:
        """The text without regard to room."""
        return self._full

    def set_text(self, text: str) -> None:
        """Set the full text; what is shown is as much as fits."""
        full = " ".join(text.splitlines())
        if full == self._full:
            return  # or everything around it would be laid out and painted again
        self._full = full
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._full), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of("…"), super().minimumSizeHint().height())

    def _width_of(self, text: str) -> int:
        # The style sheet may put room around the text.
        around = self.width() - self.contentsRect().width()
        return self.fontMetrics().horizontalAdvance(text) + 2 + max(0, around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, self.contentsRect().width())
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")
