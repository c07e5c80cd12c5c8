"""Overlays: opened, dropped, shown, hidden, coloured, removed; errors beside the file's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
)

from lrdesigner.gui.canvas.legend import LegendLayer
from lrdesigner.gui.canvas.series import SeriesBuilder
from lrdesigner.gui.overlay_look import overlay_color
from lrdesigner.gui.overlays import OverlaysPanel
from lrdesigner.gui.overlays.row import OverlayRow
from lrdesigner.gui.overlays.swatch import Swatch
from lrdesigner.gui.widgets import Banner
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Group


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = OverlaysPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(250, 300)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    return panel


@pytest.fixture
def files(schedule, tmp_path) -> list[Path]:
    """Three schedules that can be read."""
    paths = []
    for name in ("first", "second", "third"):
        path = tmp_path / f"{name}.json"
        edits.set_name(schedule, name).save(path)
        paths.append(path)
    return paths


@pytest.fixture
def broken(tmp_path) -> Path:
    path = tmp_path / "broken.json"
    path.write_text('{"format":')
    return path


def rows(panel) -> list[OverlayRow]:
    return [r for r in panel.findChildren(OverlayRow) if not r.isHidden()]


def banners(panel) -> list[Banner]:
    return [b for b in panel.findChildren(Banner) if not b.isHidden()]


def names(panel) -> list[str]:
    return [row.overlay.name for row in rows(panel)]


def opened(panel, controller, qtbot, paths) -> None:
    panel.open_paths(paths)
    qtbot.waitUntil(lambda: all(o.curve is not None for o in controller.overlays.overlays))


def drag(paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(panel, data) -> bool:
    event = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(panel, event)
    return event.isAccepted()


def drop(panel, data) -> None:
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(panel, event)


# -- opening -------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(panel, controller, qtbot, files):
    def hints():
        return [w for w in panel.findChildren(QLabel) if "drop" in w.text() and w.isVisible()]

    assert hints()
    opened(panel, controller, qtbot, files[:1])
    assert not hints()


def test_files_are_dropped_in(panel, controller, qtbot, files, broken):
    data = drag([files[0], broken, files[1]])
    assert enter(panel, data)
    drop(panel, data)
    assert names(panel) == ["first", "second"]
    [banner] = banners(panel)
    assert banner.text().startswith("broken.json: line 1")
    assert str(broken.parent) not in banner.text()
    qtbot.waitUntil(lambda: all(o.curve is not None for o in controller.overlays.overlays))


def test_other_files_are_not_accepted(panel, tmp_path):
    picture = tmp_path / "plot.png"
    picture.write_bytes(b"")
    assert not enter(panel, drag([picture]))


def test_the_button_asks_for_files(panel, controller, qtbot, files, monkeypatch):
    answer = ([str(path) for path in files], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: answer)
    button = panel.findChild(QPushButton, "overlays_open")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert names(panel) == ["first", "second", "third"]


def test_an_error_can_be_closed_and_goes_when_the_file_opens(panel, qtbot, broken, schedule):
    panel.open_paths([broken])
    [banner] = banners(panel)
    qtbot.mouseClick(banner.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert panel.errors() == []
    panel.open_paths([broken])
    panel.open_paths([broken])
    assert len(panel.errors()) == 1
    schedule.save(broken)
    panel.open_paths([broken])
    assert panel.errors() == []
    assert names(panel) == ["test"]


# -- states --------------------------------------------------------------------------------------


def state(row) -> str:
    label = row.findChild(QLabel, "overlay_state")
    return label.text() if label.isVisible() else ""


def test_a_row_says_that_it_is_being_computed(panel, controller, qtbot, files):
    panel.open_paths(files[:1])
    [row] = rows(panel)
    assert state(row) == "Computing…"
    qtbot.waitUntil(lambda: controller.overlays.overlays[0].curve is not None)
    assert state(row) == ""
    assert rows(panel) == [row]  # the same widget: focus and place are kept


def test_a_row_says_why_it_cannot_be_drawn(panel, controller, qtbot, schedule, tmp_path):
    path = tmp_path / "refused.json"
    edits.set_param(schedule, 0, "start_factor", 0.0).save(path)
    panel.open_paths([path])
    [row] = rows(panel)
    qtbot.waitUntil(lambda: "start_factor" in state(row))
    assert "start_factor" in row.accessibleName()
    assert str(path) == row.toolTip()


# -- eye, colour, remove -------------------------------------------------------------------------


def test_the_eye_hides_and_shows(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files)
    row = rows(panel)[1]
    eye = row.findChild(QToolButton, "overlay_eye")
    assert eye.accessibleName() == "Hide second"
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert [o.visible for o in controller.overlays.overlays] == [True, False, True]
    assert eye.accessibleName() == "Show second"
    assert "hidden" in row.accessibleName()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert [o.visible for o in controller.overlays.overlays] == [True, True, True]


def test_delete_removes_and_the_keyboard_goes_on(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files)
    rows(panel)[1].setFocus()
    qtbot.keyClick(rows(panel)[1], Qt.Key.Key_Delete)
    assert names(panel) == ["first", "third"]
    assert rows(panel)[1].hasFocus()
    qtbot.keyClick(rows(panel)[1], Qt.Key.Key_Delete)
    assert rows(panel)[0].hasFocus()
    qtbot.keyClick(rows(panel)[0], Qt.Key.Key_Delete)
    assert controller.overlays.overlays == ()


def test_up_and_down_move_between_rows(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files)
    first, second, third = rows(panel)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(100, 8))
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Down)
    qtbot.keyClick(third, Qt.Key.Key_Down)
    assert third.hasFocus()
    qtbot.keyClick(third, Qt.Key.Key_Up)
    assert second.hasFocus()


def test_the_remove_button_comes_with_the_focus(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files[:2])
    row = rows(panel)[0]
    button = row.findChild(QToolButton, "overlay_remove")
    assert not button.isVisible()
    row.setFocus()
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert names(panel) == ["second"]


def test_another_colour(panel, controller, qtbot, files, theme):
    opened(panel, controller, qtbot, files[:2])
    row = rows(panel)[1]
    swatch = row.findChild(Swatch, "overlay_color")
    before = swatch.color().name()
    qtbot.mouseClick(swatch, Qt.MouseButton.LeftButton)
    menu = row.findChild(QMenu, "overlay_color_menu")
    assert menu.isVisible()
    fourth = menu.actions()[3]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(fourth).center())
    assert controller.overlays.overlays[1].color == theme.tokens.overlays[3]
    assert swatch.color() == QColor(theme.tokens.overlays[3])
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_C)
    menu = next(m for m in row.findChildren(QMenu) if m.isVisible())
    own = next(a for a in menu.actions() if a.data() == "")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(own).center())
    assert controller.overlays.overlays[1].color == ""
    assert swatch.color().name() == before


def test_colours_are_the_canvass_and_stay_when_another_goes(panel, controller, qtbot, files, theme):
    opened(panel, controller, qtbot, files)
    third = rows(panel)[2].findChild(Swatch)
    expected = overlay_color(controller.overlays.overlays[2], theme.tokens)
    assert third.color().name() == expected
    colours = {row.findChild(Swatch).color().name() for row in rows(panel)}
    assert len(colours) == 3
    controller.overlays.remove(controller.overlays.overlays[0].id)
    assert third.color().name() == expected
    theme.set_scheme("light")
    assert third.color().name() == theme.tokens.overlays[2]


def test_a_drag_over_the_panel_is_seen(panel, files):
    plain = panel.grab().toImage()
    data = drag(files)
    enter(panel, data)
    marked = panel.grab().toImage()
    right = panel.width() - 4
    column = [marked.pixelColor(right, y) != plain.pixelColor(right, y) for y in range(20, 280)]
    assert sum(column) > 100
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert panel.grab().toImage() == plain


def test_a_run_that_is_longer_than_the_document_says_how_much_is_shown(
    panel, controller, schedule, tmp_path, qtbot
):
    epochs, per_epoch = schedule.horizon.epochs, schedule.horizon.steps_per_epoch
    path = tmp_path / "long.json"
    edits.set_horizon(schedule, epochs=4 * epochs, steps_per_epoch=per_epoch).save(path)
    panel.open_paths([path])
    qtbot.waitUntil(lambda: controller.overlays.overlays[0].curve is not None)
    row = rows(panel)[0]
    state = row.findChild(QLabel, "overlay_state")
    controller.set_view(replace(controller.view, unit="epochs"))
    assert state.text() == f"Shown: first {epochs} of {4 * epochs} epochs"
    assert f"first {epochs} of {4 * epochs} epochs" in row.accessibleName()
    lines = SeriesBuilder().build(controller, panel._theme.tokens)
    legend = LegendLayer(panel._theme)
    legend.series = lines
    assert any(f"(first {epochs} of" in item.text for item in legend.items())
    controller.set_view(replace(controller.view, unit="percent"))
    assert not state.isVisible()


def test_the_groups_of_an_overlay_have_shades_of_its_colour(
    panel, controller, schedule, tmp_path, qtbot
):
    two = tuple(Group(name=name, lr=0.1) for name in ("a", "b"))
    path = tmp_path / "two.json"
    schedule.replace(optimizer=schedule.optimizer.replace(groups=two)).save(path)
    panel.open_paths([path])
    qtbot.waitUntil(lambda: controller.overlays.overlays[0].curve is not None)
    tokens = panel._theme.tokens
    found = [s.color for s in SeriesBuilder().build(controller, tokens) if s.group is None]
    assert found[0] == overlay_color(controller.overlays.overlays[0], tokens)
    assert len(set(found)) == 2
