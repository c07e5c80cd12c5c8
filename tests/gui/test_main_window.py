"""The window as a whole: files, questions, drops, menus, layout, theme, devices, errors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QMessageBox,
    QWidget,
)

import lrdesigner as lrd
from lrdesigner.gui.app import ExceptionHook
from lrdesigner.gui.device_menu import DeviceMenu
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def saved(tmp_path: Path, schedule) -> Path:
    path = tmp_path / "saved.json"
    schedule.save(path)
    return path


def trigger(window, name: str) -> None:
    action = window.findChild(QAction, f"action_{name}")
    assert action.isEnabled(), name
    action.trigger()


def rename(window, name: str) -> None:
    window.controller.edit("rename", edits.set_name(window.schedule, name))


def answer(button: QMessageBox.StandardButton, seen: list[str]) -> None:
    """Press a button of the question that is about to come up."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            seen.append(box.text())
            box.button(button).click()

    QTimer.singleShot(100, press)


def drop(window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = window.rect().center()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(where, copy, data, left, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(where), copy, data, left, keys))


def messages(window) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


# -- the interface scripts rely on --------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["palette", "timeline", "inspector", "canvas", "overlays", "code", "problems", "numbers"],
)
def test_panels_have_their_names_and_are_in_the_window(window, name):
    panel = window.findChild(QWidget, name)
    assert panel is not None
    assert panel.window() is window


def test_it_opens_on_a_good_example(window, qtbot):
    assert window.schedule == lrd.loads(lrd.dumps(window.schedule))
    assert len(window.schedule.phases) >= 2
    assert window.controller.problems == ()
    assert not window.isWindowModified()
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")


def test_open_and_save_do_what_the_menus_do(window, saved, tmp_path):
    assert window.open_files([saved])
    assert window.schedule == lrd.load(saved)
    rename(window, "changed")
    assert window.isWindowModified()
    other = tmp_path / "other.json"
    assert window.save_file(other)
    assert lrd.load(other).name == "changed"
    assert lrd.load(saved).name == "test"
    assert not window.isWindowModified()
    assert window.controller.path == other


def test_further_files_open_as_overlays(make_window, saved, tmp_path, qtbot):
    second = tmp_path / "second.json"
    edits.set_name(lrd.load(saved), "second").save(second)
    window = make_window([saved, second, saved])
    assert window.schedule.name == "test"
    overlays = window.controller.overlays
    qtbot.waitUntil(lambda: all(o.curve is not None for o in overlays.overlays))
    # The document's own file lies over it; it must not read like the document.
    assert [o.name for o in overlays.overlays] == ["second", saved.name]
    assert np.array_equal(overlays.overlays[1].curve.lr, lrd.simulate(lrd.load(saved)).lr)


# -- bad input ----------------------------------------------------------------------------------

BAD = {
    "broken.json": "{",
    "wrong-type.json": '{"format": "lrdesigner", "version": 1, "phases": 3}',
    "nan.json": '{"format": "lrdesigner", "version": 1, "horizon": {"epochs": NaN}}',
    "newer.json": '{"format": "lrdesigner", "version": 99}',
    "deep.json": "[" * 1_000_000,
    "formula.json": json.dumps(
        {
            "format": "lrdesigner",
            "version": 1,
            "phases": [
                {"scheduler": "LambdaLR", "params": {"lr_lambda": "__import__('os').remove('x')"}}
            ],
        }
    ),
    "binary.json": "\0\1\2",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_open_document_is_untouched(window, tmp_path, name, qtbot):
    before = window.schedule
    rename(window, "my work")
    path = tmp_path / name
    path.write_text(BAD[name], encoding="utf-8")
    assert not window.open_files([path])
    (box,) = messages(window)
    assert name in box.text()
    assert str(path) in box.informativeText()
    box.close()
    assert window.schedule.name == "my work"
    assert window.schedule.phases == before.phases
    assert window.isWindowModified()
    assert window.controller.undo_stack.canUndo()


def test_a_missing_file_is_forgotten_and_named(window, saved, tmp_path):
    window.open_files([saved])
    saved.unlink()
    window.keeper.fill_recent(window.actions_.menu("recent"))
    (entry,) = [a for a in window.actions_.menu("recent").actions() if a.data() == str(saved)]
    window.keeper.open_recent(entry)
    (box,) = messages(window)
    assert "saved.json" in box.text()
    assert "No such file" in box.informativeText()
    assert str(saved) not in window._settings.recent


def test_saving_into_a_deleted_folder_loses_nothing(window, tmp_path):
    rename(window, "kept")
    folder = tmp_path / "gone"
    folder.mkdir()
    assert window.save_file(folder / "a.json")
    (folder / "a.json").unlink()
    folder.rmdir()
    rename(window, "kept 2")
    trigger(window, "save")
    (box,) = messages(window)
    assert "a.json was not saved" in box.text()
    assert "Save As" in box.informativeText()
    assert window.schedule.name == "kept 2"
    assert window.isWindowModified()


def test_a_bad_overlay_is_named_and_the_good_ones_open(window, saved, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    window.open_overlays([bad, saved])
    (box,) = messages(window)
    assert "bad.json" in box.informativeText()
    assert [o.name for o in window.controller.overlays.overlays] == ["test"]


def test_an_unexpected_error_is_shown_and_the_window_lives(window, caplog):
    try:
        raise ZeroDivisionError("by surprise")
    except ZeroDivisionError as error:
        ExceptionHook(window)(type(error), error, error.__traceback__)
    (box,) = messages(window)
    assert "ZeroDivisionError: by surprise" in box.informativeText()
    assert "test_main_window" in box.detailedText()
    assert "by surprise" in caplog.text


# -- unsaved work -------------------------------------------------------------------------------


def test_closing_asks_and_cancel_keeps_the_window(window):
    rename(window, "work")
    seen: list[str] = []
    answer(QMessageBox.StandardButton.Cancel, seen)
    assert not window.close()
    assert window.isVisible()
    assert seen == ["Save the changes to “work”?"]
    answer(QMessageBox.StandardButton.Discard, seen)
    assert window.close()


def test_closing_saves_where_the_user_says_so(window, saved):
    window.open_files([saved])
    rename(window, "work")
    answer(QMessageBox.StandardButton.Save, [])
    assert window.close()
    assert lrd.load(saved).name == "work"


def test_a_clean_document_closes_without_a_question(window):
    assert window.close()


def test_opening_another_file_asks_first(window, saved):
    rename(window, "work")
    answer(QMessageBox.StandardButton.Cancel, [])
    assert not window.open_files([saved])
    assert window.schedule.name == "work"


# -- drops --------------------------------------------------------------------------------------


def test_a_schedule_dropped_on_the_window_opens(window, saved, qtbot):
    drop(window, saved)
    qtbot.waitUntil(lambda: window.schedule.name == "test")
    assert window.controller.path == saved


def test_other_files_are_not_taken(window, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()


# -- actions ------------------------------------------------------------------------------------


def test_phase_actions(window, saved):
    window.open_files([saved])
    for name in ("delete_phase", "duplicate_phase", "move_left", "move_right", "select_none"):
        assert not window.actions_[name].isEnabled()
    window.controller.select(Selection(0))
    assert not window.actions_["move_left"].isEnabled()
    trigger(window, "duplicate_phase")
    assert [p.scheduler for p in window.schedule.phases[:2]] == ["LinearLR", "LinearLR"]
    assert window.controller.selection == Selection(1)
    trigger(window, "move_right")
    assert [p.scheduler for p in window.schedule.phases] == [
        "LinearLR",
        "ConstantLR",
        "LinearLR",
        "CosineAnnealingLR",
    ]
    assert window.controller.selection == Selection(2)
    trigger(window, "move_left")
    trigger(window, "delete_phase")
    assert [p.scheduler for p in window.schedule.phases] == [
        "LinearLR",
        "ConstantLR",
        "CosineAnnealingLR",
    ]
    for _ in range(4):
        trigger(window, "undo")
    assert window.schedule == lrd.load(saved)
    trigger(window, "redo")
    assert len(window.schedule.phases) == 4
    trigger(window, "select_none")
    assert window.controller.selection == Selection()


def test_undo_says_what_it_undoes(window):
    rename(window, "x")
    assert window.actions_["undo"].text() == "Undo rename"


def test_new_is_empty_and_knows_nothing_of_what_was_open(window):
    rename(window, "x")
    window.controller.undo_stack.setClean()
    trigger(window, "new")
    assert window.schedule == Schedule()
    assert window.controller.path is None
    assert window.controller.title == "Untitled"
    assert window.controller.undo_stack.count() == 0
    assert not window.isWindowModified()
    tip = window.actions_["new"].statusTip()
    run = window.schedule.horizon
    assert f"{run.epochs} epochs of {run.steps_per_epoch} steps" in tip


def test_new_asks_about_unsaved_changes(window):
    rename(window, "x")
    seen = []
    answer(QMessageBox.StandardButton.Cancel, seen)
    trigger(window, "new")
    assert seen
    assert window.schedule.name == "x"
    assert window.controller.undo_stack.count() == 1
    answer(QMessageBox.StandardButton.Discard, seen)
    trigger(window, "new")
    assert window.schedule == Schedule()


def test_view_actions_and_buttons_agree(window):
    trigger(window, "linear")
    assert not window.controller.view.log
    trigger(window, "log")
    assert window.controller.view.log
    button = window.findChild(QWidget, "toolbar_unit").findChild(QAbstractButton, "segment_percent")
    button.click()
    assert window.controller.view.unit == "percent"
    assert window.actions_["percent"].isChecked()
    trigger(window, "zoom_in")
    assert not window.controller.axis.fitted
    trigger(window, "zoom_fit")
    assert window.controller.axis.fitted


def test_copy_code_gives_the_shown_code(window, qtbot):
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")
    trigger(window, "copy_code")
    code = QApplication.clipboard().text()
    assert code == lrd.export(window.schedule, "torch")


def test_the_badge_tells_live_from_exact_and_failed(window, qtbot):
    badge = window.findChild(QWidget, "toolbar_badge")
    qtbot.waitUntil(lambda: "exact" in badge.text())
    window.controller.edit("bad", edits.set_param(window.schedule, 0, "start_factor", 5.0))
    assert "exact" not in badge.text()
    qtbot.waitUntil(lambda: badge.text() == "cannot run")
    assert "start_factor" in badge.toolTip()
    trigger(window, "undo")
    qtbot.waitUntil(lambda: "exact" in badge.text())


def test_an_unknown_device_fails_clearly_and_cpu_brings_it_back(window, qtbot):
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")
    absent = "mps" if sys.platform != "darwin" else "cuda"
    window.findChild(DeviceMenu).show_devices(["cpu", absent])
    trigger(window, f"device_{absent}")
    qtbot.waitUntil(lambda: window.controller.run.kind == "failed")
    assert "not available here" in window.controller.run.message
    trigger(window, "device_cpu")
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")


def test_find_goes_to_the_palettes_search(window, qtbot):
    window.activateWindow()
    trigger(window, "find")
    assert isinstance(window.focusWidget(), QLineEdit)
    assert window.findChild(QWidget, "palette").isAncestorOf(window.focusWidget())


# -- what is remembered -------------------------------------------------------------------------


def test_layout_theme_and_view_come_back(make_window, tmp_path, qtbot):
    window = make_window()
    trigger(window, "theme_light")
    trigger(window, "linear")
    trigger(window, "steps")
    trigger(window, "lock_panels")  # unlock
    trigger(window, "panel_overlays")  # hide
    window.resize(1300, 820)
    qtbot.wait(20)
    assert window.close()
    again = make_window()
    assert again.theme.scheme == "light"
    assert not again.controller.view.log
    assert again.controller.view.unit == "steps"
    assert not again.actions_["lock_panels"].isChecked()
    assert not again.findChild(QWidget, "overlays").isVisible()
    trigger(again, "reset_layout")
    assert again.findChild(QWidget, "overlays").isVisible()


def test_recent_files_open_again(make_window, saved):
    window = make_window([saved])
    assert window.close()
    assert Settings.read(window._settings_path).recent == (str(saved),)
    again = make_window()
    again.keeper.fill_recent(again.actions_.menu("recent"))
    entry = again.actions_.menu("recent").actions()[0]
    assert entry.text() == "saved.json"
    again.keeper.open_recent(entry)
    assert again.schedule.name == "test"


# -- looks and access ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_nothing_is_wider_than_its_window(make_window, size):
    window = make_window()
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    assert window.findChild(QWidget, "canvas").height() >= 240
    assert window.findChild(QWidget, "canvas").width() >= 500
    for name in ("palette", "inspector", "timeline", "details"):
        panel = window.findChild(QWidget, name)
        place = panel.mapTo(window, QPoint(0, 0))
        assert place.x() >= 0
        assert place.x() + panel.width() <= window.width()
        assert place.y() + panel.height() <= window.height()


def test_the_theme_switches_live(window):
    trigger(window, "theme_dark")
    dark = window.grab().toImage().pixelColor(5, window.height() - 5)
    trigger(window, "theme_light")
    light = window.grab().toImage().pixelColor(5, window.height() - 5)
    assert dark.lightness() < 60 < 200 < light.lightness()


def test_everything_one_can_tab_to_has_a_name(window):
    window.controller.select(Selection(0))
    QApplication.processEvents()
    nameless = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget.parent(), QAbstractScrollArea):
            continue  # a viewport: its area has the name
        own = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        if not own and not widget.objectName().startswith("qt_"):
            nameless.append((type(widget).__name__, widget.objectName()))
    assert not nameless


def test_timeline_and_canvas_share_their_pixels(window, saved):
    window.open_files([saved])
    QApplication.processEvents()
    canvas, timeline = window.canvas, window.timeline
    left = canvas.mapToGlobal(QPoint(0, 0)).x()
    assert left == timeline.mapToGlobal(QPoint(0, 0)).x()
    assert canvas.width() == timeline.width()


def test_esc_abandons_a_gesture_from_anywhere(window, qtbot):
    before = window.schedule
    window.controller.gesture("resize phase", edits.resize(before, 0, 20_000))
    assert window.schedule != before
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.schedule == before


def test_a_combo_without_focus_ignores_the_wheel(window):
    combo = window.findChild(QComboBox, "optimizer_type")
    assert combo.focusPolicy() != Qt.FocusPolicy.WheelFocus


def test_ten_thousand_repaints(window):
    """PySide6 6.12 on Python 3.11 crashed after about two thousand."""
    area = window.canvas.findChild(QGraphicsView).viewport()
    for _ in range(10_000):
        area.repaint()
    assert window.isVisible()


def test_what_is_selected_is_shown_from_its_title_on(window):
    window.resize(1280, 800)
    window.controller.select(Selection(0))
    QApplication.processEvents()
    bar = window.inspector.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    window.controller.select(Selection(1))
    assert bar.value() == 0


def test_a_dropped_plateau_has_something_to_react_to(window, qtbot):
    after, index = edits.insert_scheduler(window.schedule, "ReduceLROnPlateau", 10**9)
    window.controller.edit("add phase", after)
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")
    start = sum(p.steps for p in spans(after)[:index])
    assert len(np.unique(window.controller.curve.lr[0, start:])) > 1


def test_a_formula_that_fails_is_told_of_at_its_field(window):
    short = edits.set_horizon(window.schedule, epochs=100, steps_per_epoch=10)
    after, index = edits.insert_scheduler(short, "LambdaLR", 10**9)
    after = edits.set_param(after, index, "lr_lambda", "1 / (t - 5)")
    window.controller.edit("add phase", after)
    (problem,) = [p for p in window.controller.problems if p.severity == "error"]
    assert (problem.phase, problem.param) == (index, "lr_lambda")


def test_the_canvas_gets_the_room_back_when_tracks_go(make_window, qtbot):
    from lrdesigner.schedule import track_edits

    window = make_window()
    window.resize(1280, 900)
    controller = window.controller
    before = window.canvas.height()
    after, _ = track_edits.add_lane(controller.schedule, "momentum")
    controller.edit("add", after)
    qtbot.waitUntil(lambda: window.canvas.height() < before)
    low = window.timeline
    assert low.geometry().bottom() == low.parentWidget().rect().bottom()
    controller.undo_stack.undo()
    qtbot.waitUntil(lambda: window.canvas.height() == before)


def test_a_theme_is_kept_at_once(make_window, tmp_path):
    path = tmp_path / "kept" / "settings.json"
    window = make_window(settings_path=path)
    window.actions_["theme_light"].trigger()
    assert json.loads(path.read_text(encoding="utf-8"))["theme"] == "light"


def test_what_is_said_of_an_edit_goes_with_it(make_window):
    window = make_window()
    window.controller.select(Selection(1))
    window.actions_["copy_phases"].trigger()
    window.actions_["paste_phases"].trigger()
    assert "inserted" in window.statusBar().currentMessage()
    window.controller.undo_stack.undo()
    assert window.statusBar().currentMessage() == ""
