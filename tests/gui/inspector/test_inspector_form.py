"""The generated form: every kind of field, what it refuses, what an empty one means."""

from __future__ import annotations

import itertools

import pytest
from documents import NAMES, PARAMS, THREE_GROUPS, phase
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from lrdesigner.catalog import schedulers
from lrdesigner.gui.inspector.tab_order import focus_stops
from lrdesigner.gui.widgets import CollapsibleSection

Key = Qt.Key


def unfold(panel):
    for section in panel.findChildren(CollapsibleSection):
        section.set_expanded(True)
    QApplication.processEvents()


@pytest.mark.parametrize("name", NAMES)
def test_every_scheduler_has_a_form_with_a_labelled_field_for_each_parameter(bench, name):
    bench.open_one(name, groups=THREE_GROUPS)
    unfold(bench.panel)
    for declaration in schedulers()[name].params:
        field = bench.field(f"param_{declaration.name}")
        assert field.isVisible()
        assert field.accessibleName() == declaration.name
        assert declaration.help in field.toolTip()
        assert declaration.allowed in field.toolTip()
        labels = [label for label in bench.panel.findChildren(QLabel) if label.buddy() is field]
        assert labels, f"{declaration.name} has no label"
        assert declaration.help in labels[0].toolTip()


@pytest.mark.parametrize("name", NAMES)
def test_every_value_that_can_be_written_is_shown_and_showing_edits_nothing(bench, name):
    for params in PARAMS[name]:
        bench.open_one(name, params)
        unfold(bench.panel)
        for key, value in params.items():
            field = bench.field(f"param_{key}")
            shown = field.value()
            assert (list(shown) if isinstance(shown, tuple) else shown) == value, key
        assert bench.steps == 0
        assert bench.controller.schedule.phases[0].params == bench.phase().params


@pytest.mark.parametrize("name", NAMES)
def test_tab_goes_from_top_to_bottom_and_everything_it_meets_has_a_name(bench, name):
    bench.open_one(name, groups=THREE_GROUPS)
    unfold(bench.panel)
    bench.panel.resize(316, 4000)
    QApplication.processEvents()
    field = bench.focus("phase_length")
    seen = []
    while field not in seen:
        seen.append(field)
        assert field.accessibleName() or (isinstance(field, QAbstractButton) and field.text())
        links = field.text().count("<a ") if isinstance(field, QLabel) else 0
        for _ in range(1 + links):  # from link to link, then on
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        field = QApplication.focusWidget()
    stops = [w for w in focus_stops(bench.panel.widget()) if w.isVisible() and w.isEnabled()]
    assert len(seen) == len(stops)
    places = [w.mapTo(bench.panel, w.rect().topLeft()) for w in seen]
    rows = [(place.y() + w.height() // 2) for place, w in zip(places, seen, strict=True)]
    assert all(b > a - 16 for a, b in itertools.pairwise(rows)), rows


def test_a_number_is_taken_on_enter_not_before(bench):
    bench.open_one("ExponentialLR", {"gamma": 0.9})
    bench.type("param_gamma", "0.5", key=None)
    assert bench.params() == {"gamma": 0.9}
    QTest.keyClick(bench.field("param_gamma"), Key.Key_Return)
    assert bench.params() == {"gamma": 0.5}
    assert bench.controller.undo_stack.undoText() == "change gamma"


def test_a_number_is_taken_when_the_focus_leaves(bench):
    bench.open_one("ExponentialLR", {"gamma": 0.9})
    bench.type("param_gamma", "0.5", key=Key.Key_Tab)
    assert bench.params() == {"gamma": 0.5}


def test_arithmetic_is_understood(bench):
    bench.open_one("CosineAnnealingLR", {"eta_min": 0.0})
    bench.type("param_eta_min", "3e-4*2")
    assert bench.params() == {"eta_min": 0.0006}


def test_a_whole_number_stays_one(bench):
    bench.open_one("StepLR", {"step_size": 3})
    bench.type("param_step_size", "5")
    assert bench.params()["step_size"] == 5
    assert type(bench.params()["step_size"]) is int
    bench.type("param_step_size", "2.5")
    assert bench.params()["step_size"] == 5
    assert "whole number" in bench.message("param_step_size")


def test_a_list_of_whole_numbers(bench):
    bench.open_one("MultiStepLR", {"milestones": [2, 5]})
    assert bench.field("param_milestones").text() == "2, 5"
    bench.type("param_milestones", "[3, 3 7]")
    assert bench.params()["milestones"] == (3, 3, 7)
    bench.type("param_milestones", "7, 3")
    assert bench.params()["milestones"] == (3, 3, 7)
    said = "milestones must be in rising order: [3, 7], not [7, 3]"
    assert bench.message("param_milestones") == said
    bench.type("param_milestones", "3, x")
    assert bench.marked("param_milestones")
    bench.type("param_milestones", "")
    assert bench.params()["milestones"] == ()


def test_what_is_said_of_a_wrong_list_is_said_once(bench):
    bench.open_one("MultiStepLR", {"milestones": [30, 10]})
    said = bench.message("param_milestones")
    assert said.startswith("milestones must be in rising order: [10, 30], not [30, 10]. Sort them;")
    assert said.count("rising order") == 1
    bench.open_one("MultiStepLR", {"milestones": [-1, 5]})
    said = bench.message("param_milestones")
    assert said.count("negative") == 1


def test_a_check_box(bench):
    bench.open_one("OneCycleLR", {"max_lr": 0.5})
    box = bench.field("param_three_phase")
    assert not box.isChecked()
    assert "default" in box.text()
    bench.press("param_three_phase", Key.Key_Space)
    assert bench.params()["three_phase"] is True
    assert "default" not in box.text()
    bench.press("param_three_phase", Key.Key_Space)
    assert bench.params()["three_phase"] is False
    bench.press("param_three_phase", Key.Key_Delete)
    assert "three_phase" not in bench.params()


def test_a_choice(bench):
    bench.open_one("OneCycleLR", {"max_lr": 0.5})
    box = bench.field("param_anneal_strategy")
    assert (box.currentText(), box.hint()) == ("cos", "default")
    bench.choose("param_anneal_strategy", "linear")
    assert bench.params()["anneal_strategy"] == "linear"
    assert box.hint() == ""
    bench.press("param_anneal_strategy", Key.Key_Delete)
    assert "anneal_strategy" not in bench.params()
    assert (box.currentText(), box.hint()) == ("cos", "default")


@pytest.mark.parametrize("name", ["three_phase", "anneal_strategy"])
def test_the_context_menu_goes_back_to_the_default(bench, name):
    bench.open_one("OneCycleLR", {"max_lr": 0.5, "three_phase": True, "anneal_strategy": "linear"})
    field = bench.field(f"param_{name}")
    spot = field.rect().center()
    QApplication.sendEvent(
        field, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, field.mapToGlobal(spot))
    )
    menu = field.findChild(QMenu)
    assert menu.isVisible()
    (action,) = menu.actions()
    assert action.isEnabled()
    action.trigger()
    menu.close()
    assert name not in bench.params()


def test_clearing_a_field_leaves_the_parameter_out(bench):
    bench.open_one("StepLR", {"step_size": 3, "gamma": 0.5})
    bench.type("param_gamma", "")
    assert bench.params() == {"step_size": 3}
    assert bench.field("param_gamma").placeholderText() == "default 0.1"


def test_a_parameter_that_torch_needs_cannot_be_cleared(bench):
    bench.open_one("StepLR", {"step_size": 3})
    bench.type("param_step_size", "")
    assert bench.params() == {"step_size": 3}
    assert bench.marked("param_step_size")


@pytest.mark.parametrize(
    ("name", "params", "field", "text"),
    [
        ("LinearLR", {}, "total_iters", "= 24"),
        ("LinearLR", {}, "start_factor", "default 0.3333"),
        ("CyclicLR", {"max_lr": 0.5}, "base_lr", "base LR 0.1"),
        ("CyclicLR", {"max_lr": 0.5}, "step_size_down", "none"),
        ("CyclicLR", {"max_lr": 0.5}, "step_size_up", "default 2,000"),
        ("OneCycleLR", {"max_lr": 0.5}, "total_steps", "= 24"),
        (
            "OneCycleLR",
            {"max_lr": 0.5, "epochs": 4, "steps_per_epoch": 6},
            "total_steps",
            "not needed",
        ),
        ("OneCycleLR", {}, "max_lr", "needed"),
    ],
)
def test_an_empty_field_says_what_it_means(bench, name, params, field, text):
    bench.open_one(name, params)
    assert bench.field(f"param_{field}").text() == ""
    assert bench.field(f"param_{field}").placeholderText() == text


def test_the_unit_is_the_phases_interval(bench):
    bench.open({"scheduler": "CosineAnnealingLR", "length": "4 epochs"})
    assert bench.field("param_T_max").suffix() == "steps"
    assert bench.field("param_T_max").placeholderText() == "= 12"
    bench.choose("phase_interval", "epoch")
    assert bench.field("param_T_max").suffix() == "epochs"
    assert bench.field("param_T_max").placeholderText() == "= 4"


def test_an_explicit_null_is_offered_where_it_means_something_else(bench):
    bench.open_one("OneCycleLR", {"max_lr": 0.5})
    field = bench.field("param_div_factor")
    assert field.placeholderText() == "default 25"
    bench.click("param_div_factor_follow")
    assert bench.params() == {"max_lr": 0.5, "div_factor": None}
    assert not field.isEnabled()
    assert field.placeholderText() == "= 5"
    bench.click("param_div_factor_follow")
    assert bench.params() == {"max_lr": 0.5}
    assert field.isEnabled()
    bench.type("param_div_factor", "10")
    assert bench.params()["div_factor"] == 10.0


@pytest.mark.parametrize(
    ("name", "field", "text", "says"),
    [
        ("ExponentialLR", "gamma", "-1", "gamma must be a number 0 or greater, not -1"),
        ("LinearLR", "start_factor", "0", "greater than 0"),
        ("LinearLR", "end_factor", "1.5", "between 0 and 1"),
        ("StepLR", "step_size", "0", "1 or greater"),
        ("ReduceLROnPlateau", "factor", "1", "less than 1"),
        ("OneCycleLR", "pct_start", "2", "between 0 and 1"),
        ("CosineAnnealingLR", "eta_min", "abc", "Not a number"),
    ],
)
def test_what_torch_would_refuse_is_refused_with_a_sentence(bench, name, field, text, says):
    bench.open_one(name)
    before = bench.controller.schedule
    bench.type(f"param_{field}", text)
    assert bench.controller.schedule == before
    assert bench.field(f"param_{field}").text() == text
    assert bench.marked(f"param_{field}")
    assert says in bench.message(f"param_{field}")
    bench.press(f"param_{field}", Key.Key_Escape)
    assert not bench.marked(f"param_{field}")
    assert bench.message(f"param_{field}") == ""
    assert bench.field(f"param_{field}").value() == before.phases[0].params.get(field)


def test_refused_text_stays_when_the_focus_leaves(bench):
    bench.open_one("ExponentialLR", {"gamma": 0.9})
    bench.type("param_gamma", "-1", key=Key.Key_Tab)
    assert not bench.field("param_gamma").hasFocus()
    assert bench.field("param_gamma").text() == "-1"
    assert bench.marked("param_gamma")
    bench.type("horizon_epochs", "30")
    assert bench.field("param_gamma").text() == "-1"


def test_a_problem_between_parameters_is_said_under_the_field(bench):
    bench.open_one("CyclicLR", {"base_lr": 0.2, "max_lr": 0.5, "step_size_up": 3})
    assert bench.message("param_max_lr") == ""
    bench.type("param_max_lr", "0.1")
    assert bench.params()["max_lr"] == 0.1
    assert "max_lr must be at least base_lr (0.2)" in bench.message("param_max_lr")
    assert bench.marked("param_max_lr")
    bench.type("param_base_lr", "0.05")
    assert bench.message("param_max_lr") == ""
    assert not bench.marked("param_max_lr")


def test_a_problem_of_a_folded_parameter_unfolds_it(bench):
    bench.open_one("CyclicLR", {"max_lr": 0.5, "step_size_up": 3})
    assert not bench.field("param_base_momentum").isVisible()
    bench.open_one("CyclicLR", {"max_lr": 0.5, "step_size_up": 3, "base_momentum": 0.99})
    assert bench.field("param_base_momentum").isVisible()
    assert "base_momentum" in bench.message("param_base_momentum")


def test_a_trap_is_a_remark_not_a_mark(bench):
    bench.open_one("ExponentialLR", {"gamma": 1.5})
    assert "grows" in bench.message("param_gamma")
    assert not bench.marked("param_gamma")


def test_a_parameter_the_scheduler_does_not_have_is_shown_and_kept(bench):
    bench.open_one("StepLR", {"step_size": 3, "colour": "red"})
    assert bench.field("param_colour").text() == "red"
    assert bench.field("param_colour").isReadOnly()
    assert "no parameter 'colour'" in bench.message("param_colour")
    bench.type("param_step_size", "4")
    assert bench.params() == {"step_size": 4, "colour": "red"}


def test_no_field_of_the_last_form_is_left_behind(bench):
    bench.open(phase("StepLR", {"step_size": 3}, length="1 epoch"), phase("CosineAnnealingLR"))
    bench.select(1)
    assert bench.panel.findChildren(QWidget, "param_gamma") == []
    assert len(bench.panel.findChildren(QWidget, "param_T_max")) == 1


def test_the_next_phase_of_the_same_kind_reuses_the_form(bench):
    bench.open(
        phase("StepLR", {"step_size": 3}, length="1 epoch"), phase("StepLR", {"step_size": 7})
    )
    field = bench.field("param_step_size")
    bench.select(1)
    assert bench.field("param_step_size") is field
    assert field.value() == 7
    bench.type("param_step_size", "8")
    assert (bench.params(0)["step_size"], bench.params(1)["step_size"]) == (3, 8)


def test_focus_param_shows_and_focuses_the_field(bench):
    bench.open_one("ReduceLROnPlateau")
    assert bench.panel.focus_param("eps")
    assert bench.field("param_eps").hasFocus()
    assert bench.panel.focus_param("")
    assert bench.field("phase_length").hasFocus()
    assert not bench.panel.focus_param("nonsense")
    bench.select(None)
    assert not bench.panel.focus_param("eps")
