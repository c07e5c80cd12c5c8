"""The phase's own fields: length, start, interval, stack, what it does."""

from __future__ import annotations

import pytest
from documents import THREE_GROUPS, phase
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from lrdesigner.catalog import schedulers
from lrdesigner.schedule.problems import rules

Key = Qt.Key


def two(bench, **first):
    bench.open({"scheduler": "LinearLR", "length": "2 epochs", **first}, phase("CosineAnnealingLR"))


def test_title_and_help_are_the_schedulers(bench):
    two(bench)
    assert bench.field("phase_title").full_text() == "Linear"
    assert bench.text("phase_summary") == schedulers()["LinearLR"].summary
    bench.select(1)
    assert bench.field("phase_title").full_text() == "Cosine"


@pytest.mark.parametrize(
    ("typed", "written", "derived"),
    [
        ("4 steps", "4 steps", "1.33 epochs"),
        ("3 epochs", "3 epochs", "9 steps"),
        ("0.5 epochs", "0.5 epochs", "2 steps"),
        ("10%", "10%", "2 steps"),
        ("50 %", "50%", "4 epochs"),
        ("1,000 STEPS", "1000 steps", "333.33 epochs"),
        ("1 step", "1 step", "1 step"),
    ],
)
def test_lengths_in_every_unit(bench, typed, written, derived):
    two(bench)
    bench.type("phase_length", typed)
    assert bench.phase().length == written
    assert bench.field("phase_length").text() == written
    assert bench.field("phase_length").suffix() == derived


def test_rest_says_what_it_comes_to(bench):
    two(bench)
    bench.select(1)
    assert bench.field("phase_length").text() == "rest"
    assert bench.field("phase_length").suffix() == "6 epochs"
    bench.select(0)
    bench.type("phase_length", "4 epochs")
    bench.select(1)
    assert bench.field("phase_length").suffix() == "4 epochs"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3 weeks", "is not a length; write"),
        ("-2 epochs", "is negative"),
        ("", "needed"),
        ("rest", "only one phase can take the rest"),
    ],
)
def test_a_length_that_is_none_stays_and_says_why(bench, typed, says):
    two(bench)
    bench.type("phase_length", typed)
    assert bench.phase().length == "2 epochs"
    assert bench.field("phase_length").text() == typed
    assert bench.marked("phase_length")
    assert says in bench.message("phase_length")
    bench.press("phase_length", Key.Key_Escape)
    assert bench.field("phase_length").text() == "2 epochs"
    assert bench.message("phase_length") == ""


def test_a_length_past_the_end_is_remarked_on(bench):
    two(bench)
    assert bench.message("phase_length") == ""
    bench.type("phase_length", "20 epochs")
    assert bench.phase().length == "20 epochs"
    assert "cut at step 24" in bench.message("phase_length")
    assert not bench.marked("phase_length")


def test_the_first_phase_starts_from_the_groups_lr_and_says_so(bench):
    two(bench)
    field = bench.field("phase_start")
    assert not field.isEnabled()
    assert field.currentText() == "base LR"
    assert "first phase" in field.toolTip()
    bench.select(1)
    assert field.isEnabled()
    assert field.currentText() == "previous phase"
    assert "first phase" not in field.toolTip()
    bench.choose("phase_start", "base LR")
    assert bench.phase(1).start == "base"


def test_the_interval(bench):
    two(bench)
    bench.choose("phase_interval", "epoch")
    assert bench.phase().interval == "epoch"
    bench.undo()
    assert bench.field("phase_interval").currentText() == "optimizer step"


def test_a_plateau_always_steps_per_epoch(bench):
    bench.open_one("ReduceLROnPlateau")
    assert not bench.field("phase_interval").isEnabled()
    assert bench.field("phase_interval").currentText() == "epoch"
    assert "metric" in bench.field("phase_interval").toolTip()
    bench.open_one("StepLR")
    assert bench.field("phase_interval").isEnabled()


def test_what_it_does_has_formula_source_and_numbers(bench):
    bench.open(
        {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
        phase("CosineAnnealingLR"),
    )
    spec = schedulers()["LinearLR"]
    assert not bench.visible("explain_formula")
    header = bench.field("phase_explain").findChild(QWidget)
    header.setFocus()
    header.click()
    assert bench.visible("explain_formula")
    assert bench.text("explain_formula") == spec.formula
    assert bench.field("explain_source").plain_text() == spec.source
    assert spec.use in bench.text("explain_use")
    assert bench.text("explain_numbers").startswith("6 steps, 25 % of the run\nLR 0.001 → ")
    bench.type("param_start_factor", "0.5")
    assert "LR 0.05 → " in bench.text("explain_numbers")
    bench.select(1)
    assert bench.text("explain_formula") == schedulers()["CosineAnnealingLR"].formula


def test_numbers_name_the_groups(bench):
    bench.open_one("StepLR", groups=THREE_GROUPS)
    for name in ("backbone", "neck", "head"):
        assert f"{name}: LR " in bench.text("explain_numbers")


def test_a_scheduler_that_is_not_known_is_shown_and_kept(bench):
    bench.open({"scheduler": "MyLR", "length": "1 epoch", "params": {"a": [1, {"b": 2}]}})
    assert bench.field("phase_title").full_text() == "MyLR"
    assert "not understood" in bench.text("phase_summary")
    raw = bench.field("raw_params")
    assert raw.isVisible()
    assert raw.isReadOnly()
    assert '"b": 2' in raw.toPlainText()
    assert not bench.visible("stack_add")
    bench.type("phase_length", "2 epochs")
    assert bench.phase().length == "2 epochs"
    assert bench.params() == {"a": (1, {"b": 2})}
    bench.open_one("StepLR")
    assert not bench.visible("raw_params")


# Stacks


def choose_stack(bench, key):
    bench.click("stack_add")
    menu = bench.panel.findChild(QMenu, "stack_menu")
    assert menu.isVisible()
    (action,) = [a for a in menu.actions() if a.data() == key]
    action.trigger()
    menu.close()


def test_only_schedulers_that_compose_are_offered(bench):
    bench.open_one("StepLR")
    offered = [a.data() for a in bench.panel.findChild(QMenu, "stack_menu").actions()]
    assert offered == [spec.key for spec in schedulers() if spec.composes]
    bench.open_one("OneCycleLR")
    assert not bench.visible("stack_add")


def test_a_scheduler_is_stacked_edited_and_taken_off(bench):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    choose_stack(bench, "ExponentialLR")
    assert [item.scheduler for item in bench.phase().with_] == ["ExponentialLR"]
    box = bench.field("stacked_0")
    (gamma,) = box.findChildren(QWidget, "param_gamma")
    assert bench.field("param_gamma") is not gamma, "the phase's own field comes first"
    gamma.setFocus()
    gamma.selectAll()
    from PySide6.QtTest import QTest

    QTest.keyClicks(gamma, "0.25")
    QTest.keyClick(gamma, Key.Key_Return)
    assert bench.phase().with_[0].params["gamma"] == 0.25
    assert bench.params()["gamma"] == 0.5
    bench.undo()
    bench.redo()
    assert gamma.value() == 0.25
    box.findChild(QWidget, "stack_remove").click()
    assert bench.phase().with_ == ()
    assert bench.panel.findChildren(QWidget, "stacked_0") == []
    bench.undo()
    assert bench.field("stacked_0").findChild(QWidget, "param_gamma").value() == 0.25


def test_a_stacked_schedulers_problem_is_said_in_its_own_form(bench):
    stacked = [{"scheduler": "ExponentialLR", "params": {"gamma": -1}}]
    bench.open({**phase("StepLR", {"step_size": 3}), "with": stacked})
    gamma = bench.field("stacked_0").findChild(QWidget, "param_gamma")
    assert gamma.property("invalid")
    assert not bench.marked("param_gamma")


def test_a_stack_that_does_not_compose_is_said(bench):
    stacked = [{"scheduler": "OneCycleLR", "params": {"max_lr": 1.0}}]
    bench.open({**phase("StepLR", {"step_size": 3}), "with": stacked})
    assert "does not compose" in bench.text("phase_message")
    bench.open_one("StepLR")
    assert not bench.visible("phase_message")


def test_an_unknown_stacked_scheduler_is_kept(bench):
    bench.open(
        {**phase("StepLR", {"step_size": 3}), "with": [{"scheduler": "Foo", "params": {"a": 1}}]}
    )
    box = bench.field("stacked_0")
    assert '"a": 1' in box.findChild(QWidget, "raw_params").toPlainText()
    assert "Foo" in box.findChild(QWidget, "stack_remove").accessibleName()


def test_boxes_before_the_one_removed_keep_their_widgets(bench):
    stacked = [
        {"scheduler": "ExponentialLR", "params": {"gamma": 0.9}},
        {"scheduler": "LinearLR", "params": {}},
    ]
    bench.open({**phase("StepLR", {"step_size": 3}), "with": stacked})
    first = bench.field("stacked_0")
    bench.field("stacked_1").findChild(QWidget, "stack_remove").click()
    assert bench.field("stacked_0") is first
    assert [item.scheduler for item in bench.phase().with_] == ["ExponentialLR"]


def test_nothing_selected_shows_the_run_and_how_to_go_on(bench):
    two(bench)
    assert not bench.visible("inspector_hint")
    bench.select(None)
    assert not bench.visible("phase_title")
    assert bench.visible("horizon_epochs")
    assert bench.visible("group_lr_0")
    assert bench.visible("inspector_hint")
    assert "palette" in bench.text("inspector_hint")
    bench.select(1)
    assert bench.visible("phase_title")
    assert isinstance(bench.field("group_add"), QPushButton)


# What people trip over


def unfold_help(bench):
    bench.panel.unfold({"phase_explain", "phase_traps"})
    QApplication.processEvents()


def test_traps_stand_under_the_form_and_say_what_is_found_here(bench):
    bench.open_one("CosineAnnealingLR", {"T_max": 4})
    unfold_help(bench)
    spec = schedulers()["CosineAnnealingLR"]
    rows = [row for row in bench.panel.findChildren(QWidget, "trap") if row.isVisible()]
    assert len(rows) == len(spec.traps)
    said = [label.text() for label in bench.panel.findChildren(QLabel, "trap_rule")]
    title = rules()["cosine-climbs-back"].title
    assert f"Found here: {title}" in said
    bench.type("param_T_max", "")
    said = [label.text() for label in bench.panel.findChildren(QLabel, "trap_rule")]
    assert f"Checked: {title}" in said
    bench.open({"scheduler": "MyLR", "length": "1 epoch"})
    assert not bench.visible("phase_traps")
    assert not bench.visible("explain_formula")


def test_the_formula_is_drawn(bench, qtbot):
    bench.open_one("rex", {})
    unfold_help(bench)
    qtbot.waitUntil(bench.field("explain_formula").is_drawn)
    assert bench.text("explain_formula") == schedulers()["rex"].formula


def test_what_is_unfolded_is_told(bench):
    bench.panel.unfold({"phase_traps"})
    assert bench.panel.unfolded() == ("phase_traps",)
    bench.open_one("StepLR")
    bench.field("phase_explain").findChild(QWidget).click()
    assert set(bench.panel.unfolded()) == {"phase_explain", "phase_traps"}


def test_what_is_unfolded_comes_back_with_the_window(make_window):
    first = make_window()
    assert first.inspector.unfolded() == ("phase_explain",)
    first.inspector.unfold({"phase_traps"})
    first.close()
    assert make_window().inspector.unfolded() == ("phase_traps",)
