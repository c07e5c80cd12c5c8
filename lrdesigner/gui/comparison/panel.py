"""The tab with the numbers of all curves, and how they are compared."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from lrdesigner.gui.compare_numbers import NumbersRow
from lrdesigner.gui.comparison.bar import ComparisonBar
from lrdesigner.gui.comparison.cells import LEFT_OUT
from lrdesigner.gui.comparison.model import ComparisonModel
from lrdesigner.gui.comparison.table import ComparisonTable
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr, trn

_CONFIRM_MS = 2500


class ComparisonPanel(QWidget):
    """A row for each group of each curve; the document's are there even without overlays.

    Args:
        controller: Has the curves.
        theme: Colours and fonts.
        parent: Its owner.
    """

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self._controller = controller
        self._numbers = controller.numbers
        self._copy_when_done = False
        self._model = ComparisonModel(theme, self)
        self.bar = ComparisonBar(controller, self)
        self.table = ComparisonTable(self._model, self)
        self.table.setFont(theme.font("ui"))
        self._note = QLabel(self)
        self._note.setObjectName("comparison_note")
        self._note.setProperty("role", "hint")
        self._note.setContentsMargins(16, 4, 16, 6)
        self._note.setWordWrap(True)
        self._confirmed = QTimer(self)
        self._confirmed.setSingleShot(True)
        self._confirmed.setInterval(_CONFIRM_MS)
        self._confirmed.timeout.connect(self._show_note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._note)
        self.setFocusProxy(self.table)
        self.table.pointed.connect(controller.comparison.point_at)
        self.table.toggled.connect(self._on_toggled)
        self.table.reference_requested.connect(self._on_reference)
        self.table.copied.connect(self._on_copied)
        self._numbers.changed.connect(self._show)
        controller.comparison.changed.connect(self._show)
        theme.changed.connect(self._show)

    @Slot()
    def copy_all(self) -> None:
        """Copy the whole table as CSV, as soon as all of it is there."""
        if self._numbers.complete and self._model.rows:
            self.table.copy_all()
        else:
            self._copy_when_done = True
            self._numbers.set_wanted(True)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._numbers.set_wanted(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._numbers.set_wanted(False)
        self._controller.comparison.point_at(None)

    # Inner

    @Slot()
    def _show(self) -> None:
        rows: tuple[NumbersRow, ...] = self._numbers.rows
        self._model.show_rows(rows, self._controller.comparison.reference)
        self._show_note()
        if self._copy_when_done and self._numbers.complete:
            self._copy_when_done = False
            self.table.copy_all()
            self._numbers.set_wanted(self.isVisible())

    @Slot()
    def _show_note(self) -> None:
        if self._confirmed.isActive():
            return
        rows = self._model.rows
        text = ""
        if any(row.numbers is not None and row.numbers.zeros for row in rows):
            text = tr(
                "{mark} The mean of the logarithm leaves out steps at LR 0; the tip says how many.",
                mark=LEFT_OUT,
            )
        elif not self._controller.overlays.overlays:
            text = tr(
                "Open overlays, or keep a ghost of this schedule, to see their numbers beside it."
            )
        self._note.setText(text)
        self._note.setVisible(bool(text))

    @Slot(int)
    def _on_toggled(self, overlay_id: int) -> None:
        overlay = self._controller.overlays.find(overlay_id)
        if overlay is not None:
            self._controller.overlays.set_visible(overlay_id, not overlay.visible)

    @Slot(object)
    def _on_reference(self, overlay_id: int | None) -> None:
        self._controller.comparison.change(reference=overlay_id)

    @Slot(int)
    def _on_copied(self, rows: int) -> None:
        text = trn("Copied {count} row as CSV", "Copied {count} rows as CSV", rows)
        if self.isVisible():
            self._note.setText(text)
            self._note.show()
            self._confirmed.start()
        else:
            self._controller.told.emit(text)
