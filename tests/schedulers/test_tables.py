"""Tables of points are drawn without reading their formula, to the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from documents import document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from training import read

import lrdesigner as lrd
from lrdesigner.catalog import Args, schedulers
from lrdesigner.engine.formula import FormulaError, generated_formula
from lrdesigner.engine.preview import preview
from lrdesigner.schedulers import _family

TABLES = {
    "piecewise_linear": "points",
    "piecewise_cosine": "points",
    "piecewise_constant": "table",
    "cosine_periods": "periods",
    "wsd_s": "period_ends",
    "wsd_s_peaks": "periods",
}
VALUES = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, 0.1, 1.0, -0.5])
LRS = st.sampled_from([0.0, 0.0, 1e-3, 0.2]) | st.floats(0, 10)


@st.composite
def arguments(draw):
    """A family with a table of its own, each parameter as its declaration allows."""
    name = draw(st.sampled_from(sorted(TABLES)))
    times = sorted(draw(st.sets(st.integers(0, 60) | st.integers(0, 10**9), min_size=1)))[:12]
    values = draw(st.lists(VALUES, min_size=12, max_size=12))
    rows = tuple(zip(times, values, strict=False))
    lengths = tuple((time + 1, abs(value)) for time, value in rows)
    own = {
        "values": draw(st.sampled_from(["factor", "lr"])),
        "times": draw(st.sampled_from(["start", "length"])),
        "warmup_steps": draw(st.integers(0, 9)),
        "decay_fraction": draw(st.floats(0, 1)),
        "decay_type": draw(st.sampled_from(["linear", "inverse"])),
        "min_lr": draw(LRS),
        "min_lr_ratio": draw(st.just(0.0) | st.floats(0, 1)),
        "warmup_min_lr": draw(LRS),
        "decay_min_lr": draw(LRS),
    }
    own[TABLES[name]] = {"periods": lengths, "period_ends": tuple(times)}.get(TABLES[name], rows)
    own = {key: value for key, value in own.items() if schedulers()[name].param(key)}
    base = draw(st.sampled_from([0.1, 1.0, 3e-4, 0.0]))
    return name, Args(own, frozenset(), 50, 50, (base,))


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
    near = [start + shift for start in starts for shift in (-1, 0, 1, 7) if start + shift >= 0]
    times = np.array([*range(70), *near, 2 * 10**10], np.int64)
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
    names, why = set(), ""
    try:
        names = generated_formula(spec.factor.of(args, 0)).names
    except FormulaError as error:
        why = error.message
    assert len(messages) == bool(why or ("lr" in names and args.bases == (0.0,)))
    assert not why or why in messages[0]


def rows_of(name, count):
    """A table of many rows, each three steps after the one before or three steps long."""
    if name == "wsd_s":
        return [3 * place + 3 for place in range(count)]
    lasts = TABLES[name] == "periods"
    return [[3 if lasts else 3 * place, 1 / (place + 1)] for place in range(count)]


@pytest.mark.parametrize("name", TABLES)
def test_a_thousand_rows_are_drawn_without_reading_a_formula(name, monkeypatch):
    def never(*args):
        raise AssertionError("the formula was read")

    params = {TABLES[name]: rows_of(name, 1000)}
    schedule = read(document(phase(name, params), epochs=1, per_epoch=9000))
    monkeypatch.setattr(_family, "generated_formula", never)
    found = preview(schedule)
    monkeypatch.undo()
    assert not found.errors
    assert len(found.steps) > 1000
    exact = lrd.simulate(schedule).lr[:, found.steps]
    np.testing.assert_allclose(found.lr, exact, rtol=1e-15, atol=1e-18)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_drawn(name):
    """Between the steps that are drawn the curve goes as a line, but for rounded pieces."""
    params = {TABLES[name]: [[40, 1], [9, 0.5], [300, 0.2]]}
    if name == "wsd_s":
        params = {"period_ends": [40, 49, 349], "warmup_steps": 5}
    elif TABLES[name] != "periods":
        params = {TABLES[name]: [[7, 1], [40, 0.5], [49, 0.1], [349, 2]]}
    schedule = read(document(phase(name, params), epochs=1, per_epoch=20_000))
    found, exact = preview(schedule, 20), lrd.simulate(schedule).lr[0]
    line = np.interp(np.arange(20_000), found.steps, found.lr[0])
    rounded = "cosine" in name
    assert np.abs(line - exact).max() < (0.03 if rounded else 1e-12)
