"""Tracks in the inspector: phases of lanes, groups with phases of their own, freezing, layers."""

from __future__ import annotations

from typing import Any

import pytest
from documents import document, phase
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolTip,
    QWidget,
)

from lrdesigner.gui.inspector.dots import GroupDot
from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import ElidedLabel

Key = Qt.Key
GROUPS = [{"name": name, "lr": lr} for name, lr in (("trunk", 0.01), ("neck", 0.02), ("head", 0.1))]
COSINE = phase("CosineAnnealingLR", {"eta_min": 0.001})


def open_tracks(bench, *tracks: dict[str, Any], select: Selection | None = None) -> None:
    data = document(phase("LinearLR", {"start_factor": 0.1}), groups=GROUPS, optimizer="AdamW")
    data["tracks"] = list(tracks)
    bench.open_data(data, None)
    bench.controller.select(select or Selection())
    QApplication.processEvents()


def names(bench, track: int) -> tuple[str, ...] | None:
    return bench.controller.schedule.tracks[track].groups


def dialog(bench, name: str) -> QDialog:
    found = bench.panel.findChild(QDialog, name)
    assert found is not None
    assert found.isVisible()
    return found


def fill(window: QDialog, field: str, text: str) -> None:
    edit = window.findChild(QLineEdit, field)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def press_ok(window: QDialog) -> None:
    QTest.mouseClick(window.findChild(QPushButton, "dialog_ok"), Qt.MouseButton.LeftButton)


# -- phases of a track -----------------------------------------------------------------------------


def test_a_field_of_a_track_changes_the_track(bench):
    open_tracks(bench, {"groups": ["head"], "phases": [COSINE]}, select=Selection(0, 0))
    assert bench.text("phase_title") == "Cosine"
    bench.type("param_eta_min", "0.002")
    schedule = bench.controller.schedule
    assert schedule.tracks[0].phases[0].params["eta_min"] == 0.002
    assert schedule.phases[0].scheduler == "LinearLR"
    bench.type("phase_length", "2 epochs")
    assert bench.controller.schedule.tracks[0].phases[0].length == "2 epochs"
    bench.undo()
    bench.undo()
    assert bench.controller.schedule.tracks[0].phases[0].params["eta_min"] == 0.001
    assert bench.controller.selection == Selection(0, 0)


def test_text_typed_for_a_track_stays_with_it(bench):
    open_tracks(
        bench,
        {"groups": ["head"], "phases": [COSINE]},
        {"quantity": "weight_decay", "phases": [COSINE]},
        select=Selection(0, 0),
    )
    bench.type("param_eta_min", "0.005", key=None)
    bench.controller.select(Selection(0, 1))
    schedule = bench.controller.schedule
    assert schedule.tracks[0].phases[0].params["eta_min"] == 0.005
    assert schedule.tracks[1].phases[0].params["eta_min"] == 0.001


def test_a_lane_speaks_of_its_quantity(bench):
    open_tracks(bench, {"quantity": "weight_decay", "phases": [COSINE]}, select=Selection(0, 0))
    assert bench.field("track_title").full_text() == "Weight decay"
    assert bench.field("track_groups").text() == "all groups"
    assert bench.field("param_eta_min").accessibleName() == "eta_min"
    assert "weight decay" in bench.field("param_eta_min")._suffix
    assert bench.field("phase_start").itemText(1) == "own value"
    assert "weight decay 0.01 → " in bench.text("explain_numbers")
    bench.controller.select(Selection(0))
    assert bench.field("phase_start").itemText(1) == "base LR"
    assert bench.field("track_title").full_text() == "LR"


@pytest.mark.parametrize(
    ("quantity", "sign"),
    [("weight_decay", "weight_decay"), ("momentum", "beta1"), ("beta2", "beta2")],
)
def test_the_formula_of_a_lane_is_of_its_quantity(bench, qtbot, quantity, sign):
    phases = [
        {**COSINE, "length": "50%"},
        {"scheduler": "MultiplicativeLR", "params": {"lr_lambda": "0.9"}},
    ]
    open_tracks(bench, {"quantity": quantity, "phases": phases}, select=Selection(0, 0))
    bench.panel.unfold({"phase_explain"})
    said = bench.text("explain_formula")
    assert said == f"{sign}(t) = eta_min + (base − eta_min) · (1 + cos(π t / T_max)) / 2"
    qtbot.waitUntil(bench.field("explain_formula").is_drawn)
    bench.controller.select(Selection(1, 0))
    said = bench.text("explain_formula")
    assert said == f"{sign}(t) = {sign}(t − 1) · f(t), {sign}(0) = base, f = lr_lambda"
    bench.controller.select(Selection(0))
    assert bench.text("explain_formula").startswith("lr(t) = ")


def test_per_group_values_of_a_track_are_of_its_groups(bench, theme):
    one_cycle = phase("OneCycleLR", {"max_lr": [0.1, 0.2]})
    open_tracks(bench, {"groups": ["neck", "head"], "phases": [one_cycle]}, select=Selection(0, 0))
    row = bench.field("param_max_lr_1")
    assert row.accessibleName() == "max_lr, head"
    dot = row.parentWidget().findChild(GroupDot)
    assert dot.color().name() == theme.tokens.group_colors(3)[2]
    bench.type("param_max_lr_1", "0.3")
    assert bench.controller.schedule.tracks[0].phases[0].params["max_lr"] == (0.1, 0.3)


def test_without_tracks_nothing_is_said_of_them(bench):
    open_tracks(bench)
    assert not bench.visible("track_title")


# -- the groups of a track -------------------------------------------------------------------------


def test_the_groups_of_a_lane_are_chosen(bench):
    open_tracks(bench, {"quantity": "weight_decay", "phases": [COSINE]}, select=Selection(0, 0))
    bench.menu("track_groups", "neck")
    assert names(bench, 0) == ("trunk", "head")
    assert bench.field("track_groups").text() == "trunk, head"
    bench.menu("track_groups", "trunk")
    menu = bench.open_menu("track_groups")
    last = next(action for action in menu.actions() if action.text() == "head")
    assert not last.isEnabled()  # a lane drives a group at least
    menu.close()
    bench.menu("track_groups", "All groups")
    assert names(bench, 0) is None
    bench.undo()
    assert names(bench, 0) == ("head",)


def test_a_group_joins_an_lr_track(bench):
    open_tracks(bench, {"groups": ["head"], "phases": [COSINE]}, select=Selection(0, 0))
    bench.menu("track_groups", "neck")
    assert names(bench, 0) == ("neck", "head")
    menu = bench.open_menu("track_groups")
    assert not next(a for a in menu.actions() if a.text() == "trunk").isEnabled()
    menu.close()


# -- the groups' own menu --------------------------------------------------------------------------


def test_a_group_gets_phases_of_its_own_and_gives_them_back(bench):
    open_tracks(bench)
    bench.menu("group_menu_2", "group_do_own")
    assert names(bench, 0) == ("head",)
    assert bench.controller.selection == Selection(0, 0)
    assert "phases of its own" in bench.field("group_menu_2").toolTip()
    bench.menu("group_menu_2", "group_do_join")
    assert bench.controller.schedule.tracks == ()
    assert bench.controller.selection == Selection()


def test_the_last_group_of_the_main_phases_stays(bench):
    open_tracks(bench, {"groups": ["neck", "head"], "phases": [COSINE]})
    menu = bench.open_menu("group_menu_0")
    action = next(a for a in menu.actions() if a.objectName() == "group_do_own")
    assert not action.isEnabled()
    assert "this group alone" in action.toolTip()
    spot = menu.actionGeometry(action).center()
    tip = QHelpEvent(QHelpEvent.Type.ToolTip, spot, menu.mapToGlobal(spot))
    QApplication.sendEvent(menu, tip)
    label = next(w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel"))
    assert "this group alone" in label.text()
    assert not label.geometry().intersects(menu.geometry())
    QToolTip.hideText()
    menu.close()


def test_the_only_group_of_the_main_phases_is_frozen_there(bench):
    open_tracks(bench, {"groups": ["neck", "head"], "phases": [COSINE]})
    bench.menu("group_menu_0", "group_do_freeze")
    window = dialog(bench, "freeze_dialog")
    place = window.findChild(QPushButton, "dialog_ok").y()
    fill(window, "freeze_until", "rest")
    assert "steps, epochs or percent" in window.message.text()
    fill(window, "freeze_until", "3")  # epochs, as the field says
    QApplication.processEvents()
    assert window.findChild(QPushButton, "dialog_ok").y() == place
    fill(window, "freeze_warm_up", "0 steps")
    assert "main phases" in window.help.text()
    press_ok(window)
    schedule = bench.controller.schedule
    assert [(p.scheduler, p.length) for p in schedule.phases] == [
        ("frozen", "3 epochs"),
        ("LinearLR", "rest"),
    ]
    assert len(schedule.tracks) == 1
    assert bench.controller.selection == Selection(0)


def test_the_group_to_split_is_chosen(bench):
    open_tracks(bench)
    bench.click("group_layers")
    window = dialog(bench, "layers_dialog")
    choice = window.findChild(QComboBox, "layers_group")
    choice.setFocus()
    QTest.keyClick(choice, Key.Key_End)
    assert window.findChild(QLineEdit, "layers_lr").text() == "0.1"
    fill(window, "layers_layers", "2")
    press_ok(window)
    names = [group.name for group in bench.controller.schedule.optimizer.groups]
    assert names == ["trunk", "neck", "head 0", "head 1"]


def test_a_group_is_frozen(bench):
    open_tracks(bench)
    before = bench.controller.schedule
    bench.menu("group_menu_2", "group_do_freeze")
    window = dialog(bench, "freeze_dialog")
    fill(window, "freeze_until", "3 epochs")
    fill(window, "freeze_warm_up", "1 epoch")
    assert bench.controller.in_gesture  # the curve shows it already
    lr = bench.controller.preview.lr[2]
    per_epoch = before.horizon.steps_per_epoch
    assert lr[3 * per_epoch - 1] == 0
    assert lr[4 * per_epoch - 1] == pytest.approx(0.1 * (per_epoch - 1) / per_epoch)
    assert bench.steps == 0
    press_ok(window)
    track = bench.controller.schedule.tracks[0]
    assert [(item.scheduler, item.length) for item in track.phases] == [
        ("frozen", "3 epochs"),
        ("warmup_linear", "1 epoch"),
        ("LinearLR", "rest"),
    ]
    assert bench.controller.selection == Selection(0, 0)
    assert bench.steps == 1
    bench.undo()
    assert bench.controller.schedule == before


def test_freezing_for_too_long_or_not_at_all_is_refused(bench):
    open_tracks(bench)
    before = bench.controller.schedule
    bench.menu("group_menu_2", "group_do_freeze")
    window = dialog(bench, "freeze_dialog")
    ok = window.findChild(QPushButton, "dialog_ok")
    for text in ("100%", "0 steps", "soon"):
        fill(window, "freeze_until", text)
        assert not ok.isEnabled(), text
        assert window.message.text()
        assert bench.controller.schedule == before
    QTest.keyClick(window, Key.Key_Escape)
    assert bench.controller.schedule == before
    assert bench.steps == 0


def test_esc_leaves_everything_as_it_was(bench):
    open_tracks(bench)
    before = bench.controller.schedule
    bench.menu("group_menu_0", "group_do_layers")
    window = dialog(bench, "layers_dialog")
    assert len(bench.controller.schedule.optimizer.groups) == 14
    QTest.keyClick(window, Key.Key_Escape)
    assert bench.controller.schedule == before
    assert bench.steps == 0


def test_layer_wise_decay_in_one_step(bench):
    open_tracks(bench)
    bench.menu("group_menu_0", "group_do_layers")
    window = dialog(bench, "layers_dialog")
    fill(window, "layers_layers", "4")
    fill(window, "layers_factor", "0.5")
    fill(window, "layers_lr", "0.08")
    fill(window, "layers_names", "block {i}")
    said = window.findChild(QWidget, "layers_list").accessibleDescription()
    assert said.startswith("block 0 1.00e−02, block 1 2.00e−02")
    press_ok(window)
    groups = [(g.name, g.lr) for g in bench.controller.schedule.optimizer.groups]
    assert groups == [
        ("block 0", 0.01),
        ("block 1", 0.02),
        ("block 2", 0.04),
        ("block 3", 0.08),
        ("neck", 0.02),
        ("head", 0.1),
    ]
    assert bench.steps == 1
    assert bench.controller.undo_stack.undoText() == "add layer-wise decay"
    bench.undo()
    assert [g.name for g in bench.controller.schedule.optimizer.groups] == ["trunk", "neck", "head"]


def test_layers_that_cannot_be_are_refused(bench):
    open_tracks(bench)
    bench.click("group_layers")
    window = dialog(bench, "layers_dialog")
    fill(window, "layers_names", "layer")
    assert not window.findChild(QPushButton, "dialog_ok").isEnabled()
    assert "{i}" in window.message.text()
    fill(window, "layers_names", "head {i}")
    assert window.findChild(QPushButton, "dialog_ok").isEnabled()
    QTest.keyClick(window, Key.Key_Escape)


# -- copying ---------------------------------------------------------------------------------------


def test_the_lr_and_overrides_are_copied_to_all_groups(bench):
    open_tracks(bench)
    bench.menu("group_menu_2", "group_do_copy_lr")
    assert [g.lr for g in bench.controller.schedule.optimizer.groups] == [0.1] * 3
    bench.click("group_more_0")
    bench.type("group_weight_decay_0", "0.3")
    bench.menu("group_menu_0", "Copy weight_decay to all groups")
    overrides = [dict(g.overrides) for g in bench.controller.schedule.optimizer.groups]
    assert overrides == [{"weight_decay": 0.3}] * 3


def test_a_value_of_a_parameter_is_copied_to_all_groups(bench):
    bench.open_one("OneCycleLR", {"max_lr": [0.1, 0.2, 0.3]}, groups=GROUPS)
    field = bench.field("param_max_lr_1")
    place = QPoint(5, 5)
    QApplication.sendEvent(
        field,
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place)),
    )
    menu = QApplication.activePopupWidget()
    copy = next(a for a in menu.actions() if a.objectName() == "copy_to_all")
    menu.setActiveAction(copy)
    QTest.keyClick(menu, Key.Key_Return)
    assert bench.params()["max_lr"] == (0.2, 0.2, 0.2)


# -- fifty groups ----------------------------------------------------------------------------------


def test_fifty_groups_fold_up(bench):
    many = [{"name": f"layer {i}", "lr": 0.01} for i in range(50)]
    bench.open_one("OneCycleLR", {"max_lr": [0.1] * 50}, groups=many)
    assert bench.visible("group_name_5")
    assert not bench.visible("group_name_6")
    assert bench.visible("param_max_lr_5")
    assert not bench.visible("param_max_lr_6")
    bench.type("param_max_lr_1", "0.2")
    assert bench.params()["max_lr"] == (0.1, 0.2, *[0.1] * 48)
    assert bench.field("group_all").text() == "Show all 50 groups"
    bench.click("group_all")
    assert bench.visible("group_name_49")
    bench.type("group_lr_49", "0.5")
    assert bench.controller.schedule.optimizer.groups[49].lr == 0.5
    bench.click("group_all")
    assert not bench.visible("group_name_6")
    bench.click("param_max_lr_all")
    assert bench.visible("param_max_lr_49")


def test_a_problem_of_a_track_is_said_at_its_phase(bench):
    wrong = phase("OneCycleLR", {"max_lr": [0.1, 0.2, 0.3]})
    open_tracks(bench, {"groups": ["head"], "phases": [wrong]}, select=Selection(0, 0))
    assert "3 values for 1 group" in bench.message("param_max_lr_2")
    bench.controller.select(Selection(0))
    labels = [w.text() for w in bench.panel.findChildren(QLabel) if w.isVisible()]
    labels += [w.full_text() for w in bench.panel.findChildren(ElidedLabel) if w.isVisible()]
    assert not any("3 values for" in text for text in labels)


def test_a_lane_is_described_in_its_own_words(bench):
    lane = {"quantity": "weight_decay", "phases": [COSINE]}
    open_tracks(bench, lane, select=Selection(0, 0))
    assert "base weight decay to eta_min" in bench.text("phase_summary")
    field = bench.panel.findChild(QLineEdit, "param_eta_min")
    assert "LR" not in field.toolTip().replace("CosineAnnealingLR", "")
    bench.controller.select(Selection(0, None))
    assert "LR" in bench.text("phase_summary")
