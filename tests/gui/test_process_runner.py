"""The worker process: exact results, latest wins, cancel, death and devices."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

import lrdesigner
from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.process_runner import ProcessRunner
from lrdesigner.gui.runner import Runner
from lrdesigner.schedule import edits, track_edits

pytestmark = pytest.mark.threads


@pytest.fixture(scope="module")
def runner(qapp):
    """One worker for most tests: starting it imports torch."""
    runner = ProcessRunner()
    yield runner
    runner.close()


@pytest.fixture
def own_runner(qapp):
    """A worker that a test may end."""
    runner = ProcessRunner()
    yield runner
    runner.close()


def test_results_are_those_of_the_engine(runner, schedule, qtbot):
    with qtbot.waitSignal(runner.finished, timeout=30_000) as signal:
        token = runner.submit(schedule)
    assert signal.args[0] == token
    curve, exact = signal.args[1], simulate(schedule)
    assert np.array_equal(curve.lr, exact.lr)
    assert curve.bases == exact.bases
    assert curve.groups == exact.groups


def test_what_tracks_drive_comes_along(runner, schedule, qtbot):
    lane, _ = track_edits.add_lane(schedule, "weight_decay")
    lane, _ = track_edits.add_lane(lane, "momentum")
    names = [group.name for group in schedule.optimizer.groups]
    lane, _ = track_edits.split_off(lane, (names[-1],))
    with qtbot.waitSignal(runner.finished, timeout=30_000) as signal:
        runner.submit(lane)
    curve, exact = signal.args[1], simulate(lane)
    assert np.array_equal(curve.lr, exact.lr)
    assert np.array_equal(curve.weight_decay, exact.weight_decay)
    assert np.array_equal(curve.momentum, exact.momentum)
    assert curve.track_bases == exact.track_bases
    assert set(exact.track_bases) == {0, 1, 2}


def test_the_latest_wins_and_the_long_one_stops(runner, schedule, qtbot):
    long = edits.set_horizon(schedule, epochs=10, steps_per_epoch=1_000_000)
    finished, progress = [], []
    runner.finished.connect(lambda token, curve: finished.append((token, curve.steps)))
    runner.progressed.connect(lambda token, fraction: progress.append((token, fraction)))
    first = runner.submit(long)
    qtbot.waitUntil(lambda: bool(progress), timeout=30_000)
    last = runner.submit(schedule)
    qtbot.waitUntil(lambda: bool(finished), timeout=30_000)
    assert finished == [(last, 1000)]
    assert {token for token, _ in progress} == {first}
    assert all(0 < fraction < 1 for _, fraction in progress)


def test_cancel_means_no_answer(runner, schedule, qtbot):
    long = edits.set_horizon(schedule, epochs=10, steps_per_epoch=1_000_000)
    progress = []
    runner.progressed.connect(lambda token, fraction: progress.append(fraction))
    runner.submit(long)
    qtbot.waitUntil(lambda: bool(progress), timeout=30_000)
    runner.cancel()
    with qtbot.waitSignal(runner.finished, timeout=30_000) as signal:
        runner.submit(schedule)
    assert signal.args[1].steps == 1000


def test_a_document_that_cannot_run_gives_the_engines_sentence(runner, schedule, qtbot):
    bad = edits.set_param(schedule, 2, "T_max", 0)
    with qtbot.waitSignal(runner.failed, timeout=30_000) as signal:
        runner.submit(bad)
    assert "T_max must be a whole number, 1 or greater" in signal.args[1]


def test_an_absent_device_is_an_error(runner, schedule, qtbot):
    device = "mps" if sys.platform != "darwin" else "cuda"
    with qtbot.waitSignal(runner.failed, timeout=30_000) as signal:
        runner.submit(schedule, device)
    assert "not available here; this machine has cpu" in signal.args[1]


def test_a_killed_worker_is_noticed_and_replaced(own_runner, schedule, qtbot):
    with qtbot.waitSignal(own_runner.devices_found, timeout=30_000) as signal:
        own_runner.submit(schedule)
    assert signal.args[0][0] == "cpu"
    first = own_runner._process
    with qtbot.waitSignal(own_runner.failed, timeout=30_000) as signal:
        first.kill()
    assert "ended unexpectedly" in signal.args[1]
    with qtbot.waitSignal(own_runner.finished, timeout=30_000):
        own_runner.submit(schedule)
    second = own_runner._process
    own_runner.close()
    assert second.poll() is not None
    own_runner.close()  # twice is fine


SCRIPT = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from lrdesigner.gui.process_runner import ProcessRunner
from lrdesigner.gui.runner import Runner
from lrdesigner.schedule.model import Schedule

app = QApplication([])
runner = ProcessRunner()
runner.finished.connect(lambda token, curve: (print("steps", curve.steps), app.quit()))
runner.failed.connect(lambda token, message: (print(message), app.quit()))
runner.submit(Schedule())
QTimer.singleShot(60_000, app.quit)
app.exec()
runner.close()
"""


def test_a_script_without_a_main_guard_can_drive_it(tmp_path):
    """`multiprocessing` would run such a script again in the worker."""
    (tmp_path / "torch.py").write_text("raise ImportError('not this one')", encoding="utf-8")
    script = tmp_path / "drive.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = str(Path(lrdesigner.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-P", str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "steps 1000", done.stderr


def test_a_held_runner_waits_until_the_window_is_there(qapp, schedule, qtbot):
    runner = ProcessRunner(held=True)
    try:
        runner.submit(schedule.model_copy(update={"name": "overtaken"}))
        token = runner.submit(schedule)
        assert runner._process is None
        with qtbot.waitSignal(runner.finished, timeout=30_000) as signal:
            runner.release()
        assert signal.args[0] == token
        with qtbot.waitSignal(runner.finished, timeout=30_000):
            runner.submit(schedule)  # at once from now on
    finally:
        runner.close()


def test_what_was_cancelled_while_it_waited_does_not_run(qapp, schedule):
    runner = ProcessRunner(held=True)
    runner.submit(schedule)
    runner.cancel()
    runner.release()
    assert runner._process is None


def test_nobody_waits_for_ever_for_a_window_that_is_never_shown(qapp, schedule, qtbot):
    runner = ProcessRunner(held=True)
    try:
        with qtbot.waitSignal(runner.finished, timeout=30_000):
            runner.submit(schedule)
    finally:
        runner.close()


def test_the_window_releases_its_runners_when_it_has_been_painted(make_window, qtbot):
    class Noted(Runner):
        def __init__(self) -> None:
            super().__init__()
            self.released = 0

        def submit(self, schedule, device="cpu"):
            return 1

        def release(self) -> None:
            self.released += 1

    runners = Noted(), Noted()
    window = make_window(runner=runners[0], overlay_runner=runners[1])
    qtbot.waitUntil(lambda: [runner.released for runner in runners] == [1, 1])
    window.update()
    window.repaint()
    QApplication.processEvents()
    assert [runner.released for runner in runners] == [1, 1]


def test_extremes_are_computed_before_the_curve_is_announced(runner, schedule, qtbot):
    with qtbot.waitSignal(runner.finished, timeout=30_000) as signal:
        runner.submit(schedule)
    curve = signal.args[1]
    assert "digests" in vars(curve)
    for digest, row in zip(curve.digests["lr"], curve.lr, strict=True):
        assert "peak" in vars(digest)
        assert digest.high == row.max()
