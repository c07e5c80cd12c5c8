"""Lengths, and where phases lie."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from documents import document, phase
from hypothesis import given
from hypothesis import strategies as st

import lrdesigner as lrd
from lrdesigner.engine.segments import segments
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import Length, LengthError, round_half_up, spans, ticks

HORIZON = Horizon(epochs=10, steps_per_epoch=100)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("500 steps", 500),
        ("1 step", 1),
        ("2 epochs", 200),
        ("1 epoch", 100),
        ("0.5 epochs", 50),
        (".5 epochs", 50),
        ("1. epochs", 100),
        ("10%", 100),
        ("10 %", 100),
        ("  7   steps ", 7),
        ("7steps", 7),
        ("rest", 0),
        (" rest ", 0),
        ("0 steps", 0),
        ("0.004 epochs", 0),
        ("0.005 epochs", 1),  # halves go up
        ("2.5 steps", 3),
        ("3.5 steps", 4),
        ("0.05%", 1),
        ("0.04999%", 0),
        ("33.3333%", 333),
        ("0.015 epochs", 2),  # 1.5 exactly, where a float is a little less
        ("999999999999 steps", 999_999_999_999),
    ],
)
def test_in_steps(text, steps):
    assert Length.parse(text).steps(HORIZON) == steps


@pytest.mark.parametrize(
    "text",
    [
        "",
        "steps",
        "five steps",
        "1e3 steps",
        "1,5 epochs",
        "5 step s",
        "5 epoch steps",
        "Rest",
        "5 %%",
        "٣ steps",
        "inf steps",
        "nan%",
        "5 steps 3 epochs",
        "1" * 13 + " steps",
        "0.1234567890123 epochs",
        "5\x00steps",
        "." * 100_000,
    ],
)
def test_what_is_no_length(text):
    with pytest.raises(LengthError, match="is not a length; write") as caught:
        Length.parse(text)
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("5", ('"5 steps"', '"5 epochs"', '"5%"')),
        ("1", ('"1 steps"', '"1 epochs"', '"1%"')),
        ("0.05", ('"5%" for a share of the run', '"0.05 epochs"')),
        (" .5 ", ('"50%" for a share of the run', '".5 epochs"')),
    ],
)
def test_a_number_alone_is_shown_both_ways_it_may_be_meant(text, readings):
    with pytest.raises(LengthError, match="has no unit; write") as caught:
        Length.parse(text)
    for reading in readings:
        assert reading in str(caught.value)
        Length.parse(reading.split('"')[1])


def test_a_negative_length():
    with pytest.raises(LengthError, match="'-5 steps' is negative; a length is 0 or more"):
        Length.parse("-5 steps")


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999999", 2), ("-0.5", 0)]
)
def test_round_half_up(value, rounded):
    assert round_half_up(Fraction(value)) == rounded


UNITS = st.sampled_from(["steps", "epochs", "percent"])


@given(st.integers(0, 5000), UNITS, st.integers(1, 60), st.integers(1, 700))
def test_a_length_of_steps_is_exactly_as_long(steps, unit, epochs, per_epoch):
    horizon = Horizon(epochs=epochs, steps_per_epoch=per_epoch)
    length = Length.of_steps(steps, unit, horizon)
    assert length.steps(horizon) == steps
    again = Length.parse(str(length))
    assert again.steps(horizon) == steps
    assert again.unit == length.unit


@pytest.mark.parametrize(
    ("steps", "unit", "text"),
    [
        (200, "epochs", "2 epochs"),
        (100, "epochs", "1 epoch"),
        (150, "epochs", "1.5 epochs"),
        (1, "steps", "1 step"),
        (0, "steps", "0 steps"),
        (100, "percent", "10%"),
        (125, "percent", "12.5%"),
        (333, "epochs", "3.33 epochs"),
    ],
)
def test_how_a_length_is_written(steps, unit, text):
    assert str(Length.of_steps(steps, unit, HORIZON)) == text


def test_the_rest_is_written_as_such():
    assert str(Length.parse(" rest")) == "rest"


def places(*lengths, epochs=10, per_epoch=10):
    data = document(
        *(phase("LinearLR", length=x) for x in lengths), epochs=epochs, per_epoch=per_epoch
    )
    return spans(lrd.loads(json.dumps(data)))


def test_spans_follow_each_other():
    found = places("10 steps", "25%", "rest", "1 epoch")
    assert [(s.start, s.end) for s in found] == [(0, 10), (10, 35), (35, 90), (90, 100)]
    assert [s.steps for s in found] == [10, 25, 55, 10]
    assert not any(s.cut for s in found)


def test_the_rest_of_nothing_is_empty():
    found = places("60 steps", "rest", "70 steps")
    assert [(s.start, s.end, s.nominal_end) for s in found] == [
        (0, 60, 60),
        (60, 60, 60),
        (60, 100, 130),
    ]
    assert [s.cut for s in found] == [False, False, True]
    assert found[2].nominal_steps == 70


def test_phases_past_the_end_are_empty():
    found = places("100 steps", "20 steps", "30 steps")
    assert [(s.start, s.end, s.steps) for s in found][1:] == [(100, 100, 0), (100, 100, 0)]
    assert all(s.nominal_steps in (20, 30) for s in found[1:])


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [(0, 10, 1), (0, 9, 0), (9, 10, 1), (10, 20, 1), (5, 35, 3), (0, 0, 0)],
)
def test_epoch_ends_in_a_stretch(start, end, count):
    assert ticks(start, end, 10) == count


def test_segments_know_their_local_time():
    data = document(
        phase("LinearLR", length="15 steps"),
        phase("StepLR", length="0 steps"),
        phase("StepLR", length="22 steps", interval="epoch"),
        phase("ReduceLROnPlateau", length="13 steps", interval="step"),
        phase("StepLR", length="3 steps", interval="epoch"),
        epochs=10,
        per_epoch=10,
    )
    found = segments(lrd.loads(json.dumps(data)))
    assert [(s.index, s.start, s.end, s.interval) for s in found] == [
        (0, 0, 15, "step"),
        (2, 15, 37, "epoch"),
        (3, 37, 50, "epoch"),  # a plateau always is
        (4, 50, 53, "epoch"),
        (None, 53, 100, "step"),
    ]
    assert [s.ticks for s in found] == [15, 2, 2, 0, 47]
    assert [s.length for s in found] == [15, 2, 2, 1, 1]


def test_a_cut_segment_keeps_its_length():
    data = document(phase("LinearLR", length="70 steps", interval="epoch"), epochs=4, per_epoch=10)
    (found,) = segments(lrd.loads(json.dumps(data)))
    assert (found.ticks, found.length) == (4, 7)
