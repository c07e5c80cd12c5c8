"""The drift of LRs that are float32 tensors."""

from __future__ import annotations

import numpy as np
import pytest
from documents import THREE_GROUPS, document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.engine.curve import Curve
from lrdesigner.engine.drift import drift

FLOAT32 = 2.0**-24


def both(*phases, **more):
    schedule = read(document(*phases, epochs=10, per_epoch=100, **more))
    return lrd.simulate(schedule, device="cpu:0"), lrd.simulate(schedule)


def test_closed_forms_are_off_by_a_rounding_and_recursions_drift():
    closed = drift(*both(phase("LambdaLR", {"lr_lambda": "1 - t / (2 * T)"})))
    assert 0 < np.abs(closed.relative).max() < 3 * FLOAT32
    recursive = drift(*both(phase("ExponentialLR", {"gamma": 0.999})))
    assert np.abs(recursive.relative).max() > 30 * FLOAT32
    # The further, the more.
    ends = np.abs(recursive.relative[0, [100, 999]])
    assert ends[1] > 3 * ends[0]


def test_it_is_the_difference_group_by_group():
    tensors, plain = both(phase("StepLR", {"step_size": 30, "gamma": 0.7}), groups=THREE_GROUPS)
    found = drift(tensors, plain)
    assert np.array_equal(found.absolute, tensors.lr - plain.lr)
    assert np.allclose(found.relative * plain.lr, found.absolute, rtol=1e-12, atol=0)
    group, step = found.worst
    assert abs(found.relative[group, step]) == np.abs(found.relative).max()
    # float32's own rounding of 0.1, from the very first step.
    assert found.absolute[0, 0] == float(np.float32(0.1)) - 0.1


def test_zeros():
    one = Curve(("a",), np.array([[0.0, 1e-9, 2.0, 2.0]]), None, 4)
    other = Curve(("a",), np.array([[0.0, 0.0, 1.0, 2.0]]), None, 4)
    found = drift(one, other)
    assert found.relative.tolist() == [[0.0, np.inf, 1.0, 0.0]]
    assert found.worst == (0, 2)


def test_only_runs_of_one_document_can_be_compared():
    one, _ = both(phase("ConstantLR"))
    other, _ = both(phase("ConstantLR"), groups=THREE_GROUPS)
    with pytest.raises(ValueError, match="different documents"):
        drift(one, other)


def test_a_run_is_no_drift_from_itself():
    _, plain = both(phase("CosineAnnealingLR"))
    found = drift(plain, plain)
    assert not found.absolute.any()
    assert not found.relative.any()
