"""A window asked to open what is no file: it says so, and never waits."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QMessageBox

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")


@pytest.mark.parametrize("overlay", [False, True], ids=["document", "overlay"])
def test_a_pipe_nobody_writes_to(make_window, tmp_path, overlay):
    window = make_window()
    before = window.schedule
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    schedule_file = tmp_path / "saved.json"
    before.save(schedule_file)
    window.open_files([schedule_file, path] if overlay else [path])
    said = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert len(said) == 1
    assert "not a regular file" in said[0].text() + said[0].informativeText()
    assert window.schedule == before
    said[0].close()
