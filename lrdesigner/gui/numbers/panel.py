"""The tab with every number of the exact curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.engine.curve import Curve
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.numbers.model import NumbersModel
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import Bounds, ElidedLabel, NumberField

MAX_COPY = 1_000_000
ROW = 24


class NumbersTable(QTableView):
    """A table whose selected rows copy as CSV."""

    def __init__(self, model: NumbersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers = model
        self.setObjectName("numbers_table")
        self.setAccessibleName("Learning rate of every step")
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        # One height for all: Qt would measure ten million rows otherwise.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setDefaultSectionSize(130)
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows, all columns, every digit."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    @Slot()
    def copy(self) -> int:
        """Copy the selected rows, or all of them; returns how many."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.size())]
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        rows = rows or list(range(min(self._numbers.rowCount(), MAX_COPY)))
        QApplication.clipboard().setText(self._numbers.csv(rows[:MAX_COPY]))
        return len(rows[:MAX_COPY])


class NumbersPanel(QWidget):
    """Step, epoch, LR and momentum of every group, and the curve's key figures."""

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("numbers")
        self._model = NumbersModel(self)
        self.table = NumbersTable(self._model, self)
        self.table.setFont(theme.font("ui"))
        self._summary = ElidedLabel("", parent=self)
        self._summary.setProperty("role", "dim")
        label = QLabel("Go to step", self)
        label.setProperty("role", "dim")
        self._go = NumberField(integer=True, bounds=Bounds(minimum=0), nullable=True, parent=self)
        self._go.setObjectName("numbers_go")
        self._go.setAccessibleName("Go to step")
        self._go.setFixedWidth(110)
        self._copy = QPushButton("Copy as CSV", self)
        self._copy.setObjectName("numbers_copy")
        self._copy.setProperty("variant", "flat")
        self._copy.setToolTip("Copy the selected rows, or all, with every digit")

        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 8, 8)
        bar.setSpacing(8)
        bar.addWidget(self._summary, 1)
        for widget in (label, self._go, self._copy):
            bar.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)

        self._go.value_committed.connect(self._on_go)
        self._copy.clicked.connect(self.table.copy)
        controller.curve_changed.connect(self._show)
        self._show(controller.curve)

    @Slot(object)
    def _show(self, curve: Curve | None) -> None:
        # While a new run goes on the old table would be wrong; a moment of emptiness is not.
        self._model.set_curve(curve)
        self._copy.setEnabled(curve is not None)
        self._go.setEnabled(curve is not None)
        self._summary.set_text("Waiting for the exact run…" if curve is None else summary(curve))

    @Slot(object)
    def _on_go(self, step: object) -> None:
        if not isinstance(step, int) or self._model.rowCount() == 0:
            return
        index = self._model.index(min(step, self._model.rowCount() - 1), 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)


def summary(curve: Curve) -> str:
    """The key figures of each group: peak and where, minimum, last value."""
    parts = []
    for name, row in zip(curve.groups, curve.lr, strict=True):
        peak = int(np.argmax(row))
        parts.append(
            f"{name}: peak {row[peak]:.4g} at step {peak:,}, min {row.min():.4g}, "
            f"last {row[-1]:.4g}"
        )
    return "   ".join(parts)
