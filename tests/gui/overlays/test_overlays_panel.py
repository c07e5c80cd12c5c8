"""Overlays: opened, dropped, shown, hidden, coloured, removed; errors beside the file's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
)

from lrdesigner.compare.frames import Anchor
from lrdesigner.gui.canvas.legend import LegendLayer
from lrdesigner.gui.canvas.series import SeriesBuilder
from lrdesigner.gui.mime import dragged_documents, overlay_mime
from lrdesigner.gui.overlay_look import overlay_color
from lrdesigner.gui.overlays import OverlaysPanel
from lrdesigner.gui.overlays.row import OverlayRow
from lrdesigner.gui.overlays.rows import OverlayRows
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
    assert names(panel) == ["broken.json"]  # the open document is called "test" as well


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
    assert str(path) in row.toolTip()


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
    assert state.text() == f"In this run: first {epochs} of {4 * epochs} epochs"
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


# -- names ---------------------------------------------------------------------------------------


def edit_of(row) -> QLineEdit:
    return row.findChild(QLineEdit, "overlay_name_edit")


def test_a_saved_copy_of_the_open_document_does_not_read_like_it(
    panel, controller, qtbot, schedule, tmp_path
):
    path = tmp_path / "saved copy.json"
    schedule.save(path)
    opened(panel, controller, qtbot, [path])
    assert names(panel) == ["saved copy.json"]
    controller.edit("rename", edits.set_name(schedule, "another"))
    assert names(panel) == ["test"]  # now nothing else is called that
    controller.undo_stack.undo()
    assert names(panel) == ["saved copy.json"]


def test_f2_renames_and_an_empty_name_is_the_documents(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files[:2])
    row = rows(panel)[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_F2)
    edit = edit_of(row)
    assert edit.isVisible()
    assert edit.selectedText() == "first"
    qtbot.keyClicks(edit, "baseline  run")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert names(panel) == ["baseline run", "second"]
    assert row.hasFocus()
    assert not edit.isVisible()
    lines = SeriesBuilder().build(controller, panel._theme.tokens)
    assert any(line.name.startswith("baseline run") for line in lines)
    qtbot.keyClick(row, Qt.Key.Key_F2)
    edit.clear()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert names(panel) == ["first", "second"]


def test_escape_keeps_the_name_and_going_elsewhere_takes_it(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files[:2])
    first, second = rows(panel)
    place = first.rect().center()
    qtbot.mouseDClick(first, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClicks(edit_of(first), "no")
    qtbot.keyClick(edit_of(first), Qt.Key.Key_Escape)
    assert names(panel) == ["first", "second"]
    qtbot.mouseDClick(first, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClicks(edit_of(first), "yes")
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=QPoint(100, 8))
    assert names(panel) == ["yes", "second"]


# -- order ---------------------------------------------------------------------------------------


def test_alt_and_an_arrow_key_move_a_row(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files)
    first = rows(panel)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [o.name for o in controller.overlays.overlays] == ["second", "first", "third"]
    assert first.hasFocus()
    qtbot.waitUntil(
        lambda: (
            [r.overlay.name for r in sorted(rows(panel), key=lambda r: r.y())]
            == ["second", "first", "third"]
        )
    )
    qtbot.keyClick(first, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(first, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [o.name for o in controller.overlays.overlays] == ["first", "second", "third"]


def test_a_row_is_dragged_to_another_place(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files)
    order = panel.findChild(OverlayRows)
    _first, _, third = controller.overlays.overlays
    data = overlay_mime(third.id, third.path)
    above = QPointF(20, 2)
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    move = QDragMoveEvent(above.toPoint(), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(
        order, QDragEnterEvent(above.toPoint(), Qt.DropAction.CopyAction, data, left, none)
    )
    QApplication.sendEvent(order, move)
    assert move.isAccepted()
    assert order._marker.isVisible()
    QApplication.sendEvent(order, QDropEvent(above, Qt.DropAction.CopyAction, data, left, none))
    assert [o.name for o in controller.overlays.overlays] == ["third", "first", "second"]
    assert not order._marker.isVisible()
    # Onto the timeline it carries its file; in the list that is not opened once more.
    assert dragged_documents(data) == [third.path]
    assert not enter(panel, data)


# -- ghosts, styles, menu ------------------------------------------------------------------------


def test_a_ghost_keeps_the_curve_as_it_is_now(panel, controller, qtbot, schedule):
    qtbot.waitUntil(lambda: controller.curve is not None)
    before = controller.curve
    qtbot.mouseClick(panel.findChild(QPushButton, "overlays_ghost"), Qt.MouseButton.LeftButton)
    (ghost,) = controller.overlays.overlays
    assert ghost.curve is before  # no second run
    assert (ghost.name, ghost.path, ghost.style) == ("Ghost 1 of test", None, "ghost")
    controller.edit("x", edits.set_param(schedule, 2, "eta_min", 1e-3))
    qtbot.waitUntil(lambda: controller.curve is not None)
    lines = SeriesBuilder().build(controller, panel._theme.tokens)
    ghosts = [line for line in lines if line.overlay]
    assert [line.dashed for line in ghosts] == [False, True]  # a group each, told apart
    assert ghosts[0].value_at(999) == before.lr[0, 999] != controller.curve.lr[0, 999]
    assert controller.undo_stack.count() == 1  # a ghost is no edit


def test_a_ghost_of_a_document_that_still_runs_is_run(panel, controller, qtbot, schedule):
    controller.edit("x", edits.set_param(schedule, 2, "eta_min", 1e-3))
    panel.findChild(QPushButton, "overlays_ghost").click()
    assert controller.overlays.overlays[0].curve is None
    qtbot.waitUntil(lambda: controller.overlays.overlays[0].curve is not None)


def menu_of(row) -> QMenu:
    reason, place = QContextMenuEvent.Reason.Keyboard, QPoint(5, 5)
    QApplication.sendEvent(row, QContextMenuEvent(reason, place, row.mapToGlobal(place)))
    return next(m for m in row.findChildren(QMenu, "overlay_menu") if m.isVisible())


def choose(row, name: str, text: str = "") -> None:
    menu = menu_of(row)
    holders = [menu, *menu.findChildren(QMenu)]
    found = [
        action
        for holder in holders
        for action in holder.actions()
        if action.objectName() == f"action_overlay_{name}" and text in action.text()
    ]
    found[0].trigger()
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_menu_shows_only_one_and_gives_another_style(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files)
    choose(rows(panel)[1], "alone")
    assert [o.visible for o in controller.overlays.overlays] == [False, True, False]
    choose(rows(panel)[1], "style", "Ghost")
    assert controller.overlays.overlays[1].style == "ghost"
    choose(rows(panel)[1], "remove")
    assert names(panel) == ["first", "third"]


def test_r_makes_it_the_reference_and_says_so(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files[:2])
    row = rows(panel)[1]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_R)
    assert controller.comparison.reference is controller.overlays.overlays[1]
    assert state(row) == "Reference"
    qtbot.keyClick(row, Qt.Key.Key_R)
    assert controller.comparison.reference is None
    choose(row, "reference")
    controller.overlays.remove(controller.overlays.overlays[1].id)
    assert controller.comparison.state.reference is None


def test_an_overlay_is_aligned_by_a_place_of_its_own(panel, controller, qtbot, schedule, tmp_path):
    path = tmp_path / "later.json"
    edits.set_name(edits.set_phase(schedule, 0, length="4 epochs"), "later").save(path)
    opened(panel, controller, qtbot, [path])
    row = rows(panel)[0]
    choose(row, "anchor", "Boundary 1")
    assert controller.overlays.overlays[0].anchor == Anchor("boundary", 1)
    # Its boundary lies on the document's start.
    assert state(row) == "Shifted by −4 epochs · in this run: last 6 of 10 epochs"
    controller.comparison.change(align=Anchor("boundary", 1))
    assert state(row) == "Shifted by −2 epochs · in this run: last 8 of 10 epochs"
    controller.comparison.change(align=Anchor("boundary", 7))
    assert state(row) == "No boundary 7 here: aligned by the start"


def test_a_file_is_read_again(panel, controller, qtbot, files, schedule):
    opened(panel, controller, qtbot, files[:1])
    edits.set_name(schedule, "changed").save(files[0])
    choose(rows(panel)[0], "read_again")
    assert names(panel) == ["changed"]
    files[0].write_text("{")
    choose(rows(panel)[0], "read_again")
    assert len(panel.errors()) == 1
    assert names(panel) == ["changed"]  # what was read stays


def test_an_overlay_under_the_mouse_stands_out(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files[:2])
    second = controller.overlays.overlays[1].id
    panel.findChild(OverlayRows).pointed.emit(second)
    lines = [s for s in SeriesBuilder().build(controller, panel._theme.tokens) if s.overlay]
    assert [line.strong for line in lines] == [False, False, True, True]
    assert lines[2].width > lines[0].width


def test_the_tip_names_the_groups_in_their_colours(panel, controller, qtbot, files):
    opened(panel, controller, qtbot, files[:1])
    tip = rows(panel)[0].toolTip()
    assert str(files[0]) in tip
    assert "backbone" in tip
    assert "1,000 steps" in tip
