"""From a field of the inspector to a sweep of what it edits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QWidget

from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Phase, Track
from lrdesigner.sweep import EpochsTarget, GroupLrTarget, LengthTarget, ParamTarget


@pytest.fixture
def inspector(qtbot, controller, theme):
    panel = InspectorPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(316, 900)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def menu_at(widget):
    """The context menu that a right click opens."""
    place = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    return next(m for m in widget.window().findChildren(QMenu) if m.isVisible())


def choose(menu, text):
    action = next(a for a in menu.actions() if a.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def swept(controller):
    return controller.sweeps.setup.axes[0].target if controller.sweeps.setup else None


@pytest.mark.parametrize(
    ("phase", "field", "name", "target"),
    [
        (2, "param_eta_min", "eta_min", ParamTarget(2, "eta_min")),
        (2, "param_T_max", "T_max", ParamTarget(2, "T_max")),
        (0, "param_start_factor", "start_factor", ParamTarget(0, "start_factor")),
        (0, "phase_length", "length", LengthTarget(0, "epochs")),
        (0, "horizon_epochs", "epochs", EpochsTarget()),
    ],
)
def test_the_context_menu_of_a_field(inspector, controller, phase, field, name, target):
    controller.select(Selection(phase))
    menu = menu_at(inspector.findChild(QLineEdit, field))
    assert "Undo" in menu.actions()[0].text()  # what every field has stays
    choose(menu, f"Sweep {name}")
    assert swept(controller) == target


def test_the_context_menu_of_a_name(inspector, controller):
    controller.select(Selection(2))
    row = inspector.findChild(QLineEdit, "param_eta_min").parentWidget()
    menu = menu_at(row)
    assert [action.text() for action in menu.actions()] == ["Sweep eta_min"]
    choose(menu, "Sweep eta_min")
    assert swept(controller) == ParamTarget(2, "eta_min")


def hover(widget, inside=True):
    point = QPointF(5, 5)
    enter = QEnterEvent(point, point, QPointF(widget.mapToGlobal(QPoint(5, 5))))
    QApplication.sendEvent(widget, enter if inside else QEvent(QEvent.Type.Leave))


def test_the_button_at_the_name(inspector, controller):
    controller.select(Selection(2))
    row = inspector.findChild(QLineEdit, "param_eta_min").parentWidget()
    button = inspector.findChild(QToolButton, "sweep_button_eta_min")
    assert button.isHidden()
    hover(row)
    assert button.isVisible()
    assert row.label.geometry().contains(button.geometry().center())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert swept(controller) == ParamTarget(2, "eta_min")
    hover(row, inside=False)
    assert button.isHidden()


def test_stacked_schedulers_and_lists(inspector, controller):
    schedule = edits.stack(controller.schedule, 2, "ExponentialLR")
    schedule = edits.set_phase(schedule, 1, scheduler="SWALR", params={"swa_lr": [0.1, 0.2]})
    controller.edit("stack", schedule)
    controller.select(Selection(2))
    choose(menu_at(inspector.findChild(QLineEdit, "param_gamma")), "Sweep gamma")
    assert swept(controller) == ParamTarget(2, "gamma", stacked=0)
    controller.select(Selection(1))
    row = inspector.findChild(QWidget, "param_swa_lr").parentWidget()
    choose(menu_at(row), "Sweep swa_lr")
    assert swept(controller) == ParamTarget(1, "swa_lr", element=0)


def test_a_formulas_constants(inspector, controller):
    schedule = edits.set_phase(
        controller.schedule,
        2,
        scheduler="formula",
        params={"formula": "lr * exp(-k * t / T)", "constants": {"k": 3.0}},
    )
    controller.edit("formula", schedule)
    controller.select(Selection(2))
    choose(menu_at(inspector.findChild(QWidget, "param_constants")), "Sweep constants")
    assert swept(controller) == ParamTarget(2, "constants", element="k")


def test_the_menu_of_a_group(qtbot, inspector, controller):
    QTest.mouseClick(inspector.findChild(QToolButton, "group_menu_1"), Qt.MouseButton.LeftButton)
    menu = inspector.findChild(QMenu, "group_actions")
    choose(menu, "Sweep LR")
    assert swept(controller) == GroupLrTarget(1)


def test_a_track_of_a_group(inspector, controller):
    track = Track(groups=("head",), phases=(Phase(scheduler="StepLR", params={"step_size": 9}),))
    controller.edit("track", controller.schedule.replace(tracks=(track,)))
    controller.select(Selection(0, 0))
    choose(menu_at(inspector.findChild(QLineEdit, "param_step_size")), "Sweep step_size")
    assert swept(controller) == ParamTarget(0, "step_size", track=0)


def test_a_lane_is_not_offered(inspector, controller):
    """The canvas draws fans of LRs only."""
    track = Track(quantity="momentum", phases=(Phase(scheduler="CosineAnnealingLR"),))
    controller.edit("lane", controller.schedule.replace(tracks=(track,)))
    controller.select(Selection(0, 0))
    field = inspector.findChild(QLineEdit, "param_eta_min")
    hover(field.parentWidget())
    assert inspector.findChild(QToolButton, "sweep_button_eta_min").isHidden()
