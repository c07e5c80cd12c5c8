"""Check and simulate say the same of a document, and what they say is true."""

from __future__ import annotations

import json

import pytest
from documents import document
from training import read

import lrdesigner as lrd
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.problems import check


def errors(schedule: lrd.Schedule) -> list[str]:
    return [problem.message for problem in check(schedule) if problem.severity == "error"]


def formula(text: str, **more: int) -> lrd.Schedule:
    phase = {"scheduler": "LambdaLR", "length": "rest", "params": {"lr_lambda": text}}
    return read(document(phase, **more))


def test_a_start_factor_that_torch_divides_beyond_all_numbers():
    phase = {"scheduler": "LinearLR", "length": "rest", "params": {"start_factor": 1e-320}}
    schedule = read(document(phase))
    (message,) = errors(schedule)
    assert message.startswith("start_factor 1e-320 is so small")
    with pytest.raises(ScheduleError, match="start_factor 1e-320 is so small"):
        lrd.simulate(schedule)
    phase["params"] = {"start_factor": 1e-300}
    assert not errors(read(document(phase)))
    lrd.simulate(read(document(phase)))


@pytest.mark.parametrize("iters", [5, 6, 7])
def test_what_rounding_leaves_of_a_decay_to_zero_is_no_lr_to_start_from(iters):
    down = {"end_factor": 0, "total_iters": iters}
    table = {"table": [[0, 0.01], [5, 0.001]], "values": "lr"}
    schedule = read(
        document(
            {"scheduler": "LinearLR", "length": f"{iters + 1} steps", "params": down},
            {"scheduler": "piecewise_constant", "length": "rest", "params": table},
        )
    )
    (message,) = errors(schedule)
    assert "starts from an LR of 0" in message
    with pytest.raises(ScheduleError, match="starts from an LR of 0"):
        lrd.simulate(schedule)


def test_whole_numbers_that_go_further_than_an_array_are_no_error():
    schedule = formula("floor(t**60*1.0)**5 % 3", epochs=2, per_epoch=1000)
    lrd.simulate(schedule)
    assert not errors(schedule)


def test_the_limit_of_whole_numbers_is_said_to_be_our_own():
    schedule = formula("2**t*0 + 1", epochs=3, per_epoch=1000)
    with pytest.raises(ScheduleError) as refused:
        lrd.simulate(schedule)
    for message in (str(refused.value), *errors(schedule)):
        assert "4,096 bits" in message
        assert "this program does not compute" in message
        assert "torch" not in message


def test_a_group_with_a_line_break_in_its_name_leaves_messages_on_one_line():
    data = document(groups=[{"name": "a\nb", "lr": 0.1}])
    data["tracks"] = [{"quantity": "lr", "groups": ["c"], "phases": []}]
    with pytest.raises(DocumentError) as refused:
        lrd.loads(json.dumps(data))
    assert "\n" not in str(refused.value)
    assert r"'a\nb'" in str(refused.value)


def test_what_is_missing_has_advice():
    phase = {"scheduler": "piecewise_linear", "length": "rest", "params": {}}
    plateau = {"scheduler": "ReduceLROnPlateau", "interval": "epoch", "length": "rest"}
    data = document({**plateau, "params": {}})
    del data["metric"]
    lost = {**data, "metric": {"file": "gone.csv", "column": "loss"}}
    for each in (document(phase), data, lost):
        found = [problem for problem in check(read(each)) if problem.severity == "error"]
        assert found
        assert all(problem.fix for problem in found), found
