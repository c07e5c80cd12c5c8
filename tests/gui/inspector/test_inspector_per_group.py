"""Parameters with one value per group."""

from __future__ import annotations

from documents import THREE_GROUPS
from PySide6.QtCore import Qt

from lrdesigner.gui.inspector.dots import GroupDot
from lrdesigner.gui.inspector.rows import FieldLabel

Key = Qt.Key
TWO = [{"name": "backbone", "lr": 0.01}, {"name": "head & neck", "lr": 0.1}]


def test_one_group_needs_no_toggle(bench):
    bench.open_one("SWALR", {"swa_lr": 0.05})
    assert not bench.visible("param_swa_lr_per_group")


def test_a_value_is_split_into_one_per_group_and_joined_again(bench):
    bench.open_one("SWALR", {"swa_lr": 0.05}, groups=TWO)
    bench.click("param_swa_lr_per_group")
    assert bench.params()["swa_lr"] == (0.05, 0.05)
    assert not bench.visible("param_swa_lr")
    bench.type("param_swa_lr_1", "0.2")
    assert bench.params()["swa_lr"] == (0.05, 0.2)
    assert bench.field("param_swa_lr_1").accessibleName() == "swa_lr, head & neck"
    bench.click("param_swa_lr_per_group")
    assert bench.params()["swa_lr"] == 0.05
    assert bench.visible("param_swa_lr")
    assert not bench.visible("param_swa_lr_0")
    bench.undo()
    assert bench.params()["swa_lr"] == (0.05, 0.2)
    assert bench.field("param_swa_lr_1").value() == 0.2


def test_rows_carry_the_groups_names_and_colours(bench, theme):
    bench.open_one("SWALR", {"swa_lr": [0.05, 0.2]}, groups=TWO)
    row = bench.field("param_swa_lr_1").parentWidget()
    assert row.findChild(FieldLabel).full_text() == "head & neck"
    assert row.findChild(FieldLabel).text() == "head && neck", "no shortcut is meant"
    assert row.findChild(GroupDot).color().name() == theme.tokens.group_colors(2)[1]
    assert bench.field("param_swa_lr_1").suffix() == "lr"


def test_splitting_a_followed_value_starts_from_what_it_was(bench):
    bench.open_one("CyclicLR", {"max_lr": 0.5, "step_size_up": 3}, groups=TWO)
    bench.click("param_base_lr_per_group")
    assert bench.params()["base_lr"] == (0.01, 0.1)


def test_splitting_a_default_starts_from_the_default(bench):
    bench.open_one("ReduceLROnPlateau", {"patience": 1}, groups=TWO)
    bench.click("param_min_lr_per_group")
    assert bench.params()["min_lr"] == (0, 0)


def test_formulas_per_group_are_live_too(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "0.9 ** t"}, groups=TWO)
    bench.click("param_lr_lambda_per_group")
    bench.type("param_lr_lambda_0", "0.5", key=None)
    assert bench.params()["lr_lambda"] == ("0.5", "0.9 ** t")
    bench.press("param_lr_lambda_0", Key.Key_Escape)
    assert bench.params()["lr_lambda"] == ("0.9 ** t", "0.9 ** t")
    bench.type("param_lr_lambda_1", "x")
    assert bench.marked("param_lr_lambda_1")
    assert bench.message("param_lr_lambda_1")
    assert not bench.marked("param_lr_lambda_0")


def test_a_groups_value_is_checked_and_needed(bench):
    bench.open_one("SWALR", {"swa_lr": [0.05, 0.2]}, groups=TWO)
    bench.type("param_swa_lr_0", "-1")
    assert "swa_lr must be a number 0 or greater" in bench.message("param_swa_lr_0")
    bench.press("param_swa_lr_0", Key.Key_Escape)
    bench.type("param_swa_lr_0", "")
    assert bench.marked("param_swa_lr_0")
    assert bench.params()["swa_lr"] == (0.05, 0.2)


def test_fields_come_and_go_with_the_groups(bench):
    bench.open_one("SWALR", {"swa_lr": [0.05, 0.2]}, groups=TWO)
    bench.click("group_add")
    assert bench.params()["swa_lr"] == (0.05, 0.2, 0.2)
    assert bench.visible("param_swa_lr_2")
    bench.menu("group_menu_0", "group_do_remove")
    assert bench.params()["swa_lr"] == (0.2, 0.2)
    assert not bench.visible("param_swa_lr_2")


def test_a_list_of_the_wrong_length_is_said_and_mended_by_the_next_value(bench):
    bench.open_one("SWALR", {"swa_lr": [0.05, 0.2]}, groups=THREE_GROUPS)
    assert "2 values for 3 groups" in bench.message("param_swa_lr_2")
    bench.type("param_swa_lr_2", "0.3")
    assert bench.params()["swa_lr"] == (0.05, 0.2, 0.3)
    assert bench.message("param_swa_lr_2") == ""


def test_the_wheel_over_one_group_is_one_step(bench, qtbot):
    bench.open_one("SWALR", {"swa_lr": [0.05, 0.2]}, groups=TWO)
    bench.focus("param_swa_lr_1")
    bench.wheel("param_swa_lr_1", 1)
    bench.wheel("param_swa_lr_1", 1)
    assert bench.params()["swa_lr"] == (0.05, 0.22)
    qtbot.waitUntil(lambda: not bench.controller.in_gesture)
    assert bench.steps == 1
