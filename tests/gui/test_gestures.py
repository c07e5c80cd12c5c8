"""What is declared of keys and mouse is what the panels do, no more and no less."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from lrdesigner.gui.actions import ACTIONS
from lrdesigner.gui.canvas.gestures import CURVE, HANDLE
from lrdesigner.gui.dialogs.shortcut_rows import PLACES, Way, lines
from lrdesigner.gui.dialogs.shortcuts import ShortcutsDialog
from lrdesigner.gui.gestures import mouse_text
from lrdesigner.gui.menu_entries import menu_entries
from lrdesigner.gui.overlays.gestures import OVERLAYS
from lrdesigner.gui.state import Selection
from lrdesigner.gui.timeline.gestures import TIMELINE
from lrdesigner.gui.widgets import EmptyState
from lrdesigner.schedule import track_edits

PORTABLE = QKeySequence.SequenceFormat.PortableText
CANDIDATES = [
    *(Qt.Key(code) for code in range(Qt.Key.Key_Space.value, Qt.Key.Key_QuoteLeft.value + 1)
      if code in Qt.Key._value2member_map_),
    *(Qt.Key[f"Key_F{number}"] for number in range(1, 13)),
    *(Qt.Key[f"Key_{name}"] for name in (
        "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Insert", "Delete",
        "Backspace", "Return", "Enter", "Escape")),
]  # fmt: skip
ELSEWHERE = {"Tab", "Shift+Tab", "Menu"}  # Qt takes these before a widget sees them as keys


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    after, _ = track_edits.add_lane(window.schedule, "momentum")
    window.controller.edit("add lane", after)
    return window


def name_of(key, modifiers=Qt.KeyboardModifier.NoModifier) -> str:
    return QKeySequence(QKeyCombination(modifiers, key)).toString(PORTABLE)


def declared(*places) -> set[str]:
    keys = {keys for place in places for gesture in place.gestures for keys in gesture.keys}
    return keys - ELSEWHERE


def heeded(widget, prepare) -> set[str]:
    """The keys, pressed alone, that a widget takes."""
    found = set()
    for key in CANDIDATES:
        prepare()
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "")
        widget.keyPressEvent(event)
        if event.isAccepted():
            found.add(name_of(key))
        QTest.keyRelease(widget, key)
    return found


def plain(keys: set[str]) -> set[str]:
    return {each for each in keys if "+" not in each or each == "+"}


def test_the_curve_takes_what_is_declared_and_nothing_else(window):
    canvas = window.canvas
    canvas.setFocus()
    found = heeded(canvas, lambda: window.controller.select(Selection()))
    # Esc without a drag, and the axis locks, are only there while something is in hand.
    assert found - {"Space"} == plain(declared(CURVE)) - {"Esc"}
    assert any("Space" in gesture.mouse for gesture in CURVE.gestures)


def test_a_handle_takes_what_is_declared(window):
    canvas, chosen = window.canvas, Selection(2)

    def choose() -> None:
        window.controller.select(chosen)
        for _ in range(20):
            canvas.setFocus()
            if canvas.accessibleDescription().startswith("T_max"):
                return
            QTest.keyClick(canvas, Qt.Key.Key_Tab)
        raise AssertionError(canvas.accessibleDescription())

    found = heeded(canvas, choose)
    curve = plain(declared(CURVE)) | {"Space"}
    assert found == (plain(declared(HANDLE)) - {"X", "Y"}) | curve
    for keys in ("Shift+Left", "Shift+Up"):
        assert keys in declared(HANDLE)
        choose()
        before = window.schedule
        QTest.keySequence(canvas, QKeySequence(keys))
        assert window.schedule != before, keys


def test_the_timeline_takes_what_is_declared_and_nothing_else(window):
    found = heeded(window.timeline, lambda: window.controller.select(Selection(1)))
    assert found == plain(declared(TIMELINE))


@pytest.mark.parametrize(("keys", "chosen"), [("Shift+Left", (0, 1)), ("Shift+Right", (1, 2))])
def test_declared_keys_select_more_phases(window, keys, chosen):
    assert keys in declared(TIMELINE)
    window.controller.select(Selection(1))
    window.timeline.setFocus()
    QTest.keySequence(window.timeline, QKeySequence(keys))
    assert tuple(window.controller.part.chosen) == chosen


@pytest.mark.parametrize("keys", ["Alt+Left", "Alt+Right"])
def test_declared_keys_move_phases(window, keys):
    assert keys in declared(TIMELINE)
    window.controller.select(Selection(1))
    window.timeline.setFocus()
    before = [phase.scheduler for phase in window.schedule.phases]
    QTest.keySequence(window.timeline, QKeySequence(keys))
    after = [phase.scheduler for phase in window.schedule.phases]
    place = 0 if keys.endswith("Left") else 2
    assert after[place] == before[1]


def test_an_overlay_takes_what_is_declared_and_nothing_else(window, schedule, tmp_path):
    from lrdesigner.gui.overlays.row import OverlayRow

    paths = [tmp_path / f"{name}.json" for name in "ab"]
    for path in paths:
        schedule.save(path)
    kept = heeded_by_rows(window, paths, OverlayRow)
    assert kept == plain(declared(OVERLAYS))


def heeded_by_rows(window, paths, kind) -> set[str]:
    found = set()
    for key in CANDIDATES:
        overlays = window.controller.overlays
        for overlay in overlays.overlays:
            overlays.remove(overlay.id)
        window.open_overlays(paths)
        QApplication.processEvents()
        row = next(each for each in window.overlays_panel.findChildren(kind) if each.isVisible())
        row.setFocus()
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "")
        row.keyPressEvent(event)
        if event.isAccepted():
            found.add(name_of(key))
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
    return found


def test_declared_keys_are_keys_and_no_gesture_is_without_a_way():
    for place in PLACES:
        for gesture in place.gestures:
            assert gesture.keys or gesture.mouse, gesture.what
            for keys in gesture.keys:
                assert QKeySequence(keys).toString(PORTABLE) == keys


def test_no_key_of_a_panel_is_one_of_the_whole_window(window):
    everywhere = {keys for spec in ACTIONS if not spec.local for keys in spec.keys}
    for place in PLACES:
        assert not declared(place) & everywhere, place.title


def test_modifiers_are_called_as_the_platform_calls_them():
    assert re.fullmatch(r"\S+ \+ wheel", mouse_text("{shift} + wheel"))
    assert mouse_text("") == ""


# -- the page -----------------------------------------------------------------------------------


def open_page(window) -> ShortcutsDialog:
    window.timeline.setFocus()
    QTest.keySequence(window.timeline, QKeySequence("Ctrl+/"))
    (page,) = [each for each in window.findChildren(ShortcutsDialog) if each.isVisible()]
    return page


def test_it_lists_every_key_of_the_menus_and_every_gesture(window):
    page = open_page(window)
    shown = page.shown()
    for entry in menu_entries(window.menuBar()):
        if not entry.action.shortcut().isEmpty():
            what = entry.action.iconText().rstrip("…")
            section = [each for each in shown if each.section == entry.path[0]]
            (line,) = [each for each in section if each.what == what]
            assert len(line.ways) == len(entry.action.shortcuts())
    assert len(shown) > sum(len(place.gestures) for place in PLACES) + len(ACTIONS)
    page.close()


@pytest.mark.parametrize(
    ("query", "what"),
    [("ctrl+z", "Undo"), ("paste", "Paste"), ("handle double", "Type the exact value")],
)
def test_it_is_searched_by_what_happens_and_by_key(window, query, what):
    page = open_page(window)
    QTest.keyClicks(page.search, query)
    assert what in [line.what for line in page.shown()]
    assert len(page.shown()) < 8
    page.close()


def test_nothing_found_offers_the_way_back(window):
    page = open_page(window)
    QTest.keyClicks(page.search, "qqq")
    assert not page.view.isVisible()
    button = page.findChild(EmptyState).findChild(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.view.isVisible()
    assert page.focusWidget() is page.search
    page.close()


def test_arrows_are_drawn_together_and_read_apart(window):
    line = next(each for each in lines(window.menuBar()) if each.what == "Move it a tenth as far")
    assert line.ways == (Way(("Shift", "← → ↑ ↓")),)
    assert line.spoken == "Move it a tenth as far: Shift + Left + Right + Up + Down"
