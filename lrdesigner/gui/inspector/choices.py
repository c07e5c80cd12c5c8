"""Fields for a few given values that can also be left to torch's default."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from lrdesigner.gui.widgets import ChoiceField
from lrdesigner.i18n import tr

_RESET_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ARROW = 28


class HintedChoice(ChoiceField):
    """A choice with quiet words at the right end: "default" while nothing is chosen.

    Delete, or the context menu, goes back to the default.
    """

    reset_requested = Signal()

    def __init__(self, options: list[tuple[object, str]], *, parent: QWidget | None = None) -> None:
        self._hint = ""
        super().__init__(options, parent=parent)

    def hint(self) -> str:
        """The quiet words."""
        return self._hint

    def set_hint(self, text: str) -> None:
        """Set the quiet words."""
        if text != self._hint:
            self._hint = text
            self.setAccessibleDescription(text)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RESET_KEYS and not self._hint:
            self.reset_requested.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _reset_menu(self, bool(self._hint)).popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._hint:
            return
        metrics = self.fontMetrics()
        room = self.width() - _ARROW - 18 - metrics.horizontalAdvance(self.currentText())
        if metrics.horizontalAdvance(self._hint) > room:
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -_ARROW, 0), align, self._hint)


class CheckField(QCheckBox):
    """A check box that says "on" or "off", and whether that is only the default.

    Delete, or the context menu, goes back to the default.
    """

    value_committed = Signal(object)
    """The value the user chose."""
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self.setFixedHeight(30)
        self.toggled.connect(self._show_state)
        self.clicked.connect(self._on_clicked)
        self._show_state()

    def value(self) -> bool:
        """Whether it is on."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Show on or off, without ``value_committed``."""
        self.setChecked(bool(value))

    def hint(self) -> str:
        """The quiet words."""
        return self._hint

    def set_hint(self, text: str) -> None:
        """Set the quiet words after "on" or "off"."""
        self._hint = text
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RESET_KEYS and not self._hint:
            self.reset_requested.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _reset_menu(self, bool(self._hint)).popup(event.globalPos())

    @Slot()
    def _show_state(self) -> None:
        state = tr("on") if self.isChecked() else tr("off")
        self.setText(f"{state} · {self._hint}" if self._hint else state)

    @Slot(bool)
    def _on_clicked(self, checked: bool) -> None:
        self.value_committed.emit(checked)


def _reset_menu(field: HintedChoice | CheckField, is_default: bool) -> QMenu:
    menu = QMenu(field)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    action = menu.addAction(tr("Use torch's default"))
    action.setEnabled(not is_default)
    action.triggered.connect(field.reset_requested)
    return menu
