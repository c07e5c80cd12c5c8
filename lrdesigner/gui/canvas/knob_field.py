"""A small form at a knob, to type its numbers exactly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from lrdesigner.engine.handles import set_value, unit_of, value_of
from lrdesigner.grips import Dial
from lrdesigner.gui.canvas.knobs import Knob, dial_title
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.number_text import format_number, parse_number

_AWAY = 16
_FIELD = 112


class KnobField(QFrame):
    """Fields for the numbers behind a knob: Enter keeps them, Esc does not.

    Args:
        part: The phases the knob belongs to.
        knob: The knob.
        closed: Called when it is done.
        theme: Where its colours come from.
        parent: What it lies on.
    """

    def __init__(
        self,
        part: DocumentPart,
        knob: Knob,
        closed: Callable[[], None],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("knob_field")
        self._theme = theme
        self._part = part
        self._knob = knob
        self._closed = closed
        self._fields: list[tuple[Dial, str, QLineEdit]] = []
        self._error = QLabel(self)
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for row, dial in enumerate(knob.dials):
            self._add(grid, row, dial)
        grid.addWidget(self._error, len(self._fields), 0, 1, 3)

    def _add(self, grid: QGridLayout, row: int, dial: Dial) -> None:
        schedule, handle = self._part.schedule, self._knob.handle
        value = value_of(schedule, handle, dial)
        text = "" if value is None else format_number(value)
        title = dial_title(dial)
        if dial.column is not None:
            title = f"{title} {('time', 'value')[dial.column]}"
        label, unit = QLabel(title, self), QLabel(unit_of(schedule, handle, dial), self)
        label.setProperty("role", "dim")
        unit.setProperty("role", "hint")
        field = QLineEdit(text, self)
        field.setObjectName(f"knob_{dial.name}" + (f"_{dial.column}" if dial.column else ""))
        field.setAccessibleName(f"{title} {unit.text()}".strip())
        field.setFixedWidth(_FIELD)
        field.returnPressed.connect(self.apply)
        label.setBuddy(field)
        for column, widget in enumerate((label, field, unit)):
            grid.addWidget(widget, row, column)
        self._fields.append((dial, text, field))

    def open_at(self, spot: QPoint, area: QRect) -> None:
        """Appear beside a point, within an area, ready for typing."""
        self.adjustSize()
        x = spot.x() + _AWAY
        if x + self.width() > area.right():
            x = spot.x() - _AWAY - self.width()
        y = max(area.top(), min(spot.y() - self.height() // 2, area.bottom() - self.height()))
        self.move(max(area.left(), x), y)
        self.show()
        self.raise_()
        first = self._fields[-1][2] if self._knob.handle.level else self._fields[0][2]
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        first.selectAll()

    @Slot()
    def apply(self) -> None:
        """Make one edit of what was typed; what may not be stays, with the reason."""
        edited, names = self._part.schedule, []
        for dial, before, field in self._fields:
            if field.text().strip() == before:
                continue
            try:
                edited = set_value(edited, self._knob.handle, dial, parse_number(field.text()))
            except ValueError as error:
                self._refuse(field, str(error))
                return
            names.append(dial.name)
        if names:
            self._part.edit(f"change {', '.join(dict.fromkeys(names))}", edited)
        self._closed()

    def _refuse(self, field: QLineEdit, reason: str) -> None:
        field.setProperty("invalid", True)
        field.style().unpolish(field)
        field.style().polish(field)
        self._error.setText(reason)
        self._error.show()
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.line_strong), 1.0))
        painter.setBrush(QColor(self._theme.tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._closed()
            return
        super().keyPressEvent(event)
