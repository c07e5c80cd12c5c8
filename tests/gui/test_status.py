"""What the bar at the bottom says of the document."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QMainWindow

from lrdesigner.gui.status import StatusLine
from lrdesigner.schedule.model import Phase, Track


def test_tracks_are_counted_beside_the_phases(qtbot, controller):
    window = QMainWindow()
    qtbot.addWidget(window)
    status = StatusLine(controller, window)
    window.setStatusBar(status)
    window.show()
    what = status.findChild(QLabel, "status_document")
    assert what.text() == "1,000 steps · 2 groups · 3 phases"
    track = Track(phases=(Phase(scheduler="CosineAnnealingLR"),), groups=("head",))
    controller.edit("add track", controller.schedule.replace(tracks=(track,)))
    assert what.text() == "1,000 steps · 2 groups · 3 phases · 1 track"
    controller.undo_stack.undo()
    assert what.text() == "1,000 steps · 2 groups · 3 phases"
