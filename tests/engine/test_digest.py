"""Extremes of a row, and of its blocks, computed once."""

from __future__ import annotations

import numpy as np
import pytest

from lrdesigner.engine.digest import LEAST_BLOCK, Digest

VALUES = np.random.default_rng(4).normal(size=1003)


def test_extremes_of_all():
    digest = Digest(VALUES)
    assert (digest.low, digest.high) == (VALUES.min(), VALUES.max())
    assert digest.positive == VALUES[VALUES > 0].min()
    assert digest.peak == VALUES.argmax()
    assert digest.crest == VALUES.argmax()


def test_the_crest_is_the_first_step_at_the_peak_but_for_rounding():
    digest = Digest(np.array([0.0, 0.1, 0.0, 0.1 * (1 + 2**-50)]))
    assert (digest.peak, digest.crest) == (3, 1)
    assert Digest(np.array([-2.0, -1.0])).crest == 1


@pytest.mark.parametrize("size", [16, 32, 64, 512, 1024])
def test_extremes_of_blocks_of_which_the_last_is_shorter(size):
    low, high = Digest(VALUES).blocks(size)
    parts = [VALUES[start : start + size] for start in range(0, len(VALUES), size)]
    assert low.tolist() == [part.min() for part in parts]
    assert high.tolist() == [part.max() for part in parts]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([np.nan, 0.0, 2.0, np.inf], (0.0, 2.0, 2.0)),
        ([-1.0, -3.0], (-3.0, -1.0, np.inf)),
        ([np.nan], (0.0, 0.0, np.inf)),
        ([1e308, 1.7e308], (1e308, 1.7e308, 1e308)),
    ],
)
def test_what_is_not_finite_does_not_count(values, found):
    digest = Digest(np.array(values))
    assert (digest.low, digest.high, digest.positive) == found


def test_prepared_nothing_is_computed_any_more():
    values = VALUES.copy()
    digest = Digest(values)
    digest.prepare()
    values[:] = 7.0  # what is computed from now on would show it
    assert (digest.low, digest.high, digest.peak) == (VALUES.min(), VALUES.max(), VALUES.argmax())
    assert digest.positive == VALUES[VALUES > 0].min()
    size = LEAST_BLOCK
    while size <= len(values):
        low, high = digest.blocks(size)
        assert low.min() == VALUES.min()
        assert high.max() == VALUES.max()
        size *= 2
