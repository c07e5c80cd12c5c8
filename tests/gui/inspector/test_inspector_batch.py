"""The batch calculator: dataset and batches to steps, a budget to the run, what may follow."""

from __future__ import annotations

import json

import pytest
from batch_documents import batched, imagenet
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

import lrdesigner as lrd
from lrdesigner.gui.inspector.budget_row import budget_text, read_budget
from lrdesigner.gui.state import Selection
from lrdesigner.schedule.counting import counter
from lrdesigner.schedule.model import Horizon

Key = Qt.Key


@pytest.fixture
def batch(bench):
    """The bench, with the calculator unfolded."""
    bench.field("batch_section").set_expanded(True)
    return bench


def show(bench, schedule):
    bench.open_data(json.loads(lrd.dumps(schedule)), select=None)


def horizon(bench) -> Horizon:
    return bench.controller.schedule.horizon


def click(bench, name):
    button = bench.field(name)
    bench.panel.ensureWidgetVisible(button)
    assert button.isVisible(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def segment(bench, key):
    return bench.field("batch_drop_last").findChild(QAbstractButton, f"segment_{key}")


# -- samples to steps ------------------------------------------------------------------------------


def test_samples_and_batches_give_the_steps(batch):
    batch.open_one("StepLR")
    batch.type("batch_dataset_size", "1,281,167")
    assert horizon(batch).steps_per_epoch == 3  # the batch size is not known yet
    batch.type("batch_batch_size", "256")
    assert horizon(batch).steps_per_epoch == 5005
    batch.type("batch_devices", "2*2")
    QTest.mouseClick(segment(batch, "dropped"), Qt.MouseButton.LeftButton)
    assert horizon(batch).steps_per_epoch == 1251
    assert batch.field("horizon_steps_per_epoch").value() == 1251
    suffix = batch.field("horizon_steps_per_epoch").suffix()
    assert suffix == "= 1.28 M ÷ 1,024"
    words = batch.text("batch_result")
    assert "1,281,167 ÷ 1,024 = 1,251.14: 1,251 steps an epoch, and 143 samples left out." in words
    assert "1,024 samples a step." in words


def test_each_field_is_one_undo_step_that_writes_the_run_too(batch):
    show(batch, imagenet())
    before = batch.steps
    batch.type("batch_accumulation", "2")
    assert horizon(batch).steps_per_epoch == 625
    assert batch.steps == before + 1
    assert batch.controller.undo_stack.undoText() == "change accumulation"
    batch.undo()
    assert batch.controller.schedule == imagenet()
    assert batch.field("batch_accumulation").value() == 1
    assert batch.field("horizon_steps_per_epoch").value() == 1251


def test_the_wheel_turns_the_batch_and_the_curve_follows(batch, qtbot):
    show(batch, imagenet())
    batch.focus("batch_devices")
    batch.wheel("batch_devices", 4)
    assert horizon(batch).batch.devices == 8
    assert horizon(batch).steps_per_epoch == 625
    assert batch.controller.in_gesture
    qtbot.waitUntil(lambda: not batch.controller.in_gesture)
    assert batch.steps == 1


def test_what_people_type_for_large_numbers(batch):
    show(batch, batched(batch_size=1024))
    batch.type("batch_dataset_size", "1.28M")
    assert horizon(batch).batch.dataset_size == 1_280_000
    assert horizon(batch).steps_per_epoch == 1250
    batch.type("batch_batch_size", "1024*8")
    assert horizon(batch).batch.batch_size == 8192
    batch.type("batch_dataset_size", "lots")
    assert batch.marked("batch_dataset_size")
    assert "1.28M or 1024*8" in batch.message("batch_dataset_size")
    assert horizon(batch).batch.dataset_size == 1_280_000


def test_samples_that_fill_no_step_are_refused_in_words(batch):
    show(batch, imagenet())
    batch.type("batch_dataset_size", "1000")
    assert "1,000 samples do not fill one step of 1,024" in batch.message("batch_dataset_size")
    assert batch.controller.schedule == imagenet()


def test_a_last_step_cannot_be_left_out_if_it_is_the_only_one(batch, qtbot):
    show(batch, batched(steps=1, dataset_size=1000, batch_size=1024))
    with qtbot.waitSignal(batch.controller.told):
        QTest.mouseClick(segment(batch, "dropped"), Qt.MouseButton.LeftButton)
    assert segment(batch, "kept").isChecked()
    assert not horizon(batch).batch.drop_last


def test_what_is_cleared_is_unknown(batch):
    show(batch, batched(batch_size=8))
    batch.type("batch_batch_size", "")
    assert horizon(batch).batch is None
    assert not batch.visible("batch_result")


def test_steps_set_by_hand_are_told_and_mended_with_a_click(batch):
    show(batch, imagenet())
    assert not batch.visible("mend_batch-steps")
    batch.type("horizon_steps_per_epoch", "1300")
    assert horizon(batch).steps_per_epoch == 1300
    assert "1,281,167 samples in steps of 1,024 make 1,251" in batch.message(
        "horizon_steps_per_epoch"
    )
    assert batch.field("horizon_steps_per_epoch").suffix() == ""
    click(batch, "mend_batch-steps")
    assert batch.controller.schedule == imagenet()
    assert batch.message("horizon_steps_per_epoch") == ""
    assert batch.controller.undo_stack.undoText() == "fix a problem"


# -- budgets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("300B", 300 * 10**9, "tokens"),
        ("300B tokens", 300 * 10**9, "tokens"),
        ("300 billion", 300 * 10**9, "tokens"),
        ("1.5 trillion tokens", 1500 * 10**9, "tokens"),
        ("100M samples", 10**8, "samples"),
        ("1,000,000 Images", 10**6, "samples"),
        ("90 epochs", 90, "epochs"),
        ("2.5 epochs", 2.5, "epochs"),
        ("1 step", 1, "steps"),
        ("50k steps", 50_000, "steps"),
        ("2*64k steps", 128_000, "steps"),
    ],
)
def test_budgets_people_type(text, number, unit):
    budget = read_budget(text, "tokens")
    assert (float(budget.number), budget.unit) == (number, unit)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("300B dollars", "Count tokens, samples, epochs or steps, not dollars"),
        ("many tokens", "write something like 50000, 1.28M"),
        ("tokens", "write something like"),
        ("-5 epochs", "more than nothing"),
        ("0", "more than nothing"),
        ("3e-4", "more than nothing"),
        ("", "write something like"),
    ],
)
def test_budgets_that_are_none(text, says):
    with pytest.raises(ValueError, match=says):
        read_budget(text, "tokens")


def test_tokens_make_the_steps(batch):
    show(batch, batched(epochs=1, steps=1000, batch_size=2048, sequence_length=2048))
    assert batch.field("run_budget").text() == "4.19 B tokens"
    batch.type("run_budget", "2T")
    assert horizon(batch).steps_per_epoch == 476_837
    assert batch.steps == 1
    assert not batch.visible("run_budget_other")
    batch.focus("horizon_epochs")
    assert batch.field("run_budget").text() == "2 T tokens"
    batch.undo()
    assert batch.field("run_budget").text() == "4.19 B tokens"


def test_a_budget_is_whole_epochs_and_offers_one_pass(batch):
    show(batch, imagenet())
    batch.type("run_budget", "100M samples")
    assert (horizon(batch).epochs, horizon(batch).steps_per_epoch) == (78, 1251)
    assert "100 M samples are 78.06 epochs; these are whole ones." in batch.message("run_budget")
    click(batch, "run_budget_other")
    assert (horizon(batch).epochs, horizon(batch).steps_per_epoch) == (1, 97_656)
    assert horizon(batch).batch.dataset_size is None
    assert not batch.visible("run_budget_other")
    assert batch.message("run_budget") == ""
    assert batch.steps == 2


def test_a_budget_below_an_epoch_is_one_pass_and_offers_the_epoch(batch):
    show(batch, imagenet())
    batch.type("run_budget", "500k samples")
    assert (horizon(batch).epochs, horizon(batch).steps_per_epoch) == (1, 488)
    assert "are 0.3903 epochs: one pass of just its steps." in batch.message("run_budget")
    click(batch, "run_budget_other")
    assert (horizon(batch).epochs, horizon(batch).steps_per_epoch) == (1, 1251)
    assert horizon(batch).batch == imagenet().horizon.batch


def test_another_edit_takes_the_offer_of_one_pass_away(batch):
    show(batch, imagenet())
    batch.type("run_budget", "100M samples")
    assert batch.visible("run_budget_other")
    batch.type("horizon_epochs", "5")
    assert not batch.visible("run_budget_other")


def test_tokens_that_are_not_known_say_what_is_missing(batch):
    show(batch, imagenet())
    batch.type("run_budget", "300B tokens")
    assert "say the sequence length first" in batch.message("run_budget")
    assert batch.controller.schedule == imagenet()


def test_a_budget_beyond_all_runs_is_refused(batch):
    show(batch, batched(epochs=1, steps=1000, batch_size=1, sequence_length=1))
    batch.type("run_budget", "300T")
    assert "at most 100,000,000 can be run" in batch.message("run_budget")


def test_a_budget_is_edited_in_full(batch):
    show(batch, imagenet())
    field = batch.focus("run_budget")
    assert field.text() == "115,292,160 samples".replace(",", "")
    assert field.commit()
    assert batch.steps == 0
    assert budget_text(field.value()) == "115 M samples"


# -- what may follow -------------------------------------------------------------------------------


def test_larger_batches_offer_larger_lrs_and_force_nothing(batch):
    show(batch, imagenet())
    lr = batch.controller.schedule.optimizer.groups[0].lr
    batch.type("batch_devices", "16")
    assert batch.controller.schedule.optimizer.groups[0].lr == lr
    assert "4 × the samples" in batch.text("batch_offer_words")
    assert batch.field("batch_scale_linear").text() == "LRs × 4"
    assert batch.field("batch_scale_root").text() == "LRs × 2 (√)"
    click(batch, "batch_scale_linear")
    assert batch.controller.schedule.optimizer.groups[0].lr == pytest.approx(4 * lr)
    assert not batch.visible("batch_offer")
    assert batch.steps == 2
    batch.undo()
    assert batch.controller.schedule.optimizer.groups[0].lr == lr


def test_a_formula_with_an_lr_of_its_own_is_told(batch, qtbot):
    own = {"scheduler": "formula", "params": {"formula": "0.01 * (1 - t / T)"}}
    show(batch, imagenet(own))
    batch.type("batch_devices", "16")
    with qtbot.waitSignal(batch.controller.told) as signal:
        click(batch, "batch_scale_linear")
    assert "a formula has an LR of its own" in signal.args[0]


@pytest.mark.parametrize(("optimizer", "first"), [("SGD", "linear"), ("AdamW", "root")])
def test_the_usual_rule_for_the_optimizer_comes_first(batch, optimizer, first):
    show(batch, imagenet())
    batch.choose("optimizer_type", optimizer)
    batch.type("batch_devices", "8")
    places = {name: batch.field(f"batch_scale_{name}").x() for name in ("linear", "root")}
    assert min(places, key=places.get) == first


def test_several_changes_are_one_offer_which_can_be_declined(batch):
    show(batch, imagenet())
    batch.type("batch_devices", "8")
    batch.type("batch_batch_size", "64")
    assert batch.field("batch_scale_linear").text() == "LRs × 0.5"
    click(batch, "batch_scale_none")
    assert not batch.visible("batch_offer")
    assert batch.controller.schedule.optimizer.groups[0].lr == 0.1


def test_batches_described_for_the_first_time_are_no_change(batch):
    show(batch, batched(epochs=10, steps=100))
    batch.field("batch_batch_size").setFocus()
    batch.type("batch_batch_size", "16")
    batch.type("batch_accumulation", "2")
    batch.type("batch_devices", "32")
    assert horizon(batch).batch.samples_per_step == 1024
    assert not batch.visible("batch_offer")
    batch.field("horizon_epochs").setFocus()  # the calculator is left: now they are known
    batch.field("batch_batch_size").setFocus()
    batch.type("batch_batch_size", "32")
    assert batch.visible("batch_offer")


def test_the_offer_goes_with_what_it_was_for(batch):
    show(batch, imagenet())
    batch.type("batch_devices", "8")
    assert batch.visible("batch_offer")
    batch.undo()
    assert not batch.visible("batch_offer")
    batch.redo()
    assert batch.visible("batch_offer")
    show(batch, imagenet(devices=16, steps=312))
    assert not batch.visible("batch_offer")


def test_lengths_in_steps_are_offered_their_share(batch):
    warm_up = {"scheduler": "LinearLR", "length": "5004 steps"}
    show(batch, imagenet(warm_up, {"scheduler": "CosineAnnealingLR"}))
    batch.type("batch_devices", "8")
    assert batch.field("batch_scale_steps").text() == "Lengths in steps × 0.5"
    click(batch, "batch_scale_steps")
    assert batch.phase(0).length == "2500 steps"
    assert not batch.visible("batch_scale_steps")
    assert batch.visible("batch_scale_linear")  # the LRs are a question of their own


def test_a_single_pass_is_offered_its_tokens(batch):
    show(batch, batched(epochs=1, steps=476_837, batch_size=2048, sequence_length=2048))
    batch.type("batch_batch_size", "4096")
    assert horizon(batch).steps == 476_837
    assert batch.field("batch_scale_steps").text() == "Keep the 2 T tokens: 238,419 steps"
    click(batch, "batch_scale_steps")
    assert horizon(batch).steps == 238_419
    tokens = counter("tokens", horizon(batch)).before(238_419)
    assert tokens == pytest.approx(2e12, rel=1e-5)


# -- keyboard and names ----------------------------------------------------------------------------


def test_tab_goes_through_the_calculator(batch):
    show(batch, imagenet())
    batch.focus("horizon_steps_per_epoch")
    names = []
    for _ in range(9):
        QTest.keyClick(batch.panel.focusWidget(), Key.Key_Tab)
        names.append(batch.panel.focusWidget().objectName())
    assert names[1:8] == [
        "batch_dataset_size",
        "batch_batch_size",
        "batch_accumulation",
        "batch_devices",
        "segment_dropped",
        "batch_sequence_length",
        "run_budget",
    ]


def test_the_first_field_that_is_not_known_takes_the_focus(batch):
    show(batch, batched(batch_size=8))
    batch.field("batch_section").set_expanded(False)
    batch.panel.focus_batch()
    assert batch.panel.focusWidget().objectName() == "batch_dataset_size"
    batch.panel.focus_batch("sequence_length")
    assert batch.panel.focusWidget().objectName() == "batch_sequence_length"
    for name in ("dataset_size", "batch_size", "accumulation", "devices", "sequence_length"):
        field = batch.field(f"batch_{name}")
        assert field.accessibleName()
        assert field.toolTip()


def test_what_follows_from_the_batches_is_in_sight(batch):
    show(batch, imagenet())
    batch.controller.select(Selection(0))  # whose form comes first
    batch.panel.resize(316, 420)
    batch.panel.focus_batch("dataset_size")
    QApplication.processEvents()
    field = batch.field("batch_sequence_length")
    assert (
        batch.panel.viewport()
        .rect()
        .contains(field.mapTo(batch.panel.viewport(), field.rect().center()))
    )
