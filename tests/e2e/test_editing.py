"""What people do most with an open schedule, with the X server's own mouse and keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from lrdesigner.gui.state import Selection
from lrdesigner.schedule.tracks import view
from lrdesigner.schedule.units import spans

pytestmark = pytest.mark.e2e

DOCUMENT = {
    "format": "lrdesigner",
    "version": 1,
    "name": "by hand",
    "horizon": {"epochs": 10, "steps_per_epoch": 100},
    "optimizer": {
        "type": "AdamW",
        "args": {"weight_decay": 0.05},
        "groups": [{"name": "all", "lr": 0.1}],
    },
    "phases": [
        {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
        {"scheduler": "ExponentialLR", "length": "3 epochs", "params": {"gamma": 0.999}},
        {
            "scheduler": "CosineAnnealingLR",
            "start": "base",
            "params": {"eta_min": 0.02},
        },
    ],
    "tracks": [
        {
            "quantity": "weight_decay",
            "phases": [{"scheduler": "CosineAnnealingLR", "params": {"eta_min": 0.2}}],
        }
    ],
}


class Window:
    """The window, and where things are on the screen."""

    def __init__(self, window) -> None:
        self.window = window
        self.canvas, self.timeline = window.canvas, window.timeline
        self.controller = window.controller

    @property
    def phase(self):
        return self.controller.schedule.phases

    @property
    def ends(self) -> list[int]:
        return [span.end for span in spans(view(self.controller.schedule, None))]

    @property
    def keys(self) -> list[str]:
        return [phase.scheduler for phase in self.phase]

    def on_plot(self, step: float, lr: float | None = None) -> QPoint:
        """A point of the curve's plot."""
        plot = self.canvas.view
        y = plot.plane.rect.center().y() if lr is None else plot.plane.y_of(lr)
        return plot.mapToGlobal(QPointF(plot.plane.x_of(step), y).toPoint())

    def knob(self, name: str, plot=None) -> QPoint:
        plot = plot or self.canvas.view
        found = next(k for k in plot.knobs.knobs if name in k.handle.names)
        return plot.mapToGlobal(plot.knobs.spot(found).toPoint())

    def ring(self) -> QPoint:
        ring = self.canvas.view.marks.handles[0]
        return self.on_plot(ring.step, ring.lr)

    def block(self, index: int) -> QPoint:
        rect = self.timeline.blocks.blocks[index].rect
        return self.timeline.mapToGlobal(rect.center().toPoint())

    def on_timeline(self, rect) -> QPoint:
        return self.timeline.mapToGlobal(rect.center().toPoint())

    def bubble(self, name: str) -> QLineEdit:
        return self.window.findChild(QLineEdit, f"bubble_{name}")


@pytest.fixture
def app(open_window, tmp_path: Path, qtbot) -> Window:
    path = tmp_path / "start.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    window = open_window([path])
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact", timeout=60_000)
    window.controller.select(Selection(2))
    QApplication.processEvents()
    return Window(window)


def test_a_knob_is_dragged_on_the_curve(app, hand):
    before = app.controller.schedule
    start = app.knob("eta_min")
    hand.drag(start, QPoint(start.x(), app.on_plot(0, 0.052).y()))
    assert app.phase[2].params["eta_min"] == 0.05  # round values attract
    hand.keys("ctrl+z")
    assert app.controller.schedule == before
    hand.drag(start, start - QPoint(0, 60), cancel=True)
    assert app.controller.schedule == before
    assert not app.controller.in_gesture


def test_a_ring_changes_the_lr_and_a_boundary_the_length(app, hand):
    start = app.ring()
    hand.drag(start, QPoint(start.x(), app.on_plot(0, 0.2).y()))
    assert app.controller.schedule.optimizer.groups[0].lr == 0.2
    hand.drag(app.on_plot(200), app.on_plot(303))
    assert app.ends == [300, 500, 1000]
    hand.drag(app.on_plot(300), app.on_plot(205), held="alt")
    assert app.ends == [200, 400, 1000]  # later phases moved, the last one takes the rest


def test_exact_values_are_typed_at_the_handle(app, hand):
    hand.double_click(app.knob("eta_min"))
    assert app.bubble("eta_min").hasFocus()
    hand.type("0.0123")
    hand.keys("Return")
    assert app.phase[2].params["eta_min"] == 0.0123
    hand.double_click(app.on_plot(200))
    hand.type("1.5 epochs")
    hand.keys("Return")
    assert app.ends[0] == 150
    assert app.canvas.hasFocus(), QApplication.focusWidget()


def test_the_keyboard_alone_moves_handles(app, hand, qtbot):
    app.canvas.setFocus()
    hand.keys("Tab")
    assert "eta_min" in app.canvas.accessibleDescription()
    hand.keys("Up", "Up")
    assert app.phase[2].params["eta_min"] > 0.02
    hand.keys("shift+Down")
    assert app.controller.undo_stack.count() == 1
    hand.keys("Return")
    hand.keys("ctrl+a")
    hand.type("0.03")
    hand.keys("Return", "Escape")
    assert app.phase[2].params["eta_min"] == 0.03


def test_a_knob_in_a_lane_is_dragged(app, hand, qtbot):
    lane = app.canvas.lanes.lane("weight_decay")
    hand.click(lane, lane.rect().center())
    assert app.controller.selection == Selection(0, 0)
    start = app.knob("eta_min", lane.plot)
    hand.drag(start, start + QPoint(0, 20))
    assert app.controller.schedule.tracks[0].phases[0].params["eta_min"] < 0.18
    hand.keys("ctrl+z")
    assert app.controller.schedule.tracks[0].phases[0].params["eta_min"] == 0.2


def test_a_jump_is_mended_with_one_click(app, hand):
    pill = app.timeline.blocks.blocks[2].pill
    assert pill is not None
    hand.click(app.timeline, pill.center().toPoint())
    assert app.phase[2].start == "continue"
    assert app.timeline.blocks.blocks[2].jump == ""
    hand.click(app.timeline, app.timeline.blocks.blocks[2].badge.center().toPoint())
    assert app.phase[2].start == "base"


def test_split_copy_paste_and_several_at_once(app, hand):
    hand.point(app.block(1))
    hand.keys("s")
    assert app.keys == ["LinearLR", "ExponentialLR", "ExponentialLR", "CosineAnnealingLR"]
    hand.keys("ctrl+z")
    hand.click(app.timeline, app.timeline.mapFromGlobal(app.block(0)))
    hand.click(app.timeline, app.timeline.mapFromGlobal(app.block(1)), held="ctrl")
    assert app.controller.selection.phases == (0, 1)
    hand.keys("ctrl+c")
    hand.click(app.timeline, app.timeline.mapFromGlobal(app.block(2)))
    hand.keys("ctrl+v")
    assert app.keys[3:] == ["LinearLR", "ExponentialLR"]
    assert app.controller.selection.phases == (3, 4)
    hand.keys("Delete")
    assert app.keys == ["LinearLR", "ExponentialLR", "CosineAnnealingLR"]


def test_the_menu_changes_a_scheduler_and_the_plus_puts_one_in(app, hand, qtbot):
    hand.click(app.timeline, app.timeline.mapFromGlobal(app.block(2)), button=3)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    change = next(a for a in menu.actions() if a.text() == "Change scheduler")
    rect = menu.actionGeometry(change)
    hand.click(menu, rect.center())
    below = change.menu()
    qtbot.waitUntil(below.isVisible)
    decay = next(a for a in below.actions() if a.text() == "Decay")
    hand.click(below, below.actionGeometry(decay).center())
    last = decay.menu()
    qtbot.waitUntil(last.isVisible)
    linear = next(a for a in last.actions() if a.objectName() == "phase_change_polynomial_end")
    hand.click(last, last.actionGeometry(linear).center())
    assert app.keys[2] == "polynomial_end"
    assert app.ends == [200, 500, 1000]
    plus = app.timeline.blocks.blocks[0].plus.center().toPoint()
    hand.click(app.timeline, plus)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    hand.keys("Down", "Down", "Right", "Down", "Return")  # the second category, its second entry
    assert len(app.phase) == 4
    assert app.ends[0] == 200


def test_the_wheel_zooms_and_a_drag_pans(app, hand):
    axis = app.controller.axis
    hand.point(app.on_plot(700, 0.15))
    hand.wheel(4)
    first, last = axis.range
    assert last - first < 600
    assert first < 700 < last
    hand.drag(app.on_plot(700, 0.15), app.on_plot(700, 0.15) + QPoint(80, 0))
    assert axis.range[0] < first
    hand.double_click(app.on_plot(axis.range[0] + 90, 0.15))
    assert axis.fitted


class Source(QLabel):
    """Something of another program that files are dragged from."""

    def __init__(self, path: Path) -> None:
        super().__init__("drag me")
        self.path = path

    def mouseMoveEvent(self, event) -> None:
        drag, data = QDrag(self), QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.path))])
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def test_a_saved_schedule_is_dropped_between_phases(app, hand, qtbot, tmp_path):
    path = tmp_path / "saved.json"
    saved = {**DOCUMENT, "tracks": [], "phases": DOCUMENT["phases"][:1]}
    path.write_text(json.dumps(saved), encoding="utf-8")
    source = Source(path)
    qtbot.addWidget(source)
    source.setGeometry(1480, 40, 100, 60)
    source.show()
    qtbot.waitExposed(source)
    block = app.timeline.blocks.blocks[1]
    place = app.timeline.mapToGlobal(QPointF(block.end - 12, block.rect.center().y()).toPoint())
    hand.drag(source.mapToGlobal(source.rect().center()), place)
    assert app.keys == ["LinearLR", "ExponentialLR", "LinearLR", "CosineAnnealingLR"]
    assert app.controller.undo_stack.count() == 1
