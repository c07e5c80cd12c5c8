"""Where curves stand on one time axis."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.compare.frames import Anchor, Course, Frame, boundaries, exact_ratio, placed
from lrdesigner.compare.pairs import pairs
from lrdesigner.schedule import codec, edits

DOCUMENT = """{
  "format": "lrdesigner", "version": 1, "horizon": {"epochs": 10, "steps_per_epoch": 100},
  "phases": [
    {"scheduler": "LinearLR", "length": "2 epochs"},
    {"scheduler": "ConstantLR", "length": "0 steps"},
    {"scheduler": "ConstantLR", "length": "3 epochs", "params": {"factor": 1.0}},
    {"scheduler": "CosineAnnealingLR", "length": "4 epochs"}
  ]
}"""


def test_boundaries_are_where_one_phase_ends_and_something_follows():
    schedule = codec.loads(DOCUMENT)
    assert boundaries(schedule) == (200, 500, 900)  # the last one before the hold
    assert boundaries(edits.set_phase(schedule, 3, length="rest")) == (200, 500)
    assert boundaries(codec.loads('{"format": "lrdesigner", "version": 1}')) == ()


@pytest.mark.parametrize(
    ("anchor", "step"),
    [
        (Anchor(), 0),
        (Anchor("peak"), 200),
        (Anchor("end"), 1000),
        (Anchor("boundary", 1), 200),
        (Anchor("boundary", 2), 500),
        (Anchor("boundary", -1), 900),
        (Anchor("boundary", -3), 200),
        (Anchor("boundary", 4), None),
        (Anchor("boundary", -4), None),
        (Anchor("boundary", 0), None),
    ],
)
def test_places_of_a_curve(anchor, step):
    assert Course(1000, 200, (200, 500, 900)).step_of(anchor) == step


def test_a_curve_without_phases_has_start_peak_and_end_only():
    course = Course(50, 7)
    places = [Anchor(), Anchor("peak"), Anchor("end"), Anchor("boundary", 1)]
    assert [course.step_of(place) for place in places] == [0, 7, 50, None]


@given(
    st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000),
    st.integers(0, 10**7),
    st.integers(0, 10**7),
)
def test_a_place_lies_on_the_place_it_was_put_on_exactly(stretch, at, on):
    frame = placed(stretch, at, on)
    assert frame.place(at) == on
    assert frame.place(at + 1) - frame.place(at) == stretch


def test_ratios_of_floats_are_the_fractions_they_are_meant_to_be():
    assert exact_ratio(1251.0, 100.0) == Fraction(1251, 100)
    assert exact_ratio(125_100 / 100, 90_000 / 100) == Fraction(125_100, 90_000)
    assert exact_ratio(0.1, 0.3) == Fraction(1, 3)
    assert Frame().place(17) == 17


@pytest.mark.parametrize(
    ("groups", "reference", "indices", "how", "alone"),
    [
        (("a", "b"), ("b", "a"), ((0, 1), (1, 0)), "name", ()),
        (("a", "b", "c"), ("x", "c"), ((2, 1),), "name", (0, 1)),
        (("a", "b"), ("all",), ((0, 0), (1, 0)), "one", ()),
        (("a", "b", "c"), ("x", "y"), ((0, 0), (1, 1)), "place", (2,)),
        (("all",), ("x", "y"), ((0, 0),), "place", ()),
    ],
)
def test_groups_belong_together_by_name_else_by_place(groups, reference, indices, how, alone):
    found = pairs(groups, reference)
    assert (found.indices, found.how, found.alone) == (indices, how, alone)
