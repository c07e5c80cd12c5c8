"""What is said aloud while the keyboard moves things, and what the curve is in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence
from PySide6.QtTest import QTest

from lrdesigner.gui import announce as announcing
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits


class Ear:
    """Stands where events go to the screen reader."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def updateAccessibility(self, event) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.heard.append(event.message())

    def __getattr__(self, name):
        return getattr(QAccessible, name)

    def isActive(self) -> bool:
        return True


@pytest.fixture
def ear(monkeypatch) -> Ear:
    ear = Ear()
    monkeypatch.setattr(announcing, "QAccessible", ear)
    return ear


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")
    return window


def test_the_timeline_says_which_phase_the_arrows_select(window, ear):
    window.timeline.setFocus()
    QTest.keyClick(window.timeline, Qt.Key.Key_Home)
    assert ear.heard == ["Phase 1 of 3: Linear, 10 epochs, LR 1.00e−05 to 1.00e−03"]
    QTest.keyClick(window.timeline, Qt.Key.Key_Right)
    assert ear.heard[1].startswith("Phase 2 of 3: Constant, 40 epochs")
    QTest.keyClick(window.timeline, Qt.Key.Key_Escape)
    assert ear.heard[2:] == ["The run"]


def test_it_says_where_a_phase_has_been_moved(window, ear):
    window.controller.select(Selection(1))
    window.timeline.setFocus()
    ear.heard.clear()
    QTest.keySequence(window.timeline, QKeySequence("Alt+Left"))
    assert ear.heard[-1].startswith("Phase 1 of 3: Constant")


def test_the_canvas_says_what_a_handle_is_and_where_it_went(window, ear):
    window.controller.select(Selection(2))
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    first = ear.heard[-1]
    assert first == window.canvas.accessibleDescription()
    QTest.keyClick(window.canvas, Qt.Key.Key_Up)
    assert ear.heard[-1] == window.canvas.accessibleDescription() != first


def test_nothing_is_said_of_what_others_do(window, ear):
    window.timeline.setFocus()
    window.palette_panel.focus_search()
    ear.heard.clear()
    window.controller.select(Selection(1))
    window.controller.edit("x", edits.set_param(window.schedule, 2, "eta_min", 3e-6))
    assert ear.heard == []


def test_nobody_listening_costs_no_words(window, monkeypatch):
    monkeypatch.setattr(announcing, "QAccessible", type("Deaf", (), {"isActive": lambda: False}))
    monkeypatch.setattr("lrdesigner.gui.timeline.panel.selection_words", None)
    window.timeline.setFocus()
    QTest.keyClick(window.timeline, Qt.Key.Key_Home)
    assert window.controller.selection == Selection(0)


def test_the_curve_in_words_has_its_numbers_and_its_phases_and_follows(window, qtbot):
    def words() -> str:
        return window.canvas.accessibleDescription()

    assert words().startswith("125,100 steps, 3 phases, 2 groups. ")
    assert "head: starts at 1.00e−05, peaks at 1.00e−03 (step 12,510 · epoch 10.0)" in words()
    assert "ends at 1.00e−06" in words()
    assert words().endswith(
        "Phases: Linear for 10 epochs, Constant for 40 epochs, Cosine for 50 epochs."
    )
    window.controller.edit("x", edits.remove_phase(window.schedule, 1))
    assert "Constant" not in words()
    window.controller.undo_stack.undo()
    assert "Constant for 40 epochs" in words()
    window.actions_["new"].trigger()
    assert words().endswith("No phases: the LR stays as it is.")


def test_many_phases_and_groups_are_counted_not_read(window):
    schedule = window.schedule
    group = schedule.optimizer.groups[0]
    groups = tuple(group.replace(name=f"g{number}") for number in range(9))
    phases = tuple(schedule.phases[1].replace(length="1 epochs") for _ in range(11))
    optimizer = schedule.optimizer.replace(groups=groups)
    window.controller.edit("x", schedule.replace(phases=phases, optimizer=optimizer))
    words = window.canvas.accessibleDescription()
    assert "And 3 more groups." in words
    assert words.endswith(", 3 more.")
