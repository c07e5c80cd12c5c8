"""The choices above the table: reference, alignment, axes, lanes."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton, QWidget

from lrdesigner.gui.compare_button import CompareButton
from lrdesigner.gui.compare_menus import Choice
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.widgets import FlowLayout
from lrdesigner.i18n import tr


class ComparisonBar(QWidget):
    """All choices in a row, or in several where the panel is narrow.

    Args:
        controller: Has the comparison.
        parent: Its owner.
    """

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        row = FlowLayout(self, spacing=4)
        row.setContentsMargins(12, 6, 8, 6)
        self._own_length = self._toggle(
            "own_length",
            tr("Own length"),
            tr("Stretch every curve over the whole time axis, to compare shapes"),
        )
        self._own_peak = self._toggle(
            "own_peak",
            tr("Own peak"),
            tr("Draw every curve in parts of its own peak, to compare shapes"),
        )
        row.addWidget(self._choice("reference"))
        row.addWidget(self._choice("align"))
        row.addWidget(self._own_length)
        row.addWidget(self._own_peak)
        row.addWidget(self._choice("difference"))
        row.addWidget(self._choice("slope"))
        controller.comparison.changed.connect(self._show)
        self._show()

    def _choice(self, choice: Choice) -> CompareButton:
        button = CompareButton(choice, self._controller, self)
        button.setObjectName(f"comparison_{choice}")
        return button

    def _toggle(self, field: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"comparison_{field}")
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setProperty("variant", "toggle")
        button.setProperty("field", field)
        button.clicked.connect(self._on_toggled)
        return button

    @Slot()
    def _show(self) -> None:
        state = self._controller.comparison.state
        self._own_length.setChecked(state.own_length)
        self._own_peak.setChecked(state.own_peak)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        button = self.sender()
        self._controller.comparison.change(**{str(button.property("field")): on})
        self._show()  # it may have been refused
