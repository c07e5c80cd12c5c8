"""Words in drawn formulas, where the window does not speak English."""

from __future__ import annotations

import re

import pytest
from chinese import speaking_chinese

from lrdesigner.catalog import schedulers
from lrdesigner.gui.formula_words import spoken
from lrdesigner.typeset import typeset

SPECS = list(schedulers())


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_english_formulas_are_as_declared(spec):
    assert spoken(spec.latex) == spec.latex


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_no_english_word_is_drawn_in_chinese(spec):
    with speaking_chinese():
        lines = spoken(spec.latex)
    choices = {c for p in spec.params for c in getattr(p, "choices", ())}
    for line in lines:
        assert {each.strip() for each in re.findall(r"\\text\{([^}]*)\}", line)} <= choices
        typeset(line)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_case_is_drawn(spec):
    """A last case without a word for it was left out of the picture."""
    with speaking_chinese():
        lines = spoken(spec.latex)
    for line, english in zip(lines, spec.latex, strict=bool(lines)):
        assert typeset(line).height == pytest.approx(typeset(english).height, abs=0.3)


def test_most_formulas_are_drawn_all_the_same():
    with speaking_chinese():
        assert sum(bool(spoken(spec.latex)) for spec in SPECS) > 0.8 * len(SPECS)
