"""Parameters in steps take the words that a length takes, and become whole steps at once."""

from __future__ import annotations

import json

import pytest
from batch_documents import imagenet
from documents import phase
from PySide6.QtCore import Qt

import lrdesigner as lrd
from lrdesigner import numerals

T_MAX = "param_T_max"


@pytest.fixture
def cosine(bench):
    """A cosine in a run of 10 epochs of 1251 steps, with batches known."""
    run = imagenet({"scheduler": "CosineAnnealingLR"}, sequence_length=196)
    run = run.replace(horizon=run.horizon.replace(epochs=10))
    bench.open_data(json.loads(lrd.dumps(run)))
    return bench


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("500", 500),
        ("2k", 2000),
        ("1024*8", 8192),
        ("500 steps", 500),
        ("2,000 Steps", 2000),
        ("2 epochs", 2502),
        ("0.5 epoch", 626),
        ("5%", 626),
        ("50 percent", 6255),
        ("1.28M samples", 1250),
        ("0.2B tokens", 996),
    ],
)
def test_words_become_whole_steps_at_once(cosine, typed, steps):
    cosine.type(T_MAX, typed)
    assert cosine.params() == {"T_max": steps}
    assert type(cosine.params()["T_max"]) is int
    assert cosine.field(T_MAX).text() == str(steps)
    assert not cosine.field(T_MAX).has_pending_text()
    assert not cosine.field(T_MAX).error()
    assert cosine.steps == 1


@pytest.mark.parametrize(
    ("typed", "epochs"), [("5", 5), ("2 epochs", 2), ("2502 steps", 2), ("20%", 2), ("1k", 1000)]
)
def test_a_scheduler_that_counts_epochs_gets_epochs(cosine, typed, epochs):
    cosine.choose("phase_interval", "epoch")
    cosine.type(T_MAX, typed)
    assert cosine.params() == {"T_max": epochs}
    assert cosine.field(T_MAX).suffix() == "epochs"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "Not a number of steps: write something like 500, 2k, 2 epochs or 5%"),
        ("5 lightyears", "Not a number of steps"),
        ("-5%", "Not a number of steps"),
        ("0.001%", "0.001% comes to no whole step"),
        ("2.5", "T_max must be a whole number, 1 or greater, not 2.5"),
        ("0", "T_max must be a whole number, 1 or greater, not 0"),
        ("0%", "T_max must be a whole number, 1 or greater, not 0"),
    ],
)
def test_what_is_none_is_refused_as_clearly_as_before(cosine, typed, said):
    cosine.type(T_MAX, typed)
    assert cosine.message(T_MAX).startswith(said)
    assert cosine.params() == {}
    assert cosine.field(T_MAX).text() == typed


def test_what_an_epoch_cannot_hold_is_said(cosine):
    cosine.choose("phase_interval", "epoch")
    cosine.type(T_MAX, "30 steps")
    said = "30 steps comes to no whole epoch, and this scheduler counts epochs"
    assert cosine.message(T_MAX) == said
    cosine.type(T_MAX, "abc")
    assert cosine.message(T_MAX).startswith("Not a number of epochs")


def test_tokens_need_the_batches(bench):
    bench.open_one("CosineAnnealingLR")
    bench.type(T_MAX, "10M tokens")
    assert "say the batch size and the sequence length first" in bench.message(T_MAX)


def test_the_tip_says_so_in_the_time_of_the_phase(cosine):
    assert "5% (of the run's steps)" in cosine.field(T_MAX).toolTip()
    assert "whole number of steps" in cosine.field(T_MAX).toolTip()
    cosine.choose("phase_interval", "epoch")
    assert "5% (of the run's epochs)" in cosine.field(T_MAX).toolTip()
    assert "5%" not in cosine.field("param_eta_min").toolTip()


def test_milestones_take_them_too(cosine):
    cosine.open(phase("MultiStepLR", {"milestones": [2]}))
    cosine.type("param_milestones", "10%, 2 epochs 600; 1k steps")
    total = cosine.controller.schedule.horizon
    tenth, two = total.steps // 10, 2 * total.steps_per_epoch
    assert cosine.params()["milestones"] == (tenth, two, 600, 1000)
    assert cosine.field("param_milestones").text() == f"{tenth}, {two}, 600, 1000"
    cosine.type("param_milestones", "5, x")
    assert cosine.message("param_milestones").startswith("Not a number of steps")


def test_the_times_of_a_table_too(cosine):
    cosine.open(phase("piecewise_linear", {"points": [[0, 1.0], [5, 0.1]]}))
    steps = cosine.controller.schedule.steps
    cosine.type("param_points_1_time", "50%")
    assert cosine.params()["points"] == ((0, 1.0), (steps // 2, 0.1))
    cosine.type("param_points_1_value", "50%")
    assert cosine.message("param_points").startswith("Not a number")


def test_epochs_without_improvement_are_epochs(bench):
    bench.open(phase("ReduceLROnPlateau", {}), metric={"formula": "1"})
    bench.type("param_patience", "3 epochs")
    assert bench.params()["patience"] == 3


@pytest.mark.parametrize("typed", ["2,000", "2,000 steps", "2,500"])
def test_thousands_of_another_locale_are_not_taken_for_a_small_number(cosine, typed):
    numerals.use_marks(numerals.Marks(",", "."))
    try:
        for name in (T_MAX, "phase_length", "horizon_steps_per_epoch"):
            if name == "horizon_steps_per_epoch":
                cosine.select(None)
                typed = typed.removesuffix(" steps")
            before = cosine.controller.schedule
            cosine.type(name, typed)
            small = "2,5" if "5" in typed else "2"
            large = typed.split()[0].replace(",", "")
            said = f"'{typed.split()[0]}' may mean {small} or {large}; write one of these"
            assert said in cosine.message(name), name
            assert cosine.controller.schedule == before
            cosine.press(name, Qt.Key.Key_Escape)
        cosine.type("horizon_steps_per_epoch", "2.000")
        assert cosine.controller.schedule.horizon.steps_per_epoch == 2000
    finally:
        numerals.use_marks(numerals.PYTHON)
