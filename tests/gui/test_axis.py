"""The shared time axis."""

from __future__ import annotations

import pytest

from lrdesigner.gui.axis import MIN_SPAN, TimeAxis


@pytest.fixture
def axis(qapp):
    axis = TimeAxis()
    axis.set_total(1000)
    axis.fit()
    axis.set_pixels(50, 550)
    return axis


def test_steps_and_pixels_are_inverse(axis):
    assert axis.x_of(0) == 50
    assert axis.x_of(1000) == 550
    assert axis.step_at(axis.x_of(123.5)) == pytest.approx(123.5)


def test_zoom_keeps_the_anchor_where_it_is(axis):
    x = axis.x_of(400)
    axis.zoom(0.5, 400)
    assert axis.x_of(400) == pytest.approx(x)
    assert axis.range == (200.0, 700.0)


def test_the_view_stays_inside_the_run(axis):
    axis.zoom(0.5, 500)
    axis.pan(-10_000)
    assert axis.range == (0.0, 500.0)
    axis.pan(10_000)
    assert axis.range == (500.0, 1000.0)
    axis.zoom(100, 0)
    assert axis.range == (0.0, 1000.0)
    axis.zoom(1e-9, 500)
    assert axis.range[1] - axis.range[0] == MIN_SPAN


def test_changes_are_announced_once(axis, qtbot):
    with qtbot.assertNotEmitted(axis.changed):
        axis.fit()
        axis.set_pixels(50, 550)
    with qtbot.waitSignal(axis.changed):
        axis.pan(1) if not axis.fitted else axis.set_range(0, 500)


def test_overlays_beside_the_run_can_be_looked_at(axis):
    axis.set_reach(-200.0, 1500.0)
    assert axis.range == (0.0, 1000.0)  # nothing moves by itself
    assert axis.fitted
    assert not axis.whole
    axis.fit_all()
    assert axis.range == (-200.0, 1500.0)
    assert axis.whole
    axis.pan(10_000)
    assert axis.range == (-200.0, 1500.0)
    axis.fit()
    assert axis.range == (0.0, 1000.0)
    axis.pan(-100)
    assert axis.range == (-100.0, 900.0)
    axis.set_reach(0.0, 0.0)  # they are gone
    assert axis.range == (0.0, 1000.0)


def test_on_the_way_out_the_run_is_a_stop(axis):
    axis.set_reach(-500.0, 3000.0)
    axis.set_range(300, 600)
    ranges = []
    for _ in range(12):
        axis.zoom(1.5, 400)
        ranges.append(axis.range)
    assert (0.0, 1000.0) in ranges
    assert ranges[-1] == (-500.0, 3000.0)


def test_seen_with_its_surroundings_a_run_keeps_them_when_its_length_changes(axis):
    axis.set_reach(-500.0, 3000.0)
    axis.set_range(-100, 1200)
    axis.set_total(2000)
    assert axis.range == (-100.0, 2200.0)
    assert axis.near(-250.4) == -250
    assert axis.near(9e9) == 2999
