"""What is loaded before the window is on screen: it is what a start has to wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

CHILD = """
import json, sys, tempfile
from pathlib import Path
from lrdesigner.gui.app import create_window
from lrdesigner.gui.runner import Runner
from PySide6.QtWidgets import QApplication

class Idle(Runner):
    def submit(self, schedule, device="cpu"):
        return 1

app = QApplication([])
folder = Path(tempfile.mkdtemp())
window = create_window(settings_path=folder / "settings.json", runner=Idle(), overlay_runner=Idle())
window.show()
app.processEvents()
print(json.dumps(list(sys.modules)))
window.shut_down()
"""
MOST_LATE = 12


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """The modules that are there once the window is painted, in the order they came."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "slow",
    [
        "torch",
        "numpy.ma",
        "jinja2",
        "pygments",
        "lrdesigner.gui.start_page",
        "lrdesigner.gui.tour",
        "lrdesigner.gui.command_palette",
        "lrdesigner.gui.dialogs.shortcuts",
    ],
)
def test_what_takes_long_and_shows_nothing_is_not_loaded_yet(loaded, slow):
    assert slow not in loaded


def test_rooms_without_qt_are_loaded_before_qt_which_makes_each_later_import_slow(loaded):
    qt = loaded.index("PySide6")
    late = [
        name
        for name in loaded[qt:]
        if name.startswith("lrdesigner.") and not name.startswith("lrdesigner.gui")
    ]
    assert len(late) <= MOST_LATE, late  # name them in lrdesigner/gui/__init__.py
