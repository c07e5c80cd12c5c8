"""The exact run of the document: always of the newest one, on the chosen device."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrdesigner.engine.curve import Curve
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.state import RunState
from lrdesigner.schedule.model import Schedule

_NONE = -1
SOON_MS = 20


class ExactRun(QObject):
    """Asks a runner for the exact curve and keeps what counts of its answers.

    Signals:
        curve_found: The exact `Curve` of the document that was submitted last.
        state_changed: `RunState`.

    Args:
        runner: Does the work.
        parent: Its owner.
    """

    curve_found = Signal(object)
    state_changed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._token = _NONE
        self.device = "cpu"
        self.state = RunState()
        self.curve: Curve | None = None
        self._waiting: Schedule | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.hurry)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.progressed.connect(self._on_progressed)

    def forget(self) -> None:
        """The curve is that of another document."""
        self.curve = None

    def start_soon(self, schedule: Schedule) -> None:
        """Run a document as soon as no other one has come for a moment; what runs stops."""
        if self._token != _NONE:
            self._token = _NONE
            self._runner.cancel()
        self._waiting = schedule
        self._soon.start()
        self._set_state(RunState("running", device=self.device))

    @Slot()
    def hurry(self) -> None:
        """Run the document that waits, if one does, now."""
        if self._waiting is not None:
            self.start(self._waiting)

    def start(self, schedule: Schedule) -> None:
        """Run a document; what still runs no longer counts."""
        self._forget_waiting()
        self._set_state(RunState("running", device=self.device))
        self._token = self._runner.submit(schedule, self.device)

    def cancel(self) -> None:
        """Stop the run."""
        if self.state.kind == "running":
            self._forget_waiting()
            self._runner.cancel()
            self._token = _NONE
            self._set_state(RunState("live", device=self.device, message="cancelled"))

    @Slot(int, object)
    def _on_finished(self, token: int, curve: Curve) -> None:
        if token != self._token:
            return
        self.curve = curve
        self.curve_found.emit(curve)
        self._set_state(
            RunState(
                "exact",
                1.0,
                seconds=curve.seconds,
                torch_version=curve.torch_version,
                device=curve.device,
            )
        )

    @Slot(int, str)
    def _on_failed(self, token: int, message: str) -> None:
        if token == self._token:
            self._set_state(RunState("failed", message=message, device=self.device))

    @Slot(int, float)
    def _on_progressed(self, token: int, fraction: float) -> None:
        if token == self._token and self.state.kind == "running":
            self._set_state(RunState("running", fraction, device=self.device))

    def _forget_waiting(self) -> None:
        self._waiting = None
        self._soon.stop()

    def _set_state(self, state: RunState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
