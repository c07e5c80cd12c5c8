"""Limits of parameters: check, command line and run say the same, and torch agrees."""

from __future__ import annotations

import json
from pathlib import Path

import limits
import numpy as np
import pytest
from training import Training, first_difference, read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.cli import run
from lrdesigner.engine.preview import preview

OUTSIDE = limits.outside()
INSIDE = limits.inside()


def sentence(case: limits.Case) -> str:
    """The declaration's own."""
    declaration = case.declaration
    if case.name not in case.params:
        return declaration.missing
    found = declaration.error(case.params[case.name], groups=2)
    assert found, f"{case} is not outside"
    return found


def test_every_parameter_with_a_limit_is_looked_at():
    assert len({(case.key, case.name) for case in OUTSIDE}) > 200
    assert {case.declaration.kind for case in OUTSIDE} == {
        "float", "int", "choice", "int_list", "table", "text", "constants", "formula"
    }  # fmt: skip


@pytest.mark.parametrize("case", OUTSIDE, ids=str)
def test_outside_all_say_the_same_sentence(case, tmp_path: Path, capfd):
    schedule = read(case.data)  # it loads all the same
    said = sentence(case)
    problems = [p for p in lrd.check(schedule) if p.severity == "error"]
    assert [p.message for p in problems] == [said]
    (problem,) = problems
    assert (problem.rule, problem.phase, problem.param) == ("parameter-refused", 0, case.name)
    assert problem.fix.endswith(".")
    assert np.isfinite(preview(schedule).lr).all()
    with pytest.raises(lrd.ScheduleError) as caught:
        lrd.simulate(schedule)
    assert str(caught.value) == f"phases[0] ({case.key}): {said}"
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(case.data))
    assert run(["check", str(file)]) == 1
    whole = said if said.endswith(".") else f"{said}."
    told = f"error: phases[0] ({case.key}): {whole} {problem.fix} ["
    assert told in capfd.readouterr().out
    assert run(["simulate", str(file)]) == 1
    assert capfd.readouterr().err == f"lrdesigner: {file}: phases[0] ({case.key}): {said}\n"


@pytest.mark.parametrize("case", INSIDE, ids=str)
def test_inside_nobody_complains_and_torch_runs_it(case):
    schedule = read(case.data)
    assert [p.message for p in lrd.check(schedule) if p.severity == "error"] == []
    assert np.isfinite(preview(schedule).lr).all()
    trained = Training(case.data).finish().lr
    assert not first_difference(trained, lrd.simulate(schedule).lr)


@pytest.mark.parametrize(("good", "bad"), limits.across(), ids=str)
def test_parameters_that_do_not_fit_each_other(good, bad, tmp_path: Path, capfd):
    assert [p.message for p in lrd.check(read(good.data)) if p.severity == "error"] == []
    assert np.isfinite(lrd.simulate(read(good.data)).lr).all()
    schedule = read(bad.data)
    (problem,) = [p for p in lrd.check(schedule) if p.severity == "error"]
    assert (problem.rule, problem.phase, problem.param) == ("parameter-refused", 0, bad.name)
    assert problem.fix.endswith(".")
    assert np.isfinite(preview(schedule).lr).all()
    with pytest.raises(lrd.ScheduleError) as caught:
        lrd.simulate(schedule)
    fix = problem.fix[0].lower() + problem.fix[1:-1]
    assert str(caught.value) == f"phases[0] ({bad.key}): {problem.message}; {fix}"
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(bad.data))
    assert run(["check", str(file)]) == 1
    assert f"phases[0] ({bad.key}): {problem.message}. {problem.fix} [" in capfd.readouterr().out
    assert run(["simulate", str(file)]) == 1
    assert problem.message in capfd.readouterr().err


def test_every_rule_across_parameters_is_looked_at():
    names = {spec.key: getattr(errors_of(spec), "__name__", "") for spec in schedulers()}
    # The rule about two floors is one for all; it is tried with `wsd` and `polynomial_end`.
    own = {key for key, name in names.items() if name not in ("no_errors", "floor_errors")}
    assert own <= {key for key, *_ in limits.ACROSS}


def errors_of(spec):
    return spec.factor.errors if spec.factor is not None else spec.errors
