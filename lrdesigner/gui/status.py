"""The bar at the bottom: what is shown, how far the run is, and a way to stop it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QWidget,
)

from lrdesigner import numerals
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.actions.keys import tip_of
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.device_menu import NAMES
from lrdesigner.gui.state import RunState
from lrdesigner.gui.time_text import count_text, run_amount
from lrdesigner.gui.widgets import ElidedLabel
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule

SHOW_PROGRESS_MS = 500
HEIGHT = 26


def short(value: float) -> str:
    """An LR in two digits, with a real minus sign; 0 stays 0.

    >>> short(0.000123), short(0.0)
    ('1.2e−04', '0')
    """
    return "0" if value == 0 else numerals.localised(f"{value:.1e}").replace("-", "−")


def _state_text(run: RunState) -> str:
    """Whose numbers are shown."""
    if run.kind == "failed":
        return tr("not run")
    if run.kind != "exact":
        return tr("live · run stopped")
    values = {"version": run.torch_version, "seconds": run.seconds}
    if run.device == "cpu":
        return tr("exact, torch {version} · {seconds:.2f} s", **values)
    device = NAMES.get(run.device, run.device)
    return tr("exact on {device}, torch {version} · {seconds:.2f} s", device=device, **values)


class StatusLine(QStatusBar):
    """Steps, groups, phases and tracks; extremes; the run's progress with a stop button."""

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self.setFixedHeight(HEIGHT)
        self._controller = controller
        self._what = ElidedLabel(parent=self)  # a narrow window has no room for all of it
        self._what.setObjectName("status_document")
        self._extremes = ElidedLabel(parent=self)
        self._run = QLabel(self)
        self._run.setObjectName("status_run")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("run_progress")
        self._progress.setRange(0, 1000)
        self._progress.setFixedSize(140, 8)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Progress of the exact run"))
        self._stop = QPushButton(tr("Stop"), self)
        self._stop.setObjectName("run_stop")
        self._stop.setProperty("variant", "link")
        tip = tr("Stop the exact run; the fast curve stays")
        self._stop.setToolTip(tip_of(tip, "stop_run"))
        for label in (self._what, self._extremes):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self.addWidget(label)
        for widget in (self._progress, self._stop, self._run):
            self.addPermanentWidget(widget)
        # Runs shorter than this show no progress: it would only flicker.
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOW_PROGRESS_MS)
        self._patience.timeout.connect(self._show_progress)
        self._set_busy(False)
        self._stop.clicked.connect(controller.cancel_run)
        controller.document_changed.connect(self._show_document)
        controller.curve_changed.connect(self._show_curve)
        controller.run_changed.connect(self._show_run)
        self._show_document(controller.schedule)
        self._show_curve(controller.curve)
        self._show_run(controller.run)

    @Slot(object)
    def _show_document(self, schedule: Schedule) -> None:
        amount = run_amount(schedule.horizon)
        parts = [
            count_text(schedule.steps, "step"),
            *([amount] if amount else []),
            count_text(len(schedule.optimizer.groups), "group"),
            count_text(len(schedule.phases), "phase"),
        ]
        if schedule.tracks:  # which have phases of their own
            parts.append(count_text(len(schedule.tracks), "track"))
        self._what.set_text(" · ".join(parts))

    @Slot(object)
    def _show_curve(self, curve: Curve | None) -> None:
        if curve is not None:
            rows = curve.digests["lr"]
            low, high = min(row.low for row in rows), max(row.high for row in rows)
        else:
            lr = self._controller.preview.lr
            low, high = float(np.min(lr)), float(np.max(lr))
        self._extremes.set_text(tr("min {low} · peak {high}", low=short(low), high=short(high)))

    @Slot(object)
    def _show_run(self, run: RunState) -> None:
        if run.kind == "running":
            self._progress.setValue(round(run.progress * 1000))
            if not self._patience.isActive() and not self._progress.isVisible():
                self._patience.start()
            long = self._progress.isVisible()
            self._run.setText(
                tr("live · {progress:.0%}", progress=run.progress) if long else tr("live")
            )
            return
        self._patience.stop()
        self._set_busy(False)
        self._run.setText(_state_text(run))

    @Slot()
    def _show_progress(self) -> None:
        self._set_busy(True)

    def _set_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)
        self._stop.setVisible(busy)
