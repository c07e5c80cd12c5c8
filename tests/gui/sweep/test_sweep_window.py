"""Sweeps in the window: menus, keys, and saving."""

from __future__ import annotations

import csv
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QToolButton

import lrdesigner as lrd
from lrdesigner.gui.state import Selection
from lrdesigner.sweep import ParamTarget, SweepAxis

ETA = ParamTarget(2, "eta_min")


@pytest.fixture
def window(make_window, qtbot, schedule, tmp_path):
    path = tmp_path / "test.json"
    schedule.save(path)
    window = make_window([path])
    window.activateWindow()
    return window


@pytest.fixture
def swept(qtbot, window):
    sweeps = window.controller.sweeps
    sweeps.open(ETA)
    sweeps.set_count(0, 5)
    qtbot.waitUntil(lambda: sweeps.view is not None and len(sweeps.view.fan.sweep) == 5)
    return window


def test_the_menu_opens_and_closes(qtbot, window):
    window.controller.select(Selection(2))
    action = window.actions_["sweep"]
    assert not action.isChecked()
    assert not window.actions_["export_sweep_table"].isEnabled()
    QTest.keyClick(
        window,
        Qt.Key.Key_W,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert window.sweep_bar.isVisible()
    assert action.isChecked()
    assert window.actions_["export_sweep_table"].isEnabled()
    assert window.controller.sweeps.setup.axes[0].target == ParamTarget(2, "T_max")
    action.trigger()
    assert not window.sweep_bar.isVisible()
    assert not action.isChecked()


def test_the_bar_stands_above_the_canvas_and_has_the_keyboard(qtbot, swept):
    bar, canvas = swept.sweep_bar, swept.canvas
    assert (
        bar.mapTo(swept, bar.rect().bottomLeft()).y()
        < canvas.mapTo(swept, canvas.rect().topLeft()).y()
    )
    qtbot.waitUntil(lambda: bar.rows[0].slider.hasFocus())
    # Timeline and canvas stay in line.
    assert (
        canvas.mapTo(swept, canvas.rect().topLeft()).x()
        == swept.timeline.mapTo(swept, swept.timeline.rect().topLeft()).x()
    )


def test_esc_closes_it_from_the_canvas(swept):
    swept.canvas.setFocus()
    QTest.keyClick(swept.canvas, Qt.Key.Key_Escape)
    assert swept.controller.sweeps.setup is None


@pytest.mark.parametrize("place", ["canvas", "timeline"])
def test_closing_gives_the_keyboard_back(qtbot, window, place):
    before = getattr(window, place)
    before.setFocus()
    window.actions_["sweep"].trigger()
    slider = window.sweep_bar.rows[0].slider
    qtbot.waitUntil(slider.hasFocus)
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    qtbot.waitUntil(before.hasFocus)


def test_closing_leads_to_the_canvas_rather_than_to_a_button(qtbot, window):
    button = window.findChild(QToolButton, "tool_undo") or window.findChild(QToolButton)
    button.setFocus()
    window.actions_["sweep"].trigger()
    qtbot.waitUntil(window.sweep_bar.rows[0].slider.hasFocus)
    QTest.mouseClick(window.sweep_bar.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.canvas.hasFocus)


def test_closing_leaves_the_keyboard_alone_where_it_is_elsewhere(qtbot, swept):
    swept.timeline.setFocus()
    swept.actions_["sweep"].trigger()
    assert swept.timeline.hasFocus()


def test_esc_abandons_a_drag_first(swept):
    controller = swept.controller
    controller.gesture("drag", controller.schedule.replace(name="dragged"))
    QTest.keyClick(swept, Qt.Key.Key_Escape)
    assert not controller.in_gesture
    assert controller.sweeps.setup is not None


def test_adopting_is_undone_by_the_menu(qtbot, swept):
    before = swept.schedule
    QTest.keyClick(swept.sweep_bar.rows[0].slider, Qt.Key.Key_End)
    QTest.mouseClick(swept.sweep_bar.adopt, Qt.MouseButton.LeftButton)
    assert swept.schedule.phases[2].params["eta_min"] == 1e-4
    assert swept.actions_["undo"].text() == "Undo adopt eta_min = 0.0001"
    swept.actions_["undo"].trigger()
    assert swept.schedule == before


def choose_export(qtbot, window, text):
    """Click the button that opens the menu, then the entry."""
    menu = window.sweep_bar.export.menu()
    action = next(each for each in menu.actions() if text in each.text())
    QTimer.singleShot(0, partial(_click_entry, menu, action))
    QTest.mouseClick(window.sweep_bar.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(menu.isHidden)


def _click_entry(menu, action):
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_saving_documents(qtbot, swept, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path))
    choose_export(qtbot, swept, "As documents")
    folder = tmp_path / "test--eta_min"
    qtbot.waitUntil(folder.exists)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 5
    assert "test--eta_min=0.0001.json" in names
    saved = lrd.load(folder / "test--eta_min=0.0001.json")
    assert saved.phases[2].params["eta_min"] == 1e-4
    qtbot.waitUntil(lambda: "Saved 5 documents" in swept.statusBar().currentMessage())
    # Once more: another folder, nothing is overwritten.
    swept.actions_["export_sweep_documents"].trigger()
    qtbot.waitUntil((tmp_path / "test--eta_min (2)").exists)


def test_saving_a_table(qtbot, swept, tmp_path, monkeypatch):
    path = tmp_path / "sweep.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
    choose_export(qtbot, swept, "As a table")
    qtbot.waitUntil(path.exists)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5
    assert float(rows[4]["eta_min"]) == 1e-4
    assert float(rows[0]["peak/head"]) == pytest.approx(0.1)


def test_what_cannot_be_saved_is_said(qtbot, swept, tmp_path, monkeypatch):
    path = tmp_path / "nowhere" / "sweep.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
    swept.actions_["export_sweep_table"].trigger()
    qtbot.waitUntil(lambda: swept.findChild(QMessageBox, "error_message") is not None)
    box = swept.findChild(QMessageBox, "error_message")
    assert "sweep.csv" in box.informativeText()
    box.close()


def test_a_cancelled_dialog_saves_nothing(swept, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: "")
    swept.actions_["export_sweep_table"].trigger()
    swept.actions_["export_sweep_documents"].trigger()
    assert swept.statusBar().currentMessage() == ""


def test_a_wide_sweep_does_not_widen_the_window(qtbot, swept):
    swept.resize(1280, 800)
    controller = swept.controller
    controller.sweeps.add_axis()
    controller.sweeps.set_axis(0, SweepAxis(ETA, 1.23456789e-7, 9.87654321e-5))
    qtbot.waitUntil(lambda: controller.sweeps.view is not None)
    assert swept.width() == 1280
