"""What the bar at the bottom says of the document."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton

from lrdesigner.gui.state import RunState
from lrdesigner.gui.status import StatusLine
from lrdesigner.gui.widgets import ElidedLabel
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Phase, Track


def test_tracks_are_counted_beside_the_phases(qtbot, controller):
    window = QMainWindow()
    qtbot.addWidget(window)
    status = StatusLine(controller, window)
    window.setStatusBar(status)
    window.show()
    what = status.findChild(ElidedLabel, "status_document")
    assert what.full_text() == "1,000 steps · 2 groups · 3 phases"
    track = Track(phases=(Phase(scheduler="CosineAnnealingLR"),), groups=("head",))
    controller.edit("add track", controller.schedule.replace(tracks=(track,)))
    assert what.full_text() == "1,000 steps · 2 groups · 3 phases · 1 track"
    controller.undo_stack.undo()
    assert what.full_text() == "1,000 steps · 2 groups · 3 phases"


def test_it_says_whose_numbers_are_shown(qtbot, controller):
    window = QMainWindow()
    qtbot.addWidget(window)
    status = StatusLine(controller, window)
    window.setStatusBar(status)
    window.show()
    said = status.findChild(QLabel, "status_run")
    qtbot.waitUntil(lambda: controller.run.kind == "exact")
    version = controller.run.torch_version
    assert said.text().startswith(f"exact, torch {version} · ")
    controller.edit("x", edits.set_param(controller.schedule, 2, "eta_min", 1e-4))
    assert said.text() == "live"
    controller.cancel_run()
    assert said.text() == "live · run stopped"
    controller.edit("bad", edits.set_param(controller.schedule, 0, "start_factor", 5.0))
    qtbot.waitUntil(lambda: controller.run.kind == "failed")
    assert said.text() == "not run"
    controller.run_changed.emit(
        RunState("exact", seconds=1.5, torch_version="2.13.0", device="cuda")
    )
    assert said.text() == "exact on CUDA, torch 2.13.0 · 1.50 s"


def test_progress_is_shown_of_runs_that_take_a_while_only(qtbot, controller):
    window = QMainWindow()
    qtbot.addWidget(window)
    status = StatusLine(controller, window)
    window.setStatusBar(status)
    window.show()
    said = status.findChild(QLabel, "status_run")
    stop = status.findChild(QPushButton, "run_stop")
    controller.run_changed.emit(RunState("running", progress=0.1))
    assert (said.text(), stop.isVisible()) == ("live", False)
    qtbot.waitUntil(stop.isVisible)
    controller.run_changed.emit(RunState("running", progress=0.4))
    assert said.text() == "live · 40%"
