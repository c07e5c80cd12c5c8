"""Lanes in the hand: the curves of weight decay, momentum and beta2 are dragged like the LR's."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from lrdesigner.gui.canvas.card import FloatingCard
from lrdesigner.gui.canvas.readout import Entry, Reading
from lrdesigner.gui.mime import scheduler_mime
from lrdesigner.gui.state import Selection
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.tracks import view
from lrdesigner.schedule.units import spans

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
WD, BETA = 0, 1
TEXT = {
    "format": "lrdesigner",
    "version": 1,
    "horizon": {"epochs": 10, "steps_per_epoch": 100},
    "optimizer": {
        "type": "AdamW",
        "args": {"weight_decay": 0.05},
        "groups": [{"name": "a", "lr": 0.001}, {"name": "b", "lr": 0.01}],
    },
    "phases": [
        {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
        {"scheduler": "CosineAnnealingLR", "params": {"eta_min": 1e-5}},
    ],
    "tracks": [
        {
            "quantity": "weight_decay",
            "phases": [
                {
                    "scheduler": "CosineAnnealingLR",
                    "length": "6 epochs",
                    "params": {"eta_min": 0.2},
                },
                {"scheduler": "StepLR", "params": {"step_size": 100, "gamma": 0.5}},
            ],
        },
        {
            "quantity": "beta2",
            "phases": [{"scheduler": "LinearLR", "params": {"start_factor": 0.9}}],
        },
    ],
}


class Lane:
    """A hand on a lane."""

    def __init__(self, canvas, key):
        self.canvas, self.lane = canvas, canvas.lanes.lane(key)

    @property
    def plot(self):
        return self.lane.plot

    def at(self, step, value=None):
        plane = self.plot.plane
        y = plane.rect.center().y() if value is None else plane.y_of(value)
        return QPointF(plane.x_of(step), y) + QPointF(self.plot.pos())

    def knob(self, name):
        found = next(k for k in self.plot.knobs.knobs if name in k.handle.names)
        return self.plot.knobs.spot(found) + QPointF(self.plot.pos())

    def move(self, point, buttons=LEFT, modifiers=PLAIN):
        place = QPointF(point.toPoint())
        there = QPointF(self.lane.mapToGlobal(place.toPoint()))
        event = QMouseEvent(QEvent.Type.MouseMove, place, there, NONE, buttons, modifiers)
        QApplication.sendEvent(self.lane, event)

    def press(self, point, modifiers=PLAIN):
        QTest.mousePress(self.lane, LEFT, modifiers, point.toPoint())

    def release(self, point):
        QTest.mouseRelease(self.lane, LEFT, PLAIN, point.toPoint())

    def click(self, point):
        QTest.mouseClick(self.lane, LEFT, PLAIN, point.toPoint())

    def drag(self, start, end, modifiers=PLAIN):
        self.press(start, modifiers)
        self.move((start + end) / 2, modifiers=modifiers)
        self.move(end, modifiers=modifiers)
        self.release(end)


@pytest.fixture
def document(canvas, controller, qtbot):
    controller.open_document(loads(json.dumps(TEXT)), None)
    canvas.resize(845, 620)
    qtbot.waitUntil(lambda: canvas.lanes.lane("beta2") is not None)
    qtbot.waitUntil(lambda: canvas.lanes.lane("beta2").plot.plane.rect.height() > 40)
    return canvas


@pytest.fixture
def decay(document):
    return Lane(document, "weight_decay")


def track(controller, index=WD):
    return controller.schedule.tracks[index]


def ends(controller, index=WD):
    return [span.end for span in spans(view(controller.schedule, index))]


def said(canvas):
    card = canvas.hands._card
    assert card.isVisible()
    return {entry.name: entry.value for entry in card.reading.entries}


def test_every_lane_shows_its_own_phases(decay, canvas):
    assert [band.end for band in decay.plot.ground.bands] == [600, 1000]
    assert [band.end for band in canvas.view.ground.bands] == [200, 1000]
    assert [b.step for b in decay.plot.marks.boundaries] == [600, 1000]
    (ring,) = decay.plot.marks.handles  # both groups have the optimizer's number
    assert (ring.step, ring.lr) == (0, 0.05)


@pytest.mark.parametrize("active", [False, True])
def test_a_knob_in_a_lane_follows_the_hand(decay, canvas, controller, active):
    if active:
        controller.select(Selection(0, WD))
    before = controller.schedule
    decay.move(decay.at(300), NONE)
    start = decay.knob("eta_min")
    end = QPointF(start.x(), decay.at(0, 0.123).y())
    pixel = abs(decay.plot.plane.lr_at(end.y()) - decay.plot.plane.lr_at(end.y() + 1))
    decay.press(start)
    decay.move((start + end) / 2, modifiers=CTRL)
    decay.move(end, modifiers=CTRL)
    value = track(controller).phases[0].params["eta_min"]
    assert value == pytest.approx(0.123, abs=1.5 * pixel)
    assert said(canvas)["eta_min"] == f"{value:.6g} weight decay"
    assert canvas.view.readout.reading is None
    decay.release(end)
    assert controller.undo_stack.undoText() == "drag eta_min"
    assert controller.selection == Selection(0, WD)
    assert controller.schedule.phases == before.phases
    controller.undo_stack.undo()
    assert controller.schedule == before


def test_esc_puts_everything_back(decay, canvas, controller):
    before = controller.schedule
    decay.move(decay.at(300), NONE)
    start = decay.knob("eta_min")
    decay.press(start)
    decay.move(start + QPointF(0, 12))
    assert controller.schedule != before
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert controller.schedule == before
    decay.move(start + QPointF(0, 30))
    decay.release(start + QPointF(0, 30))
    assert controller.schedule == before
    assert controller.undo_stack.count() == 0
    assert not canvas.lanes.busy


def test_a_boundary_in_a_lane_is_dragged_and_snaps(decay, canvas, controller):
    decay.drag(decay.at(600), decay.at(404))
    assert ends(controller) == [400, 1000]
    decay.press(decay.at(400))
    decay.move(decay.at(300))
    decay.move(decay.at(-500))
    assert canvas.hands._card.reading.warning == "a phase has one step at least"
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert ends(controller) == [400, 1000]
    decay.release(decay.at(0))


def test_a_ring_in_a_lane_changes_the_optimizers_number(decay, canvas, controller):
    start = decay.at(0, 0.05)
    decay.press(start)
    decay.move(start - QPointF(0, 10))
    decay.move(QPointF(start.x(), decay.at(0, 0.1).y()))
    value = controller.schedule.optimizer.args["weight_decay"]
    assert value == pytest.approx(0.1, abs=0.005)
    assert said(canvas) == {"weight decay": f"{value:g}"}
    decay.move(start + QPointF(0, 400))
    assert controller.schedule.optimizer.args["weight_decay"] == 0
    assert canvas.hands._card.reading.warning == "weight decay cannot be below 0"
    decay.release(start + QPointF(0, 400))
    assert controller.undo_stack.undoText() == "change weight decay of a"


def test_a_beta_stops_below_one(document, controller, canvas):
    lane = Lane(document, "beta2")
    lane.move(lane.at(500), NONE)
    start = lane.at(0, controller.part_of(BETA).preview.lr[0, 0])
    lane.press(start)
    lane.move(start - QPointF(0, 20))
    lane.move(start - QPointF(0, 400))
    assert canvas.hands._card.reading.warning
    lane.release(start - QPointF(0, 400))
    assert controller.part_of(BETA).preview.lr.max() < 1
    assert not [p for p in controller.problems if p.severity == "error"]
    assert controller.undo_stack.count() == 1


def test_a_click_on_a_curve_works_on_its_track(decay, controller):
    decay.click(decay.at(800))
    assert controller.selection == Selection(1, WD)


def test_the_nearest_curve_is_the_one_that_is_meant(hand, canvas, controller):
    text = {
        **TEXT,
        "phases": [{"scheduler": "ConstantLR", "params": {"factor": 1}}],
        "tracks": [
            {
                "groups": ["b"],
                "phases": [
                    {"scheduler": "LinearLR"},
                    {
                        "scheduler": "StepLR",
                        "params": {"step_size": 100, "gamma": 0.9},
                        "length": "5 epochs",
                    },
                ],
            }
        ],
    }
    controller.open_document(loads(json.dumps(text)), None)
    near_b = hand.at(750, 0.0081)
    hand.hover(near_b)
    assert {k.track for k in hand.view.knobs.knobs} == {0}
    hand.click(near_b)
    assert controller.selection == Selection(1, 0)
    hand.click(hand.at(300, 0.001))
    assert controller.selection == Selection(0, None)


def test_exact_values_are_typed_in_a_lane(decay, canvas, controller):
    decay.move(decay.at(300), NONE)
    decay.move(decay.knob("eta_min"), NONE)
    card = canvas.findChild(QWidget, "canvas_card")
    assert card.isVisible()
    QTest.mouseDClick(decay.lane, LEFT, PLAIN, decay.knob("eta_min").toPoint())
    field = canvas.findChild(QLineEdit, "bubble_eta_min")
    assert field.hasFocus()
    assert not card.isVisible()
    decay.move(decay.knob("eta_min") + QPointF(1, 0), NONE)
    assert not card.isVisible()
    assert canvas.rect().contains(field.parentWidget().geometry())
    field.selectAll()
    QTest.keyClicks(field, "0.07")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert track(controller).phases[0].params["eta_min"] == 0.07
    assert controller.axis.fitted


def test_the_keyboard_moves_what_is_in_a_lane(decay, canvas, controller):
    controller.select(Selection(1, WD))
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.accessibleDescription().startswith("step_size 100 steps, gamma 0.5")
    assert said(canvas)["step_size"] == "100 steps"
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert track(controller).phases[1].params["step_size"] == 105
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert track(controller).phases[1].params["gamma"] > 0.5
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.hands.chosen is None
    assert not canvas.hands._card.isVisible()


def test_a_scheduler_dropped_on_a_lane_goes_there(decay, canvas, controller):
    place = decay.lane.mapTo(canvas, decay.at(300).toPoint())
    data = scheduler_mime("ExponentialLR")
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(canvas, QDragEnterEvent(place, copy, data, LEFT, PLAIN))
    QApplication.sendEvent(canvas, QDropEvent(QPointF(place), copy, data, LEFT, PLAIN))
    assert "ExponentialLR" in [phase.scheduler for phase in track(controller).phases]
    assert len(controller.schedule.phases) == 2


def test_a_track_that_goes_takes_its_things_along(decay, canvas, controller):
    controller.select(Selection(1, WD))
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    decay.move(decay.at(700), NONE)
    controller.edit("x", controller.schedule.replace(tracks=()), Selection())
    assert canvas.hands.chosen is None
    assert not canvas.hands._card.isVisible()
    assert len(list(canvas.hands)) == 1
    controller.undo_stack.undo()
    assert len(list(canvas.hands)) == 3


def test_momentum_that_torch_cycles_has_nothing_to_hold(canvas, controller, qtbot):
    text = {**TEXT, "tracks": [], "phases": [{"scheduler": "OneCycleLR", "params": {"max_lr": 1}}]}
    controller.open_document(loads(json.dumps(text)), None)
    qtbot.waitUntil(lambda: canvas.lanes.lane("momentum") is not None)
    lane = Lane(canvas, "momentum")
    lane.move(lane.at(300), NONE)
    assert list(lane.plot.marks.handles) == list(lane.plot.marks.boundaries) == []
    lane.click(lane.at(300))
    assert controller.selection == Selection(0, None)


@pytest.mark.parametrize("place", [QPointF(-900, -500), QPointF(2000, 900), QPointF(300, 100)])
def test_the_card_stays_inside(canvas, theme, place):
    card = FloatingCard(theme, canvas)
    card.say(Reading("step 3", (Entry("eta_min", "1e-5 lr"),), warning="that is all"), place)
    assert canvas.rect().contains(card.geometry())
    assert not card.geometry().contains(place.toPoint())
