"""When the metric is complained about, and when it is left in peace."""

from __future__ import annotations

import pytest

import lrdesigner as lrd
from lrdesigner.schedule.model import Schedule


def found(rule, metric, *phases, epochs=10):
    phases = phases or ({"scheduler": "ReduceLROnPlateau"},)
    schedule = Schedule.model_validate(
        {
            "horizon": {"epochs": epochs, "steps_per_epoch": 4},
            "phases": list(phases),
            "metric": metric,
        }
    )
    return [problem for problem in lrd.check(schedule) if problem.rule == rule]


PLATEAU = {"scheduler": "ReduceLROnPlateau", "length": "4 epochs"}
COSINE = {"scheduler": "CosineAnnealingLR"}


@pytest.mark.parametrize(
    ("metric", "severity"),
    [
        ({"values": [1.0] * 10}, None),
        ({"values": [1.0] * 30}, None),
        ({"formula": "exp(-t)"}, None),
        ({"values": [1.0] * 4}, "info"),  # the plateau's four epochs have one each
        ({"values": [1.0] * 3}, "warning"),
    ],
)
def test_a_short_metric_matters_where_a_plateau_reads_it(metric, severity):
    problems = found("metric-short", metric, PLATEAU, COSINE)
    assert [problem.severity for problem in problems] == ([severity] if severity else [])
    assert all("metric lane" in problem.fix for problem in problems)


def test_without_a_plateau_nobody_asks_how_long_it_is():
    assert not found("metric-short", {"values": [1.0]}, COSINE)


def test_a_short_file_is_told_of_as_well(tmp_path):
    (tmp_path / "m.csv").write_text("loss\n1\n2\n")
    (tmp_path / "s.json").write_text(
        '{"format": "lrdesigner", "version": 1, "phases": [{"scheduler": "ReduceLROnPlateau"}],'
        ' "metric": {"file": "m.csv", "column": "loss"}}'
    )
    schedule = lrd.load(tmp_path / "s.json")
    assert "metric-short" in {problem.rule for problem in lrd.check(schedule)}
    (tmp_path / "m.csv").unlink()
    rules = {problem.rule for problem in lrd.check(schedule)}
    assert "metric-unusable" in rules
    assert "metric-short" not in rules


RISING = {"formula": "1 - exp(-t / 3)"}
FALLING = {"formula": "exp(-t / 3)"}


@pytest.mark.parametrize(
    ("metric", "mode", "warned"),
    [
        (RISING, "min", True),
        (FALLING, "max", True),
        (RISING, "max", False),
        (FALLING, "min", False),
        ({"formula": "1 - exp(-t / 3) - 0.5 * (t == 2)"}, "min", False),  # it was better once
        ({"formula": "0.5"}, "min", False),  # a standstill has no direction
        ({"values": [1, 2, 1, 1, 1, 1, 1, 1, 1, 1]}, "min", False),  # one bad epoch is no trend
    ],
)
def test_a_metric_that_goes_the_wrong_way(metric, mode, warned):
    phase = {"scheduler": "ReduceLROnPlateau", "params": {"mode": mode}}
    problems = found("metric-opposed", metric, phase)
    assert len(problems) == warned
    for problem in problems:
        assert problem.param == "mode"
        assert ('"max"' if mode == "min" else '"min"') in problem.fix


def test_only_the_epochs_of_the_plateau_count():
    metric = {"values": [9, 8, 1, 2, 3, 4, 5, 6, 7, 8]}
    warm_up = {"scheduler": "LinearLR", "length": "2 epochs"}
    problems = found("metric-opposed", metric, warm_up, {"scheduler": "ReduceLROnPlateau"})
    assert [problem.phase for problem in problems] == [1]


def test_a_metric_formula_that_gives_no_number_says_at_which_epoch():
    (problem,) = found("metric-unusable", {"formula": "log(5 - t)"})
    assert "at t = 5" in problem.message


def test_nan_in_a_document_is_refused_in_words():
    with pytest.raises(lrd.DocumentError, match="NaN is not a number"):
        lrd.loads('{"format": "lrdesigner", "version": 1, "metric": {"values": [1.0, NaN]}}')
