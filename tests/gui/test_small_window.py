"""Small screens: the window opens within them, and everything can be reached."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QVBoxLayout, QWidget

from lrdesigner.gui.small_window import Room
from lrdesigner.gui.widgets import FlowLayout, MenuButton, SegmentedControl, Sideways

CHILD = """
import json, sys
from pathlib import Path
from lrdesigner.gui.app import create_window
from lrdesigner.gui.runner import DirectRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar

app = QApplication([])
folder = Path(sys.argv[1])
def settle():
    for _ in range(5):
        app.processEvents()
def start():
    window = create_window(
        settings_path=folder / "settings.json",
        runner=DirectRunner(), overlay_runner=DirectRunner(),
    )
    window.show()
    QTest.qWaitForWindowExposed(window)
    QTest.qWait(50)
    return window
def bars(window):
    return [b for b in window.findChildren(QTabBar) if b.parent() is window and b.isVisible()]
def look(window):
    settle()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    seen = {}
    for bar in bars(window):
        for place in range(bar.count()):
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
            settle()
            title = bar.tabText(place)
            dock = next(d for d in window.findChildren(QDockWidget) if d.windowTitle() == title)
            inside = dock.mapTo(window, dock.rect().topLeft()), dock.mapTo(
                window, dock.rect().bottomRight())
            fits = all(window.rect().contains(corner) for corner in inside)
            seen[title] = fits and not dock.visibleRegion().isEmpty()
    status = window.statusBar()
    return {
        "inside": screen.contains(window.geometry()),
        "size": window.size().toTuple(),
        "tabs": seen,
        "canvas": window.canvas.size().toTuple(),
        "below": status.mapTo(window, status.rect().bottomLeft()).y() < window.height(),
    }
found = {}
window = start()
found["first"] = look(window)
window.actions_["reset_layout"].trigger()
found["reset"] = look(window)
window.actions_["sweep"].trigger()
settle()
found["sweep"] = look(window)
window.close()
settings = json.loads((folder / "settings.json").read_text())
found["kept"] = [name for name in ("layout", "small_layout") if settings.get(name)]
found["again"] = look(start())
print(json.dumps(found))
for each in app.topLevelWidgets():
    if hasattr(each, "shut_down"):
        each.shut_down()
"""


def started(tmp_path, width: int, height: int) -> dict:
    screen = {"name": "small", "x": 0, "y": 0, "width": width, "height": height}
    screens = {"windowFrameMargins": False, "screens": [screen]}
    config = tmp_path / "screens.json"
    config.write_text(json.dumps(screens))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict = json.loads(done.stdout)
    return found


def test_all_of_it_is_within_a_screen_at_two_hundred_percent(tmp_path):
    """1280 × 800 pixels at 200 %: the panels share a place beside the canvas."""
    found = started(tmp_path, 640, 400)
    for when in ("first", "reset", "sweep", "again"):
        seen = found[when]
        assert seen["inside"], when
        assert seen["below"], when
        assert seen["tabs"] == dict.fromkeys(("Schedulers", "Overlays", "Inspector", "Code"), True)
        assert seen["canvas"][0] >= 280
        assert seen["canvas"][1] >= (100 if when == "sweep" else 200)
    # A larger screen gets the layout that it had before, if any.
    assert found["kept"] == ["small_layout"]


def test_a_low_screen_keeps_panels_on_both_sides(tmp_path):
    """1366 × 768 pixels at 150 %."""
    found = started(tmp_path, 910, 512)
    seen = found["first"]
    assert seen["inside"]
    assert seen["tabs"] == dict.fromkeys(("Schedulers", "Overlays", "Inspector", "Code"), True)
    assert seen["canvas"][1] >= 300


def test_a_screen_with_room_for_them_has_them_side_by_side(tmp_path):
    found = started(tmp_path, 1024, 740)
    seen = found["first"]
    assert seen["inside"]
    assert seen["tabs"] == {}
    assert found["kept"] == ["layout"]


@pytest.mark.parametrize(
    ("size", "low", "narrow", "least"),
    [
        ((1280, 800), False, False, 640),
        ((640, 400), True, True, 320),
        ((910, 512), True, False, 320),
        ((700, 700), False, True, 640),
    ],
)
def test_what_there_is_no_room_for(size, low, narrow, least):
    room = Room.of(QSize(*size), 780)
    assert (room.low, room.narrow, room.small) == (low, narrow, low or narrow)
    assert room.least_height == least


# -- the bar on top -----------------------------------------------------------------------------


@pytest.fixture
def bar(make_window, qtbot):
    window = make_window()
    window.setMinimumWidth(10)
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    return window


def _resized(window, qtbot, width: int) -> QWidget:
    window.resize(width, 800)
    qtbot.waitUntil(lambda: window._top.width() == width)
    QApplication.processEvents()
    return window._top


@pytest.mark.parametrize("width", [1280, 1000, 900, 780, 640, 560])
def test_nothing_of_the_bar_is_cut_off(bar, qtbot, width):
    top = _resized(bar, qtbot, width)
    names = ("toolbar_unit", "toolbar_units", "toolbar_axis", "toolbar_badge", "toolbar_export")
    shown = [top.findChild(QWidget, name) for name in (*names, "toolbar_undo", "toolbar_device")]
    visible = [each for each in shown if each.isVisible()]
    assert top.findChild(QWidget, "toolbar_export") in visible
    for each in visible:
        left = each.mapTo(top, each.rect().topLeft()).x()
        assert left >= 0
        assert left + each.width() <= top.width()
        assert each.width() >= each.minimumSizeHint().width()
    places = sorted((each.mapTo(top, each.rect().topLeft()).x(), each.width()) for each in visible)
    ends = [left + wide for left, wide in places]
    assert all(end <= left for end, (left, _) in zip(ends, places[1:], strict=False))
    # One of the two says what the axis counts.
    unit, units = top.findChild(SegmentedControl, "toolbar_unit"), shown[1]
    assert unit.isVisible() != units.isVisible()
    assert unit.isVisible() == (width >= 1100)


def test_units_are_chosen_from_a_menu_where_there_is_no_room_for_all(bar, qtbot):
    top = _resized(bar, qtbot, 700)
    button = top.findChild(MenuButton, "toolbar_units")
    assert button.text() == "Epochs"
    entry = next(a for a in button.menu().actions() if a.objectName() == "action_steps")
    assert not entry.isChecked()
    entry.trigger()
    assert bar.controller.view.unit == "steps"
    assert button.text() == "Steps"


def test_nothing_moves_when_the_run_is_done_or_something_is_edited(bar, qtbot):
    """Buttons stay under the mouse."""
    top = _resized(bar, qtbot, 1280)
    undo = top.findChild(QToolButton, "toolbar_undo")
    axis = top.findChild(QWidget, "toolbar_axis")
    badge = top.findChild(QWidget, "toolbar_badge")
    assert "exact" in badge.text()

    def places():
        QApplication.processEvents()
        return [each.mapTo(top, each.rect().topLeft()).x() for each in (undo, axis)]

    before = places()
    bar.controller.gesture("x", bar.schedule.replace(notes="a"))
    assert "live" in badge.text()
    assert places() == before
    bar.controller.commit_gesture()
    qtbot.waitUntil(lambda: "exact" in badge.text())
    assert places() == before
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert places() == before


# -- rows that give way -------------------------------------------------------------------------


def test_a_flow_breaks_where_there_is_no_room(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, spacing=4)
    flow.setContentsMargins(0, 0, 0, 0)
    buttons = [QPushButton(text, host) for text in ("one", "two", "three", "four")]
    for button in buttons:
        flow.addWidget(button)
    host.resize(flow.sizeHint().width(), 40)
    host.show()
    assert len({button.y() for button in buttons}) == 1
    half = flow.sizeHint().width() // 2
    host.resize(half, flow.heightForWidth(half))
    QApplication.processEvents()
    assert len({button.y() for button in buttons}) >= 2
    assert all(host.rect().contains(button.geometry()) for button in buttons)
    assert flow.minimumSize().width() == max(b.minimumSizeHint().width() for b in buttons)
    while flow.count():
        assert flow.takeAt(0) is not None
    assert flow.takeAt(0) is None


def test_what_is_too_wide_is_scrolled_sideways(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    wide = QWidget(inner)
    wide.setFixedSize(600, 50)
    column.addWidget(wide)
    area = Sideways(inner, host)
    host.resize(800, 120)
    area.resize(800, area.sizeHint().height())
    host.show()
    assert area.sizeHint().height() == 50
    area.resize(300, 80)
    assert area.horizontalScrollBar().maximum() > 0
    assert area.minimumSizeHint().height() > 50
    assert area.minimumSizeHint().width() <= 300
