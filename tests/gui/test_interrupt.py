"""Ctrl+C in the terminal reaches the window."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from PySide6.QtCore import QObject

from lrdesigner.gui.interrupt import InterruptWatch


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill with SIGINT")
def test_an_interrupt_wakes_the_event_loop(qtbot, qapp):
    before = signal.getsignal(signal.SIGINT)
    owner = QObject()
    watch = InterruptWatch(owner)
    with qtbot.waitSignal(watch.interrupted):
        os.kill(os.getpid(), signal.SIGINT)
    watch.stop()
    assert signal.getsignal(signal.SIGINT) is before
