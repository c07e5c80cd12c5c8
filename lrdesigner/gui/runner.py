"""Runs of the exact engine, away from the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrdesigner.engine.simulate import simulate
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule


class Runner(QObject):
    """Runs documents one at a time; the latest submitted wins.

    Signals:
        finished: Token and `Curve`.
        failed: Token and message.
        progressed: Token and fraction done.
        devices_found: List of device names of this machine.
    """

    finished = Signal(int, object)
    failed = Signal(int, str)
    progressed = Signal(int, float)
    devices_found = Signal(object)

    def submit(self, schedule: Schedule, device: str = "cpu") -> int:
        """Run a document; an earlier one that still runs is cancelled.

        Returns:
            The token that `finished`, `failed` and `progressed` carry.
        """
        raise NotImplementedError  # pragma: no cover - every runner defines it

    def release(self) -> None:
        """The window is on screen: what takes the machine's time need not wait any longer."""

    def cancel(self) -> None:
        """Stop what runs."""

    def close(self) -> None:
        """Stop for good and free what is held."""


class DirectRunner(Runner):
    """Runs in the caller's thread, at once: for tests and scripts, where waiting is simplest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token = 0
        self._pending: tuple[int, Schedule, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._run)

    def submit(self, schedule: Schedule, device: str = "cpu") -> int:
        """Run the document when the event loop is next reached."""
        self._token += 1
        self._pending = (self._token, schedule, device)
        self._timer.start(0)
        return self._token

    @Slot()
    def _run(self) -> None:
        if self._pending is None:
            return
        token, schedule, device = self._pending
        self._pending = None
        try:
            self.finished.emit(token, simulate(schedule, device=device))
        except ScheduleError as error:
            self.failed.emit(token, str(error))

    def cancel(self) -> None:
        """Forget what was submitted."""
        self._pending = None
        self._timer.stop()

    def close(self) -> None:
        """Forget what was submitted."""
        self.cancel()
