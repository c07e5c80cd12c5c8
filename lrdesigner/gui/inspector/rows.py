"""One line of a form: label, field, and what is wrong with it underneath."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.leaving import LEAVING
from lrdesigner.gui.widgets.message_label import MessageLabel, MessageTone

__all__ = [
    "FIELD_HEIGHT",
    "ROW_GAP",
    "SMALL_BUTTON",
    "FieldLabel",
    "FieldRow",
    "MessageLabel",
    "MessageTone",
    "column",
    "label_width",
    "link_line",
]

FIELD_HEIGHT = 30
ROW_GAP = 6


def label_width(widget: QWidget) -> int:
    """Width of the column of labels: the design's, or a little more where the font is wide."""
    return max(108, min(126, widget.fontMetrics().horizontalAdvance("anneal_strategy") + 8))


class FieldLabel(QLabel):
    """The name of a field: dim, of fixed width, shortened where it is too long."""

    def __init__(self, text: str, taken: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._full = text
        self.setProperty("role", "dim")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedSize(label_width(parent) - taken, FIELD_HEIGHT)

    def full_text(self) -> str:
        """The text without regard to room."""
        return self._full

    def set_text(self, text: str) -> None:
        """Show another name."""
        if text != self._full:
            self._full = text
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, self.width() - 6)
        self.setText(shown.replace("&", "&&"))  # a label with a buddy takes "&" for a shortcut


class FieldRow(QWidget):
    """A label, a field, room for a small button, and a message underneath.

    Args:
        label: The field's name; also its accessible name, unless it has one.
        field: The field; named by the label for people who cannot see it.
        theme: Fonts of the message.
        help: Tool tip of the label.
        leading: Stands before the label and takes part of its room.
        below: The field is too wide to stand beside the label, and goes under it.
    """

    def __init__(
        self,
        label: str,
        field: QWidget,
        theme: Theme,
        *,
        help: str = "",  # noqa: A002 - as Qt calls it
        leading: QWidget | None = None,
        below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.leading = leading
        self._theme = theme
        self._message: MessageLabel | None = None
        taken = leading.sizeHint().width() + 6 if leading is not None else 0
        self.label = FieldLabel(label, taken, self)
        self.label.setToolTip(help)
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._line = QHBoxLayout()
        self._line.setSpacing(0)
        if leading is not None:
            self._line.addWidget(leading)
            self._line.addSpacing(6)
        self._line.addWidget(self.label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(self._line)
        if below:
            self._line.addStretch(1)
            self._column.addWidget(field)
        else:
            self._line.addWidget(field, 1)

    def add_trailing(self, widget: QWidget) -> None:
        """Put something small at the right end."""
        self._line.addWidget(widget)

    def insert_after_label(self, widget: QWidget) -> None:
        """Put something where the field is, for when the field is hidden."""
        self._line.insertWidget(self._line.indexOf(self.label) + 1, widget, 1)

    def message(self) -> str:
        """What is said under the field, or an empty string."""
        return self._message.text() if self._message is not None else ""

    def show_message(self, text: str, tone: MessageTone = "error") -> None:
        """Say something under the field, or nothing."""
        if self._message is None:
            if not text:
                return
            self._message = MessageLabel(self._theme, self)
            self._message.setContentsMargins(0, 0, 0, 3)
            self._column.addWidget(self._message)
        fresh = text != self._message.text()
        self._message.show_message(text, tone)
        held = self._held() if text and fresh and tone == "error" else None
        if held is not None:
            QTimer.singleShot(0, self, partial(self._bring_into_sight, held))

    def _held(self) -> QWidget | None:
        """What the user types in, or leaves just now: what is said then is the answer to it."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            return focus
        return next((w for w in self.findChildren(QWidget) if w.property(LEAVING)), None)

    def _bring_into_sight(self, held: QWidget) -> None:
        """Scroll as far as the sentence needs, where what it is about stays in sight too."""
        area = _scroll_area(self)
        if area is None or self._message is None or not isValid(held):
            return
        content = area.widget()
        layout = content.layout() if content is not None else None
        if layout is not None:
            layout.activate()
        if self._message.isHidden() or held.visibleRegion().isEmpty():
            return
        top = held.mapTo(self, QPoint()).y()
        if self._message.geometry().bottom() - top <= area.viewport().height():
            area.ensureWidgetVisible(self._message, 0, ROW_GAP)


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def column(parent: QWidget, spacing: int = ROW_GAP) -> QVBoxLayout:
    """The layout of a section: rows under each other, no margins."""
    result = QVBoxLayout(parent)
    result.setContentsMargins(0, 0, 0, 0)
    result.setSpacing(spacing)
    return result


def link_line(button: QWidget) -> QHBoxLayout:
    """A line for a button that looks like a link: as wide as its words."""
    line = QHBoxLayout()
    line.addWidget(button)
    line.addStretch(1)
    return line


SMALL_BUTTON = QSize(26, FIELD_HEIGHT)
