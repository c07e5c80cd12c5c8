"""Keys of the menus work while the cursor is in a field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from lrdesigner.gui.actions.field_keys import FieldKeys
from lrdesigner.gui.dialogs.gallery import Gallery
from lrdesigner.gui.state import Selection

# What a line edit claims differs by platform; these every one claims.
CLAIMED = ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+Left", "Home")


@pytest.fixture
def line(qtbot, theme):
    """A field in a window."""
    window = QPushButton()
    qtbot.addWidget(window)
    field = QLineEdit("a text", window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield field
    window.close()


def press(qtbot, field, keys):
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keySequence(field, QKeySequence(keys))


def an_action(window, keys, *, enabled=True):
    action = QAction(window)
    action.setShortcut(QKeySequence(keys))
    action.setEnabled(enabled)
    window.addAction(action)
    return action


@pytest.mark.parametrize("keys", CLAIMED)
def test_a_key_that_a_field_claims_is_the_windows(qtbot, line, keys):
    window = line.window()
    action = an_action(window, keys)
    FieldKeys(window, [action])
    with qtbot.waitSignal(action.triggered):
        press(qtbot, line, keys)


def test_other_keys_stay_with_the_field(qtbot, line):
    window = line.window()
    FieldKeys(window, [an_action(window, "Ctrl+E"), an_action(window, "Ctrl+A", enabled=False)])
    press(qtbot, line, "Ctrl+A")
    assert line.selectedText() == "a text"
    QTest.keyClicks(line, "b")
    assert line.text() == "b"


def test_the_field_may_go_while_it_is_watched(qtbot, line):
    window = line.window()
    action = an_action(window, "Ctrl+A")
    FieldKeys(window, [action])
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    with qtbot.waitSignal(line.destroyed):
        line.deleteLater()
    other = QLineEdit("other", window)
    other.show()
    with qtbot.waitSignal(action.triggered):
        press(qtbot, other, "Ctrl+A")


def test_the_gallery_opens_from_a_field_of_the_inspector(qtbot, make_window, schedule, tmp_path):
    path = tmp_path / "test.json"
    schedule.save(path)
    window = make_window([path])
    window.activateWindow()
    window.controller.select(Selection(2))
    field = window.inspector.findChild(QLineEdit, "param_eta_min")
    # The platform of the test may leave Ctrl+E to the window; no field leaves it Ctrl+A.
    window.actions_["gallery"].setShortcut(QKeySequence("Ctrl+A"))
    press(qtbot, field, "Ctrl+A")
    qtbot.waitUntil(lambda: window.findChild(Gallery) is not None)
    gallery = window.findChild(Gallery)
    QTest.keyClick(gallery, Qt.Key.Key_Escape)
    assert not gallery.isVisible()


def test_what_is_being_typed_is_in_the_phase_that_a_key_duplicates(qtbot, make_window):
    window = make_window()
    last = len(window.schedule.phases) - 1
    window.controller.select(Selection(last))
    field = window.findChild(QLineEdit, "param_eta_min")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "3e-6")
    QTest.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.schedule.phases) == last + 2)
    assert [phase.params["eta_min"] for phase in window.schedule.phases[last:]] == [3e-6, 3e-6]
