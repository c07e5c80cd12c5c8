"""Panels dock, float, hide, and come back, whatever has become of settings and screens."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit

from lrdesigner.gui.settings import Settings, encode
from lrdesigner.gui.state import Selection

NAMES = ("palette", "overlays", "inspector", "details")


@pytest.fixture
def window(make_window, qtbot):
    return ready(make_window(), qtbot)


def ready(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def dock(window, name: str) -> QDockWidget:
    return window.findChild(QDockWidget, f"dock_{name}")


def press(window, keys: str) -> None:
    QTest.keySequence(window.focusWidget() or window, QKeySequence(keys))
    QApplication.processEvents()


def settings_of(window) -> Path:
    return window._settings_path


def screen() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()


# -- by keyboard --------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "name"), list(enumerate(NAMES, start=1)))
def test_each_panel_is_hidden_and_shown_by_a_key(window, number, name):
    window.timeline.setFocus()
    press(window, f"Alt+{number}")
    assert not dock(window, name).isVisible()
    press(window, f"Alt+{number}")
    assert dock(window, name).isVisible()


def test_f6_goes_from_panel_to_panel_and_round(window):
    window.canvas.setFocus()
    seen = []
    for _ in range(8):
        press(window, "F6")
        seen.append(window.focusWidget())
    assert seen[0] is window.timeline
    assert window.inspector.isAncestorOf(seen[1])
    assert window.details.isAncestorOf(seen[2])
    assert window.canvas in seen
    window.timeline.setFocus()
    press(window, "Shift+F6")
    assert window.focusWidget() is window.canvas


def test_the_panel_with_the_keyboard_floats_and_comes_back(window, qtbot):
    window.controller.select(Selection(2))
    field = window.inspector.findChild(QLineEdit, "param_eta_min")
    field.setFocus()
    press(window, "Ctrl+Shift+F")
    assert dock(window, "inspector").isFloating()
    assert not window.actions_["lock_panels"].isChecked()
    inside = dock(window, "inspector")
    qtbot.waitUntil(inside.isActiveWindow)
    assert QApplication.focusWidget() is field
    QTest.keySequence(field, QKeySequence("Ctrl+Shift+F"))
    assert not inside.isFloating()


def test_keys_of_the_menus_work_in_a_panel_that_floats(window, qtbot):
    window.controller.select(Selection(2))
    window.inspector.findChild(QLineEdit, "param_eta_min").setFocus()
    press(window, "Ctrl+Shift+F")
    inside = dock(window, "inspector")
    qtbot.waitUntil(inside.isActiveWindow)
    count = len(window.schedule.phases)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(window.schedule.phases) == count + 1


def test_without_a_panel_it_says_which_floats(window):
    window.timeline.setFocus()
    press(window, "Ctrl+Shift+F")
    assert "Click into a panel first" in window.statusBar().currentMessage()


# -- next time ----------------------------------------------------------------------------------


def test_floating_hidden_and_moved_panels_come_back(make_window, window, qtbot):
    window.actions_["lock_panels"].trigger()
    dock(window, "overlays").hide()
    dock(window, "inspector").setFloating(True)
    dock(window, "inspector").setGeometry(60, 80, 330, 420)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock(window, "palette"))
    QApplication.processEvents()
    assert window.close()
    again = ready(make_window(), qtbot)
    assert not dock(again, "overlays").isVisible()
    assert dock(again, "inspector").isFloating()
    assert dock(again, "inspector").size() == dock(window, "inspector").size()
    assert again.dockWidgetArea(dock(again, "palette")) == Qt.DockWidgetArea.RightDockWidgetArea
    again.actions_["reset_layout"].trigger()
    assert not dock(again, "inspector").isFloating()
    assert dock(again, "overlays").isVisible()
    assert again.dockWidgetArea(dock(again, "palette")) == Qt.DockWidgetArea.LeftDockWidgetArea


def test_a_panel_on_a_screen_that_is_gone_comes_back_to_one_that_is_there(
    make_window, window, qtbot
):
    window.actions_["lock_panels"].trigger()
    inspector = dock(window, "inspector")
    inspector.setFloating(True)
    inspector.setGeometry(9000, 7000, 330, 420)
    QApplication.processEvents()
    assert window.close()
    again = ready(make_window(), qtbot)
    inspector = dock(again, "inspector")
    assert inspector.isFloating()
    assert screen().intersects(inspector.frameGeometry())
    title = QRect(inspector.frameGeometry().topLeft(), inspector.frameGeometry().size())
    title.setHeight(30)
    assert title.intersected(screen()).width() >= 120


def test_a_window_on_a_screen_that_is_gone_comes_back_too(make_window, window, qtbot):
    window.move(QPoint(9000, 7000))
    QApplication.processEvents()
    assert window.close()
    again = ready(make_window(), qtbot)
    both = again.frameGeometry().intersected(screen())
    assert both.width() >= 120
    assert both.height() >= 60


def test_nothing_floats_while_panels_are_locked(make_window, window, qtbot):
    window.actions_["lock_panels"].trigger()
    dock(window, "inspector").setFloating(True)
    QApplication.processEvents()
    window.remember()
    path = settings_of(window)
    data = json.loads(path.read_text())
    window.close()
    data.pop("panels_locked")
    path.write_text(json.dumps(data))
    again = ready(make_window(), qtbot)
    assert not dock(again, "inspector").isFloating()


# -- settings that were damaged -----------------------------------------------------------------


def damaged(window, cut: float) -> dict[str, str]:
    """Layout and geometry of which only the beginning is left."""
    window.layout_.remember()
    found = {}
    for name in ("layout", "geometry"):
        data = base64.b64decode(getattr(window._settings, name))
        found[name] = encode(data[: round(len(data) * cut)])
    return found


@pytest.mark.parametrize("cut", [0.02, 0.2, 0.5, 0.8, 0.97])
def test_a_layout_that_was_cut_off_gives_a_window_that_works(make_window, window, qtbot, cut):
    path = settings_of(window)
    broken = damaged(window, cut)
    window.close()
    path.write_text(json.dumps(broken))
    again = ready(make_window(), qtbot)
    assert again.width() >= 780
    assert again.height() >= 500
    assert again.canvas.isVisible()
    assert again.canvas.width() >= 200
    again.actions_["reset_layout"].trigger()
    assert all(dock(again, name).isVisible() for name in NAMES)


@pytest.mark.parametrize("junk", [b"", b"\0" * 64, bytes(range(256)) * 4, b"\xff" * 500])
def test_a_layout_of_other_bytes_is_the_default_one(make_window, window, qtbot, junk):
    path = settings_of(window)
    window.close()
    path.write_text(json.dumps({"layout": encode(junk), "geometry": encode(junk)}))
    again = ready(make_window(), qtbot)
    assert all(dock(again, name).isVisible() for name in NAMES)
    assert not any(dock(again, name).isFloating() for name in NAMES)


def test_a_settings_file_that_was_cut_off_is_kept_aside(make_window, window, qtbot, caplog):
    path = settings_of(window)
    window.close()
    text = path.read_text() + " " * 50
    path.write_text(text[: len(text) // 2])
    cut = path.read_text()
    again = ready(make_window(), qtbot)
    assert all(dock(again, name).isVisible() for name in NAMES)
    assert path.with_name("settings-broken.json").read_text() == cut
    assert "not understood" in caplog.text
    again.close()
    assert json.loads(path.read_text())


# -- a program that is killed -------------------------------------------------------------------


def test_what_was_opened_is_remembered_before_the_end(window, schedule, tmp_path):
    path = tmp_path / "a.json"
    schedule.save(path)
    window.open_files([path])
    assert Settings.read(settings_of(window)).recent == (str(path),)


def test_the_layout_is_remembered_when_people_turn_elsewhere(window, qtbot):
    dock(window, "overlays").hide()
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    assert Settings.read(settings_of(window)).layout


def test_nothing_is_written_that_is_written_already(window):
    window.remember()
    before = settings_of(window).stat().st_ino
    window.remember()
    assert settings_of(window).stat().st_ino == before
    window.actions_["theme_light"].trigger()
    window.remember()
    assert settings_of(window).stat().st_ino != before
    assert Settings.read(settings_of(window)).theme == "light"
