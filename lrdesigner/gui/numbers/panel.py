"""The tab with every number of the exact curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lrdesigner.engine.curve import Curve
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.numbers.model import NumbersModel
from lrdesigner.gui.numbers.table import NumbersTable
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import Bounds, ElidedLabel, NumberField
from lrdesigner.i18n import tr, trn

_PATIENCE_MS = 150
_CONFIRM_MS = 2500
_LEAST_WIDTH, _WITH_LABEL = 270, 400


class NumbersPanel(QWidget):
    """Step, epoch, LR and momentum of every group, and the curve's key figures.

    While a run goes on the old table stays, so that place and selection survive an edit, but
    nothing can be copied from it, and after a moment it steps back with a note.
    """

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._summarised: Curve | None = None
        self._summary_text = ""
        self.setObjectName("numbers")
        self._model = NumbersModel(self)
        self.table = NumbersTable(self._model, self)
        self.table.setFont(theme.font("ui"))
        self._note = ElidedLabel("", parent=self)
        self._note.setObjectName("numbers_summary")
        self._note.setProperty("role", "dim")
        self._go = self._go_field()
        self._copy = QPushButton(tr("Copy as CSV"), self)
        self._copy.setObjectName("numbers_copy")
        self._copy.setProperty("variant", "flat")
        self._copy.setToolTip(tr("Copy the selected rows, or all, with every digit (Ctrl+C)"))
        self._patience = self._timer(_PATIENCE_MS)
        self._confirmed = self._timer(_CONFIRM_MS)
        self._lay_out()
        self._go.value_committed.connect(self._on_go)
        self._copy.clicked.connect(self.table.copy)
        self.table.copied.connect(self._on_copied)
        self.table.refused.connect(self._on_refused)
        self._patience.timeout.connect(self._on_patience)
        self._confirmed.timeout.connect(self._show_note)
        controller.curve_changed.connect(self._on_curve)
        controller.run_changed.connect(self._on_run)
        self._take_curve()

    def _go_field(self) -> NumberField:
        field = NumberField(integer=True, bounds=Bounds(minimum=0), nullable=True, parent=self)
        field.setObjectName("numbers_go")
        field.setAccessibleName(tr("Go to step"))
        field.setToolTip(tr("Enter goes to that step"))
        field.setFixedWidth(110)
        return field

    def _lay_out(self) -> None:
        self._label = label = QLabel(tr("Go to step"), self)
        label.setProperty("role", "dim")
        label.setBuddy(self._go)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 8, 8)
        bar.setSpacing(8)
        bar.addWidget(self._note, 1)
        for widget in (label, self._go, self._copy):
            bar.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)

    # Qt

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The label gives way first, into the field."""
        super().resizeEvent(event)
        wide = self.width() >= _WITH_LABEL
        self._label.setVisible(wide)
        self._go.set_placeholder("" if wide else tr("Go to step"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_note()

    # Inner

    @Slot(object)
    def _on_curve(self, curve: Curve | None) -> None:
        self.table.set_current(curve is not None)
        if curve is not None:
            self._take_curve()
        elif not self._patience.isActive():
            # A run that is done in a moment should not make the table flicker.
            self._patience.start()

    @Slot(object)
    def _on_run(self, run: object) -> None:
        if self._controller.run.kind in ("failed", "live"):
            self._take_curve()

    @Slot()
    def _take_curve(self) -> None:
        self._patience.stop()
        self._confirmed.stop()
        self._model.set_curve(self._controller.curve, self._controller.schedule.horizon)
        self._set_at_hand(self._controller.curve is not None)
        self._show_note()

    @Slot()
    def _on_patience(self) -> None:
        self._set_at_hand(False)
        self._show_note()

    def _set_at_hand(self, at_hand: bool) -> None:
        for widget in (self.table, self._copy, self._go):
            widget.setEnabled(at_hand)
        # A proxy that is off would hold Tab up.
        self.setFocusProxy(self.table if at_hand else None)  # type: ignore[arg-type]

    @Slot()
    def _show_note(self) -> None:
        if self._confirmed.isActive():
            return
        curve = self._model.curve
        if curve is None or not self.table.isEnabled():
            self._note.set_text(self._waiting_text())
        elif self.isVisible():
            if curve is not self._summarised:
                self._summarised, self._summary_text = curve, summary(curve)
            self._note.set_text(self._summary_text)

    def _waiting_text(self) -> str:
        kind = self._controller.run.kind
        if kind == "failed":
            return tr("The schedule cannot run; Problems says why.")
        if kind == "live":
            return tr("The exact run was stopped; F5 runs it again.")
        return tr("Waiting for the exact run…")

    @Slot(int)
    def _on_copied(self, rows: int) -> None:
        self._say(trn("Copied {count} row", "Copied {count:,} rows", rows))

    @Slot(int)
    def _on_refused(self, most: int) -> None:
        self._say(tr("Too many rows to copy: select {most:,} at most", most=most))

    def _say(self, text: str) -> None:
        self._note.set_text(text)
        self._confirmed.start()

    @Slot(object)
    def _on_go(self, step: object) -> None:
        if isinstance(step, int) and self._model.rowCount():
            self.table.show_step(step)

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        return timer


def summary(curve: Curve) -> str:
    """The key figures of each group: smallest, greatest and where, last."""
    parts = []
    for name, row in zip(curve.groups, curve.lr, strict=True):
        peak = int(np.argmax(row))
        parts.append(
            tr(
                "{group}: min {low}, max {high} at step {step:,}, final {last}",
                group=name,
                low=lr_text(float(row.min())),
                high=lr_text(float(row[peak])),
                step=peak,
                last=lr_text(float(row[-1])),
            )
        )
    return "  ·  ".join(parts)
