"""The run: horizon, optimizer and its arguments, name, notes."""

from __future__ import annotations

import pytest
import torch
from documents import THREE_GROUPS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from lrdesigner.schedule.optimizers import OPTIMIZERS

Key = Qt.Key


def unfold(bench, name):
    bench.field(name).set_expanded(True)


def test_epochs_and_steps(bench):
    bench.open_one("StepLR")
    assert bench.field("horizon_epochs").accessibleName() == "Epochs"
    bench.type("horizon_epochs", "100")
    bench.type("horizon_steps_per_epoch", "1280000/1024")
    assert bench.controller.schedule.horizon.epochs == 100
    assert bench.controller.schedule.horizon.steps_per_epoch == 1250
    assert bench.field("horizon_epochs").suffix() == "125,000 steps"
    assert bench.controller.undo_stack.undoText() == "change steps per epoch"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("horizon_epochs", "0", "Must be 1 or greater, not 0"),
        ("horizon_epochs", "1e9", "at most 100,000,000 can be run"),
        ("horizon_steps_per_epoch", "-3", "1 or greater"),
        ("horizon_steps_per_epoch", "2.5", "whole number"),
    ],
)
def test_a_horizon_that_is_none_is_refused(bench, name, text, says):
    bench.open_one("StepLR")
    before = bench.controller.schedule
    bench.type(name, text)
    assert bench.controller.schedule == before
    assert bench.field(name).text() == text
    assert bench.marked(name)
    assert says in bench.message(name)


def test_the_wheel_turns_epochs_live(bench, qtbot):
    bench.open_one("StepLR")
    bench.focus("horizon_epochs")
    bench.wheel("horizon_epochs", 2)
    assert bench.controller.schedule.horizon.epochs == 10
    assert bench.controller.in_gesture
    qtbot.waitUntil(lambda: not bench.controller.in_gesture)
    assert bench.steps == 1
    bench.wheel("horizon_epochs", -3)
    bench.press("horizon_epochs", Key.Key_Escape)
    assert bench.controller.schedule.horizon.epochs == 10


def test_choosing_an_optimizer_changes_its_arguments(bench):
    bench.open_one("StepLR", args={"momentum": 0.9})
    unfold(bench, "optimizer_arguments")
    assert bench.field("optimizer_momentum").value() == 0.9
    assert bench.field("optimizer_weight_decay").placeholderText() == "default 0"
    bench.choose("optimizer_type", "AdamW")
    assert bench.controller.schedule.optimizer.type == "AdamW"
    assert bench.controller.schedule.optimizer.args == {}
    assert bench.panel.findChildren(QWidget, "optimizer_momentum") == []
    assert bench.field("optimizer_betas").placeholderText() == "default 0.9, 0.999"
    assert bench.field("optimizer_weight_decay").placeholderText() == "default 0.01"


def test_every_optimizer_has_a_field_for_each_argument(bench):
    bench.open_one("StepLR", args={})
    unfold(bench, "optimizer_arguments")
    for name, info in OPTIMIZERS.items():
        bench.choose("optimizer_type", name)
        for argument in info.defaults:
            field = bench.field(f"optimizer_{argument}")
            assert field.isVisible()
            assert field.accessibleName() == argument
            assert field.toolTip()


def test_arguments_of_each_kind(bench):
    bench.open_one("StepLR", args={})
    unfold(bench, "optimizer_arguments")
    bench.type("optimizer_momentum", "0.9")
    bench.press("optimizer_nesterov", Key.Key_Space)
    assert bench.controller.schedule.optimizer.args == {"momentum": 0.9, "nesterov": True}
    bench.type("optimizer_momentum", "")
    bench.press("optimizer_nesterov", Key.Key_Delete)
    assert bench.controller.schedule.optimizer.args == {}
    bench.choose("optimizer_type", "AdamW")
    bench.type("optimizer_betas", "(0.9, 0.98)")
    assert bench.controller.schedule.optimizer.args == {"betas": (0.9, 0.98)}
    bench.type("optimizer_betas", "0.9")
    declared = OPTIMIZERS["AdamW"].param("betas")
    assert bench.message("optimizer_betas") == declared.error([0.9])
    bench.type("optimizer_betas", "0.9, 1")
    assert "less than 1" in bench.message("optimizer_betas")
    bench.type("optimizer_eps", "-1")
    assert "eps must be a number 0 or greater, not -1" in bench.message("optimizer_eps")
    assert bench.controller.schedule.optimizer.args == {"betas": (0.9, 0.98)}


REFUSED = [
    (name, declaration.name, value)
    for name, info in OPTIMIZERS.items()
    for declaration in info.params
    for value in (-1.0, 0.5, 2.0, (1.0, 0.5), (-0.1, 0.9), (0.5, 1.2))
    if not declaration.type_error(value) and declaration.error(value)
]


def test_there_are_refused_arguments():
    assert len(REFUSED) > 20


@pytest.mark.parametrize(("name", "argument", "value"), REFUSED)
def test_a_refused_argument_is_one_that_torch_refuses_or_that_makes_no_sense(name, argument, value):
    """Never the other way round: nothing torch documents as valid may be refused."""
    # torch checks the sign of these nowhere, but documents them as not negative.
    lenient = {"lambd", "alpha", "t0", "momentum_decay", "dampening", "step_sizes", "ns_steps",
               "max_iter", "history_size", "eps"}  # fmt: skip
    parameter = torch.nn.Parameter(torch.zeros(2, 2))
    try:
        getattr(torch.optim, name)([parameter], lr=0.1, **{argument: value})
    except (ValueError, TypeError):
        return
    assert argument in lenient, f"torch takes {argument}={value}"


def test_an_optimizer_that_takes_one_group_says_so(bench):
    bench.open_one("StepLR", groups=THREE_GROUPS, args={})
    bench.choose("optimizer_type", "LBFGS")
    assert "takes a single group" in bench.message("optimizer_type")
    bench.undo()
    assert bench.message("optimizer_type") == ""


def test_an_unknown_optimizer_is_shown_and_kept(bench):
    bench.open_one("StepLR", optimizer="Lion", args={"a": 1})
    assert bench.field("optimizer_type").placeholderText() == "Lion"
    assert bench.field("optimizer_type").currentText() == ""
    assert "'Lion' is not known" in bench.message("optimizer_type")
    assert not bench.visible("optimizer_arguments")
    bench.type("horizon_epochs", "9")
    assert bench.controller.schedule.optimizer.args == {"a": 1}


def test_the_documents_name(bench):
    bench.open_one("StepLR")
    assert bench.field("document_name").placeholderText() == "Untitled"
    bench.type("document_name", "ViT-B fine-tune")
    assert bench.controller.schedule.name == "ViT-B fine-tune"
    bench.type("document_name", "")
    assert bench.controller.schedule.name == ""
    bench.undo()
    bench.undo()
    assert bench.field("document_name").text() == ""


def test_the_placeholder_of_the_name_is_the_files(bench, tmp_path):
    bench.open_one("StepLR")
    bench.controller.save_document(tmp_path / "cooldown.json")
    assert bench.field("document_name").placeholderText() == "cooldown"


def test_notes_are_taken_when_the_focus_leaves(bench):
    bench.open_one("StepLR")
    unfold(bench, "notes_section")
    notes = bench.focus("document_notes")
    QTest.keyClicks(notes, "from the paper")
    assert bench.controller.schedule.notes == ""
    bench.focus("horizon_epochs")
    assert bench.controller.schedule.notes == "from the paper"
    bench.undo()
    assert notes.toPlainText() == ""
    bench.focus("document_notes")
    QTest.keyClicks(notes, "x")
    QTest.keyClick(notes, Key.Key_Escape)
    bench.focus("horizon_epochs")
    assert bench.controller.schedule.notes == ""
