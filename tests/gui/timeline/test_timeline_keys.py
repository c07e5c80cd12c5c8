"""The timeline by keyboard, and the context menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication

from lrdesigner.catalog import schedulers
from lrdesigner.gui.state import Selection
from lrdesigner.gui.timeline.menu import PhaseMenu

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def names(phases):
    return [scheduler for scheduler, *_ in phases()]


def test_arrows_walk_along_the_phases(fingers, controller):
    for key, chosen in (
        (Key.Key_Right, 0),
        (Key.Key_Right, 1),
        (Key.Key_Right, 2),
        (Key.Key_Right, 2),
        (Key.Key_Left, 1),
        (Key.Key_Home, 0),
        (Key.Key_Left, 0),
        (Key.Key_End, 2),
        (Key.Key_Escape, None),
        (Key.Key_Left, 2),
    ):
        fingers.key(key)
        assert controller.selection == Selection(chosen)


def test_arrows_with_alt_move_the_phase(fingers, controller, phases):
    modifier = ALT
    controller.select(Selection(0))
    fingers.key(Key.Key_Right, modifier)
    assert names(phases) == ["ConstantLR", "LinearLR", "CosineAnnealingLR"]
    assert controller.selection == Selection(1)
    fingers.key(Key.Key_Left, modifier)
    fingers.key(Key.Key_Left, modifier)  # at the edge: nothing
    assert names(phases) == ["LinearLR", "ConstantLR", "CosineAnnealingLR"]
    assert controller.undo_stack.count() == 2


def test_arrows_with_shift_select_more_and_less(fingers, controller, phases):
    controller.select(Selection(1))
    seen = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Left):
        fingers.key(key, SHIFT)
        seen.append(controller.selection.phases)
    assert seen == [(1, 2), (1, 2), (1,), (0, 1), (0, 1)]
    assert controller.selection.phase == 1
    assert names(phases) == ["LinearLR", "ConstantLR", "CosineAnnealingLR"]
    assert controller.undo_stack.count() == 0


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_removes_the_selected_phase(fingers, controller, phases, key):
    fingers.key(key)  # nothing selected
    assert len(phases()) == 3
    controller.select(Selection(2))
    fingers.key(key)
    assert names(phases) == ["LinearLR", "ConstantLR"]
    assert controller.selection == Selection(1)
    fingers.key(key)
    fingers.key(key)
    assert phases() == []
    assert controller.selection == Selection(None)
    fingers.key(Key.Key_Right)
    fingers.key(Key.Key_Home)
    assert controller.selection == Selection(None)


def menu_at(timeline, point) -> PhaseMenu | None:
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point.toPoint(), timeline.mapToGlobal(point.toPoint())
    )
    QApplication.sendEvent(timeline, event)
    return timeline.findChild(PhaseMenu)


def choose(menu: PhaseMenu, name: str) -> None:
    action = menu.findChild(QAction, name)
    assert action is not None, name
    action.trigger()
    menu.close()


def test_the_menu_is_about_the_block_under_the_mouse(fingers, timeline, controller, qtbot):
    assert menu_at(timeline, fingers.at(200) * 0) is None
    menu = menu_at(timeline, fingers.block(1))
    assert menu.isVisible()
    assert controller.selection == Selection(1)
    menu.close()
    qtbot.waitUntil(lambda: timeline.findChild(PhaseMenu) is None)


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("phase_delete", ["LinearLR", "CosineAnnealingLR"]),
        ("phase_duplicate", ["LinearLR", "ConstantLR", "ConstantLR", "CosineAnnealingLR"]),
        ("phase_left", ["ConstantLR", "LinearLR", "CosineAnnealingLR"]),
        ("phase_right", ["LinearLR", "CosineAnnealingLR", "ConstantLR"]),
    ],
)
def test_what_the_menu_does(fingers, timeline, controller, phases, name, result):
    choose(menu_at(timeline, fingers.block(1)), name)
    assert names(phases) == result
    assert controller.undo_stack.count() == 1


def test_the_menu_changes_the_start(fingers, timeline, controller):
    menu = menu_at(timeline, fingers.block(1))
    assert menu.findChild(QAction, "phase_start_continue").isChecked()
    choose(menu, "phase_start_base")
    assert controller.schedule.phases[1].start == "base"


def test_the_menu_stacks_what_composes(fingers, timeline, controller):
    menu = menu_at(timeline, fingers.block(1))
    offered = {
        action.data()[1]
        for action in menu.findChildren(QAction)
        if action.objectName().startswith("phase_stack_")
    }
    assert offered == {spec.key for spec in schedulers() if spec.composes}
    choose(menu, "phase_stack_ExponentialLR")
    assert [item.scheduler for item in controller.schedule.phases[1].with_] == ["ExponentialLR"]


def test_at_the_ends_the_menu_offers_less(fingers, timeline):
    menu = menu_at(timeline, fingers.block(0))
    assert not menu.findChild(QAction, "phase_left").isEnabled()
    assert menu.findChild(QAction, "phase_right").isEnabled()
    menu.close()


def test_the_menu_key_opens_the_menu_of_the_selected_phase(timeline, controller):
    controller.select(Selection(2))
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, timeline.rect().center(), timeline.pos()
    )
    QApplication.sendEvent(timeline, event)
    menu = timeline.findChild(PhaseMenu)
    assert not menu.findChild(QAction, "phase_right").isEnabled()
    menu.close()


def test_focus_is_visible(timeline, controller):
    controller.select(Selection(1))
    with_focus = timeline.grab().toImage()
    timeline.clearFocus()
    assert timeline.grab().toImage() != with_focus
