"""Lengths and budgets are taken with Chinese units too, which is how the fields show them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from chinese import speaking_chinese

from lrdesigner.gui.inspector.budget_row import budget_text, in_words, read_budget
from lrdesigner.gui.length_words import parse_length, shown_length
from lrdesigner.gui.tick_words import Ticks
from lrdesigner.schedule.horizon_edits import Budget
from lrdesigner.schedule.model import Horizon


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("10 轮", "10 epochs"),
        ("2.5轮", "2.5 epochs"),
        ("2,000 步", "2000 steps"),
        ("2 万步", "20000 steps"),
        ("剩余", "rest"),
        ("10 ％", "10%"),
        ("10 epochs", "10 epochs"),
    ],
)
def test_lengths(typed, length):
    assert parse_length(typed) == length


@pytest.mark.parametrize(
    ("typed", "steps"), [("2 轮", 200), ("1.5 万步", 15_000), ("10％", 100), ("40 步", 40)]
)
def test_amounts_of_parameters_too(typed, steps):
    horizon = Horizon(epochs=10, steps_per_epoch=100)
    assert Ticks(horizon, by_epoch=False).read(typed) == steps


def test_what_is_no_length_is_refused_as_ever():
    with pytest.raises(ValueError, match="not a length"):
        parse_length("十轮")


@pytest.mark.parametrize("unit", ["steps", "epochs", "samples", "tokens"])
def test_what_the_field_shows_can_be_read_again(unit):
    budget = Budget(Fraction(300_000_000), unit)
    with speaking_chinese():
        for shown in (budget_text(budget), in_words(budget, "300,000,000")):
            assert read_budget(shown, "steps") == budget
    assert read_budget("3 亿个样本", "steps") == Budget(Fraction(300_000_000), "samples")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("rest", "剩余"),
        ("10 epochs", "10 轮"),
        ("0.333333 epochs", "0.333333 轮"),
        ("1 step", "1 步"),
        ("12500 steps", "12500 步"),
        ("12.5%", "12.5%"),
    ],
)
def test_a_length_is_shown_in_chinese_and_read_again(written, shown):
    with speaking_chinese():
        assert shown_length(written) == shown
        assert parse_length(shown) == written
    assert shown_length(written) == written
