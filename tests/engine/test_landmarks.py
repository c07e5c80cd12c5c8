"""Where formulas jump, bend and turn, read from their text."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from documents import document, phase
from hypothesis import given
from hypothesis import strategies as st
from training import read

import lrdesigner as lrd
from lrdesigner.catalog import Args, schedulers
from lrdesigner.engine._formula_crossings import crossings
from lrdesigner.engine.formula import parse_formula
from lrdesigner.engine.landmarks import Beat, Landmarks, joined, ticks_at
from lrdesigner.engine.preview import preview

TICKS = 10_000


def landmarks(text):
    return parse_formula(text).landmarks(T=TICKS, lr=0.1, ticks=TICKS)


def ticks(text):
    return set(ticks_at(landmarks(text).times, TICKS).astype(int).tolist())


PLACES = {
    "1 if t == 4321 else 0.5": {4321, 4322},
    "0.1 if t <= 100 else 1": {100, 101},
    "where(t < 500, t / 500, max(0, 1 - (t - 500) / 1000))": {500, 501, 1500, 1501},
    "min(t, 9000) / T": {9000, 9001},
    "clip(t, 20, 30)": {20, 21, 30, 31},
    "abs(t - 77.5)": {78},
    "(1 - t / 7000) ** 2": {7000, 7001},
    "1 / (t - 5)": {5, 6},
    "not (t > 12)": {12, 13},
    "1 < t < 3 or t == 9": {1, 2, 3, 4, 9, 10},
    "max(0.1, exp(-t / 1000))": {2303, 2304},
    "10 if t * t == 6250000 else 1": {2500, 2501},
    "t < T / 2 and 1": {5000, 5001},
    "-t > -40": {40, 41},
    "exp(-t / T)": set(),
    "0.5": set(),
}


@pytest.mark.parametrize("text", PLACES)
def test_places(text):
    assert ticks(text) == PLACES[text]
    assert not landmarks(text).restless


def test_a_logarithm_passes_whole_numbers():
    assert {2**k - 1 for k in range(1, 14)} <= ticks("floor(log2(t + 1))")


def test_a_dip_between_the_ticks_that_are_asked():
    found = ticks("where((t - 5432.1) ** 2 < 3, 10, 1)")
    assert {5431, 5434} <= found


@pytest.mark.parametrize("seed", range(20))
def test_dips_beyond_a_level_are_found_wherever_they_are(seed):
    """A parabola goes below zero between two of the ticks that are asked, and comes back."""
    chance = random.Random(seed)
    ticks = round(10 ** chance.uniform(5, 7.5))
    gap = ticks / 999
    for _ in range(20):
        vertex = gap * (chance.randint(300, 988) + chance.uniform(0.1, 1.9))
        half = gap * 2 * chance.uniform(0.02, 0.24)
        first, last = math.ceil(vertex - half), math.floor(vertex + half)
        found = crossings(
            lambda t, v=vertex, h=half: ((t - v) / gap) ** 2 - (h / gap) ** 2,
            lambda values: (values > 0).astype(np.float64),
            ticks,
        )
        assert last <= first or set(found.tolist()) == {first, last + 1}


@pytest.mark.parametrize("level", [0.999, 0.9999, 0.99999])
@pytest.mark.parametrize("shift", [0.08, 1.3, 2.9, 4.4, 5.7])
def test_peaks_beyond_a_level_are_drawn(shift, level):
    text = f"0.2 if sin(2*pi*t/38238.5 + {shift}) > {level} else 1"
    schedule = read(document(phase("LambdaLR", {"lr_lambda": text}), epochs=1, per_epoch=10**6))
    found, exact = preview(schedule), lrd.simulate(schedule).lr[0]
    line = np.interp(np.arange(10**6), found.steps, found.lr[0])
    assert np.abs(line - exact).max() < 0.01


@pytest.mark.parametrize(
    ("text", "beats"),
    [
        ("0.96 ** (t // 1000)", [(0, 1000)]),
        ("t % 100 < 50", [(0, 100), (50, 100), (50.5, 100)]),
        ("(t + 30) % 100", [(70, 100)]),
        ("floor(t % 100 / 50)", [(0, 100), (50, 100)]),
        ("cos(2 * pi * t / 100)", [(0, 100), (50, 100)]),
        ("sin(2 * pi * t / 100)", [(25, 100), (75, 100)]),
        ("cos(pi * (t % 100) / 100)", [(0, 100)]),
    ],
)
def test_rhythms(text, beats):
    found = landmarks(text)
    rounded = [(round(beat.first, 6), round(beat.every, 6)) for beat in found.beats]
    assert {(first % every, every) for first, every in rounded} == set(beats)
    assert not found.restless


@pytest.mark.parametrize("text", ["sin(t * t)", "cos(2 * t)", "(t * t) % 100 < 50"])
def test_what_swings_in_unknown_ways_is_restless(text):
    assert landmarks(text).restless


PIECES = st.sampled_from(
    [
        "1 if t < {a} else 0.5",
        "max({b} / 100, 1 - t / {a})",
        "0.9 ** (t // {a})",
        "t % {a} <= {b}",
        "floor(t / {a} + 0.25)",
        "where(t >= {a}, {b}, abs(t - {b}))",
        "min(t / {a}, 1) * (t != {b})",
    ]
)


@given(PIECES, PIECES, st.integers(300, 900), st.integers(1, 299))
def test_between_landmarks_pieces_go_straight_on(one, two, a, b):
    """Made of straight pieces: where the next value is no straight continuation, one is noted."""
    text = f"({one.format(a=a, b=b)}) + ({two.format(a=b + 17, b=a)})"
    formula, size = parse_formula(text), 3000
    found = formula.landmarks(T=size, lr=0.1, ticks=size)
    times = [found.times, *(np.arange(beat.first, size, beat.every) for beat in found.beats)]
    noted = set(ticks_at(np.concatenate(times), size).astype(int).tolist())
    values = formula.array(np.arange(size), T=size, lr=0.1)
    bends = np.flatnonzero(np.abs(np.diff(values, 2)) > 1e-9) + 1
    # At a bend the landmark is the tick, at a jump the one after; both are drawn with the one
    # before them.
    assert all({bend, bend + 1} & noted for bend in bends.tolist())


def test_a_time_just_after_a_tick_is_that_tick():
    assert ticks_at([100.00000000001, 99.5, -1.0, 5000.0], 5000).tolist() == [100, 100]


def test_landmarks_are_joined_without_doubles():
    one = Landmarks((3.0,), (Beat(0, 10),))
    both = joined([one, one, Landmarks((4.0,), restless=True)])
    assert both == Landmarks((3.0, 4.0), (Beat(0, 10),), restless=True)


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("MultiStepLR", {"milestones": [5, 9]}, {5, 9}),
        ("ConstantLR", {"total_iters": 12}, {12}),
        ("SWALR", {"anneal_epochs": 30}, {30}),
        ("CosineAnnealingWarmRestarts", {"T_0": 10, "T_mult": 2}, {10, 30, 70, 150, 310}),
    ],
)
def test_declared_landmarks(name, values, wanted):
    args = Args(values, frozenset(values), 300, 300, (0.1,))
    found = schedulers()[name].landmarks(args, 0)
    assert set(found.times) == wanted
    assert not found.beats


@pytest.mark.parametrize(("gamma", "size", "peak"), [(0.99, 200, 99), (0.999, 5000, 999)])
def test_cycles_that_shrink_at_every_step_peak_before_their_tips(gamma, size, peak):
    given = {"mode": "exp_range", "gamma": gamma, "step_size_up": size, "step_size_down": None}
    args = Args({**given, "base_lr": 0.0, "max_lr": 1.0}, frozenset(given), 9000, 9000, (0.1,))
    spec = schedulers()["CyclicLR"]
    first = spec.curve(np.arange(2 * size), args, 0)
    assert abs(int(first.argmax()) - peak) <= 1
    near = [beat.first for beat in spec.landmarks(args, 0).beats]
    assert any(first.argmax() in (np.ceil(time), np.ceil(time) - 1) for time in near)


def test_landmarks_of_a_smooth_formula_are_its_turns():
    found = parse_formula("t / 700 * exp(-t / 700)").landmarks(T=10**7, lr=0.1, ticks=10**7)
    assert any(abs(time - 700) < 20 for time in found.times)
    assert not landmarks("exp(-t / T) + 1 - t / T").times


def test_a_formulas_landmarks_know_its_constants():
    formula = parse_formula("1 if t < k else 0.5", names=("t", "k")).with_constants({"k": 77})
    assert math.isclose(formula.landmarks(T=10, lr=0.1, ticks=100).times[0], 77)
