"""Problems and refusals of documents are Chinese where the window is."""

from __future__ import annotations

import json

import pytest
from batch_documents import BATCH_PROBLEMS
from chinese import assert_chinese, speaking_chinese
from test_codec_refusals import TEXTS, WRONG, changed
from test_optimizer_limits import OUTSIDE, named
from test_problems import FIRES
from tracked_documents import PROBLEMS

import lrdesigner as lrd

FIELDS = [row for row in WRONG if row[1] != 10**400]  # nothing but digits
TRACKED = [(row[0], row[1]) for row in PROBLEMS]


@pytest.fixture(autouse=True)
def chinese():
    with speaking_chinese():
        yield


def assert_problems_are_chinese(schedule):
    problems = lrd.check(schedule)
    assert problems
    for problem in problems:
        assert_chinese(problem.message)
        if problem.fix:
            assert_chinese(problem.fix)


@pytest.mark.parametrize(("rule", "schedule", "place", "text"), FIRES + BATCH_PROBLEMS)
def test_problems(rule, schedule, place, text):
    assert_problems_are_chinese(schedule)


@pytest.mark.parametrize(("rule", "data"), TRACKED)
def test_problems_of_tracks(rule, data):
    assert_problems_are_chinese(lrd.loads(json.dumps(data)))


@pytest.mark.parametrize(("path", "value", "message"), FIELDS, ids=[str(row[0]) for row in FIELDS])
def test_wrong_fields(path, value, message):
    with pytest.raises(lrd.DocumentError) as caught:
        lrd.loads(json.dumps(changed(path, value)))
    assert_chinese(str(caught.value))


@pytest.mark.parametrize(("text", "message"), TEXTS, ids=[text[:20] for text, _ in TEXTS])
def test_no_documents(text, message):
    with pytest.raises(lrd.DocumentError) as caught:
        lrd.loads(text)
    assert_chinese(str(caught.value))


@pytest.mark.parametrize(("name", "param", "limit", "value"), OUTSIDE, ids=named)
def test_arguments(name, param, limit, value):
    assert_chinese(param.error(value) or "")
