"""The advice for a formula without a value, when followed, leads to one that has values."""

from __future__ import annotations

import re

import pytest
from documents import document
from training import read

import lrdesigner as lrd


def failures(text):
    phase = {"scheduler": "LambdaLR", "params": {"lr_lambda": text}, "length": "rest"}
    found = lrd.check(read(document(phase, epochs=2, per_epoch=300)))
    return [problem for problem in found if problem.rule == "formula-fails"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("log(400 - t)", "where(t < 400, ..., 0)"),
        ("1 / (t - 500)", "where(t == 500, 0, ...)"),
        ("log(t - 10.5)", "where(t < 11, 0, ...)"),
        ("sqrt((t - 100) * (t - 200))", "where(101 <= t < 200, 0, ...)"),
    ],
)
def test_following_the_advice_is_enough(text, advice):
    (problem,) = failures(text)
    said = re.search(r"where\(.*\)", problem.fix)[0]
    assert said == advice
    assert failures(said.replace("...", text)) == []
