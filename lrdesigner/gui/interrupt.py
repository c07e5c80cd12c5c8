"""Ctrl+C in the terminal closes the window.

Python runs its signal handlers between two of its own instructions, and Qt's event loop lets none
come by. The signal's number therefore also arrives at a socket, which wakes the loop.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class InterruptWatch(QObject):
    """Turns SIGINT into a signal of Qt's.

    Signals:
        interrupted: Ctrl+C was pressed.
    """

    interrupted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._before = signal.signal(signal.SIGINT, self._on_signal)
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_wake)

    def stop(self) -> None:
        """Give Ctrl+C its usual meaning back."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, self._before)
        self._here.close()
        self._there.close()

    @Slot()
    def _on_wake(self) -> None:
        self._here.recv(64)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.interrupted.emit()
