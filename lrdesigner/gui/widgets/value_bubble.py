"""A small form beside something that can be taken hold of, to type its values exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.history_keys import is_history_key

_AWAY = 16
_FIELD = 112


@dataclass(frozen=True)
class BubbleField:
    """One value in the form.

    Attributes:
        name: Its key; the field's objectName is ``bubble_<name>``.
        title: What it is called.
        text: What it is now.
        unit: Its unit, or "".
    """

    name: str
    title: str
    text: str
    unit: str = ""


class BubbleError(ValueError):
    """What was typed cannot be; the message says why.

    Args:
        name: The field's key.
        reason: A sentence.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


Apply = Callable[[Mapping[str, str]], None]
"""Makes one edit of the texts that were changed; raises `BubbleError`."""


class ValueBubble(QFrame):
    """Fields for exact values: Enter or leaving keeps them, Esc does not.

    Signals:
        closed: It is done; tells whether the keyboard should go back to where it was.

    Args:
        fields: What can be typed.
        apply: Makes the edit.
        theme: Where its colours come from.
        parent: What it lies on.
        first: The field in which typing begins.
    """

    closed = Signal(bool)

    def __init__(
        self,
        fields: Sequence[BubbleField],
        apply: Apply,
        theme: Theme,
        parent: QWidget,
        *,
        first: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("value_bubble")
        self._theme = theme
        self._apply = apply
        self._done = False
        self._edits: list[tuple[BubbleField, _Edit]] = []
        self._error = QLabel(self)
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for row, field in enumerate(fields):
            self._add(grid, row, field)
        grid.addWidget(self._error, len(fields), 0, 1, 3)
        self._first = self._edits[first][1]

    def _add(self, grid: QGridLayout, row: int, field: BubbleField) -> None:
        label, unit = QLabel(field.title, self), QLabel(field.unit, self)
        label.setProperty("role", "dim")
        unit.setProperty("role", "hint")
        edit = _Edit(field.text, self)
        edit.setObjectName(f"bubble_{field.name}")
        edit.setAccessibleName(f"{field.title} {field.unit}".strip())
        edit.setFixedWidth(_FIELD)
        edit.returnPressed.connect(self.finish)
        label.setBuddy(edit)
        for column, widget in enumerate((label, edit, unit)):
            grid.addWidget(widget, row, column)
        self._edits.append((field, edit))

    def open_at(self, spot: QPoint, area: QRect) -> None:
        """Appear beside a point, within an area, ready for typing."""
        self.adjustSize()
        x = spot.x() + _AWAY
        if x + self.width() > area.right():
            x = spot.x() - _AWAY - self.width()
        y = max(area.top(), min(spot.y() - self.height() // 2, area.bottom() - self.height()))
        self.move(max(area.left(), x), max(0, y))
        self.show()
        self.raise_()
        self._first.setFocus(Qt.FocusReason.PopupFocusReason)
        self._first.selectAll()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    @Slot()
    def finish(self) -> None:
        """Make one edit of what was typed; what may not be stays, with the reason."""
        if self._done:
            return
        self._done = True  # the edit may put the form away by itself
        refusal = self._try()
        if refusal is None:
            self.closed.emit(True)
        else:
            self._done = False
            self._refuse(refusal)

    @Slot()
    def settle(self) -> None:
        """Make an edit of what was typed if it may be, and close."""
        if not self._done:
            self._done = True
            self._try()
            self.closed.emit(False)

    def discard(self, home: QWidget | None = None) -> None:
        """Go away, whatever was typed; the keyboard goes to `home` if it is here."""
        self._done = True
        focus = QApplication.focusWidget()
        if home is not None and focus is not None and self.isAncestorOf(focus):
            home.setFocus(Qt.FocusReason.PopupFocusReason)  # before it goes to whoever is next
        self.hide()
        self.deleteLater()

    def _try(self) -> BubbleError | None:
        texts = {f.name: edit.text() for f, edit in self._edits if edit.text().strip() != f.text}
        if not texts:
            return None
        try:
            self._apply(texts)
        except BubbleError as refusal:
            return refusal
        return None

    def _refuse(self, refusal: BubbleError) -> None:
        for field, edit in self._edits:
            edit.setProperty("invalid", field.name == refusal.name)
            edit.style().unpolish(edit)
            edit.style().polish(edit)
        self._error.setText(str(refusal))
        self._error.show()
        self.adjustSize()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere in the window is done; another window may come and go."""
        if new is None or self._done or new.window() is not self.window():
            return
        if new is not self and not self.isAncestorOf(new):
            self.settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.line_strong), 1.0))
        painter.setBrush(QColor(self._theme.tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What fields leave alone, such as arrows, is not for the panel below.
        event.accept()
        if event.key() == Qt.Key.Key_Escape and not self._done:
            self._done = True
            self.closed.emit(True)

    def mousePressEvent(self, event: QEvent) -> None:
        event.accept()  # beside the fields is not on the plot


class _Edit(QLineEdit):
    """Leaves the keys of undo to the document while nothing has been typed."""

    def event(self, event: QEvent) -> bool:
        if is_history_key(event) and not self.isModified():
            event.ignore()
            return True
        return super().event(event)
