"""The runner the window uses: a worker process behind it, results announced as signals."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from multiprocessing.connection import Connection
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.worker import Devices, Done, Failed, Job, Progress, serve
from lrdesigner.gui.runner import Runner
from lrdesigner.schedule import codec
from lrdesigner.schedule.model import Schedule

_GONE = "the process that runs torch ended unexpectedly; it starts again with the next edit"


class ProcessRunner(Runner):
    """Runs documents in a worker process that is started once and kept.

    Args:
        parent: Owner.
        eager: Whether the process starts now (it imports torch meanwhile) or with the first job.
    """

    _answered = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, eager: bool = True) -> None:
        super().__init__(parent)
        self._token = 0
        self._context = multiprocessing.get_context("spawn")
        self._wanted: Any = self._context.Value("q", 0, lock=False)
        self._process: Any = None
        self._connection: Connection | None = None
        self._reader: threading.Thread | None = None
        # From the reading thread these arrive queued, in the window's own thread.
        self._answered.connect(self._on_answer)
        self._ended.connect(self._on_end)
        if eager:
            self._start()

    def submit(self, schedule: Schedule, device: str = "cpu") -> int:
        """Run a document; an earlier one that still runs stops within milliseconds."""
        if self._connection is None:
            self._start()
        assert self._connection is not None
        self._token += 1
        self._wanted.value = self._token
        folder = None if schedule.folder is None else str(schedule.folder)
        # If the process is gone, the reading thread notices and says so.
        with contextlib.suppress(OSError):
            self._connection.send(Job(self._token, codec.dumps(schedule), folder, device))
        return self._token

    def cancel(self) -> None:
        """Stop what runs."""
        self._token += 1
        self._wanted.value = self._token

    def close(self) -> None:
        """End the worker process."""
        connection, process, reader = self._connection, self._process, self._reader
        self._connection = self._process = self._reader = None
        self._wanted.value = -1
        if connection is None:
            return
        process.terminate()
        process.join(2)
        if reader is not None:
            reader.join(2)
        connection.close()

    def _start(self) -> None:
        here, there = self._context.Pipe()
        self._process = self._context.Process(
            target=serve, args=(there, self._wanted), name="lrdesigner-torch", daemon=True
        )
        self._process.start()
        there.close()
        self._connection = here
        self._reader = threading.Thread(
            target=self._read, args=(here,), name="lrdesigner-reader", daemon=True
        )
        self._reader.start()

    def _read(self, connection: Connection) -> None:
        """The reading thread: waits without holding the interpreter lock."""
        try:
            while True:
                self._answered.emit(connection.recv())
        except (EOFError, OSError):
            if connection is self._connection:
                self._ended.emit(connection)

    @Slot(object)
    def _on_answer(self, answer: object) -> None:
        if isinstance(answer, Devices):
            self.devices_found.emit(list(answer.names))
        elif isinstance(answer, Progress):
            self.progressed.emit(answer.token, answer.fraction)
        elif isinstance(answer, Failed):
            self.failed.emit(answer.token, answer.message)
        elif isinstance(answer, Done):
            self.finished.emit(
                answer.token,
                Curve(
                    answer.groups,
                    answer.lr,
                    answer.momentum,
                    answer.steps_per_epoch,
                    answer.bases,
                    answer.device,
                    answer.torch_version,
                    answer.seconds,
                ),
            )

    @Slot(object)
    def _on_end(self, connection: object) -> None:
        if connection is not self._connection:
            return
        self.close()
        self.failed.emit(self._token, _GONE)
