"""A line edit for a typed value: parses, marks what is wrong and says why, keeps bad text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.widgets.cut_edit import CutEdit
from lrdesigner.gui.widgets.history_keys import is_history_key
from lrdesigner.gui.widgets.leaving import leaving
from lrdesigner.i18n import tr
from lrdesigner.sentences import ended, joined

Check = Callable[[object], "str | None"]

_GAP = 10
_LEAST_SUFFIX = 28
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ValueEdit(CutEdit):
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
        self._objection = ""
        self._outer_error = ""
        self._marked_for = ""
        self._suffix = ""
        self._short_suffix = ""
        self._help = ""
        self._fitted: tuple[object, ...] = ()
        self._lack = ""
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)

    def value(self) -> object:
        """The last good value."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show ``value``. Text being edited survives if the value is the one already held."""
        if _same(value, self._value) and (self.has_pending_text() or not self._objection):
            return  # it is shown already, or is being typed over
        self._value = value
        self._show_value()
        self._object("")

    def set_check(self, check: Check | None) -> None:
        """Replace the objection asked before a value is taken."""
        self._check = check

    def set_lack(self, sentence: str) -> None:
        """Set what is said of an empty field that must not be empty."""
        self._lack = sentence

    def error(self) -> str:
        """Why the field is marked, or an empty string."""
        return self._objection or self._outer_error

    def set_error(self, message: str) -> None:
        """Mark the field for a reason known elsewhere; it holds until it is set to "".

        What is wrong with the text itself comes first.
        """
        self._outer_error = message
        self._update_mark()

    def suffix(self) -> str:
        """The quiet words at the right end."""
        return self._suffix

    def set_suffix(self, text: str, short: str = "") -> None:
        """Set the quiet words at the right end: a unit, or a derived value.

        Args:
            text: The words.
            short: What is shown of them where all have no room.
        """
        if (text, short) != (self._suffix, self._short_suffix):
            self._suffix, self._short_suffix = text, short
            self._fit_suffix()
            self._describe()

    def set_help(self, text: str) -> None:
        """Set the tool tip; while the field is marked, the reason takes its place."""
        self._help = text
        self._describe()

    def has_pending_text(self) -> bool:
        """Whether the text differs from what the held value looks like."""
        return self.text() != self._shown()

    def commit(self) -> bool:
        """Take what the field says. Returns whether it was good."""
        if not self.has_pending_text():
            self._object("")
            return True
        try:
            value = self._read()
        except ValueError as error:
            self._object(str(error))
            return False
        self._object("")
        changed = not _same(value, self._value)
        self._value = value
        self._show_value()
        if changed:
            self.value_committed.emit(value)
        return True

    def revert(self) -> bool:
        """Bring the last good value back. Returns whether there was anything to bring back."""
        pending = self.has_pending_text()
        self._show_value()
        self._object("")
        return pending

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(140, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        # A line edit claims the undo keys even with nothing of its own to undo; the document's
        # undo must work while a field has the focus.
        if is_history_key(event) and not self.has_pending_text():
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # Unused, Esc belongs to whoever is outside: a dialog, a gesture on the canvas.
            event.setAccepted(self.revert())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self._objection and event.reason() not in _PASSING:
            self._show_value()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # A context menu or another window takes the focus only for a while.
        if event.reason() not in _PASSING:
            # The text is compared with the value as it looked with the focus.
            if self.text() != self._format_value(self._value, focused=True):
                with leaving(self):
                    self.commit()
            if not self._objection:
                self._show_value()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_suffix()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = self.suffix_rect()
        if place.isEmpty():
            return
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        role = QPalette.ColorRole.PlaceholderText if self.isEnabled() else QPalette.ColorRole.Text
        painter = QPainter(self)
        painter.setPen(self.palette().color(group, role))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, align, self.shown_suffix())

    def shown_suffix(self) -> str:
        """As much of the suffix as has room: of a number the unit goes first, and no digit."""
        width, metrics = self.suffix_rect().width(), self.fontMetrics()
        if metrics.horizontalAdvance(self._suffix) <= width:
            return self._suffix  # eliding measures by fractions of a pixel, and might cut it
        if self._short_suffix:
            fits = metrics.horizontalAdvance(self._short_suffix) <= width
            return self._short_suffix if fits else ""
        if not self._suffix[:1].isdigit():
            return metrics.elidedText(self._suffix, Qt.TextElideMode.ElideRight, width)
        number = self._suffix.split()[0]
        return number if metrics.horizontalAdvance(number) <= width else ""

    def suffix_rect(self) -> QRect:
        """Where the suffix is drawn; empty where it has no room, or nothing to say."""
        margin = self.textMargins().right()
        if not margin:
            return QRect()
        inner = self.inner_rect()
        width = margin - _GAP
        # The line edit's own rounding, so that both stand on one line.
        height = self.fontMetrics().height()
        top = inner.top() + (inner.height() - height + 1) // 2
        return QRect(inner.right() - width - 1, top, width, height)

    # Inner

    def _parse_text(self, text: str) -> object:
        return self._parse(text)

    def _format_value(self, value: object, *, focused: bool) -> str:
        """The text of a value; fields that look different without the focus override this."""
        del focused
        return "" if value is None else self._format(value)

    def _shown(self) -> str:
        return self._format_value(self._value, focused=self.hasFocus())

    def _show_value(self) -> None:
        text = self._shown()
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
            raise ValueError(self._lack or tr("A value is needed here"))
        value = self._parse_text(text)
        objection = self._check(value) if self._check is not None else None
        if objection:
            raise ValueError(objection)
        return value

    def _object(self, message: str) -> None:
        self._objection = message
        self._update_mark()

    def _update_mark(self) -> None:
        message = self.error()
        if message == self._marked_for:
            return
        if bool(message) != bool(self._marked_for):
            self.setProperty("invalid", bool(message))
            self.style().unpolish(self)
            self.style().polish(self)
        self._marked_for = message
        self._describe()
        self.error_changed.emit(message)

    def _describe(self) -> None:
        message = self.error()
        self.setToolTip(message or self._help)
        unit = ended(self._suffix) if self._suffix and self._help else self._suffix
        self.setAccessibleDescription(message or joined(unit, self._help))

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._fit_suffix()
        # Nobody is nagged while typing, but a mark goes as soon as its reason is gone.
        if self._objection:
            self._look_again()

    def _look_again(self) -> None:
        """Say anew what is wrong with what is typed."""
        try:
            self._read()
        except ValueError as error:
            self._object(str(error))
        else:
            self._object("")

    @Slot()
    def _on_return(self) -> None:
        if self.commit():
            self.selectAll()

    def _fit_suffix(self) -> None:
        """Keep the text clear of the suffix; the text comes first where both have no room."""
        written = self.text() or self.placeholderText()
        asked = (written, self._suffix, self.size(), self.font())
        if asked == self._fitted:
            return
        self._fitted = asked
        metrics = self.fontMetrics()
        text = metrics.horizontalAdvance(written)
        suffix = metrics.horizontalAdvance(self._suffix) + 2 if self._suffix else 0
        room = self.inner_rect().width() - text - _GAP - 6
        margin = min(suffix, room) + _GAP if min(suffix, room) >= min(suffix, _LEAST_SUFFIX) else 0
        margin = margin if suffix else 0
        if margin != self.textMargins().right():
            self.setTextMargins(0, 0, margin, 0)
        self.update()


def _same(first: object, second: object) -> bool:
    """Equal, and of the same type: 1 and 1.0 read differently in exported code."""
    return type(first) is type(second) and first == second
