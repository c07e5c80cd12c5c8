"""Thumbnails show what each scheduler does."""

from __future__ import annotations

import pytest

from lrdesigner.catalog import schedulers
from lrdesigner.gui.palette.shapes import POINTS, shape


@pytest.mark.parametrize("key", schedulers().keys())
def test_every_scheduler_has_a_shape_inside_its_box(key):
    points = shape(key)
    assert len(points) == POINTS
    assert points[0][0] == 0.0
    assert points[-1][0] == 1.0
    assert all(0.0 <= y <= 1.0 for _, y in points)
    flat = {y for _, y in points} == {0.5}
    assert flat == (key in ("ConstantLR", "frozen"))


def heights(key: str) -> list[float]:
    return [y for _, y in shape(key)]


def test_shapes_are_those_of_the_schedulers():
    rising = heights("LinearLR")
    assert rising == sorted(rising)
    for key in ("StepLR", "ExponentialLR", "CosineAnnealingLR", "ReduceLROnPlateau"):
        falling = heights(key)
        assert falling == sorted(falling, reverse=True)
        assert falling[0] == 1.0
    assert len(set(heights("StepLR"))) < 10  # a staircase
    cycle = heights("OneCycleLR")
    assert 0 < cycle.index(1.0) < POINTS // 2
    assert heights("CyclicLR").count(1.0) > 1
