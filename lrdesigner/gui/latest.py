"""Work beside the window of which only the latest counts."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

_IDLE_SECONDS = 5.0

Cancelled = Callable[[], bool]
Work = Callable[[Cancelled], object]


class LatestWorker(QObject):
    """Runs one piece of work at a time in a thread of its own; what waits is replaced.

    What runs is finished even if there is newer work: under a stream of edits its result is a
    little old, which is better than none at all. `forget` drops it.

    Signals:
        done: What a piece of work returned. It arrives in the thread of this object.
    """

    done = Signal(object)
    _finished = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = threading.Condition()
        self._waiting: tuple[int, Work] | None = None
        self._token = 0
        self._forgotten = 0
        self._thread: threading.Thread | None = None
        self._closed = False
        # From the thread it arrives queued.
        self._finished.connect(self._on_finished)

    def submit(self, work: Work) -> None:
        """Do this next; what still waits is never done.

        Args:
            work: Called in the thread, with a function that tells whether to stop.
        """
        with self._state:
            self._token += 1
            self._waiting = (self._token, work)
            self._state.notify()
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(
                    target=self._run, name="lrdesigner-latest", daemon=True
                )
                self._thread.start()

    def forget(self) -> None:
        """What was submitted no longer counts."""
        with self._state:
            self._forgotten = self._token
            self._waiting = None

    def close(self) -> None:
        """Stop for good; waits for the present work to notice."""
        with self._state:
            self._closed = True
            self._forgotten = self._token
            self._waiting = None
            self._state.notify()
            thread = self._thread
        if thread is not None:
            thread.join(5)

    def _run(self) -> None:
        while True:
            with self._state:
                # Without work for a while the thread ends; nobody has to remember it.
                self._state.wait_for(lambda: self._waiting or self._closed, _IDLE_SECONDS)
                if self._waiting is None:
                    self._thread = None
                    return
                token, work = self._waiting
                self._waiting = None
            result = work(lambda token=token: token <= self._forgotten)  # type: ignore[misc]
            # The object may be gone when the program ends.
            with contextlib.suppress(RuntimeError):
                self._finished.emit(token, result)

    @Slot(int, object)
    def _on_finished(self, token: int, result: object) -> None:
        if token > self._forgotten:
            self.done.emit(result)
