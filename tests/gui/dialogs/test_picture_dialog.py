"""Export of the plot: the dialog, the menu of the canvas and the clipboard, with real events."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from picture_files import SVG, Pdf, part, texts
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid
from tracked_documents import COSINE, RISE, track, tracked

from lrdesigner.gui.dialogs.picture_dialog import PictureDialog
from lrdesigner.gui.picture_options import CUSTOM
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.widgets import ElidedLabel

LEFT = Qt.MouseButton.LeftButton
LANES = tracked(
    COSINE,
    tracks=[
        track(RISE, on="weight_decay"),
        track(COSINE, on="momentum"),
        track(COSINE, on="beta2"),
    ],
)


@pytest.fixture
def window(make_window, tmp_path, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    return window


@pytest.fixture(autouse=True)
def clipboard(qapp):
    """Nothing of an earlier test is on the clipboard."""
    qapp.clipboard().setText("before")


@pytest.fixture
def dialog(window, qtbot) -> PictureDialog:
    return opened(window, qtbot)


def opened(window, qtbot) -> PictureDialog:
    window.actions_["export_picture"].trigger()
    (found,) = [w for w in window.findChildren(PictureDialog) if w.isVisible()]
    qtbot.waitExposed(found)
    return found


def gone(dialog: QWidget) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def press(qtbot, dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def segment(qtbot, dialog, control: str, key: str) -> None:
    press(qtbot, dialog.findChild(QWidget, f"picture_{control}"), f"segment_{key}")


def tick(qtbot, dialog, name: str) -> None:
    box = dialog.findChild(QCheckBox, f"picture_{name}")
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def type_into(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def choose(dialog, name: str, label: str) -> None:
    """Choose in a combo box with the keyboard."""
    field = dialog.findChild(QWidget, f"picture_{name}")
    field.setFocus()
    field.showPopup()
    view = field.view()
    QTest.keyClicks(view, label)
    QTest.keyClick(view, Qt.Key.Key_Return)


@pytest.fixture
def saves_as(monkeypatch, tmp_path):
    """Lets the file dialog answer with a name; gives what it was asked with."""
    asked = []

    def answer(name: str) -> list:
        def get(parent, title, offered, filters, chosen=""):
            asked.append((Path(offered), chosen))
            return str(tmp_path / name) if name else "", chosen

        monkeypatch.setattr(QFileDialog, "getSaveFileName", get)
        return asked

    return answer


def preview_color(dialog, x=2, y=2) -> QColor:
    place = dialog.preview.place
    grab = dialog.preview.grab().toImage()
    ratio = grab.devicePixelRatio()
    return grab.pixelColor(round((place.left() + x) * ratio), round((place.top() + y) * ratio))


def test_the_preview_follows_every_choice(dialog, qtbot):
    qtbot.waitUntil(lambda: preview_color(dialog) == QColor("white"))
    segment(qtbot, dialog, "theme", "dark")
    qtbot.waitUntil(lambda: preview_color(dialog).lightness() < 40)
    before = dialog.preview.grab().toImage()
    tick(qtbot, dialog, "legend")
    qtbot.waitUntil(lambda: dialog.preview.grab().toImage() != before)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_it_saves_what_was_chosen(dialog, qtbot, saves_as, tmp_path, window, kind):
    asked = saves_as(f"out.{kind}")
    segment(qtbot, dialog, "format", kind)
    press(qtbot, dialog, "picture_save")
    qtbot.waitUntil(lambda: gone(dialog))
    ((offered, chosen),) = asked
    assert offered.suffix == f".{kind}"
    assert kind.upper() in chosen
    assert "out." in window.statusBar().currentMessage()
    data = (tmp_path / f"out.{kind}").read_bytes()
    if kind == "png":
        assert QImage.fromData(data).size().toTuple() == (1920, 1080)
    elif kind == "pdf":
        assert Pdf(data).size == (720, 405)
    else:
        root = ET.fromstring(data)
        assert {"head", "backbone"} <= set(texts(part(root, "title")))


def test_a_name_without_a_suffix_gets_one_and_another_suffix_counts(
    dialog, qtbot, saves_as, tmp_path, window
):
    saves_as("figure.v2")
    press(qtbot, dialog, "picture_save")
    qtbot.waitUntil(lambda: gone(dialog))
    assert (tmp_path / "figure.v2.png").is_file()
    again = opened(window, qtbot)
    saves_as("figure.svg")
    press(qtbot, again, "picture_save")
    qtbot.waitUntil(lambda: (tmp_path / "figure.svg").is_file())
    ET.fromstring((tmp_path / "figure.svg").read_bytes())


def test_a_file_of_the_completed_name_is_not_replaced_unasked(
    dialog, qtbot, saves_as, tmp_path, monkeypatch
):
    (tmp_path / "figure.png").write_text("precious")
    saves_as("figure")
    monkeypatch.setattr(QMessageBox, "exec", lambda self: None)
    press(qtbot, dialog, "picture_save")
    assert dialog.isVisible()
    assert (tmp_path / "figure.png").read_text() == "precious"


def test_what_cannot_be_written_is_said_and_nothing_is_lost(dialog, qtbot, saves_as, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there.png").mkdir()
    saves_as("there.png")
    press(qtbot, dialog, "picture_save")
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox, "error_message") is not None)
    box = dialog.findChild(QMessageBox, "error_message")
    assert "there.png" in box.informativeText()
    box.close()
    assert dialog.isVisible()
    assert dialog.findChild(QPushButton, "picture_save").isEnabled()


def test_it_copies_pixels_and_svg(dialog, qtbot, window):
    tick(qtbot, dialog, "transparent")
    press(qtbot, dialog, "picture_copy")
    qtbot.waitUntil(lambda: QApplication.clipboard().mimeData().hasImage())
    data = QApplication.clipboard().mimeData()
    image = QImage(data.imageData())
    assert image.size().toTuple() == (1920, 1080)
    assert image.pixelColor(1, 1).alpha() == 0
    root = ET.fromstring(bytes(data.data("image/svg+xml").data()))
    assert root.tag == f"{SVG}svg"
    assert dialog.isVisible()


def test_copy_picture_needs_no_dialog(window, qtbot, dialog):
    tick(qtbot, dialog, "title")
    press(qtbot, dialog, "picture_copy")
    qtbot.waitUntil(lambda: QApplication.clipboard().mimeData().hasImage())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: gone(dialog))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.clipboard().setText("before")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Y, both)
    qtbot.waitUntil(lambda: QApplication.clipboard().mimeData().hasImage())
    svg = bytes(QApplication.clipboard().mimeData().data("image/svg+xml").data())
    heading = texts(part(ET.fromstring(svg), "title"))
    assert window.controller.title not in heading  # as the last one was
    qtbot.waitUntil(lambda: "clipboard" in window.statusBar().currentMessage())


def test_sizes_are_typed_and_units_keep_the_size(dialog, qtbot):
    form = dialog.form
    assert form.preset.value() == "readme"
    type_into(form.width_, "480")
    assert form.preset.value() == CUSTOM
    assert form.options.size.pixels == (480, 540)
    choose(dialog, "unit", "in")
    assert form.width_.value() == 5.0
    assert form.options.size.pixels == pytest.approx((480, 540), abs=0.5)
    assert "960 × 1,080 pixels" in facts(dialog)


def facts(dialog) -> str:
    """What stands under the preview."""
    QApplication.processEvents()
    return dialog.findChild(ElidedLabel, "picture_facts").text()


def test_a_preset_sets_both_sides_and_its_text_stays_with_a_size_of_ones_own(dialog, qtbot):
    choose(dialog, "preset", "Slide")
    form = dialog.form
    assert (form.width_.value(), form.height_.value()) == (13.333, 7.5)
    scale = form.options.scale
    type_into(form.height_, "8")
    assert form.options.scale == scale


def test_a_size_that_cannot_be_says_so(dialog, qtbot):
    note = dialog.findChild(QLabel, "picture_note")
    type_into(dialog.form.width_, "10")
    qtbot.waitUntil(note.isVisible)
    assert "width must be between 120 and 8000 px" in note.text()
    assert not dialog.findChild(QPushButton, "picture_save").isEnabled()
    type_into(dialog.form.width_, "300")
    qtbot.waitUntil(lambda: not note.isVisible())
    assert dialog.findChild(QPushButton, "picture_save").isEnabled()


def test_choices_are_remembered_and_the_title_is_not(dialog, qtbot, saves_as, tmp_path, window):
    saves_as("a.svg")
    segment(qtbot, dialog, "format", "svg")
    segment(qtbot, dialog, "theme", "dark")
    type_into(dialog.form.title, "Figure 3")
    press(qtbot, dialog, "picture_save")
    qtbot.waitUntil(lambda: gone(dialog))
    assert "Figure 3" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    again = opened(window, qtbot)
    assert (again.form.format.value(), again.form.theme.value()) == ("svg", "dark")
    assert again.form.title.text() == ""
    window.shut_down()
    stored = Settings.read(tmp_path / "settings" / "settings.json")
    assert (stored.picture.format, stored.picture.theme) == ("svg", "dark")
    assert stored.picture_folder == str(tmp_path)


def test_cancel_changes_nothing(dialog, qtbot, window, tmp_path):
    segment(qtbot, dialog, "theme", "dark")
    press(qtbot, dialog, "picture_cancel")
    assert opened(window, qtbot).form.theme.value() == "light"


def test_parts_that_there_are_none_of_cannot_be_chosen(dialog):
    for name in ("overlays", "lanes", "fan"):
        box = dialog.findChild(QCheckBox, f"picture_{name}")
        assert not box.isEnabled()
        assert box.toolTip()
    assert dialog.findChild(QCheckBox, "picture_bands").isEnabled()


def test_lanes_overlays_and_zoom_are_those_of_the_window(make_window, qtbot, tmp_path, saves_as):
    file = tmp_path / "lanes.json"
    file.write_text(json.dumps(LANES))
    window = make_window([file])
    window.open_overlays([file])
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    qtbot.waitUntil(lambda: window.controller.overlays.overlays[0].curve is not None)
    total = window.controller.schedule.steps
    window.controller.axis.set_range(total / 2, total)
    dialog = opened(window, qtbot)
    segment(qtbot, dialog, "format", "svg")
    segment(qtbot, dialog, "range", "sight")
    saves_as("all.svg")
    press(qtbot, dialog, "picture_save")
    qtbot.waitUntil(lambda: gone(dialog))
    root = ET.fromstring((tmp_path / "all.svg").read_bytes())
    assert len([t for t in texts(part(root, "title")) if "lanes" in t]) >= 1
    assert set(window.canvas.lanes.keys) == {"momentum", "beta2", "weight_decay"}
    assert {"weight decay", "beta2"} <= set(texts(part(root, "lane")))
    first = texts(part(root, "time"))[0]
    assert float(first.replace(",", "")) > 0


def test_colours_change_with_the_theme_of_the_picture(make_window, qtbot, tmp_path, saves_as):
    """The window is dark, the page white: lines and lanes take the light theme's colours."""
    from lrdesigner.gui.picture import PAPER

    file = tmp_path / "lanes.json"
    file.write_text(json.dumps(LANES))
    window = make_window([file])
    window.theme.set_scheme("dark")
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    dialog = opened(window, qtbot)
    segment(qtbot, dialog, "format", "svg")
    saves_as("light.svg")
    press(qtbot, dialog, "picture_save")
    qtbot.waitUntil(lambda: gone(dialog))
    root = ET.fromstring((tmp_path / "light.svg").read_bytes())
    colors = {e.get("stroke") for e in root.iter(f"{SVG}polyline")}
    assert colors <= set(PAPER.group_colors(2))
    assert colors


def test_the_exact_curve_may_come_while_people_choose(window, qtbot):
    window.controller.cancel_run()
    dialog = opened(window, qtbot)
    window.controller.curve_changed.emit(None)
    description = dialog.preview.accessibleDescription()
    assert "computed by torch" in description


def test_the_menu_of_the_canvas(window, qtbot):
    canvas = window.canvas
    place = QPoint(canvas.width() // 2, canvas.height() // 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, canvas.mapToGlobal(place))
    QApplication.sendEvent(canvas, event)
    (menu,) = [m for m in canvas.findChildren(QMenu, "canvas_menu") if m.isVisible()]
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert names[:2] == ["action_copy_picture", "action_export_picture"]
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_everything_can_be_reached_with_the_keyboard(dialog, qtbot):
    wanted = {
        child
        for child in dialog.findChildren(QWidget)
        if child.isVisible()
        and child.isEnabled()
        and child.objectName().startswith("picture_")
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert len(wanted) > 15
    seen = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert wanted <= seen


def test_every_control_has_a_name(dialog):
    for child in dialog.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
            name = child.accessibleName() or getattr(child, "text", str)()
            assert name, child
