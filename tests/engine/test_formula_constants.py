"""Formulas with constants of their own, and as factors on the base LR."""

from __future__ import annotations

import math

import numpy as np
import pytest
from documents import THREE_GROUPS, document
from training import read

import lrdesigner as lrd
from lrdesigner.engine.formula import NAMES, parse_formula
from lrdesigner.engine.formula_names import inlined, name_error, possible_constants, renamed

CODE = {"math": math}


def formula(text, **constants):
    return parse_formula(text, names=(*NAMES, *constants)).with_constants(constants)


def test_code_shows_constants_by_name():
    found = formula("low + k * t ** -p", k=5, low=1e-7, p=-0.5, unused=3)
    assert found.lambda_text(T=9, lr=0.1) == ("lambda t, k=5.0, low=1e-07, p=-0.5: low + k * t**-p")
    function = eval(found.lambda_text(T=9, lr=0.1), CODE)
    exact = found.checked(T=9, lr=0.1)
    assert [function(t) for t in range(50)] == [exact(t) for t in range(50)]
    times = np.arange(50)
    assert np.allclose(found.array(times, T=9, lr=0.1), [exact(t) for t in times], rtol=1e-14)


def test_an_lr_known_only_when_the_code_runs_stands_beside_them():
    text = formula("lr * k", k=2).lambda_text(T=9, lr="lr", given=("lr=lrs[0]",))
    assert text == "lambda t, lr=lrs[0], k=2.0: lr * k"


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("lr", "1"),
        ("lr * 0.5 ** t", "0.5**t"),
        ("lr * (1 + t) * 2 / T", "(1 + t) * 2 / 9"),
        ("lr / (1 + t) / 3", "1 / (1 + t) / 3"),
        ("  lr * t * lr", "t * 0.1"),
        ("0.01", "0.01 / 0.1"),
        ("0.5 * lr", "0.5 * 0.1 / 0.1"),
        ("lr + t", "(0.1 + t) / 0.1"),
        ("-lr", "-0.1 / 0.1"),
        ("lr ** 2", "0.1**2 / 0.1"),
        ("lr if t < 3 else 0", "(0.1 if t < 3 else 0) / 0.1"),
        ("lr // 2", "0.1 // 2 / 0.1"),
    ],
)
def test_as_a_factor_on_the_base(text, factor):
    found = formula(text).relative()
    assert found.python(T=9, lr=0.1) == factor
    whole = formula(text)
    for t in range(12):
        wanted = whole.evaluate(t, T=9, lr=0.1)
        assert found.evaluate(t, T=9, lr=0.1) * 0.1 == pytest.approx(wanted, rel=1e-15)


def test_the_longest_and_deepest_formula_is_a_factor_too():
    longest = "lr + 7 * t" + " " * 1990
    assert formula(longest).relative().evaluate(1, T=9, lr=0.5) == 15
    deepest = "abs(" * 49 + "t" + ")" * 49
    assert formula(deepest).relative().evaluate(3, T=9, lr=0.5) == 6


def test_factors_differ_from_the_formulas_they_are_made_of():
    assert formula("t").relative() != formula("t")
    assert formula("k", k=1) != formula("k", k=2)
    assert len({formula("k", k=1), formula("k", k=1.0)}) == 1


def test_possible_constants():
    assert possible_constants("k*exp(-k*t) + low_2 + 1e5 + foo(3) + __x + pi + lambda") == (
        "k",
        "low_2",
    )
    assert possible_constants("k" + " " * 10**6) == ()


@pytest.mark.parametrize("name", ["k", "beta1", "d_model", "Tmax", "step", "K" * 32])
def test_names(name):
    assert name_error(name) is None


def test_renaming_touches_whole_words_only():
    assert (
        renamed("k*exp(-k*t) + kk + k2 + 2e5", "k", "rate") == "rate*exp(-rate*t) + kk + k2 + 2e5"
    )
    assert inlined("2**-k + kk", "k", -0.5) == "2**-(-0.5) + kk"


def export(*phases, groups=None):
    return lrd.export(read(document(*phases, groups=groups)), "torch")


def test_exported_code_is_readable():
    phase = {
        "scheduler": "formula",
        "length": "rest",
        "params": {
            "formula": "max(low, lr * exp(-k * t / T))",
            "constants": {"k": 5, "low": 0.001, "unused": 1},
        },
    }
    code = export(phase)
    assert "lr_lambda=lambda t, k=5.0, low=0.001: max(low, 0.1 * math.exp(-k * t / 24)) / 0.1" in (
        " ".join(code.split())
    )
    several = export(phase, groups=THREE_GROUPS)
    assert several.count("lambda t, k=5.0, low=0.001:") == 3


def test_after_a_plateau_the_lr_and_the_constants_are_parameters():
    plateau = {"scheduler": "ReduceLROnPlateau", "length": "4 epochs", "params": {"patience": 0}}
    mine = {
        "scheduler": "formula",
        "length": "rest",
        "params": {"formula": "low + (lr - low) * k ** t", "constants": {"k": 0.9, "low": 1e-4}},
    }
    code = export({**plateau, "interval": "epoch"}, mine)
    assert "lambda t, lr=lrs[0], k=0.9, low=0.0001: (low + (lr - low) * k**t) / lr" in code
