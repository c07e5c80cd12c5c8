"""What torch would refuse is refused in Chinese where the window is."""

from __future__ import annotations

import pytest
from chinese import assert_chinese, speaking_chinese
from documents import document, phase
from test_formula import REFUSED
from test_formula import refusal as formula_refusal
from test_refusals import CASES, refusal


@pytest.fixture(autouse=True)
def chinese():
    with speaking_chinese():
        yield


@pytest.mark.parametrize(("name", "params", "message"), CASES)
def test_phases(name, params, message):
    assert_chinese(refusal(document(phase(name, params))))


@pytest.mark.parametrize(("text", "position", "length", "words"), REFUSED)
def test_formulas(text, position, length, words):
    assert_chinese(formula_refusal(text).message)
