"""A field for one of several values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

_INSET = 2


class ChoiceField(QComboBox):
    """A combo box over values. The wheel changes it only while it has the focus.

    Args:
        options: ``(value, label)``; values need not be texts.
    """

    value_committed = Signal(object)
    """The value the user chose."""

    def __init__(
        self, options: Sequence[tuple[object, str]] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._value: object = None
        # A wheel focus would change values while the panel is being scrolled.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.set_options(options)
        self.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Replace the choices; the current value stays if it is among them."""
        self.clear()
        self._values = [value for value, _ in options]
        self.addItems([label for _, label in options])
        self.set_value(
            self._value if self._value in self._values else next(iter(self._values), None)
        )

    def value(self) -> object:
        """The chosen value; also one that is not among the options."""
        return self._value

    def set_value(self, value: object) -> None:
        """Choose ``value``, without ``value_committed``; if it is no option, none is marked."""
        self._value = value
        known = value is None or value in self._values
        placeholder = "" if known else str(value)
        if placeholder != self.placeholderText():  # each time, Qt would lay out all around it
            self.setPlaceholderText(placeholder)
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def sizeHint(self) -> QSize:
        return QSize(140, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def cut_text(self) -> str:
        """The text as it is seen: one without room ends in "…"."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width() - _INSET
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        # As the combo box does it, but for the text.
        option: Any = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.cut_text()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        value = self._values[index]
        if value != self._value:
            self._value = value
            self.value_committed.emit(value)
