"""Whole documents at random, of right and of wrong types: never a crash, never a silent NaN."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from limits import EXAMPLES
from pydantic import ValidationError

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.params import (
    BoolParam,
    ChoiceParam,
    ConstantsParam,
    FloatParam,
    FormulaParam,
    IntListParam,
    IntParam,
    Param,
    TableParam,
)
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.problems import mend_of

KEYS = [spec.key for spec in schedulers()]
NUMBERS = st.sampled_from(
    [0, 1, -1, 2, 5, 12, 13, 0.5, 0.1, -0.0, 1.0, 1e-9, 5e-324, 1e308, -1e308, 10**9, 10**9 + 1,
     10**400, 1e18, 2.5, 0.999]
)  # fmt: skip
WORDS = st.sampled_from(["", "x", "1", "t", "lr", "0.9 ** t", "1 / (t - 3)", "log(t)", "min", "é"])
ODD = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
FORMULAS = st.sampled_from(
    ["1", "t", "1 / t", "0.5 ** t", "(0.5 - t) ** 0.5", "10 ** t", "sqrt(8 - t)", "1 / lr", "-t",
     "1e308 * 10 * t", "where(t > 3, 1 / (t - 9), 1)", "k * lr", "2 - t", "t +"]
)  # fmt: skip
LENGTHS = st.sampled_from(
    ["rest", "1 step", "5 steps", "0 steps", "30 steps", "1 epoch", "0.5 epochs", "40%", "100%",
     "0.1 epochs", "12 steps", "3 steps", "999999999999 steps", "-3 steps"]
)  # fmt: skip


def values(declaration: Param) -> st.SearchStrategy[Any]:
    """Values of a parameter: mostly of its type, seldom of another."""
    match declaration:
        case FormulaParam():
            one: st.SearchStrategy[Any] = FORMULAS
        case ChoiceParam():
            one = st.sampled_from([*declaration.choices, "x"])
        case IntListParam():
            one = st.lists(st.integers(-1, 15), max_size=4)
        case TableParam():
            rows = st.tuples(st.integers(-1, 15), st.floats(-0.1, 2))
            one = st.lists(rows, max_size=4)
        case IntParam():
            one = st.sampled_from([-1, 0, 1, 2, 3, 11, 12, 13, 10**9, 10**9 + 1])
        case FloatParam():
            one = NUMBERS.filter(lambda number: number < 10**300)
        case BoolParam():
            one = st.booleans()
        case ConstantsParam():
            one = st.dictionaries(st.sampled_from(["k", "low"]), st.floats(-1, 9))
        case _:
            one = st.sampled_from(["", "x" * 99, "Größe"])
    if declaration.per_group:
        one |= st.lists(one, max_size=3)
    return st.integers(0, 39).flatmap(lambda roll: ODD if roll == 0 else one)


@st.composite
def params(draw, key: str) -> Any:
    spec = schedulers().get(key)
    if spec is None or draw(st.integers(0, 39)) == 0:
        return draw(ODD)
    found = dict(draw(st.sampled_from(EXAMPLES[key])))
    for declaration in spec.params:
        if draw(st.integers(0, 3)) == 0:
            found[declaration.name] = draw(values(declaration))
        elif draw(st.integers(0, 29)) == 0:
            found.pop(declaration.name, None)
    return found


@st.composite
def phases(draw) -> Any:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        key = draw(st.sampled_from([*KEYS, "unheard_of"]))
        phase = {"scheduler": key, "params": draw(params(key))}
        phase["length"] = draw(LENGTHS.filter(lambda text: text != "rest") if found else LENGTHS)
        if draw(st.booleans()):
            phase["interval"] = draw(st.sampled_from(["step", "epoch"]))
        if draw(st.booleans()):
            phase["start"] = draw(st.sampled_from(["continue", "base"]))
        if draw(st.integers(0, 4)) == 0:
            other = draw(st.sampled_from(KEYS))
            phase["with"] = [{"scheduler": other, "params": draw(params(other))}]
        found.append(phase)
    return found


@st.composite
def batches(draw) -> dict[str, Any]:
    counts = st.sampled_from([1, 2, 3, 4, 6, 7, 20, 10**9, 10**9 + 1, None])
    names = ["dataset_size", "batch_size", "accumulation", "devices", "sequence_length"]
    found = {name: draw(counts) for name in draw(st.sets(st.sampled_from(names)))}
    if draw(st.booleans()):
        found["drop_last"] = draw(st.booleans())
    if draw(st.integers(0, 19)) == 0:
        found[draw(st.sampled_from([*names, "drop_last", "x"]))] = draw(ODD)
    return found


@st.composite
def documents(draw) -> dict[str, Any]:
    name = draw(st.sampled_from(["SGD", "AdamW", *OPTIMIZERS, "Sgd"]))
    info = OPTIMIZERS.get(name)
    args = {
        param.name: draw(NUMBERS | st.lists(NUMBERS, min_size=2, max_size=2))
        for param in (info.params if info else ())
        if draw(st.integers(0, 9)) == 0
    }
    lrs = st.sampled_from([0.1, 0.01, 0, 0.5, 5e-324, 1e308])
    groups = [{"name": n, "lr": draw(lrs)} for n in draw(st.sampled_from(["a", "ab", "abc"]))]
    if draw(st.integers(0, 5)) == 0:
        groups[0][draw(st.sampled_from(["momentum", "betas", "weight_decay", "x"]))] = draw(ODD)
    data: dict[str, Any] = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": draw(st.integers(1, 4)), "steps_per_epoch": draw(st.integers(1, 6))},
        "optimizer": {"type": name, "args": args, "groups": groups},
        "phases": draw(phases()),
    }
    if draw(st.booleans()):
        data["horizon"]["batch"] = draw(batches())
    if draw(st.booleans()):
        data["metric"] = draw(
            st.sampled_from(
                [{"formula": "exp(-t / 3)"}, {"formula": "1 / t"}, {"values": [1, 0.5, 0.6]},
                 {"values": [1e308, -1e308]}, {"file": "none.csv", "column": "x"}]
            )
        )  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        track: dict[str, Any] = {
            "quantity": draw(st.sampled_from(["lr", "momentum", "beta2", "weight_decay"])),
            "phases": draw(phases()),
        }
        if draw(st.booleans()):
            track["groups"] = [draw(st.sampled_from([*(g["name"] for g in groups), "nobody"]))]
        data["tracks"] = [track]
    if draw(st.integers(0, 7)) == 0:
        place = draw(st.sampled_from([data, data["horizon"], data["optimizer"], *data["phases"]]))
        place[draw(st.sampled_from(sorted(place)))] = draw(ODD)
    return data


@given(documents())
@settings(max_examples=12 * settings.default.max_examples)
def test_any_document_is_refused_in_one_line_or_looked_at_whole(data):
    try:
        schedule = lrd.loads(json.dumps(data))
    except lrd.DocumentError as error:
        said = str(error)
        assert "\n" not in said
        assert ": " in said, "it names the field"
        assert len(said) < 600
        return
    seen = preview(schedule)
    assert np.isfinite(seen.lr).all()
    assert all(np.isfinite(values).all() for values in seen.quantities.values())
    problems = lrd.check(schedule)
    assert all(p.message and "\n" not in p.message for p in problems)
    for problem in problems:
        mend = mend_of(problem)
        if mend is None:
            continue
        try:
            mended = mend(schedule, problem)
        except ValidationError:
            continue  # it would be more steps than can be run, say
        # What it mends is gone, in a document that is sound.
        assert problem not in lrd.check(lrd.loads(lrd.dumps(mended)))
    wrong = [p for p in problems if p.severity == "error"]
    curve, refused = run(schedule)
    if curve is None:
        assert "\n" not in refused
        assert wrong, f"the run fails, the check is silent: {refused}"
    else:
        assert np.isfinite(curve.lr).all()


def run(schedule: lrd.Schedule):
    """The curve, or why there is none."""
    try:
        return lrd.simulate(schedule), ""
    except lrd.ScheduleError as error:
        return None, str(error)
