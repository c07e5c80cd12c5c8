"""Differences and slopes: against what their definitions give, moment by moment."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrdesigner.compare.frames import Frame, placed
from lrdesigner.compare.rows import RowDigest, Scaled
from lrdesigner.compare.views import (
    MOST_PIECES,
    Subject,
    difference,
    slope,
    telling_steps,
)
from lrdesigner.engine.digest import Digest

SAME = Frame()
LRS = st.one_of(st.just(0.0), st.floats(0.001, 1.0))
STRETCHES = st.fractions(min_value=Fraction(1, 20), max_value=20, max_denominator=20)


@st.composite
def subjects(draw):
    values = np.array(draw(st.lists(LRS, min_size=1, max_size=40)))
    at, on = draw(st.integers(0, len(values))), draw(st.integers(-20, 40))
    factor = draw(st.sampled_from([1.0, 0.5, 3.0]))
    return Subject(placed(draw(STRETCHES), at, on), values, len(values), factor)


def in_force(subject: Subject, moment: Fraction) -> float | None:
    """The LR at a moment of the document: that of the step that began last."""
    step = math.floor((moment - subject.frame.offset) / subject.frame.stretch)
    return subject.values[step] * subject.factor if 0 <= step < subject.total else None


def points(plotted) -> list[tuple[float, float]]:
    """All points of a line: the document's step, and the value."""
    found = []
    for piece in plotted.pieces:
        steps = np.arange(len(piece.values)) if piece.steps is None else piece.steps
        values = piece.values[0 : len(piece.values)]
        found += zip((piece.offset + steps * piece.every).tolist(), values.tolist(), strict=True)
    return found


def expected(found: Subject, reference: Subject, *, relative: bool) -> tuple[list, int]:
    """Every beginning of a step of the finer curve at which both run, and what stands there."""
    fine = reference if reference.frame.stretch < found.frame.stretch else found
    answer, unknown = [], 0
    for step in range(fine.total):
        moment = fine.frame.place(step)
        one, other = in_force(found, moment), in_force(reference, moment)
        if one is None or other is None:
            continue
        if not relative:
            answer.append((float(moment), one - other))
        elif other == 0:
            unknown += one != 0
            answer += [(float(moment), 1.0)] if one == 0 else []
        else:
            answer.append((float(moment), one / other))
    return answer, unknown


@settings(max_examples=300)
@given(subjects(), subjects(), st.booleans())
def test_at_every_moment_the_lrs_in_force_are_compared(found, reference, relative):
    plotted = difference(found, reference, relative=relative)
    answer, unknown = expected(found, reference, relative=relative)
    assert points(plotted) == [(pytest.approx(x), pytest.approx(y, nan_ok=True)) for x, y in answer]
    assert plotted.unknown == unknown
    assert plotted.exact
    assert all(len(piece.values) for piece in plotted.pieces)


def test_runs_of_different_lengths_are_compared_where_both_run():
    long = Subject(SAME, np.linspace(1, 0, 100), 100)
    short = Subject(SAME, np.full(30, 0.5), 30)
    for one, other, sign in ((long, short, 1), (short, long, -1)):
        (piece,) = difference(one, other, relative=False).pieces
        assert (piece.offset, len(piece.values)) == (0, 30)
        assert piece.values[0:30] == pytest.approx(sign * (long.values[:30] - 0.5))


def test_aligned_by_their_peaks_equal_shapes_do_not_differ():
    """The same warm-up and decay, one after a freeze of 50 steps."""
    shape = np.concatenate([np.linspace(0, 1, 21), np.linspace(1, 0, 80)])
    late = np.concatenate([np.zeros(50), shape])
    found = Subject(placed(Fraction(1), 70, 20), late, len(late))
    (piece,) = difference(found, Subject(SAME, shape, 101), relative=False).pieces
    assert (piece.offset, len(piece.values)) == (0, 101)
    assert not piece.values[0:101].any()
    (piece,) = difference(Subject(SAME, shape, 101), found, relative=False).pieces
    assert not piece.values[0 : len(piece.values)].any()


def test_epoch_with_epoch_a_drop_at_an_epochs_end_is_at_the_same_moment_in_both():
    """10 epochs with 100 and with 7 steps each, both a tenth after epoch 5."""
    fine = np.repeat([1.0, 0.1], 500)
    coarse = np.repeat([1.0, 0.1], 35)
    for one, other in ((fine, coarse), (coarse, fine)):
        frames = [Frame(Fraction(1000, len(values))) for values in (one, other)]
        found, reference = (
            Subject(f, v, len(v)) for f, v in zip(frames, (one, other), strict=True)
        )
        (piece,) = difference(found, reference, relative=False).pieces
        assert len(piece.values) == 1000
        assert not piece.values[0:1000].any()


def test_nothing_is_said_where_the_runs_never_meet():
    late = Subject(placed(Fraction(1), 0, 100), np.ones(10), 10)
    assert difference(late, Subject(SAME, np.ones(50), 50), relative=False).pieces == ()
    assert difference(late, Subject(SAME, np.ones(50), 50), relative=True).pieces == ()


def test_a_ratio_has_gaps_where_only_the_references_lr_is_zero():
    found = Subject(SAME, np.array([0.0, 1.0, 1.0, 1.0, 0.0, 2.0]), 6)
    reference = Subject(SAME, np.array([0.0, 0.0, 2.0, 4.0, 0.0, 0.0]), 6)
    plotted = difference(found, reference, relative=True)
    assert points(plotted) == [(0, 1), (2, 0.5), (3, 0.25), (4, 1)]
    assert plotted.unknown == 2
    assert [piece.offset for piece in plotted.pieces] == [0, 2]


def test_a_reference_that_touches_zero_in_every_cycle_is_one_line_all_the_same():
    reference = Subject(SAME, np.tile([0.0, 0.5, 1.0, 0.5], 5000), 20_000)
    plotted = difference(Subject(SAME, np.ones(20_000), 20_000), reference, relative=True)
    (piece,) = plotted.pieces
    assert plotted.unknown == 5000
    values = piece.values[0:20_000]
    assert np.isfinite(values).all()
    known = reference.values > 0
    assert values[known] == pytest.approx(1 / reference.values[known])
    assert values[4] == values[3]  # a moment that is skipped takes the value before it
    assert values[0] == values[1]
    assert (piece.digest.low, piece.digest.high) == (1.0, 2.0)


def test_a_few_gaps_are_gaps():
    cycles = MOST_PIECES - 1
    reference = Subject(SAME, np.tile([0.0, 0.5, 1.0, 0.5], cycles), 4 * cycles)
    plotted = difference(Subject(SAME, np.ones(4 * cycles), 4 * cycles), reference, relative=True)
    assert len(plotted.pieces) == cycles
    assert plotted.pieces[1].offset == 5


# -- extremes --------------------------------------------------------------------------------------


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=200))
def test_extremes_of_a_row_are_those_of_its_values(values):
    array = np.array(values)
    found, truth = RowDigest(Scaled(array, 1.0)), Digest(array)
    assert (found.low, found.high, found.positive) == (truth.low, truth.high, truth.positive)
    assert array[found.peak] == truth.high
    size = 16
    while size <= len(values):
        for one, other in zip(found.blocks(size), truth.blocks(size), strict=True):
            assert one.tolist() == other.tolist()
        size *= 2


def test_a_spike_of_one_step_in_a_million_is_not_lost():
    lr = np.full(1_000_000, 0.1)
    other = lr.copy()
    other[654_321] = 0.3
    found, reference = Subject(SAME, other, 10**6), Subject(SAME, lr, 10**6)
    (piece,) = difference(found, reference, relative=False).pieces
    assert piece.digest.high == pytest.approx(0.2)
    assert piece.digest.peak == 654_321
    low, high = piece.digest.blocks(1024)
    assert high[654_321 // 1024] == pytest.approx(0.2)
    assert np.count_nonzero(high) == 1
    assert not low.any()


def test_work_beside_the_window_can_be_given_up():
    lr = Subject(SAME, np.ones(10), 10)
    with pytest.raises(InterruptedError):
        difference(lr, lr, relative=False, cancelled=lambda: True)
    with pytest.raises(InterruptedError):
        slope(lr, 1, relative=True, cancelled=lambda: True)


# -- slopes ----------------------------------------------------------------------------------------


@given(subjects(), st.integers(1, 5), st.booleans())
def test_a_slope_is_what_the_lr_differs_by_later(subject, over, relative):
    plotted = slope(subject, over, relative=relative)
    lr = subject.values * subject.factor
    answer, unknown = [], 0
    for step in range(len(lr) - over):
        now, later = lr[step], lr[step + over]
        if relative and now == 0 and later != 0:
            unknown += 1
            continue
        change = 100 * (later - now) / now if relative and now else later - now
        answer.append((float(subject.frame.place(step)), change))
    assert points(plotted) == [
        (pytest.approx(x), pytest.approx(y, rel=1e-9, abs=1e-10)) for x, y in answer
    ]
    assert plotted.unknown == unknown


def test_the_slope_of_an_exponential_decay_is_one_and_the_same():
    lr = 0.1 * 0.99 ** np.arange(500)
    (piece,) = slope(Subject(SAME, lr, 500), 1, relative=True).pieces
    assert piece.values[0:499] == pytest.approx(-1)  # percent
    (piece,) = slope(Subject(SAME, lr, 500), 100, relative=True).pieces
    assert len(piece.values) == 400
    assert piece.values[0:400] == pytest.approx(100 * (0.99**100 - 1))


# -- a curve that is known at some steps -----------------------------------------------------------


def sampled(values: np.ndarray, steps: np.ndarray) -> Subject:
    return Subject(SAME, values[steps], len(values), steps=steps)


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_a_fast_curve_is_compared_at_its_steps_and_where_the_other_one_turns(relative, turned):
    steps = np.unique(np.linspace(0, 999, 40).astype(np.int64))
    fast = sampled(np.linspace(1, 2, 1000), steps)
    spiky = np.full(600, 0.5)
    spiky[333] = 4.0
    telling = telling_steps(spiky, 50)
    assert 333 in telling
    other = Subject(placed(Fraction(1), 0, 100), spiky, 600, telling=telling)
    pair = (other, fast) if turned else (fast, other)
    plotted = difference(*pair, relative=relative)
    assert not plotted.exact
    found = dict(points(plotted))
    assert 433 in found  # the spike, where it lies in the document
    assert min(found) >= 100
    assert max(found) < 700
    for step, value in found.items():
        one, two = np.interp(step, steps, fast.values), spiky[int(step) - 100]
        one, two = (two, one) if turned else (one, two)
        assert value == pytest.approx(one / two if relative else one - two)
    (piece,) = plotted.pieces
    assert piece.offset + piece.end == 700


@pytest.mark.parametrize("relative", [False, True])
def test_the_slope_of_a_fast_curve_is_that_between_its_steps(relative):
    lr = np.concatenate([np.linspace(0.1, 1, 500), np.linspace(0.5, 0.1, 500)])
    steps = np.unique(np.concatenate([np.linspace(0, 999, 40).astype(np.int64), [499, 500]]))
    found = dict(points(slope(sampled(lr, steps), 1, relative=relative)))
    exact = dict(points(slope(Subject(SAME, lr, 1000), 1, relative=relative)))
    assert found[499] == pytest.approx(exact[499])  # the jump
    for step, value in found.items():
        assert value == pytest.approx(exact[step], rel=1e-6, abs=1e-6)


def test_a_fast_curve_that_is_known_everywhere_is_as_good_as_exact():
    lr = np.abs(np.sin(np.arange(300.0)))
    fast = sampled(lr, np.arange(300))
    other = Subject(placed(Fraction(3, 7), 5, 9), np.cos(np.arange(400.0)) ** 2, 400)
    found = dict(points(difference(fast, other, relative=False)))
    for step, value in found.items():
        assert value == pytest.approx(lr[int(step)] - in_force(other, Fraction(int(step))))


def test_telling_steps_are_the_extremes_of_every_block():
    values = np.random.default_rng(7).random(10_000)
    found = telling_steps(values, 100)
    assert len(found) <= 201
    for block in range(100):
        part = values[100 * block : 100 * (block + 1)]
        assert {100 * block + part.argmin(), 100 * block + part.argmax()} <= set(found.tolist())
    assert telling_steps(values[:50], 100).tolist() == list(range(50))
