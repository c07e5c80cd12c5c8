"""Nobody is told what this driver does next; the window has to bear it.

The long version makes ten thousand edits: ``python -m pytest -m soak tests/gui/soak -s``.
"""

from __future__ import annotations

import faulthandler
import os
from functools import partial
from pathlib import Path

import pytest
from soak_edits import documents
from soak_run import Soak

from lrdesigner.gui.process_runner import ProcessRunner
from lrdesigner.schedule.codec import loads

LONG = int(os.environ.get("SOAK_EDITS", "10000"))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Saved schedules to drop, one of them broken."""
    paths = []
    for place, text in enumerate(documents()):
        paths.append(tmp_path / f"saved {place}.json")
        loads(text).save(paths[-1])
    paths.append(tmp_path / "broken.json")
    paths[-1].write_text("{", encoding="utf-8")
    return paths


@pytest.fixture(autouse=True)
def clipboard(qapp):
    """What was copied must not outlive Python: the offscreen platform keeps it until the end."""
    yield
    qapp.clipboard().clear()


def soak(window, qtbot, qtlog, files, seed) -> Soak:
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Soak(window, seed, documents(), files, qtlog.records, [])


@pytest.mark.parametrize("seed", [1, 2])
def test_some_hundred_random_edits(make_window, qtbot, qtlog, files, seed):
    driver = soak(make_window(), qtbot, qtlog, files, seed)
    with qtbot.capture_exceptions() as errors:
        driver.errors = errors
        driver.run(segments=4, edits=40)
    assert driver.steps == 160


@pytest.mark.soak
def test_ten_thousand_random_edits(make_window, qtbot, qtlog, files):
    faulthandler.cancel_dump_traceback_later()  # pytest's, for tests that hang
    window = make_window(runner=ProcessRunner(), overlay_runner=ProcessRunner())
    driver = soak(window, qtbot, qtlog, files, int(os.environ.get("SOAK_SEED", "20")))
    driver.tell = partial(print, flush=True)
    per_segment = 250
    with qtbot.capture_exceptions() as errors:
        driver.errors = errors
        try:
            driver.run(LONG // per_segment, per_segment)
        finally:
            print(f"\n{driver.steps} edits: {dict(driver.done.most_common())}")
    assert driver.steps == LONG
