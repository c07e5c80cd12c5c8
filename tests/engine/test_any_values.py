"""Parameters at random, good and bad: a document runs, or is refused in the app's own words."""

from __future__ import annotations

import numpy as np
import pytest
from documents import NAMES, document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from training import Training, first_difference, read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.params import BoolParam, ChoiceParam, FloatParam, FormulaParam, IntListParam

NUMBERS = [0, 1, -1, 2, 0.5, 0.3, 0.999999, 1e-9, 1e-320, 5e-324, 1e18, 1e308, 10**400, 1 / 3]
WHOLES = [-1, 0, 1, 2, 3, 4, 23, 24, 25, 1000, 10**9, 10**9 + 1]
FORMULAS = ["1", "t", "1 / t", "1 / (t - 3)", "0.5 ** t", "(0.5 - t) ** 0.5", "lr", "t > 3", "-t"]
FORMULAS += ["log(t + 1)", "10 ** t", "1e308 * 10 * t", "2 ** (2 ** t)", "sqrt(10 - t)", "1 / lr"]
LISTS = [[], [0], [1, 1, 30], [10**12], [3, 2], [-1]]


def values(declaration, groups):
    """Values that a document may hold for a parameter, good and bad."""
    if isinstance(declaration, FormulaParam):
        one = st.sampled_from(FORMULAS)
    elif isinstance(declaration, IntListParam):
        one = st.sampled_from(LISTS)
    elif isinstance(declaration, ChoiceParam):
        one = st.sampled_from([*declaration.choices, "x"])
    elif isinstance(declaration, BoolParam):
        one = st.booleans()
    elif isinstance(declaration, FloatParam):
        one = st.sampled_from(NUMBERS) | st.floats(0, 1)
    else:
        one = st.sampled_from(WHOLES) | st.integers(1, 30)
    if declaration.accepts_null:
        one |= st.none()
    if declaration.per_group:
        return one | st.lists(one.filter(lambda v: v is not None), min_size=groups, max_size=groups)
    return one


@st.composite
def any_phase(draw, name, groups):
    params = {}
    for declaration in schedulers()[name].params:
        if declaration.required or draw(st.booleans()):
            params[declaration.name] = draw(values(declaration, groups))
    length = draw(st.sampled_from(["rest", "1 step", "5 steps", "12 steps", "30 steps", "100%"]))
    return {
        "scheduler": name,
        "params": params,
        "length": length,
        "interval": draw(st.sampled_from(["step", "epoch"])),
    }


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=2 * settings.default.max_examples)
def test_any_values_run_or_are_refused(name, data):
    """Never an exception of torch's, never a value that is not finite."""
    lrs = data.draw(
        st.lists(st.sampled_from([0.1, 0.0, 1.5, 5e-324, 1e308]), min_size=1, max_size=2)
    )
    groups = [{"name": str(index), "lr": lr} for index, lr in enumerate(lrs)]
    first = data.draw(st.sampled_from([[], [phase("ConstantLR", length="4 steps")]]))
    what = data.draw(any_phase(name, len(groups)))
    written = document(*first, what, groups=groups)
    try:
        curve = lrd.simulate(read(written))
    except (lrd.DocumentError, lrd.ScheduleError) as error:
        message = str(error)
    else:
        assert np.isfinite(curve.lr).all()
        assert not first_difference(Training(written).finish().lr, curve.lr)
        return
    assert message.startswith(f"phases[{len(first)}]")
    assert "\n" not in message
