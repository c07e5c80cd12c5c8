"""Python's garbage collector, kept out of other threads and out of the user's way."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

_TICK_MS = 1000
_LOADED_MS = 3000
_TOO_MUCH = 100_000


class Collector(QObject):
    """Collects garbage in the thread of the window, between two things somebody does.

    Python collects whenever something is made, in whichever thread makes it. A panel that has been
    closed would so be taken down in the middle of a worker's computation, and Qt's objects may only
    be destroyed in the thread of the window: that crashes, sooner or later. Looking through
    everything that is loaded also takes fifty milliseconds, which must not be in the middle of a
    drag.

    Args:
        parent: What it lives as long as.
        busy: Whether somebody is in the middle of something; a pressed mouse button by default.
    """

    def __init__(self, parent: QObject, busy: Callable[[], bool] | None = None) -> None:
        super().__init__(parent)
        self._busy = busy or _button_is_down
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.collect)
        self._loaded = QTimer(self)
        self._loaded.setSingleShot(True)
        self._loaded.setInterval(_LOADED_MS)
        self._loaded.timeout.connect(relieve_collector)

    def start(self) -> None:
        """From now on nobody else collects."""
        gc.disable()
        self._timer.start()
        self._loaded.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        self._loaded.stop()
        gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect what Python would have collected by now, unless somebody would feel it."""
        if not self._busy() or gc.get_count()[0] > _TOO_MUCH:
            collect_due()


def collect_due() -> int:
    """Collect the oldest generation that is due by Python's own thresholds.

    Returns:
        Its number, or -1 if none is due.
    """
    counts, limits = gc.get_count(), gc.get_threshold()
    if counts[0] <= limits[0]:
        return -1
    due = [n for n, (count, limit) in enumerate(zip(counts, limits, strict=True)) if count > limit]
    gc.collect(due[-1])
    return due[-1]


def relieve_collector() -> None:
    """Take what is loaded by now out of the garbage collector's hands: it stays anyway.

    Python looks through all of it from time to time, which takes fifty milliseconds.
    """
    gc.freeze()


def _button_is_down() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
