"""The command palette in the window, with the keyboard only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from lrdesigner.gui.command_palette import CommandPalette
from lrdesigner.gui.dialogs.recipes import recipes
from lrdesigner.gui.menu_entries import menu_entries
from lrdesigner.gui.state import Selection
from lrdesigner.schedule.model import Phase, Track


@pytest.fixture
def window(make_window, qtbot):
    return ready(make_window(), qtbot)


def ready(window, qtbot):
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.timeline.setFocus()
    return window


def open_palette(window) -> CommandPalette:
    QTest.keySequence(window.focusWidget(), QKeySequence("Ctrl+Shift+P"))
    box = window.findChild(CommandPalette)
    assert box.isVisible()
    assert box.search.hasFocus()
    return box


def ask(window, text) -> CommandPalette:
    box = open_palette(window)
    QTest.keyClicks(box.search, text)
    return box


def titles(box) -> list[str]:
    return [found.command.title for found in box.found()]


def find(box, title):
    return next(found.command for found in box.found() if found.command.title == title)


def enter(box) -> None:
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_it_offers_everything_in_the_menus(window):
    box = open_palette(window)
    offered = {found.command.id for found in box.found()}
    listed = {entry.action.objectName() for entry in menu_entries(window.menuBar())}
    assert {name for name in listed if name} - offered == {"action_command_palette"}


def test_it_shows_shortcut_and_menu_path(window):
    box = ask(window, "join with")
    command = box.found()[0].command
    assert command.where == "Edit"
    assert command.keys == QKeySequence("Ctrl+J").toString(QKeySequence.SequenceFormat.NativeText)
    assert find(ask_again(box, "inspector"), "Inspector").where == "View ▸ Panels"


def ask_again(box, text):
    box.search.clear()
    QTest.keyClicks(box.search, text)
    return box


def test_a_scheduler_is_added_by_name(window):
    count = len(window.schedule.phases)
    box = ask(window, "add cosine")
    assert titles(box)[0] == "Add Cosine"
    enter(box)
    assert not box.isVisible()
    assert len(window.schedule.phases) == count + 1
    assert window.schedule.phases[-1].scheduler == "CosineAnnealingLR"
    assert window.focusWidget() is window.timeline
    window.controller.undo_stack.undo()
    assert len(window.schedule.phases) == count


def test_an_action_runs(window):
    assert window.controller.view.log
    enter(ask(window, "linear lr"))
    assert not window.controller.view.log
    box = ask(window, "linear lr")
    assert find(box, "Linear LR Axis").on is True
    assert find(ask_again(box, "logarithmic"), "Logarithmic LR Axis").on is False


def test_a_parameter_of_the_selected_phase_gets_the_cursor(window):
    window.controller.select(Selection(2))
    box = ask(window, "eta_min")
    assert box.found()[0].command.where == "Inspector ▸ Cosine"
    enter(box)
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.objectName() == "param_eta_min"


def test_a_parameter_in_a_track_selects_its_phase(window):
    before = window.schedule
    phases = (Phase(scheduler="OneCycleLR", params={"max_lr": 0.1}),)
    track = Track(groups=(before.optimizer.groups[0].name,), phases=phases)
    window.controller.edit("a track", before.replace(tracks=(track,)))
    enter(ask(window, "max_lr"))
    assert window.controller.selection == Selection(0, 0)
    assert window.focusWidget().objectName() == "param_max_lr"


def test_a_parameter_of_another_phase_selects_it(window):
    box = ask(window, "start_factor")
    enter(box)
    assert window.controller.selection == Selection(0)
    assert window.focusWidget().objectName() == "param_start_factor"


def test_a_field_in_a_folded_section_is_unfolded(window):
    box = ask(window, "weight_decay")
    assert not window.inspector.findChild(QLineEdit, "optimizer_weight_decay").isVisible()
    command = next(
        f.command for f in box.found() if f.command.id.endswith("optimizer_weight_decay")
    )
    row = [found.command for found in box.found()].index(command)
    for _ in range(row):
        QTest.keyClick(box.search, Qt.Key.Key_Down)
    enter(box)
    assert window.focusWidget().objectName() == "optimizer_weight_decay"


def test_recipes_files_phases_and_panels_are_found(window, schedule, tmp_path):
    path = tmp_path / "quite special.json"
    schedule.save(path)
    window.open_files([path])
    box = ask(window, "quite special")
    assert titles(box) == ["Open quite special.json"]
    box = ask_again(box, "select phase 2")
    assert titles(box)[0] == "Select phase 2, Constant"
    enter(box)
    assert window.controller.selection == Selection(1)
    enter(ask(window, "go to numbers"))
    assert window.details.currentWidget() is window.details.numbers
    assert window.details.isAncestorOf(window.focusWidget())
    recipe = next(each for each in recipes() if each.preset is not None)
    enter(ask(window, f"start from {recipe.title}"))
    assert window.schedule == recipe.load().in_folder(None)


def test_a_hidden_panel_is_shown(window):
    window.layout_.focus("overlays", window.overlays_panel)
    dock = window.overlays_panel.parentWidget()
    dock.hide()
    enter(ask(window, "go to overlays"))
    assert dock.isVisible()
    assert window.overlays_panel.isAncestorOf(window.focusWidget())


def test_what_cannot_be_done_says_why_and_does_nothing(window):
    before = window.schedule
    window.controller.select(Selection())
    box = ask(window, "duplicate phase")
    assert box.found()[0].command.why_not == "Select a phase first"
    enter(box)
    assert box.isVisible()
    assert box.findChild(QLabel, "command_foot").text() == "Select a phase first"
    assert window.schedule is before
    assert window.controller.undo_stack.count() == 0


def test_what_was_used_comes_first_next_time_and_after_a_restart(window, make_window, qtbot):
    enter(ask(window, "zoom in"))
    box = open_palette(window)
    assert titles(box)[0] == "Zoom In"
    assert box.found()[0].recent
    QTest.keyClick(box.search, Qt.Key.Key_Escape)
    window.close()
    again = ready(make_window(), qtbot)
    assert titles(open_palette(again))[0] == "Zoom In"


def test_arrows_go_round_and_pages_do_not(window):
    box = open_palette(window)
    rows = len(box.found())
    QTest.keyClick(box.search, Qt.Key.Key_Up)
    assert box.view.currentIndex().row() == rows - 1
    QTest.keyClick(box.search, Qt.Key.Key_Down)
    assert box.view.currentIndex().row() == 0
    QTest.keyClick(box.search, Qt.Key.Key_PageDown)
    assert 1 < box.view.currentIndex().row() < rows - 1
    for _ in range(rows):
        QTest.keyClick(box.search, Qt.Key.Key_PageDown)
    assert box.view.currentIndex().row() == rows - 1
    QTest.keyClick(box.search, Qt.Key.Key_Tab)
    assert box.view.currentIndex().row() == 0
    assert box.search.hasFocus()


def test_esc_closes_it_and_gives_the_keyboard_back(window):
    box = open_palette(window)
    QTest.keyClick(box.search, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert window.focusWidget() is window.timeline


def test_the_same_keys_close_it(window):
    box = open_palette(window)
    QTest.keySequence(box.search, QKeySequence("Ctrl+Shift+P"))
    assert not box.isVisible()


def test_a_press_elsewhere_closes_it_and_does_what_it_is_for(window):
    box = open_palette(window)
    block = window.timeline.blocks.blocks[1].rect.center().toPoint()
    QTest.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=block)
    assert not box.isVisible()
    assert window.controller.selection == Selection(1)


def test_nothing_found_says_what_to_do(window):
    box = ask(window, "qqqq")
    text = box.findChild(QLabel, "command_nothing")
    assert text.isVisible()
    assert "“qqqq”" in text.text()
    enter(box)
    assert box.isVisible()


def test_it_stays_within_the_window(window):
    box = open_palette(window)
    for size in ((1440, 900), (1280, 800), (1000, 640)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(box.geometry())
        middle = box.mapTo(window, QPoint(box.width() // 2, 0)).x()
        assert abs(middle - window.width() // 2) <= 1


def test_what_is_chosen_is_told_to_those_who_listen(window):
    box = ask(window, "duplicate phase")
    said = box.search.accessibleDescription()
    assert said.startswith("Duplicate Phase, not possible: Select a phase first, Edit")
