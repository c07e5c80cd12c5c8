"""What a drop of CosineAnnealingWarmRestarts starts with."""

from __future__ import annotations

import pytest

from lrdesigner.catalog import schedulers


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 99, 31_275, 100_001])
def test_no_cycle_begins_in_the_last_steps(length):
    first = schedulers()["CosineAnnealingWarmRestarts"].starter_for(length, 0.1)["T_0"]
    assert first >= 1
    assert (length - 1) // first < 4
