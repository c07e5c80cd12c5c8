"""End-to-end tests: the real program on a real display, driven by the X server's own events.

`xdotool` moves the pointer and presses keys, so drags go through Qt's drag-and-drop as a user's
do. Run them under Xvfb: ``xvfb-run -a python -m pytest -m e2e tests``.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from lrdesigner.gui.app import create_window
from lrdesigner.gui.collector import collect_due
from lrdesigner.gui.main_window import MainWindow


def display_reason() -> str:
    """Why these tests cannot run here, or ""."""
    if os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb" or not os.environ.get("DISPLAY"):
        return "end-to-end tests need an X display (run under Xvfb with QT_QPA_PLATFORM=xcb)"
    if shutil.which("xdotool") is None:
        return "end-to-end tests need xdotool"
    return ""


class Hand:
    """A user's hand: pointer and keyboard, through the X server."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot

    def _do(self, *commands: list[str] | threading.Event, pause: float = 0.05) -> None:
        """Run xdotool commands in a thread, while this thread's event loop (or a drag's) runs.

        An event among them is waited for.
        """
        failures: list[str] = []

        def work() -> None:
            for command in commands:
                if isinstance(command, threading.Event):
                    if not command.wait(20):
                        failures.append("what was waited for did not come")
                    continue
                done = subprocess.run(
                    ["xdotool", *command], capture_output=True, text=True, timeout=20, check=False
                )
                if done.returncode:
                    failures.append(f"{command}: {done.stderr}")
                time.sleep(pause)

        thread = threading.Thread(target=work)
        thread.start()
        self._qtbot.waitUntil(lambda: not thread.is_alive(), timeout=60_000)
        assert not failures, failures
        QApplication.processEvents()

    @staticmethod
    def _move(point: QPoint) -> list[str]:
        # xdotool counts the screen's pixels, Qt its own.
        scale = QApplication.primaryScreen().devicePixelRatio()
        return ["mousemove", str(round(point.x() * scale)), str(round(point.y() * scale))]

    def click(
        self, widget: QWidget, point: QPoint | None = None, button: int = 1, held: str = ""
    ) -> None:
        """Click into a widget, in its middle unless told where; `held` is a modifier key."""
        place = widget.mapToGlobal(point or widget.rect().center())
        down, up = self._held(held)
        self._do(self._move(place), *down, ["click", str(button)], *up)

    def double_click(self, place: QPoint) -> None:
        """Click twice, in global coordinates."""
        self._do(self._move(place), ["click", "--repeat", "2", "--delay", "60", "1"])

    def point(self, place: QPoint) -> None:
        """Move there, in global coordinates."""
        self._do(self._move(place + QPoint(1, 1)), self._move(place))

    def wheel(self, notches: int) -> None:
        """Turn the wheel up, or with a negative number down."""
        button = "4" if notches > 0 else "5"
        self._do(["click", "--repeat", str(abs(notches)), "--delay", "30", button])

    @staticmethod
    def _held(key: str) -> tuple[list[list[str]], list[list[str]]]:
        return ([["keydown", key]], [["keyup", key]]) if key else ([], [])

    def drag(
        self, start: QPoint, end: QPoint, steps: int = 12, cancel: bool = False, held: str = ""
    ) -> None:
        """Press at `start`, move to `end` in steps, release; both in global coordinates.

        Args:
            start: Where the button goes down.
            end: Where it comes up.
            steps: How often the pointer moves.
            cancel: Whether Esc is pressed before the button comes up.
            held: A modifier key that is down all the while.
        """
        down, up = self._held(held)
        way = [
            self._move(start + (end - start) * (i / steps) if i < steps else end)
            for i in range(steps + 1)
        ]
        # A nudge first: Qt starts a drag after a small distance only.
        nudge = self._move(start + QPoint(6, 6))
        last = [["key", "Escape"]] if cancel else []
        self._do(
            self._move(start),
            *down,
            ["mousedown", "1"],
            nudge,
            *way,
            way[-1],
            *last,
            ["mouseup", "1"],
            *up,
        )

    def keys(self, *keys: str) -> None:
        """Press keys or combinations, such as ``"ctrl+z"``."""
        self._do(["key", "--delay", "30", *keys])

    def answer(self, window: QWidget, key: str, text: str) -> None:
        """Press a key that opens a dialog, and type an answer into its field.

        The dialog has an event loop of its own: this function ends after it.
        """
        opened, watch = threading.Event(), QTimer()

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is not None and dialog.isActiveWindow():
                opened.set()

        watch.timeout.connect(look)
        watch.start(50)
        self._do(
            *(["key", key], opened, ["key", "ctrl+a"]),
            *(["type", "--delay", "20", text], ["key", "Return"]),
        )
        watch.stop()
        self.back(window)

    def back(self, window: QWidget) -> None:
        """Give the keyboard back to the window after a dialog, as a window manager does."""
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)

    def type(self, text: str) -> None:
        """Type text."""
        self._do(["type", "--delay", "20", text])


@pytest.fixture(autouse=True)
def _garbage_is_collected_in_the_main_thread() -> Iterator[None]:
    """As in the program, whose worker threads must not take down widgets."""
    gc.disable()
    yield
    collect_due()


@pytest.fixture(autouse=True)
def _needs_display() -> None:
    reason = display_reason()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)  # there a skip would go unnoticed
    if reason:
        pytest.skip(reason)


@pytest.fixture
def hand(qtbot) -> Hand:
    """The user's hand."""
    return Hand(qtbot)


@pytest.fixture
def open_window(qtbot, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens the program's window as a user gets it, with settings of its own."""
    windows: list[MainWindow] = []

    def make(files=(), size=(1440, 880)) -> MainWindow:
        window = create_window(files, settings_path=tmp_path / "settings.json")
        windows.append(window)
        if size is not None:
            window.resize(*size)
            window.move(20, 0)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        window.raise_()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
        return window

    yield make
    for window in windows:
        window.shut_down()
        window.close()
        window.deleteLater()  # one that the test closed already would not go when it is closed
    windows.clear()
    # A window that lived on would be taken apart with the interpreter, in no good order.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
