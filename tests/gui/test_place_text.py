"""Where something is wrong, in the window's words instead of the file's."""

from __future__ import annotations

import json

import pytest
from documents import document, phase

from lrdesigner.gui.place_text import in_words, place_text, problem_line
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.problems import Problem

GROUPS = [{"name": "body", "lr": 0.1}, {"name": "head", "lr": 0.2}]
DATA = document(
    phase("LinearLR", length="2 epochs"),
    {"scheduler": "formula", "params": {"formula": "lr", "title": "My decay"}},
    groups=GROUPS,
)
DATA["tracks"] = [{"groups": ["head"], "phases": [phase("StepLR")]}]
SCHEDULE = loads(json.dumps(DATA))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("phases[0] (LinearLR): a; b", "Phase 1 (Linear): a; b"),
        ("phases[0].with[1] (StepLR): a", "Phase 1 (Linear): a"),
        ("phases[0].with: a", "Phase 1 (Linear): a"),
        ("phases[0] (LinearLR with StepLR): a", "Phase 1 (Linear): a"),
        ("phases[1] (formula): a: b", "Phase 2 (My decay): a: b"),
        ("tracks[0].phases[0] (StepLR): a", "LR of head, phase 1 (StepLR): a"),
        ("tracks[0]: a", "LR of head: a"),
        ("optimizer.type: a", "Optimizer: a"),
        ("optimizer.args.momentum: momentum must be", "Optimizer: momentum must be"),
        ("optimizer.groups[1].momentum: momentum", "Group 'head': momentum"),
        ("8 steps × 2 groups need 9 GB", "8 steps × 2 groups need 9 GB"),
        ("phases[7] (StepLR): a", "a"),
        ("tracks[3].phases[0] (StepLR): a", "a"),
        ("", ""),
    ],
)
def test_an_errors_place(text, words):
    assert in_words(SCHEDULE, text) == words


def test_a_problem_on_one_line():
    problem = Problem("x", "error", 1, "gamma must be", "Write 1 instead.", "gamma")
    assert problem_line(SCHEDULE, problem) == "Phase 2 (My decay): gamma must be. Write 1 instead."
    stacked = Problem("x", "error", 0, "ExponentialLR in with: gamma must be", "", "gamma")
    assert problem_line(SCHEDULE, stacked) == (
        "Phase 1 (Linear): Stacked Exponential: gamma must be."
    )
    groups = Problem("x", "error", None, "group 'a': momentum must be", "", "momentum")
    assert problem_line(SCHEDULE, groups) == "Group 'a': momentum must be."
    whole = Problem("x", "error", None, "It is so.")
    assert problem_line(SCHEDULE, whole) == "It is so."
    there = Problem("x", "error", 0, "It is so.", track=0)
    assert problem_line(SCHEDULE, there) == "LR of head, phase 1 (StepLR): It is so."


def test_places_that_are_gone_are_left_out():
    assert place_text(SCHEDULE, 9) == ""
    assert place_text(SCHEDULE, 0, track=5) == ""


def test_the_window_never_shows_the_files_path(make_window, qtbot):
    window = make_window()
    bad = document(phase("LinearLR"), {"scheduler": "StepLR", "params": {"step_size": 0}})
    bad["phases"][0]["length"] = "2 epochs"
    window.controller.open_document(loads(json.dumps(bad)), None)
    from lrdesigner.gui.widgets import Banner

    (banner,) = [b for b in window.findChildren(Banner) if b.objectName() == "canvas_notice"]
    assert banner.text() == (
        "Phase 2 (StepLR): step_size must be a whole number, 1 or greater, not 0. Write 1 instead."
    )
    tips = [w.toolTip() for w in window.findChildren(object) if hasattr(w, "toolTip")]
    assert not [tip for tip in tips if isinstance(tip, str) and "phases[" in tip]
