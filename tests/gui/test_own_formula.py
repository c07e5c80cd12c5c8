"""A formula of one's own from the first key to somebody else's palette, in the whole window."""

from __future__ import annotations

import itertools
import json

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from lrdesigner import user_entries
from lrdesigner.gui.dropping import landing
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.palette.model import CATEGORY_ROLE
from lrdesigner.gui.palette.view import CardView
from lrdesigner.gui.phase_look import phase_category
from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import ChoiceField
from lrdesigner.schedule import edits
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.units import spans

START = {
    "format": "lrdesigner",
    "version": 1,
    "horizon": {"epochs": 10, "steps_per_epoch": 10},
    "optimizer": {"type": "SGD", "groups": [{"name": "all", "lr": 0.1}]},
    "phases": [
        {"scheduler": "LinearLR", "length": "20 steps", "params": {}},
        {"scheduler": "formula", "length": "rest", "params": {"formula": "lr"}},
    ],
}
FORMULA = "lr * exp(-k * t / T)"


@pytest.fixture
def window(make_window, tmp_path, qtbot):
    path = tmp_path / "start.json"
    path.write_text(json.dumps(START))
    window = make_window([path])
    window.resize(1400, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.controller.select(Selection(1))
    QApplication.processEvents()
    return window


def field(window) -> FormulaField:
    return window.inspector.findChild(FormulaField, "param_formula")


def write(window, text, key=Qt.Key.Key_Return):
    target = field(window)
    target.setFocus(Qt.FocusReason.TabFocusReason)
    target.selectAll()
    QTest.keyClicks(target, text)
    if key is not None:
        QTest.keyClick(target, key)


def test_the_badge_claims_nothing_of_text_that_is_not_applied(window, qtbot):
    badge = window.findChild(QWidget, "toolbar_badge")
    qtbot.waitUntil(lambda: "exact" in badge.text())
    write(window, "lr * unknown_word", key=None)
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")
    assert badge.text() == "typed text not applied"
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "exact" in badge.text())
    write(window, "lr * unknown_word", key=None)
    changed = edits.set_phase(window.schedule, 1, scheduler="ConstantLR", params={})
    window.controller.edit("replace scheduler", changed)  # the field goes, with its text
    qtbot.waitUntil(lambda: "exact" in badge.text())


def save_entry(window, title, category=None):
    button = window.inspector.findChild(QPushButton, "entry_save")
    window.inspector.ensureWidgetVisible(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = next(d for d in window.findChildren(QDialog, "entry_dialog") if d.isVisible())
    name = dialog.findChild(QLineEdit, "entry_title")
    name.selectAll()
    QTest.keyClicks(name, title)
    QTest.keyClicks(dialog.findChild(QLineEdit, "entry_summary"), "Falls faster with k.")
    if category is not None:
        QTest.keyClicks(dialog.findChild(ChoiceField, "entry_category"), category)
    QTest.keyClick(name, Qt.Key.Key_Return)
    QApplication.processEvents()


def payload(window, key) -> QMimeData:
    """What a drag of that card carries, as the view makes it."""
    view = window.palette_panel.findChild(CardView, "palette_cards")
    index = view.model().index_of(key)
    assert index.isValid()
    drag = view.make_drag(index, QPoint(5, 5))
    data = drag.mimeData()
    copy = QMimeData()
    for kind in data.formats():
        copy.setData(kind, data.data(kind))
    return copy


def drop(target: QWidget, place: QPoint, data: QMimeData) -> None:
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(target, kind(place, copy, data, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, left, none))


def target_of(window, name):
    """The widget of the timeline or the canvas that takes drops."""
    panel = getattr(window, name)
    return next(w for w in (panel, *panel.findChildren(QWidget)) if w.acceptDrops())


def own(window):
    return [key for key in window.palette_panel.entries() if key.startswith("formula:")]


def params(window, index):
    return dict(window.schedule.phases[index].params)


def has_colour(widget: QWidget, name: str, window) -> bool:
    """Whether a widget's picture has a category's colour in it."""
    image = widget.grab().toImage()
    wanted = window.theme.tokens.category_color(name)
    places = itertools.product(range(image.width()), range(image.height()))
    return any(image.pixelColor(x, y).name() == wanted for x, y in places)


def test_card_block_and_landing_have_the_colour_that_was_chosen(window, qtbot):
    write(window, FORMULA, key=None)
    add = window.inspector.findChild(QPushButton, "param_constants_add")
    window.inspector.ensureWidgetVisible(add)
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    view = window.palette_panel.findChild(CardView, "palette_cards")
    save_entry(window, "My rise", "Cyclic")
    assert params(window, 1)["category"] == "cyclic"
    assert view.model().index_of("formula:My rise").data(CATEGORY_ROLE) == "cyclic"
    assert phase_category(window.schedule.phases[1]) == "cyclic"
    block = target_of(window, "timeline")
    assert has_colour(block, "cyclic", window)
    # What is dragged from the card has it, and so has where it would land.
    found = landing(window.controller, payload(window, "formula:My rise"), 200.0)
    assert found.category == "cyclic"
    window.controller.undo_stack.undo()  # the phase's title and colour, as one step
    assert not has_colour(block, "cyclic", window)


def test_from_the_first_key_to_somebody_elses_palette(window, make_window, tmp_path, qtbot):
    # It is typed, with a mistake first.
    write(window, "lr * exp(-t ^ 2 / T)", key=None)
    assert field(window).wrong_part() == (12, 1)
    assert field(window).property("invalid")
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    write(window, FORMULA, key=None)
    add = window.inspector.findChild(QPushButton, "param_constants_add")
    assert add.text() == "+ Add constant k"
    window.inspector.ensureWidgetVisible(add)
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    assert params(window, 1) == {"formula": FORMULA, "constants": {"k": 1.0}}
    # It becomes an entry, and the phase has its name.
    save_entry(window, "My decay")
    assert own(window) == ["formula:My decay"]
    assert params(window, 1)["title"] == "My decay"
    assert window.inspector.findChild(QObject, "phase_title").text() == "My decay"
    # The card is dragged onto the timeline.
    target = target_of(window, "timeline")
    inside = window.controller.axis.x_of(spans(window.schedule)[1].end - 10)
    drop(target, QPoint(round(inside), 30), payload(window, "formula:My decay"))
    assert [phase.scheduler for phase in window.schedule.phases][1:] == ["formula"] * 2
    assert params(window, 2) == params(window, 1)
    assert window.controller.selection == Selection(2)
    # Saved and opened where nobody knows the entry, the document brings it along.
    assert window.save_file(tmp_path / "mine.json")
    other = make_window([tmp_path / "mine.json"], settings_path=tmp_path / "other" / "s.json")
    assert other.schedule == window.schedule
    assert own(other) == ["formula:My decay"]
    assert user_entries.load_all(tmp_path / "other" / "palette").stored == ()
    qtbot.waitUntil(lambda: other.controller.run.kind == "exact")
    model = other.palette_panel.findChild(CardView, "palette_cards").model()
    assert model.index(0).data() == "In this document"
    # There it is inserted, kept, and still there without the document.
    other.palette_panel.insert("formula:My decay")
    assert params(other, -1)["formula"] == FORMULA
    other.palette_panel._own.keep(model.own("formula:My decay"))
    assert model.index(0).data() == "Mine"
    third = make_window(settings_path=tmp_path / "other" / "s.json")
    assert own(third) == ["formula:My decay"]


def test_a_card_dropped_on_the_canvas_brings_its_parameters(window):
    write(window, "lr / 2")
    save_entry(window, "Half")
    target = target_of(window, "canvas")
    drop(target, QPoint(target.width() - 40, 100), payload(window, "formula:Half"))
    assert len(window.schedule.phases) == 3
    assert params(window, 2)["title"] == "Half"
    window.controller.undo_stack.undo()
    assert len(window.schedule.phases) == 2


def test_saving_again_replaces_the_entry(window, tmp_path):
    write(window, "lr / 2")
    save_entry(window, "Half")
    write(window, "lr / 2.5")
    save_entry(window, "Half")
    assert own(window) == ["formula:Half"]
    folder = tmp_path / "settings" / "palette"
    [stored] = user_entries.load_all(folder).stored
    assert stored.entry.formula == "lr / 2.5"


def read(data):
    return loads(json.dumps(data))


def test_a_lambda_becomes_an_entry_of_the_same_curve(window):
    data = json.loads(json.dumps(START))
    data["phases"][1] = {"scheduler": "LambdaLR", "params": {"lr_lambda": "0.9 ** t"}}
    window.controller.open_document(read(data), None)
    window.controller.select(Selection(1))
    QApplication.processEvents()
    before = window.controller.preview.lr[:, 20:].copy()
    save_entry(window, "Powers")
    assert params(window, 1) == {"lr_lambda": "0.9 ** t"}
    window.controller.edit("x", window.schedule.replace(phases=window.schedule.phases[:1]))
    window.palette_panel.insert("formula:Powers")
    assert window.schedule.phases[1].scheduler == "formula"
    assert window.controller.preview.lr[:, 20:] == pytest.approx(before, rel=1e-14)


def test_what_cannot_be_an_entry_says_why(window):
    write(window, "lr * missing", key=None)
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    schedule = window.schedule
    phase = schedule.phases[1].replace(params={"formula": "lr * missing"})
    window.controller.edit("x", schedule.replace(phases=(schedule.phases[0], phase)))
    button = window.inspector.findChild(QPushButton, "entry_save")
    assert not button.isEnabled()
    assert "'missing' is not known here" in button.toolTip()


def test_opening_a_document_with_entries_writes_nothing(make_window, tmp_path):
    data = json.loads(json.dumps(START))
    data["phases"][1]["params"] = {"formula": "lr / 3", "title": "Third"}
    (tmp_path / "a.json").write_text(json.dumps(data))
    window = make_window([tmp_path / "a.json"])
    assert own(window) == ["formula:Third"]
    assert not (tmp_path / "settings" / "palette").exists()
