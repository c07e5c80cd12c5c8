"""The unit a length is held in, from the length's menus, and units it may be typed in."""

from __future__ import annotations

import json

import pytest
from batch_documents import imagenet
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

import lrdesigner as lrd
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


def test_a_button_beside_the_length_opens_the_same_menu(bench):
    bench.open_data(json.loads(lrd.dumps(WARM_UP)))
    before = lrd.simulate(bench.controller.schedule)
    menu = bench.open_menu("length_units_button")
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Steps\t1251 steps", "Epochs\t1 epoch", "Percent of the run\t10%",
                     "Rest of the run"]  # fmt: skip
    menu.close()
    bench.menu("length_units_button", "length_unit_percent")
    assert bench.phase(0).length == "10%"
    assert lrd.simulate(bench.controller.schedule).lr.tobytes() == before.lr.tobytes()
    assert bench.steps == 1


WARM_UP = imagenet(
    {"scheduler": "LinearLR", "length": "1 epoch"},
    {"scheduler": "CosineAnnealingLR"},
    sequence_length=196,
).replace(horizon=imagenet(sequence_length=196).horizon.replace(epochs=10))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2k steps", "2000 steps"),
        ("2,000 steps", "2000 steps"),
        ("1024 samples", "1 step"),
        ("1.28M samples", "1250 steps"),
        ("1,281,024 images", "1251 steps"),
        ("10M Samples", "9766 steps"),
        ("200704000 tokens", "1000 steps"),
        ("0.2B tokens", "996 steps"),
        ("5 epochs", "5 epochs"),
    ],
)
def test_samples_and_tokens_are_steps(bench, text, length):
    bench.open_data(json.loads(lrd.dumps(WARM_UP)))
    bench.type("phase_length", text)
    assert bench.phase(0).length == length


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("10M tokens", "say the batch size and the sequence length first"),
        ("0.1", '"10%" for a share of the run'),
        ("500", '"500 steps"'),
        ("5 lightyears", "is not a length"),
    ],
)
def test_what_is_no_length_says_what_would_be_one(bench, text, says):
    bench.open_one("StepLR")
    bench.type("phase_length", text)
    assert says in bench.message("phase_length")
    assert bench.phase(0).length == "rest"
