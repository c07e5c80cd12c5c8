"""Problems of documents with tracks: each at its place, each once, in words that fit."""

from __future__ import annotations

import json

import pytest
from documents import document, phase
from tracked_documents import (
    COSINE,
    CYCLE,
    DOCUMENTS,
    PLATEAU,
    PROBLEMS,
    RISE,
    TWO,
    WARM_UP,
    track,
    tracked,
)

import lrdesigner as lrd
from lrdesigner.engine.preview import preview
from lrdesigner.listings import problem_lines
from lrdesigner.schedule.problems import Problem, check
from lrdesigner.schedule.rules import tracks as rules_of_tracks


def read(data) -> lrd.Schedule:
    return lrd.loads(json.dumps(data))


@pytest.mark.parametrize(("rule", "data", "where", "place", "text"), PROBLEMS)
def test_a_rule_about_tracks_fires(rule, data, where, place, text):
    found = [problem for problem in lrd.check(read(data)) if problem.rule == rule]
    assert [(problem.track, problem.phase) for problem in found] == [(where, place)]
    assert text in found[0].message


@pytest.mark.parametrize("name", DOCUMENTS)
def test_good_documents_have_no_errors(name):
    found = lrd.check(read(DOCUMENTS[name]))
    assert [problem for problem in found if problem.severity == "error"] == []


def test_phases_of_a_track_have_the_problems_that_phases_have():
    broken = [phase("StepLR", {"step_size": 0}), phase("Nope", {}, length="1 step")]
    alone = check(read(document(*broken, groups=TWO, optimizer="AdamW")))
    found = check(read(tracked(COSINE, tracks=[track(*broken, groups=["head"])])))
    assert [p.track for p in alone] == [None] * len(alone)
    assert [p.track for p in found] == [0] * len(found)
    assert [(p.rule, p.phase, p.message) for p in found] == [
        (p.rule, p.phase, p.message) for p in alone
    ]


def test_what_is_said_of_the_document_is_said_once():
    data = tracked(
        COSINE,
        tracks=[track(RISE, groups=["head"]), track(RISE, on="weight_decay")],
        metric={"values": [1.0], "unit": "nats"},
    )
    data["optimizer"] = {**data["optimizer"], "args": {"betta": 1}, "backend": "x"}
    data["author"] = "me"
    found = sorted((p.rule, p.track, p.phase) for p in check(read(data)))
    assert found == [
        ("floor-above-lr", 0, 0),
        ("metric-unused", None, None),
        ("optimizer-argument", None, None),
        *[("unknown-entry", None, None)] * 3,
    ]


def test_a_metric_that_a_track_reacts_to_is_used():
    for tracks in ([track(PLATEAU, groups=["head"])], [track(PLATEAU, on="weight_decay")]):
        data = tracked(COSINE, tracks=tracks)
        assert check(read(data)) == []
        del data["metric"]
        [problem] = check(read(data))
        assert (problem.rule, problem.track, problem.phase) == ("metric-unusable", 0, 0)


def test_a_missing_metric_is_said_once():
    data = tracked(COSINE, tracks=[track(PLATEAU, groups=["head"]), track(PLATEAU, on="beta2")])
    del data["metric"]
    assert [p.rule for p in check(read(data))] == ["metric-unusable"]


def test_a_lane_may_rise():
    """DINO: weight decay from 0.04 to 0.4, which would be a floor above the LR elsewhere."""
    grows = phase("ExponentialLR", {"gamma": 1.05})
    for lane in (RISE, grows, phase("OneCycleLR", {"max_lr": 0.1, "cycle_momentum": False})):
        assert check(read(tracked(COSINE, tracks=[track(lane, on="weight_decay")]))) == []
    to_one = phase("CosineAnnealingLR", {"eta_min": 1.0})
    data = tracked(COSINE, tracks=[track(to_one, on="momentum")], args={"betas": [0.996, 0.999]})
    assert check(read(data)) == []


def test_messages_about_a_lane_speak_of_what_it_drives():
    late = phase("StepLR", {"step_size": 1000})
    [problem] = check(read(tracked(COSINE, tracks=[track(late, on="weight_decay")])))
    assert "so the weight decay never falls" in problem.message
    start = phase("OneCycleLR", {"max_lr": 1, "div_factor": None, "cycle_momentum": False})
    data = tracked(COSINE, tracks=[track(start, on="momentum")], args={"betas": [0.0, 0.9]})
    errors = [p.message for p in check(read(data)) if p.rule == "parameter-refused"]
    assert "starts from a beta1 of 0" in errors[0]
    [problem] = [
        p
        for p in check(read(tracked(COSINE, tracks=[track(CYCLE, on="weight_decay")])))
        if p.severity == "error"
    ]
    assert problem.message.startswith("cycle_momentum: beside what a lane drives there is no")


def test_an_impossible_lane_is_not_told_of_twice():
    data = tracked(
        COSINE,
        tracks=[track(phase("StepLR", {"step_size": 0}), on="beta2")],
        optimizer="SGD",
        args={},
    )
    assert [p.rule for p in check(read(data))] == ["lane-impossible"]


def test_a_long_lane_is_looked_at_more_closely_when_there_is_time(monkeypatch):
    square = "(t * t - 77777 ** 2)"  # whose vertex is elsewhere
    hidden = f"where({square} * {square} + 1e25 * (t % 7 > 0) < 1, -1, 1)"
    once = phase("LambdaLR", {"lr_lambda": hidden})
    data = tracked(COSINE, tracks=[track(once, on="weight_decay")], epochs=10_000, per_epoch=100)
    assert check(read(data)) == []
    assert "at step 77,777" in lrd.check(read(data))[0].message
    monkeypatch.setattr(rules_of_tracks, "_MOST_VALUES", 200_000)
    assert lrd.check(read(data)) == []


def test_errors_come_first_then_track_after_track_then_the_document():
    off = phase("StepLR", {"step_size": 1000})
    data = tracked(
        off,
        tracks=[
            {**track(off, off | {"length": "3 steps"}, on="weight_decay"), "x": 1},
            track(WARM_UP, phase("StepLR", {"step_size": 0}), groups=["head"]),
        ],
    )
    data["author"] = "me"
    found = [(p.severity, p.track, p.phase) for p in check(read(data))]
    assert found == [
        ("error", 1, 1),
        ("warning", None, 0),
        ("warning", 0, 0),
        ("warning", 0, 1),
        ("info", 0, None),
        ("info", None, None),
    ]


def test_the_given_fast_curve_is_used():
    data = tracked(COSINE, tracks=[track(CYCLE, groups=["head"]), track(RISE, on="weight_decay")])
    schedule = read(data)
    assert check(schedule, preview(schedule)) == check(schedule)


def test_lines_name_the_place_as_a_path():
    schedule = read(tracked(COSINE, tracks=[track(on="weight_decay"), track(COSINE, on="beta2")]))
    problems = [
        Problem("r", "error", 0, "bad", track=1),
        Problem("r", "error", None, "bad", track=0),
        Problem("r", "error", 0, "bad"),
    ]
    assert list(problem_lines(schedule, problems)) == [
        "error: tracks[1].phases[0] (CosineAnnealingLR): bad [r]",
        "error: tracks[0]: bad [r]",
        "error: phases[0] (CosineAnnealingLR): bad [r]",
    ]
