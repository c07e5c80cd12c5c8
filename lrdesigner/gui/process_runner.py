"""The runner the window uses: a worker process behind it, results announced as signals."""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import threading
from itertools import chain
from typing import IO

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.wire import PIECE, receive, send
from lrdesigner.engine.worker import Devices, Done, Failed, Forget, Job, Progress, command
from lrdesigner.gui.runner import Runner
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import codec
from lrdesigner.schedule.model import Schedule

_LONGEST_HOLD_MS = 2000
_NO_MORE = object()
_GONE = mark("the process that runs torch ended unexpectedly; it starts again with the next edit")


class ProcessRunner(Runner):
    """Runs documents in a worker process that is started with the first of them and kept.

    Args:
        parent: Owner.
        held: Whether what is submitted waits for `release`, or for a moment at most: importing
            torch takes so much of a machine that a window which is opening had better come first.
    """

    _answered = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, held: bool = False) -> None:
        super().__init__(parent)
        self._token = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._writer: threading.Thread | None = None
        self._outgoing: queue.SimpleQueue[object] = queue.SimpleQueue()
        # From the reading thread these arrive queued, in the window's own thread.
        self._answered.connect(self._on_answer)
        self._ended.connect(self._on_end)
        self._held = held
        self._waiting: Job | None = None
        if held:
            QTimer.singleShot(_LONGEST_HOLD_MS, self.release)

    @Slot()
    def release(self) -> None:
        """Run what is submitted from now on at once, and what waits."""
        self._held = False
        job, self._waiting = self._waiting, None
        if job is not None:
            self._run(job)

    def submit(self, schedule: Schedule, device: str = "cpu") -> int:
        """Run a document; an earlier one that still runs stops within milliseconds."""
        self._token += 1
        folder = None if schedule.folder is None else str(schedule.folder)
        job = Job(self._token, codec.dumps(schedule), folder, device)
        if self._held:
            self._waiting = job
        else:
            self._run(job)
        return self._token

    def _run(self, job: Job) -> None:
        if self._process is None:
            self._start()
        self._send(job)

    def cancel(self) -> None:
        """Stop what runs."""
        self._token += 1
        self._waiting = None
        self._send(Forget())

    def close(self) -> None:
        """End the worker process."""
        self._waiting = None
        process, threads = self._process, (self._reader, self._writer)
        self._process = self._reader = self._writer = None
        if process is None:
            return
        process.kill()
        process.wait()
        self._outgoing.put(_NO_MORE)
        for thread in threads:
            if thread is not None:
                thread.join(2)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _send(self, message: object) -> None:
        # Even a few bytes can take milliseconds where the worker has to be woken for them, and the
        # window is in the middle of a frame.
        if self._process is not None:
            self._outgoing.put(message)

    @staticmethod
    def _write(stream: IO[bytes], outgoing: queue.SimpleQueue[object]) -> None:
        """The writing thread."""
        while (message := outgoing.get()) is not _NO_MORE:
            # If the process is gone, the reading thread notices and says so.
            with contextlib.suppress(OSError, ValueError):
                send(stream, message)

    def _start(self) -> None:
        line, environment = command()
        self._process = subprocess.Popen(
            line,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=PIECE,  # large curves in few turns, where the system knows of it
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._outgoing = queue.SimpleQueue()
        self._writer = threading.Thread(
            target=self._write,
            args=(self._process.stdin, self._outgoing),
            name="lrdesigner-writer",
            daemon=True,
        )
        self._writer.start()
        self._reader = threading.Thread(
            target=self._read,
            args=(self._process, self._process.stdout),
            name="lrdesigner-reader",
            daemon=True,
        )
        self._reader.start()

    def _read(self, process: subprocess.Popen[bytes], stream: IO[bytes]) -> None:
        """The reading thread: waits without holding the interpreter lock."""
        # The pickles are our own worker's, over a pipe nobody else holds.
        with contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                answer = receive(stream)
                if isinstance(answer, Done):
                    # What the window asks of a long curve is computed here, where it waits for
                    # nobody, unless nobody wants the curve any more.
                    curve = _curve(answer)
                    for row in chain.from_iterable(curve.digests.values()):
                        if answer.token == self._token:
                            row.prepare()
                    answer = (answer.token, curve)
                self._answered.emit(answer)
        if process is self._process:
            self._ended.emit(process)

    @Slot(object)
    def _on_answer(self, answer: object) -> None:
        if isinstance(answer, Devices):
            self.devices_found.emit(list(answer.names))
        elif isinstance(answer, Progress):
            self.progressed.emit(answer.token, answer.fraction)
        elif isinstance(answer, Failed):
            self.failed.emit(answer.token, answer.message)
        elif isinstance(answer, tuple):
            self.finished.emit(*answer)

    @Slot(object)
    def _on_end(self, process: object) -> None:
        if process is not self._process:
            return
        self.close()
        self.failed.emit(self._token, tr(_GONE))


def _curve(answer: Done) -> Curve:
    return Curve(
        answer.groups,
        answer.lr,
        answer.momentum,
        answer.steps_per_epoch,
        answer.bases,
        answer.device,
        answer.torch_version,
        answer.seconds,
        answer.beta2,
        answer.weight_decay,
        answer.track_bases,
    )
