"""The unit a length is held in, from the length's context menu."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.state import Selection
from lrdesigner.schedule.units import spans


@pytest.fixture
def units(qtbot, controller, theme):
    """Opens the menu of units for a phase."""
    panel = InspectorPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(316, 900)
    panel.show()
    qtbot.waitExposed(panel)

    def opened(phase: int) -> QMenu:
        controller.select(Selection(phase))
        field = panel.findChild(QLineEdit, "phase_length")
        place = field.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place))
        QApplication.sendEvent(field, event)
        menu = next(m for m in panel.findChildren(QMenu) if m.isVisible())
        found = next(a.menu() for a in menu.actions() if a.text() == "Hold in")
        found.aboutToShow.emit()
        menu.close()
        return found

    return opened


@pytest.mark.parametrize(
    ("unit", "length"), [("steps", "300 steps"), ("percent", "30%"), ("epochs", "3 epochs")]
)
def test_the_unit_changes_and_nothing_moves(units, controller, unit, length):
    before = spans(controller.schedule)
    menu = units(1)
    assert menu.findChild(QAction, "length_unit_epochs").isChecked()
    menu.findChild(QAction, f"length_unit_{unit}").trigger()
    assert controller.schedule.phases[1].length == length
    assert spans(controller.schedule) == before
    assert controller.undo_stack.count() == (unit != "epochs")


def test_a_unit_that_cannot_say_it_says_why(units):
    rest = units(1).findChild(QAction, "length_unit_rest")
    assert not rest.isEnabled()
    assert rest.toolTip() == "Another phase takes the rest; only one can."
