"""Actions as they are declared: names, tips, keys, menus."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from lrdesigner.gui.actions import ACTIONS
from lrdesigner.gui.actions.keys import native, tip_of
from lrdesigner.gui.menu_entries import menu_entries
from lrdesigner.gui.state import Selection

PORTABLE = QKeySequence.SequenceFormat.PortableText


@pytest.fixture
def window(make_window):
    return make_window()


def test_every_declared_action_has_a_name_a_tip_and_keys(window):
    for spec in ACTIONS:
        action = window.findChild(QAction, f"action_{spec.id}")
        assert action.text(), spec.id
        assert action.statusTip(), spec.id
        shown = [keys.toString(PORTABLE) for keys in action.shortcuts()]
        assert shown == [QKeySequence(keys).toString(PORTABLE) for keys in spec.keys]
        assert shown, spec.id
        assert native(spec.keys[0]) in action.toolTip()


def test_no_two_actions_of_the_window_share_keys(window):
    owners = defaultdict(set)
    for action in window.findChildren(QAction):
        for keys in action.shortcuts():
            if not keys.isEmpty():
                owners[keys.toString(PORTABLE)].add(action.objectName())
    assert len(owners) > 40
    assert not {keys: names for keys, names in owners.items() if len(names) > 1}


def test_keys_differ_by_more_than_what_a_keyboard_needs_shift_for(window):
    # Where digits are typed with Shift, Ctrl+Shift+1 is the only way to press Ctrl+1.
    shown = [keys for spec in ACTIONS for keys in spec.keys]
    assert not [k for k in shown if "Shift+" in k and k[-1].isdigit() and k[-2] == "+"]
    assert not [k for k in shown if "Ctrl+Alt" in k]  # AltGr, where there is one


BY_LETTERS = ("recent", "lanes", "reference", "align", "difference", "slope")


def test_menu_entries_have_keys_or_stand_in_a_submenu_with_a_letter(window):
    menus = {menu.title().replace("&", ""): menu for menu in window.menuBar().findChildren(QMenu)}
    entries = list(menu_entries(window.menuBar()))
    assert len(entries) > len(ACTIONS)
    for entry in entries:
        assert all("&" in menus[title].title() for title in entry.path), entry.path
        # What is in some submenus depends on the document, and is made when they open.
        if entry.menu.removeprefix("menu_") not in BY_LETTERS:
            assert not entry.action.shortcut().isEmpty(), entry.text


def test_every_action_stands_in_a_menu(window):
    listed = {entry.action.objectName() for entry in menu_entries(window.menuBar())}
    assert {f"action_{spec.id}" for spec in ACTIONS} <= listed


def test_an_action_that_cannot_be_chosen_says_why(window):
    action = window.actions_["duplicate_phase"]
    assert not action.isEnabled()
    assert action.toolTip().startswith("Select a phase first")
    window.controller.select(Selection(0))
    assert action.isEnabled()
    assert action.toolTip() == f"Put a copy after the selected phase ({native('Ctrl+D')})"


def test_whatever_can_be_impossible_says_why(window):
    possible = {spec.id for spec in ACTIONS if window.actions_[spec.id].isEnabled()}
    assert not [spec.id for spec in ACTIONS if spec.id not in possible and not spec.needs]


def test_undo_and_redo_name_the_step_and_their_keys(window):
    window.controller.edit("change this & that", window.schedule.replace(name="other"))
    undo = window.actions_["undo"]
    assert undo.text() == "Undo change this && that"
    assert undo.toolTip() == f"Take back change this & that ({native('Ctrl+Z')})"
    undo.trigger()
    assert not undo.isEnabled()
    assert undo.toolTip() == f"Undo ({native('Ctrl+Z')})"
    assert native("Ctrl+Shift+Z") in window.actions_["redo"].toolTip()


def test_others_can_show_the_keys_of_an_action():
    assert tip_of("Stop the run", "stop_run") == f"Stop the run ({native('Ctrl+.')})"
