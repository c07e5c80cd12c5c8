"""Tables of points are drawn without reading their formula, to the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from documents import document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from training import read

from lrdesigner.catalog import Args, schedulers
from lrdesigner.engine.formula import FormulaError, generated_formula
from lrdesigner.engine.preview import preview
from lrdesigner.schedulers import _family

TABLES = {"piecewise_linear": "points", "piecewise_cosine": "points", "piecewise_constant": "table"}
VALUES = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, 0.1, 1.0, -0.5])


@st.composite
def arguments(draw):
    """A family with a table of its own."""
    name = draw(st.sampled_from(sorted(TABLES)))
    times = draw(st.lists(st.integers(0, 60) | st.integers(0, 10**9), min_size=1, max_size=12))
    values = draw(st.lists(VALUES, min_size=12, max_size=12))
    rows = tuple(zip(sorted(set(times)), values, strict=False))
    given_values = {TABLES[name]: rows, "values": draw(st.sampled_from(["factor", "lr"]))}
    if name == "piecewise_constant":
        given_values["times"] = draw(st.sampled_from(["start", "length"]))
    base = draw(st.sampled_from([0.1, 1.0, 3e-4, 0.0]))
    return name, Args(given_values, frozenset(), 50, 50, (base,))


@given(arguments())
@settings(max_examples=300, deadline=None)
def test_the_curve_is_the_formulas(found):
    name, args = found
    spec = schedulers()[name]
    if list(spec.errors(args)):
        return
    formula = generated_formula(spec.factor.of(args, 0))
    base = args.bases[0]
    starts = [int(time) for time in spec.landmarks(args, 0).times]
    times = np.array([*range(70), *starts, *(start + 1 for start in starts), 2 * 10**9], np.int64)
    with np.errstate(all="ignore"):
        wanted = base * formula.array(times, T=args.length, lr=base)
    np.testing.assert_array_equal(spec.curve(times, args, 0), wanted)


@given(arguments())
@settings(max_examples=200, deadline=None)
def test_refused_is_what_the_formula_refuses(found):
    name, args = found
    spec = schedulers()[name]
    rules = list(spec.factor.errors(args))
    messages = list(spec.errors(args))
    if rules:
        assert messages == rules
        return
    try:
        names = generated_formula(spec.factor.of(args, 0)).names
    except FormulaError as error:
        assert len(messages) == 1
        assert error.message in messages[0]
    else:
        assert bool(messages) == ("lr" in names and args.bases == (0.0,))


@pytest.mark.parametrize("name", TABLES)
def test_a_thousand_rows_are_drawn_without_reading_a_formula(name, monkeypatch):
    def never(*args):
        raise AssertionError("the formula was read")

    rows = [[3 * place, 1 / (place + 1)] for place in range(1000)]
    schedule = read(document(phase(name, {TABLES[name]: rows}), epochs=1, per_epoch=5000))
    monkeypatch.setattr(_family, "generated_formula", never)
    found = preview(schedule)
    assert not found.errors
    assert set(range(0, 3000, 3)) <= set(found.steps.tolist())
    np.testing.assert_allclose(found.lr[0][:3], [0.1, *_second_and_third(name)], rtol=1e-15)


def _second_and_third(name):
    """Half of the base LR is lost from the first row to the second."""
    if name == "piecewise_constant":
        return [0.1, 0.1]
    shares = [1 / 3, 2 / 3]
    if name == "piecewise_cosine":
        shares = [(1 - np.cos(np.pi * share)) / 2 for share in shares]
    return [0.1 * (1 + (0.5 - 1) * share) for share in shares]
