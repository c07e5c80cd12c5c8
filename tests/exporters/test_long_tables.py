"""Tables at their declared limit: simulate and exported code run them; one row more is refused."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from documents import document
from exported_runs import check as check_export
from exported_runs import read

import lrdesigner as lrd
from lrdesigner.__main__ import main
from lrdesigner.catalog import schedulers
from lrdesigner.engine.formula import MAX_GENERATED
from lrdesigner.engine.resolve import fill
from lrdesigner.engine.segments import segments
from lrdesigner.params import IntListParam, TableParam
from lrdesigner.params.base import MAX_ROWS
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.problems import check

# Tables that become a formula: scheduler, parameter, and what makes its pieces long.
TABLES: list[tuple[str, str, dict[str, Any]]] = [
    ("piecewise_linear", "points", {"values": "lr"}),
    ("piecewise_cosine", "points", {"values": "lr"}),
    ("piecewise_constant", "table", {"values": "lr"}),
    ("piecewise_constant", "table", {"times": "length"}),
    ("cosine_periods", "periods", {"min_lr": 0.012345678901234567}),
    ("wsd_s", "period_ends", {"decay_type": "inverse", "min_lr_ratio": 0.012345678901234567}),
    (
        "wsd_s_peaks",
        "periods",
        {"warmup_min_lr": 0.00123456789012345, "decay_min_lr": 0.0123456789012345},
    ),
]


def values(key: str, name: str, more: dict[str, Any], count: int, every: int) -> dict[str, Any]:
    """A table of so many rows, with numbers that take all the digits there are."""
    declared = schedulers()[key].param(name)
    chance = random.Random(count)
    if isinstance(declared, IntListParam):
        return {name: [every * (row + 1) for row in range(count)], **more}
    assert isinstance(declared, TableParam)
    lasts = not declared.rising and more.get("times") != "start" and key != "piecewise_constant"
    lasts |= more.get("times") == "length"
    times = [every if lasts else every * row + 1 for row in range(count)]
    return {name: [[time, chance.uniform(0.1, 1) * 1e-5] for time in times], **more}


def long(key: str, name: str, more: dict[str, Any], count: int, every: int = 3) -> dict[str, Any]:
    params = values(key, name, more, count, every)
    phase = {"scheduler": key, "length": "rest", "params": params}
    return document(phase, epochs=1, per_epoch=3 * count + 7)


def test_every_table_is_tried():
    declared = {
        (spec.key, param.name)
        for spec in schedulers()
        for param in spec.params
        if isinstance(param, TableParam) or (isinstance(param, IntListParam) and spec.factor)
    }
    assert declared == {(key, name) for key, name, _ in TABLES}


@pytest.mark.parametrize(("key", "name", "more"), TABLES)
def test_as_many_rows_as_are_declared_run_and_are_exported_bit_for_bit(key, name, more):
    data = long(key, name, more, MAX_ROWS)
    assert not [problem for problem in check(read(data)) if problem.severity == "error"]
    check_export(data)


@pytest.mark.parametrize(("key", "name", "more"), TABLES)
def test_one_row_more_is_refused_everywhere_in_the_same_words(key, name, more, tmp_path, capsys):
    data = long(key, name, more, MAX_ROWS + 1)
    schedule = read(data)
    problems = [problem for problem in check(schedule) if problem.severity == "error"]
    assert [(problem.rule, problem.param) for problem in problems] == [("parameter-refused", name)]
    words = problems[0].message
    assert "1,001" in words
    assert "at most 1,000" in words
    assert problems[0].fix == "Keep the first 1,000 of them."
    with pytest.raises(ScheduleError) as refused:
        lrd.simulate(schedule)
    assert words in str(refused.value)
    declared = schedulers()[key].param(name)
    assert declared.error(data["phases"][0]["params"][name]) == words
    assert declared.schema()["maxItems"] == MAX_ROWS
    path = tmp_path / "long.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    output = capsys.readouterr()
    assert words in output.out + output.err


@pytest.mark.parametrize(("key", "name", "more"), TABLES)
def test_a_full_table_of_the_longest_numbers_has_room(key, name, more):
    """Late times and many digits must not make the declared limit a lie."""
    spec = schedulers()[key]
    every = 10**9 // MAX_ROWS - 1
    params = values(key, name, more, MAX_ROWS, every)
    if name != "period_ends":
        rows = [[time, number * 1.2345678901234567e-100] for time, number in params[name]]
        params[name] = rows
    data = document({"scheduler": key, "length": "rest", "params": params})
    (segment,) = segments(read(data))
    args = fill(spec, params, segment, (0.1,))
    assert len(spec.factor.of(args, 0)) < MAX_GENERATED
    assert not list(spec.errors(args))


def test_peoples_own_formulas_stay_short():
    data = document(
        {"scheduler": "LambdaLR", "length": "rest", "params": {"lr_lambda": "1" + " + t" * 500}}
    )
    with pytest.raises(DocumentError, match="2001 characters; 2000 is the most"):
        read(data)
