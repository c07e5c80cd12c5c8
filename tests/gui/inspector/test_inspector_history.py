"""Undo, gestures, and what is being typed while the document moves on."""

from __future__ import annotations

from documents import phase
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from lrdesigner.gui import commands
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import codec, edits

Key = Qt.Key


def two_steps(bench):
    bench.open(
        phase("StepLR", {"step_size": 3}, length="1 epoch"), phase("StepLR", {"step_size": 7})
    )


def test_the_fields_follow_undo_and_redo(bench):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    bench.type("param_gamma", "0.25")
    bench.type("param_step_size", "6")
    bench.undo()
    assert bench.field("param_step_size").value() == 3
    assert bench.field("param_gamma").value() == 0.25
    bench.undo()
    assert bench.field("param_gamma").value() == 0.5
    bench.redo()
    assert bench.field("param_gamma").value() == 0.25


def test_the_curve_follows_the_wheel_and_one_turn_is_one_step(bench, qtbot):
    bench.open_one("ExponentialLR", {"gamma": 0.5})
    bench.focus("param_gamma")
    seen = []
    bench.controller.preview_changed.connect(lambda preview: seen.append(preview.lr[0, 1]))
    for _ in range(3):
        bench.wheel("param_gamma", 1)
    assert len(set(seen)) == 3
    assert bench.params() == {"gamma": 0.53}
    qtbot.waitUntil(lambda: not bench.controller.in_gesture)
    assert bench.steps == 1
    bench.undo()
    assert bench.params() == {"gamma": 0.5}


def test_the_wheel_leaves_fields_without_the_focus_alone(bench):
    bench.open_one("ExponentialLR", {"gamma": 0.5})
    bench.focus("phase_length")
    bench.wheel("param_gamma", 1)
    assert bench.params() == {"gamma": 0.5}


def test_tapping_an_arrow_key_is_one_step(bench, monkeypatch):
    monkeypatch.setattr(commands, "MERGE_SECONDS", 60.0)
    bench.open_one("ExponentialLR", {"gamma": 0.5})
    for _ in range(4):
        bench.press("param_gamma", Key.Key_Up)
    assert bench.params() == {"gamma": 0.54}
    assert bench.steps == 1
    bench.undo()
    assert bench.params() == {"gamma": 0.5}


def test_there_and_back_again_leaves_nothing_to_undo(bench, monkeypatch):
    monkeypatch.setattr(commands, "MERGE_SECONDS", 60.0)
    bench.open_one("OneCycleLR", {"max_lr": 0.5, "three_phase": False})
    bench.type("horizon_epochs", "9")
    bench.press("param_max_lr", Key.Key_Up)
    assert bench.steps == 2
    bench.press("param_max_lr", Key.Key_Down)
    assert bench.params()["max_lr"] == 0.5
    assert bench.steps == 1
    bench.undo()
    assert bench.controller.schedule.horizon.epochs == 8


def test_what_is_typed_is_a_step_of_its_own_however_quickly(bench, monkeypatch):
    monkeypatch.setattr(commands, "MERGE_SECONDS", 60.0)
    bench.open_one("ExponentialLR", {"gamma": 0.5})
    bench.type("param_gamma", "0.6")
    bench.type("param_gamma", "0.7")
    bench.undo()
    assert bench.params() == {"gamma": 0.6}


def test_edits_of_different_fields_are_different_steps(bench, monkeypatch):
    monkeypatch.setattr(commands, "MERGE_SECONDS", 60.0)
    two_steps(bench)
    bench.press("param_step_size", Key.Key_Up)
    bench.press("horizon_epochs", Key.Key_Up)
    assert bench.steps == 2
    bench.press("param_step_size", Key.Key_Up)
    bench.select(1)
    bench.press("param_step_size", Key.Key_Up)
    assert bench.steps == 4
    assert (bench.params(0)["step_size"], bench.params(1)["step_size"]) == (5, 8)


def test_escape_abandons_a_turn_of_the_wheel(bench):
    bench.open_one("ExponentialLR", {"gamma": 0.5})
    bench.focus("param_gamma")
    bench.wheel("param_gamma", 3)
    assert bench.params() == {"gamma": 0.53}
    bench.press("param_gamma", Key.Key_Escape)
    assert bench.params() == {"gamma": 0.5}
    assert bench.field("param_gamma").text() == "0.5"
    assert bench.steps == 0


def test_undo_right_after_a_turn_of_the_wheel_undoes_that_turn(bench):
    bench.open_one("ExponentialLR", {"gamma": 0.5})
    action = QAction(bench.panel)
    action.setShortcut(QKeySequence("Ctrl+Z"))
    action.triggered.connect(bench.controller.undo_stack.undo)
    bench.panel.addAction(action)
    bench.type("horizon_epochs", "9")
    bench.focus("param_gamma")
    bench.wheel("param_gamma", 1)
    QTest.keySequence(bench.field("param_gamma"), QKeySequence("Ctrl+Z"))
    assert bench.params() == {"gamma": 0.5}
    assert bench.controller.schedule.horizon.epochs == 9


def test_a_change_elsewhere_leaves_text_and_focus_alone(bench):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    bench.type("param_gamma", "0.2", key=None)
    schedule = edits.set_param(bench.controller.schedule, 0, "step_size", 5)
    bench.controller.edit("change step_size", schedule)
    assert bench.field("param_gamma").hasFocus()
    assert bench.field("param_gamma").text() == "0.2"
    assert bench.field("param_step_size").value() == 5
    QTest.keyClick(bench.field("param_gamma"), Key.Key_Return)
    assert bench.params() == {"step_size": 5, "gamma": 0.2}


def test_a_drag_elsewhere_rebuilds_nothing(bench):
    two_steps(bench)
    field = bench.field("param_step_size")
    bench.focus("param_step_size")
    for step in (4, 5, 6):
        schedule = edits.resize(bench.controller.before_gesture, 0, step)
        bench.controller.gesture("resize phase", schedule)
        assert bench.field("param_step_size") is field
        assert bench.field("phase_length").text() == bench.phase().length
    assert field.hasFocus()
    bench.controller.cancel_gesture()
    assert bench.field("phase_length").text() == "1 epoch"


def test_text_being_typed_belongs_to_the_phase_it_was_typed_for(bench):
    two_steps(bench)
    bench.type("param_step_size", "5", key=None)
    bench.select(1)
    assert bench.params(0)["step_size"] == 5
    assert bench.params(1)["step_size"] == 7
    assert bench.field("param_step_size").value() == 7
    assert bench.controller.selection == Selection(1)


def test_a_length_being_typed_belongs_to_its_phase(bench):
    bench.open(
        phase("StepLR", length="1 epoch"), phase("StepLR", length="1 epoch"), phase("StepLR")
    )
    bench.type("phase_length", "2 epochs", key=None)
    bench.select(1)
    assert [each.length for each in bench.controller.schedule.phases[:2]] == ["2 epochs", "1 epoch"]
    assert bench.field("phase_length").text() == "1 epoch"
    bench.type("phase_length", "2 weeks", key=None)
    bench.select(0)
    bench.select(1)
    assert bench.field("phase_length").text() == "1 epoch"
    assert bench.message("phase_length") == ""


def test_refused_text_does_not_travel_to_the_next_phase(bench):
    two_steps(bench)
    bench.type("param_step_size", "-5", key=None)
    bench.select(1)
    assert (bench.params(0)["step_size"], bench.params(1)["step_size"]) == (3, 7)
    assert bench.field("param_step_size").text() == "7"
    assert not bench.marked("param_step_size")


def test_text_typed_for_a_phase_that_is_gone_is_dropped(bench):
    two_steps(bench)
    bench.type("param_step_size", "5", key=None)
    schedule = edits.remove_phase(bench.controller.schedule, 0)
    bench.controller.edit("delete phase", schedule, selection=Selection(None))
    assert bench.params(0)["step_size"] == 7
    assert bench.steps == 1


def test_text_being_typed_is_dropped_with_its_form(bench):
    bench.open(phase("StepLR", {"step_size": 3}, length="1 epoch"), phase("CosineAnnealingLR"))
    bench.type("param_step_size", "-5", key=None)
    bench.select(1)
    bench.select(0)
    assert bench.field("param_step_size").text() == "3"
    assert bench.steps == 0


def test_commit_pending_takes_what_is_typed(bench):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    bench.type("param_gamma", "0.2", key=None)
    assert bench.panel.commit_pending()
    assert bench.params()["gamma"] == 0.2
    bench.type("param_gamma", "-0.2", key=None)
    assert not bench.panel.commit_pending()
    assert bench.params()["gamma"] == 0.2
    assert bench.marked("param_gamma")


def test_a_field_does_not_disturb_a_drag_that_goes_on(bench):
    two_steps(bench)
    bench.focus("param_step_size")
    dragged = edits.resize(bench.controller.schedule, 0, 9)
    bench.controller.gesture("resize phase", dragged)
    bench.wheel("param_step_size", 1)
    assert bench.controller.in_gesture
    assert bench.controller.schedule == dragged
    bench.controller.commit_gesture()
    assert bench.phase().length == dragged.phases[0].length


def test_another_document_shows_at_once(bench):
    bench.open_one("StepLR", {"step_size": 3})
    bench.type("param_step_size", "5", key=None)
    bench.open_one("StepLR", {"step_size": 9})
    assert bench.field("param_step_size").text() == "9"
    assert bench.steps == 0
    assert bench.params() == {"step_size": 9}


def test_saving_takes_what_is_being_typed(bench, tmp_path):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    bench.type("param_gamma", "0.2", key=None)
    path = tmp_path / "a.json"
    bench.controller.save_document(path)
    assert codec.load(path).phases[0].params["gamma"] == 0.2
    assert bench.controller.clean
    bench.wheel("param_gamma", 1)
    bench.controller.save_document(path)
    assert codec.load(path).phases[0].params["gamma"] == 0.21
    assert bench.controller.clean
    assert not bench.controller.in_gesture


def test_saving_leaves_refused_text_out(bench, tmp_path):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    bench.type("param_gamma", "-2", key=None)
    bench.controller.save_document(tmp_path / "a.json")
    assert codec.load(tmp_path / "a.json").phases[0].params["gamma"] == 0.5
    assert bench.field("param_gamma").text() == "-2"
    assert bench.marked("param_gamma")
