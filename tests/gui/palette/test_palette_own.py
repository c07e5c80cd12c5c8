"""Formulas of one's own in the palette: shown, dragged, kept, renamed, deleted and brought back."""

from __future__ import annotations

import itertools
import json

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton

from lrdesigner import user_entries
from lrdesigner.catalog import schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.entry_store import EntryStore
from lrdesigner.gui.mime import PARAMS, dragged_params, dragged_scheduler, scheduler_mime
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.palette.model import KEY_ROLE, PaletteModel
from lrdesigner.gui.palette.shapes import entry_shape, shape
from lrdesigner.gui.palette.view import CardView
from lrdesigner.gui.runner import DirectRunner
from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import Banner
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Phase
from lrdesigner.user_entries import Stored, UserEntry, save

SAW = UserEntry("Saw", "lr * (1 - t % every / every)", {"every": 12}, "Teeth.")
TAIL = UserEntry("Long tail", "lr / (1 + k * t)", {"k": 0.1})
FOREIGN = UserEntry("Somebody's", "lr * a ** t", {"a": 0.9}, "From a colleague.")


@pytest.fixture
def folder(tmp_path):
    for entry in (SAW, TAIL):
        save(tmp_path / "palette", entry)
    return tmp_path / "palette"


@pytest.fixture
def controller(qapp, schedule, folder):
    owner = QObject()
    runner, overlay_runner = DirectRunner(owner), DirectRunner(owner)
    store = EntryStore(folder, owner)
    overlays = OverlayStore(overlay_runner, owner)
    yield Controller(schedule, runner, overlays, owner, store)
    runner.close()
    overlay_runner.close()
    owner.deleteLater()


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = PalettePanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(250, 620)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    return panel


def cards(panel) -> CardView:
    return panel.findChild(CardView, "palette_cards")


def headings(panel):
    model = cards(panel).model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [row.data() for row in rows if row.data(KEY_ROLE) is None]


def own(panel):
    return [key for key in panel.entries() if key not in schedulers()]


def add_foreign(controller, entry=FOREIGN):
    phase = Phase(scheduler="formula", length="rest", params=entry.params)
    first = controller.schedule.phases[:2]
    controller.edit("x", controller.schedule.replace(phases=(*first, phase)))


def menu_of(panel, key, by_key=False):
    view = cards(panel)
    view.setCurrentIndex(view.model().index_of(key))
    place = view.viewport().mapFrom(panel, panel.entry_rect(key).center())
    reason = QContextMenuEvent.Reason
    event = QContextMenuEvent(
        reason.Keyboard if by_key else reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view.viewport(), event)
    return panel.findChild(QMenu, "palette_menu")


def choose(panel, key, name):
    menu = menu_of(panel, key)
    action = next(a for a in menu.actions() if a.objectName() == f"action_{name}")
    action.trigger()
    menu.close()


def click(qtbot, banner):
    button = next(b for b in banner.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# -- what is offered -----------------------------------------------------------------------------


def test_ones_own_stand_first(panel):
    assert panel.entries()[:2] == ["formula:Long tail", "formula:Saw"]
    assert panel.entries()[2:] == schedulers().keys()
    assert headings(panel)[0] == "Mine"
    tip = cards(panel).model().index_of("formula:Saw").data(Qt.ItemDataRole.ToolTipRole)
    for part in (SAW.title, SAW.summary, SAW.formula, "every = 12"):
        assert part in tip


def test_titles_summaries_and_constants_are_found(panel, qtbot):
    search = panel.findChild(QLineEdit, "palette_search")
    for words, key in (("saw", "formula:Saw"), ("teeth", "formula:Saw"), ("mine tail", "")):
        search.setText(words)
        assert own(panel) == [key or "formula:Long tail"]
    search.setText("cosine")
    assert own(panel) == []
    assert "Mine" not in headings(panel)


def test_the_thumbnail_is_the_formulas_own_curve(panel):
    saw = entry_shape(SAW.params)
    assert saw != shape("formula")
    jumps = sum(b > a + 0.5 for (_, a), (_, b) in itertools.pairwise(saw))
    assert jumps == 7  # 96 steps have 8 teeth of 12
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in saw)
    failing = entry_shape({"formula": "lr / (t - 5)", "title": "fails"})
    assert {y for _, y in failing} == {0.5}


def test_two_entries_of_one_title_are_two_cards():
    model = PaletteModel()
    other = UserEntry("Saw", "lr")
    model.set_own([Stored("a", SAW), Stored("b", other)], [UserEntry("Saw", "lr / 2")])
    mine = [key for key in model.keys() if key not in schedulers()]  # noqa: SIM118
    assert mine == ["formula:Saw", "formula:Saw (2)", "formula:Saw (3)"]
    assert [model.own(key).entry for key in mine] == [SAW, other, UserEntry("Saw", "lr / 2")]


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = PaletteModel()
    qtmodeltester.check(model)
    model.set_own([Stored("a", SAW)], [FOREIGN])
    qtmodeltester.check(model)


# -- dragging and inserting ------------------------------------------------------------------------


def test_a_drag_carries_the_schedulers_key_and_the_parameters(panel):
    model = cards(panel).model()
    data = model.mimeData([model.index_of("formula:Saw")])
    assert dragged_scheduler(data) == "formula"
    assert dragged_params(data) == SAW.params
    plain = model.mimeData([model.index_of("StepLR")])
    assert dragged_scheduler(plain) == "StepLR"
    assert dragged_params(plain) is None


@pytest.mark.parametrize(
    "payload",
    [
        b"\xff",
        b"{",
        b"[]",
        b"[" * 10**5,
        b'{"formula": "__import__(\'os\')", "title": "x"}',
        b'{"formula": "lr * k", "title": "x"}',
        b'{"formula": "lr"}',
        json.dumps({"formula": "lr", "title": "x" * 10**6}).encode(),
    ],
)
def test_parameters_of_another_program_are_checked(payload):
    data = scheduler_mime("formula")
    data.setData(PARAMS, payload)
    assert dragged_params(data) is None


def test_parameters_belong_to_formulas_only():
    assert dragged_params(scheduler_mime("StepLR", SAW.params)) is None


def test_enter_inserts_it_with_its_parameters(panel, controller, qtbot):
    view = cards(panel)
    view.setCurrentIndex(view.model().index_of("formula:Saw"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    phase = controller.schedule.phases[-1]
    assert (phase.scheduler, dict(phase.params)) == ("formula", SAW.params)
    assert controller.selection == Selection(3)
    controller.undo_stack.undo()
    assert len(controller.schedule.phases) == 3


def test_enter_in_the_search_inserts_it(panel, controller, qtbot):
    search = panel.findChild(QLineEdit, "palette_search")
    qtbot.keyClicks(search, "saw")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert dict(controller.schedule.phases[-1].params) == SAW.params


# -- what the document brings along ----------------------------------------------------------------


def test_a_documents_entries_are_offered(panel, controller):
    assert "In this document" not in headings(panel)
    add_foreign(controller)
    assert headings(panel)[:2] == ["Mine", "In this document"]
    assert own(panel)[2:] == ["formula:Somebody's"]
    controller.undo_stack.undo()
    assert "In this document" not in headings(panel)


def test_ones_own_with_its_constants_turned_is_still_ones_own(panel, controller):
    turned = UserEntry(SAW.title, SAW.formula, {"every": 99})
    add_foreign(controller, turned)
    assert "In this document" not in headings(panel)
    add_foreign(controller, UserEntry(SAW.title, "lr * every", {"every": 99}))
    assert own(panel)[2:] == ["formula:Saw (2)"]


def test_an_entry_that_is_typed_at_this_moment_does_not_come_and_go(panel, controller):
    add_foreign(controller)
    typed = edits.set_param(controller.schedule, 2, "formula", "lr * 2")
    controller.gesture("change formula", typed)
    assert own(panel)[2:] == ["formula:Somebody's"]
    controller.commit_gesture()
    assert cards(panel).model().own("formula:Somebody's").entry.formula == "lr * 2"


def test_keeping_it_makes_it_ones_own(panel, controller, folder):
    add_foreign(controller)
    choose(panel, "formula:Somebody's", "keep_entry")
    assert "In this document" not in headings(panel)
    assert own(panel) == ["formula:Long tail", "formula:Saw", "formula:Somebody's"]
    assert FOREIGN in [stored.entry for stored in user_entries.load_all(folder).stored]


def test_keeping_one_whose_title_is_taken_asks(panel, controller, qtbot, folder):
    add_foreign(controller, UserEntry("Saw", "lr / 2"))
    choose(panel, "formula:Saw (2)", "keep_entry")
    dialog = panel.window().findChild(QDialog, "entry_dialog")
    assert "it is replaced" in dialog.findChild(QObject, "entry_note").text()
    for field in dialog.findChildren(QLineEdit):
        # What an empty field asks for can be read to its end.
        needed = field.fontMetrics().horizontalAdvance(field.placeholderText())
        assert needed <= field.width() - 24, field.objectName()
    title = dialog.findChild(QLineEdit, "entry_title")
    title.selectAll()
    qtbot.keyClicks(title, "Half")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    titles = [stored.entry.title for stored in user_entries.load_all(folder).stored]
    assert titles == ["Half", "Long tail", "Saw"]


# -- rename, delete ------------------------------------------------------------------------------


def test_deleting_can_be_undone(panel, controller, qtbot, folder):
    view = cards(panel)
    view.setCurrentIndex(view.model().index_of("formula:Saw"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert own(panel) == ["formula:Long tail"]
    assert len(user_entries.load_all(folder).stored) == 1
    banner = panel.findChild(Banner, "palette_deleted")
    assert banner.text() == "“Saw” is deleted."
    click(qtbot, banner)
    assert own(panel) == ["formula:Long tail", "formula:Saw"]
    assert user_entries.load_all(folder).stored[1].entry == SAW
    assert not banner.isVisible()


def test_schedulers_are_neither_deleted_nor_renamed(panel, controller, qtbot):
    view = cards(panel)
    view.setCurrentIndex(view.model().index_of("StepLR"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert "StepLR" in panel.entries()
    assert panel.window().findChild(QDialog, "entry_dialog") is None
    offered = [action.objectName() for action in menu_of(panel, "StepLR").actions()]
    assert offered == ["action_insert_card", "action_help_card"]


def test_renaming_keeps_the_file(panel, qtbot, folder):
    before = {path.name for path in folder.iterdir()}
    choose(panel, "formula:Saw", "rename_entry")
    dialog = panel.window().findChild(QDialog, "entry_dialog")
    title = dialog.findChild(QLineEdit, "entry_title")
    assert title.text() == "Saw"
    title.selectAll()
    qtbot.keyClicks(title, "Long tail")
    assert "another entry of this title" in dialog.findChild(QObject, "entry_note").text()
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(title, " of teeth")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert own(panel) == ["formula:Long tail", "formula:Long tail of teeth"]
    assert {path.name for path in folder.iterdir()} == before


def test_the_menu_opens_by_key_too(panel):
    menu = menu_of(panel, "formula:Saw", by_key=True)
    assert [action.objectName() for action in menu.actions()] == [
        "action_rename_entry",
        "action_delete_entry",
    ]
    menu.close()


def test_what_cannot_be_written_is_said_and_nothing_is_lost(panel, controller, monkeypatch, qtbot):
    def fail(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(user_entries, "delete", fail)
    choose(panel, "formula:Saw", "delete_entry")
    box = panel.window().findChild(QDialog, "error_message")
    assert box.text() == "Saw was not deleted"
    assert "Permission denied" in box.informativeText()
    assert "formula:Saw" in panel.entries()
    box.close()


def test_broken_files_are_told_of_and_kept(panel, controller, qtbot, folder):
    banner = panel.findChild(Banner, "palette_broken")
    assert not banner.isVisible()
    (folder / "bad.json").write_text("{")
    controller.entries.reload()
    assert banner.text() == "A palette entry of yours cannot be used."
    click(qtbot, banner)
    box = panel.window().findChild(QDialog, "error_message")
    assert "bad.json: not valid JSON" in box.informativeText()
    box.close()
    assert (folder / "bad.json").read_text() == "{"
    (folder / "bad.json").unlink()
    controller.entries.reload()
    assert not banner.isVisible()


# -- look ----------------------------------------------------------------------------------------


def test_the_selected_phases_own_entry_is_outlined(panel, controller):
    def outline(key):
        rect = panel.entry_rect(key)
        image = panel.grab().toImage()
        return image.pixelColor(rect.topLeft() + QPoint(1, rect.height() // 2)).name()

    plain = outline("formula:Saw")
    panel.insert("formula:Saw")
    assert outline("formula:Saw") != plain
    assert outline("formula:Long tail") == plain
    assert outline("formula") == plain
    controller.select(Selection(0))
    assert outline("formula:Saw") == plain
