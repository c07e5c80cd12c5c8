"""What is drawn of a line: few points, all of them true, nothing that is seen left out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lrdesigner.gui.canvas.samples import Samples
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.picture.shapes import Frame, shapes, shapes_of

CLOSE = 0.03  # pixels, at four points to each


def line_of(values, *, joined=False, stretch=1.0, offset=0.0) -> Series:
    values = np.asarray(values, dtype=float)
    total = len(values) - 1 if joined else len(values)
    samples = Samples(values, total)
    return Series("x", "#000000", "#888888", 2.0, False, samples, stretch, 0, offset, joined)


def frame_of(line: Series, first=0.0, last=None, width=400.0) -> Frame:
    last = line.samples.total * line.stretch + line.offset if last is None else last
    scale = LrScale.fit([line.samples.extent], log=False)
    return Frame(50.0, 20.0, width, 200.0, first, last, scale)


def all_points(line: Series, frame: Frame, fine=4.0) -> tuple[np.ndarray, np.ndarray]:
    parts = shapes_of(line, frame, fine)
    return np.concatenate([p.xs for p in parts]), np.concatenate([p.ys for p in parts])


LEVELS = st.floats(0.0, 1.0).map(lambda value: round(value, 6))
ROWS = arrays(np.float64, st.integers(1, 3000), elements=LEVELS)


@given(values=ROWS)
def test_lowest_and_highest_are_never_lost(values):
    line = line_of(values)
    frame = frame_of(line)
    _, ys = all_points(line, frame)
    assert ys.min() == pytest.approx(frame.y(float(values.max())), abs=CLOSE)
    assert ys.max() == pytest.approx(frame.y(float(values.min())), abs=CLOSE)


@given(values=ROWS)
def test_every_point_of_a_line_lies_on_a_value(values):
    line = line_of(values)
    frame = frame_of(line, width=100.0)
    known = {round(frame.y(float(value)), 6) for value in values}
    for part in shapes_of(line, frame, 4.0):
        assert {round(y, 6) for y in part.ys.tolist()} <= known


@given(values=ROWS, first=st.floats(0, 0.8), share=st.floats(0.05, 1))
def test_nothing_leaves_the_plot(values, first, share):
    line = line_of(values)
    begin = first * len(values)
    frame = frame_of(line, begin, begin + max(1.0, share * (len(values) - begin)))
    parts = shapes_of(line, frame, 2.0)
    for part in parts:
        assert part.xs.min() >= frame.left - 1e-9
        assert part.xs.max() <= frame.right + 1e-9
        assert part.ys.min() >= frame.top - 1e-9
        assert part.ys.max() <= frame.bottom + 1e-9


@given(values=ROWS)
def test_a_line_has_no_gaps(values):
    line = line_of(values)
    frame = frame_of(line)
    parts = shapes_of(line, frame, 4.0)
    assert min(p.xs.min() for p in parts) == pytest.approx(frame.left)
    assert max(p.xs.max() for p in parts) == pytest.approx(frame.right)
    for one, other in pairwise(parts):
        assert other.xs.min() <= one.xs.max() + 1e-9


@given(
    values=arrays(np.float64, st.integers(400, 4000), elements=LEVELS, fill=LEVELS),
    seed=st.integers(0, 2**32),
    fine=st.sampled_from([1.0, 2.0, 4.0]),
)
def test_an_area_covers_all_it_stands_for(values, seed, fine):
    """Every value that was swung through lies between the area's upper and lower edge."""
    noise = np.random.default_rng(seed).random(len(values))
    line = line_of(np.where(noise > 0.5, values, noise))
    frame = frame_of(line, width=60.0)
    xs, ys = frame.points(*line.samples.window(0, len(values), int(60 * fine)))
    areas = [part for part in shapes_of(line, frame, fine) if part.area]
    assert areas
    for part in areas:
        turn = int(part.xs.argmax()) + 1
        inside = (xs >= part.xs.min()) & (xs <= part.xs.max())
        # A steep edge may stand a hair beside its place.
        near = [xs[inside] + shift for shift in np.linspace(-0.1, 0.1, 9)]
        upper, lower = part.xs[:turn], part.xs[turn:][::-1]
        top = np.min([np.interp(x, upper, part.ys[:turn]) for x in near], axis=0)
        bottom = np.max([np.interp(x, lower, part.ys[turn:][::-1]) for x in near], axis=0)
        assert (ys[inside] >= top - 0.1).all()
        assert (ys[inside] <= bottom + 0.1).all()


def test_fast_swings_are_areas_and_slow_ones_are_lines():
    t = np.arange(100_000)
    fast, slow = np.cos(t / 5), np.cos(t / 2000)
    for values, area in ((fast, True), (slow, False)):
        line = line_of(values + 1)
        assert any(part.area for part in shapes_of(line, frame_of(line), 4.0)) is area


def test_only_the_stretch_that_swings_is_an_area():
    t = np.arange(30_000)
    values = np.where((t > 10_000) & (t < 20_000), 1 + np.cos(t / 3), t / 30_000)
    line = line_of(values)
    frame = frame_of(line)
    parts = shapes_of(line, frame, 4.0)
    assert [part.area for part in parts] == [False, True, False]
    assert parts[1].xs.min() == pytest.approx(frame.x(10_000), abs=1)
    assert parts[1].xs.max() == pytest.approx(frame.x(20_000), abs=1)


def test_a_smooth_line_stays_where_it_is():
    values = 1 + np.cos(np.linspace(0, np.pi, 200_000))
    line = line_of(values)
    frame = frame_of(line)
    xs, ys = all_points(line, frame)
    assert len(xs) < 300
    steps = np.arange(200_000.0)
    true_x, true_y = frame.points(steps, values)
    assert np.abs(np.interp(true_x, xs, ys) - true_y).max() < CLOSE


def test_wide_steps_are_stairs():
    line = line_of([3.0, 1.0, 2.0])
    xs, ys = all_points(line, frame_of(line, width=300))
    assert len(xs) == 6
    assert xs.tolist() == [50, 150, 150, 250, 250, 350]
    assert ys[0] == ys[1] < ys[4] == ys[5] < ys[2] == ys[3]


def test_points_are_joined_where_they_are_points():
    line = line_of([3.0, 1.0, 2.0], joined=True)
    xs, _ = all_points(line, frame_of(line, width=300))
    assert xs.tolist() == [50, 200, 350]


def test_a_line_that_is_not_in_sight_is_not_drawn():
    line = line_of([1.0] * 10)
    assert shapes_of(line, frame_of(line, 10, 20), 4.0) == []
    late = line_of([1.0] * 10, offset=50)
    assert shapes_of(late, frame_of(late, 0, 40), 4.0) == []


def test_a_cut_line_ends_at_the_edges():
    line = line_of(np.arange(1000.0))
    frame = frame_of(line, 100.25, 200.75)
    xs, ys = all_points(line, frame)
    assert (xs[0], xs[-1]) == (frame.left, frame.right)
    assert ys[0] == pytest.approx(frame.y(100.25))
    assert ys[-1] == pytest.approx(frame.y(200.75))


def test_many_lines_share_the_points_a_file_may_have():
    t = np.linspace(0, 2 * np.pi * 190, 100_000)
    lines = [line_of(2 + np.cos(t + phase) * np.cos(t / 300)) for phase in range(20)]
    framed = [(line, frame_of(line, width=800)) for line in lines]
    together = sum(len(p.xs) for parts in shapes(framed) for p in parts)
    alone = sum(len(p.xs) for p in shapes(framed[:1])[0])
    assert together < 20 * alone / 2
