"""Where there is nothing, it says what to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lrdesigner.gui.actions.keys import native
from lrdesigner.gui.dialogs.gallery import Gallery
from lrdesigner.gui.timeline.scene import hold_text
from lrdesigner.schedule import edits, track_edits


@pytest.fixture
def window(make_window):
    window = make_window()
    window.resize(1440, 900)
    return window


def shown_texts(holder: QWidget) -> str:
    return "\n".join(each.text() for each in holder.findChildren(QLabel) if each.isVisible())


def test_an_empty_timeline_says_how_phases_get_there(window):
    row = window.timeline.rows.of(None)
    assert hold_text(row) == ""
    short = edits.set_phase(window.schedule, 2, length="10 epochs")
    window.controller.edit("x", short)
    assert hold_text(window.timeline.rows.of(None)).startswith("hold · ")
    window.controller.undo_stack.undo()
    window.actions_["new"].trigger()
    text = hold_text(window.timeline.rows.of(None))
    assert text.startswith("No phases yet: drag a scheduler here")
    assert native("Ctrl+E") in text
    assert "Drag a scheduler" in shown_texts(window.inspector)


def test_so_does_an_empty_track(window):
    after, index = track_edits.add_lane(window.schedule, "momentum")
    track = after.tracks[index].replace(phases=())
    window.controller.edit("x", after.replace(tracks=(track,)))
    assert hold_text(window.timeline.rows.of(0)).startswith("No phases: drag a scheduler here")


def test_no_overlays(window):
    assert "drop their files here" in shown_texts(window.overlays_panel)


def test_no_problems(window):
    window.details.setCurrentWidget(window.details.problems)
    assert "what to do about it" in shown_texts(window.details.problems)


def test_no_scheduler_found(window):
    panel = window.palette_panel
    panel.focus_search()
    QTest.keyClicks(panel.findChild(QWidget, "palette_search"), "qqq")
    assert "Words for what it does find it too" in shown_texts(panel)
    (button,) = [each for each in panel.findChildren(QPushButton) if "Clear" in each.text()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(panel.entries()) > 50


def test_no_preset_found(window, qtbot):
    window.actions_["gallery"].trigger()
    gallery = window.findChild(Gallery)
    gallery.category.set_value("speech")
    gallery.category.value_changed.emit("speech")
    QTest.keyClicks(gallery.search, "resnet")
    assert not gallery.view.isVisible()
    assert "No recipe of this category has all of “resnet” in it." in shown_texts(gallery)
    button = gallery.findChild(QWidget, "gallery_none").findChild(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert gallery.view.isVisible()
    assert gallery.category.value() == "all"
    assert gallery.view.currentIndex().isValid()
    gallery.reject()


def test_no_recent_files(window):
    menu = window.actions_.menu("recent")
    menu.aboutToShow.emit()
    (entry,) = menu.actions()
    assert not entry.isEnabled()
    assert "those you open or save come here" in entry.text()


def test_a_recent_file_keeps_its_ampersand(window, schedule, tmp_path):
    path = tmp_path / "warm & cold.json"
    schedule.save(path)
    window.open_files([path])
    menu = window.actions_.menu("recent")
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "warm && cold.json"
