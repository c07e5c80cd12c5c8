"""A single line of text in as many rows as it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

_MOST_ROWS = 6
_LEAST_HEIGHT = 30
_MARGIN = 3
_AROUND = 2 * (_MARGIN + 3 + 1)  # with the style's padding and frame


class WrappedLine(QPlainTextEdit):
    """An edit for a long line: it wraps, grows up to six rows, and then scrolls.

    It speaks as a line edit does (`text`, `cursorPosition`); what is pasted in several lines
    becomes one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.textChanged.connect(self._fit_height)
        self._fit_height()

    def text(self) -> str:
        """What the field says."""
        return self.toPlainText()

    def cursorPosition(self) -> int:
        """Where the cursor stands."""
        return self.textCursor().position()

    def setCursorPosition(self, position: int) -> None:
        """Put the cursor somewhere."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_height()

    def sizeHint(self) -> QSize:
        return QSize(140, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, _LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() == 0 or not self.hasFocus():
            event.ignore()  # the panel scrolls
        else:
            super().wheelEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(" ".join(source.text().split()))

    # Inner

    @Slot()
    def _fit_height(self) -> None:
        rows = self.document().documentLayout().documentSize().height()  # rows, not pixels
        shown = max(1, min(round(rows), _MOST_ROWS))
        height = max(_LEAST_HEIGHT, shown * self.fontMetrics().lineSpacing() + _AROUND)
        if self.minimumHeight() != height or self.height() != height:
            self.setFixedHeight(height)
        policies = Qt.ScrollBarPolicy
        policy = policies.ScrollBarAsNeeded if rows > _MOST_ROWS else policies.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
