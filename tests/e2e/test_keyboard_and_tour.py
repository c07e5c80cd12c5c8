"""Without the mouse from a preset to code; and the tour's first task, done by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.command_palette import CommandPalette
from lrdesigner.gui.start_page import StartPage
from lrdesigner.gui.tour.steps import CARD

pytestmark = pytest.mark.e2e


@pytest.fixture
def window(open_window, qtbot):
    window = open_window()
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact", timeout=60_000)
    return window


def command(window, hand, text: str) -> None:
    hand.keys("ctrl+shift+p")
    assert window.findChild(CommandPalette).isVisible()
    hand.type(text)
    hand.keys("Return")
    assert not window.findChild(CommandPalette).isVisible()


def test_from_a_preset_to_code_without_the_mouse(window, hand, qtbot):
    command(window, hand, "start from llama")
    count = len(window.schedule.phases)
    command(window, hand, "add cosine")
    assert len(window.schedule.phases) == count + 1
    command(window, hand, "eta_min")
    assert window.focusWidget().objectName() == "param_eta_min"
    hand.keys("ctrl+a")
    hand.type("2e-6")
    hand.keys("Return")
    assert window.schedule.phases[-1].params["eta_min"] == 2e-6
    hand.keys("ctrl+z", "ctrl+z")
    assert len(window.schedule.phases) == count
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact", timeout=60_000)
    QApplication.clipboard().clear()
    command(window, hand, "copy python")
    assert "def build_scheduler(optimizer" in QApplication.clipboard().text()


def test_the_tours_card_is_dragged_and_the_tour_goes_on(window, hand, qtbot):
    hand.keys("ctrl+F1")
    tour = window._start._tour
    assert tour.step.id == "card"
    palette, timeline = window.palette_panel, window.timeline
    start = palette.mapToGlobal(palette.card_in_sight(CARD).center())
    middle = QPoint(timeline.width() // 2, timeline.height() // 2)
    hand.drag(start, timeline.mapToGlobal(middle))
    assert any(phase.scheduler == CARD for phase in window.schedule.phases)
    qtbot.waitUntil(lambda: tour.step.id == "boundary", timeout=10_000)
    hand.keys("Escape")
    assert window._start._tour is None


def test_the_start_page_goes_with_esc(window, hand):
    hand.keys("alt+Home")
    page = window.findChild(StartPage)
    assert page.isVisible()
    hand.keys("Escape")
    assert not page.isVisible()
