"""A line edit for a typed value: parses, marks what is wrong and says why, keeps bad text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

Check = Callable[[object], "str | None"]
_SUFFIX_GAP = 10


class ValueEdit(QLineEdit):
    """A field for values that have a text form.

    What is typed counts when Enter is pressed or the focus leaves. If it cannot be understood, or
    ``check`` has an objection, the text stays, the field is marked (property ``invalid``) and
    ``error_changed`` says why. Esc brings the last good value back.

    Args:
        parse: Text to value; raises ValueError with a sentence for people.
        format: Value to text, as shown while the field has the focus.
        check: An objection to a value that parsed, or None.
        nullable: Whether an empty field is a value: None.
    """

    value_committed = Signal(object)
    """A new value, entered by the user and found good."""
    error_changed = Signal(str)
    """Why the field is marked; empty when it no longer is."""

    def __init__(
        self,
        parse: Callable[[str], object],
        format: Callable[[object], str] = str,  # noqa: A002 - the natural pair of parse
        *,
        check: Check | None = None,
        nullable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parse = parse
        self._format = format
        self._check = check
        self._nullable = nullable
        self._value: object = None
        self._error = ""
        self._suffix = ""
        self._help = ""
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)

    def value(self) -> object:
        """The last good value."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show ``value``. Text being edited survives if the value is the one already held."""
        if type(value) is type(self._value) and value == self._value and self.has_pending_text():
            return
        self._value = value
        self._show_value()
        self._set_error("")

    def set_check(self, check: Check | None) -> None:
        """Replace the objection asked before a value is taken."""
        self._check = check

    def error(self) -> str:
        """Why the field is marked, or an empty string."""
        return self._error

    def set_error(self, message: str) -> None:
        """Mark the field from outside, or with an empty string clear the mark."""
        self._set_error(message)

    def suffix(self) -> str:
        """The quiet words at the right end."""
        return self._suffix

    def set_suffix(self, text: str) -> None:
        """Set the quiet words at the right end: a unit, or a derived value."""
        if text != self._suffix:
            self._suffix = text
            self._fit_suffix()
            self.update()

    def set_help(self, text: str) -> None:
        """Set the tool tip; while the field is marked, the reason takes its place."""
        self._help = text
        self.setToolTip(self._error or text)

    def has_pending_text(self) -> bool:
        """Whether the text differs from what the held value looks like."""
        return self.text() != self._shown(self._value)

    def commit(self) -> bool:
        """Take what the field says. Returns whether it was good."""
        if not self.has_pending_text():
            # Restored by hand to what it was: nothing to take, and nothing wrong any more.
            self._set_error("")
            return True
        try:
            value = self._read()
        except ValueError as error:
            self._set_error(str(error))
            return False
        self._set_error("")
        changed = type(value) is not type(self._value) or value != self._value
        self._value = value
        self._show_value()
        if changed:
            self.value_committed.emit(value)
        return True

    def revert(self) -> bool:
        """Bring the last good value back. Returns whether there was anything to bring back."""
        pending = self.has_pending_text() or bool(self._error)
        self._show_value()
        self._set_error("")
        return pending

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(140, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # Unused, Esc belongs to whoever is outside: a dialog, a gesture on the canvas.
            event.setAccepted(self.revert())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self._error:
            self.setText(self._format_value(self._value, focused=True))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A context menu or another window takes the focus only for a while.
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing and self.commit():
            self._show_value()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_suffix()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._suffix_fits():
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(self.font())
        painter.drawText(
            self.suffix_rect(),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            self._suffix,
        )

    def suffix_rect(self) -> QRect:
        """Where the suffix is drawn; empty without one."""
        frame = QStyleOptionFrame()
        self.initStyleOption(frame)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self)
        width = self._suffix_width()
        return QRect(inner.right() - width - 1, inner.top(), width, inner.height())

    # Inner

    def _format_value(self, value: object, *, focused: bool) -> str:
        """The text of a value; fields that look different without the focus override this."""
        del focused
        return "" if value is None else self._format(value)

    def _shown(self, value: object) -> str:
        return self._format_value(value, focused=self.hasFocus())

    def _show_value(self) -> None:
        text = self._shown(self._value)
        if text != self.text():
            self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)
        self._fit_suffix()

    def _read(self) -> object:
        text = self.text().strip()
        if not text:
            if self._nullable:
                return None
            msg = "A value is needed here"
            raise ValueError(msg)
        value = self._parse(text)
        objection = self._check(value) if self._check is not None else None
        if objection:
            raise ValueError(objection)
        return value

    def _set_error(self, message: str) -> None:
        if message == self._error:
            return
        marked = bool(self._error)
        self._error = message
        if bool(message) != marked:
            self.setProperty("invalid", bool(message))
            self.style().unpolish(self)
            self.style().polish(self)
        self.setToolTip(message or self._help)
        self.setAccessibleDescription(message or self._help)
        self.error_changed.emit(message)

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._fit_suffix()
        if not self._error:
            return
        # Nobody is nagged while typing, but a mark goes as soon as its reason is gone.
        try:
            self._read()
        except ValueError as error:
            self._set_error(str(error))
        else:
            self._set_error("")

    @Slot()
    def _on_return(self) -> None:
        if self.commit():
            self.selectAll()

    def _suffix_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self._suffix) if self._suffix else 0

    def _suffix_fits(self) -> bool:
        return bool(self._suffix) and self.textMargins().right() > 0

    def _fit_suffix(self) -> None:
        """Keep the text clear of the suffix; where both have no room, the text has it."""
        words = self.text() or self.placeholderText()
        need = QFontMetrics(self.font()).horizontalAdvance(words)
        suffix = self._suffix_width()
        room = self.width() - 24
        margin = suffix + _SUFFIX_GAP if suffix and need + suffix + _SUFFIX_GAP <= room else 0
        if margin != self.textMargins().right():
            self.setTextMargins(0, 0, margin, 0)
