"""Parameter groups: add, rename, remove, LR, overrides."""

from __future__ import annotations

from documents import THREE_GROUPS
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.dots import GroupDot

Key = Qt.Key
TWO = [{"name": "backbone", "lr": 0.01}, {"name": "head", "lr": 0.1}]


def groups(bench):
    return [(group.name, group.lr) for group in bench.controller.schedule.optimizer.groups]


def test_the_lr_of_a_group(bench):
    bench.open_one("StepLR", groups=TWO)
    bench.type("group_lr_1", "3e-4*2")
    assert groups(bench) == [("backbone", 0.01), ("head", 0.0006)]
    assert bench.field("group_lr_1").accessibleName() == "LR of head"
    bench.type("group_lr_1", "-1")
    assert groups(bench)[1] == ("head", 0.0006)
    assert bench.marked("group_lr_1")


def test_the_wheel_over_an_lr_steps_by_its_decade(bench, qtbot):
    bench.open_one("StepLR", groups=TWO)
    bench.focus("group_lr_0")
    bench.wheel("group_lr_0", 2)
    assert groups(bench)[0] == ("backbone", 0.012)
    qtbot.waitUntil(lambda: not bench.controller.in_gesture)
    assert bench.steps == 1


def test_renaming(bench):
    bench.open_one("StepLR", groups=TWO)
    bench.type("group_name_0", "trunk")
    assert groups(bench)[0] == ("trunk", 0.01)
    assert bench.controller.undo_stack.undoText() == "rename group"
    bench.undo()
    assert bench.field("group_name_0").text() == "backbone"


def test_a_name_that_is_taken_is_refused(bench):
    bench.open_one("StepLR", groups=TWO)
    bench.type("group_name_1", "backbone")
    assert groups(bench) == [("backbone", 0.01), ("head", 0.1)]
    assert bench.field("group_name_1").text() == "backbone"
    assert bench.marked("group_name_1")
    assert "Another group is named 'backbone'" in bench.field("group_name_1").toolTip()
    bench.press("group_name_1", Key.Key_Escape)
    assert bench.field("group_name_1").text() == "head"
    bench.type("group_name_1", "")
    assert bench.marked("group_name_1")
    assert groups(bench)[1] == ("head", 0.1)


def test_the_sentence_stands_under_the_row(bench):
    bench.open_one("StepLR", groups=TWO)
    bench.type("group_name_1", "backbone")
    labels = [
        label.text()
        for label in bench.field("group_name_1").parentWidget().findChildren(QWidget)
        if label.isVisible() and hasattr(label, "show_message")
    ]
    assert any("Another group" in text for text in labels)


def test_adding_a_group_lets_its_name_be_typed(bench):
    bench.open_one("StepLR", groups=TWO)
    bench.click("group_add")
    assert groups(bench)[2] == ("group 3", 0.1)
    name = bench.field("group_name_2")
    assert name.hasFocus()
    QTest.keyClicks(name, "bias")
    QTest.keyClick(name, Key.Key_Return)
    assert groups(bench)[2] == ("bias", 0.1)
    bench.undo()
    bench.undo()
    assert groups(bench) == [("backbone", 0.01), ("head", 0.1)]
    assert bench.panel.findChildren(QWidget, "group_name_2") == []


def test_removing_a_group(bench):
    bench.open_one("StepLR", groups=TWO)
    bench.menu("group_menu_0", "group_do_remove")
    assert groups(bench) == [("head", 0.1)]
    assert bench.field("group_name_0").text() == "head"
    assert bench.panel.findChildren(QWidget, "group_name_1") == []
    menu = bench.open_menu("group_menu_0")
    remove = menu.findChild(QAction, "group_do_remove")
    assert not remove.isEnabled()
    assert "last group" in remove.toolTip()
    menu.close()
    bench.undo()
    assert groups(bench) == [("backbone", 0.01), ("head", 0.1)]


def test_text_being_typed_does_not_move_to_another_group(bench):
    bench.open_one("StepLR", groups=[{"name": "backbone", "lr": 0.1}, TWO[1]])
    bench.type("group_lr_0", "-5", key=None)
    bench.menu("group_menu_0", "group_do_remove")
    assert groups(bench) == [("head", 0.1)]
    assert bench.field("group_lr_0").text() == "0.1"


def test_dots_have_the_colours_of_the_lines(bench, theme):
    bench.open_one("StepLR", groups=THREE_GROUPS)
    dots = [
        bench.field(f"group_name_{i}").parentWidget().findChild(GroupDot).color().name()
        for i in range(3)
    ]
    assert dots == list(theme.tokens.group_colors(3))
    theme.set_scheme("light")
    dot = bench.field("group_name_0").parentWidget().findChild(GroupDot)
    assert dot.color().name() == theme.tokens.group_colors(3)[0]


def test_overrides_of_a_group(bench):
    bench.open_one("StepLR", groups=TWO, args={"momentum": 0.9})
    assert not bench.visible("group_momentum_1")
    bench.click("group_more_1")
    field = bench.field("group_momentum_1")
    assert field.isVisible()
    assert field.placeholderText() == "as optimizer: 0.9"
    bench.type("group_momentum_1", "0.8")
    assert bench.controller.schedule.optimizer.groups[1].overrides == {"momentum": 0.8}
    assert "momentum" in bench.field("group_more_1").toolTip()
    bench.type("group_weight_decay_1", "-1")
    assert bench.marked("group_weight_decay_1")
    bench.type("group_momentum_1", "")
    assert bench.controller.schedule.optimizer.groups[1].overrides == {}
    bench.undo()
    assert field.value() == 0.8


def test_an_override_of_betas(bench):
    bench.open_one("StepLR", groups=TWO, optimizer="AdamW")
    bench.click("group_more_0")
    assert bench.field("group_betas_0").placeholderText() == "as optimizer: 0.9, 0.999"
    bench.type("group_betas_0", "0.8, 0.99")
    assert bench.controller.schedule.optimizer.groups[0].overrides == {"betas": (0.8, 0.99)}
    assert bench.panel.findChildren(QWidget, "group_momentum_0") == []


def test_other_keys_of_a_group_survive_a_rename(bench):
    bench.open_one("StepLR", groups=[{"name": "a", "lr": 0.1, "note": "x", "momentum": 0.5}])
    bench.type("group_name_0", "b")
    bench.click("group_more_0")
    bench.type("group_momentum_0", "")
    assert bench.controller.schedule.optimizer.groups[0].overrides == {"note": "x"}
