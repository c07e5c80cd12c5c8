"""Phases of an overlay taken into the document: seen at once, one undo step, abandoned with Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from lrdesigner.gui.dialogs.pull_dialog import PullDialog
from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import ChoiceField
from lrdesigner.schedule import edits
from lrdesigner.schedule.group_edits import set_group
from lrdesigner.schedule.track_edits import add_lane

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def source(schedule):
    """Two phases, more epochs, another LR of the head."""
    two = edits.remove_phase(edits.set_horizon(schedule, epochs=20), 1)
    return edits.set_name(set_group(two, 1, lr=0.3), "other")


@pytest.fixture
def ask(qtbot, controller, theme):
    window = QWidget()
    qtbot.addWidget(window)

    def ask(source):
        dialog = PullDialog(source, "other", controller, theme, window)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return ask


def schedulers(controller) -> list[str]:
    return [phase.scheduler for phase in controller.schedule.phases]


def notes(dialog) -> str:
    return dialog.findChild(QLabel, "pull_notes").text()


def press(dialog, qtbot, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), LEFT)


def test_what_would_be_is_seen_and_is_one_step(ask, controller, source, qtbot):
    before = controller.schedule
    dialog = ask(source)
    assert controller.in_gesture
    assert schedulers(controller) == ["LinearLR", "CosineAnnealingLR"]
    assert controller.undo_stack.count() == 0
    press(dialog, qtbot, "dialog_ok")
    assert controller.undo_stack.count() == 1
    assert controller.undo_stack.undoText() == "take phases from other"
    assert controller.schedule.horizon == before.horizon
    assert controller.selection.phases == (0, 1)
    controller.undo_stack.undo()
    assert controller.schedule == before


def test_escape_leaves_all_as_it_was(ask, controller, source, qtbot):
    before = controller.schedule
    dialog = ask(source)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert controller.schedule == before
    assert controller.undo_stack.count() == 0


def test_inserted_after_the_selected_phase(ask, controller, source, qtbot):
    controller.select(Selection(0))
    dialog = ask(source)
    press(dialog, qtbot, "segment_insert")
    place = dialog.findChild(ChoiceField, "pull_place")
    assert place.isVisible()
    assert place.value() == 1
    assert schedulers(controller)[:3] == ["LinearLR", "LinearLR", "CosineAnnealingLR"]
    place.set_value(0)
    place.value_committed.emit(0)
    press(dialog, qtbot, "dialog_ok")
    assert schedulers(controller) == [
        "LinearLR",
        "CosineAnnealingLR",
        "LinearLR",
        "ConstantLR",
        "CosineAnnealingLR",
    ]
    assert controller.selection.phases == (0, 1)


def test_lrs_and_length_come_when_they_are_asked_for(ask, controller, source, qtbot):
    dialog = ask(source)
    assert "head: 0.1, there 0.3" in notes(dialog)
    lrs, length = (dialog.findChild(QCheckBox, f"pull_{name}") for name in ("lrs", "length"))
    assert "head 0.1 → 0.3" in lrs.text()
    assert "20 × 100" in length.text()
    lrs.setChecked(True)
    length.setChecked(True)
    assert controller.schedule.optimizer.groups[1].lr == 0.3
    assert controller.schedule.horizon.epochs == 20
    assert notes(dialog) == ""
    press(dialog, qtbot, "segment_insert")  # where neither would be right
    assert not lrs.isVisible()
    assert controller.schedule.horizon.epochs == 10


def test_only_what_makes_a_difference_is_offered(ask, controller, schedule):
    dialog = ask(edits.remove_phase(schedule, 1))
    boxes = [box.objectName() for box in dialog.findChildren(QCheckBox) if box.isVisible()]
    assert boxes == []


def test_into_the_track_that_is_worked_on(ask, controller, source, qtbot):
    lane = add_lane(controller.schedule, "weight_decay")[0]
    controller.edit("lane", lane, Selection(None, 0))
    own = controller.schedule.phases
    dialog = ask(source)
    press(dialog, qtbot, "segment_insert")
    press(dialog, qtbot, "dialog_ok")
    assert controller.schedule.phases == own
    assert [p.scheduler for p in controller.schedule.tracks[0].phases][-2:] == [
        "LinearLR",
        "CosineAnnealingLR",
    ]


def test_an_overlay_without_phases_has_nothing_to_give(ask, schedule):
    dialog = ask(schedule.replace(phases=()))
    assert "no phases" in dialog.message.text()
    assert not dialog.findChild(QPushButton, "dialog_ok").isEnabled()


def test_from_the_overlays_menu(make_window, schedule, source, tmp_path, qtbot):
    path = tmp_path / "other.json"
    source.save(path)
    window = make_window()
    window.controller.open_document(schedule, None)
    window.open_overlays([path])
    qtbot.waitUntil(lambda: window.controller.overlays.overlays[0].curve is not None)
    window.overlays_panel.pull_requested.emit(window.controller.overlays.overlays[0].id)
    dialog = window.findChild(PullDialog)
    assert schedulers(window.controller) == ["LinearLR", "CosineAnnealingLR"]
    press(dialog, qtbot, "dialog_ok")
    assert window.controller.undo_stack.undoText() == "take phases from other"


def test_an_overlay_opens_as_the_document(make_window, schedule, source, tmp_path, qtbot):
    path = tmp_path / "other.json"
    source.save(path)
    window = make_window()
    window.open_overlays([path])
    window.overlays_panel.document_requested.emit(window.controller.overlays.overlays[0].id)
    assert window.controller.path == path
    assert window.schedule == source
