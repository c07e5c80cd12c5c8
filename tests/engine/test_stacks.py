"""Stacks (`with`) of everything that composes, as `ChainedScheduler` runs them."""

from __future__ import annotations

from itertools import product

import pytest
from documents import PARAMS, THREE_GROUPS, document, phase
from torch.optim.lr_scheduler import ChainedScheduler
from training import Training, check, check_resume, read

import lrdesigner as lrd

COSINE = [{}, {"T_max": 50}]
COMPOSABLE = {
    **{
        name: PARAMS[name]
        for name in (
            "MultiplicativeLR",
            "StepLR",
            "MultiStepLR",
            "ConstantLR",
            "LinearLR",
            "ExponentialLR",
            "PolynomialLR",
        )
    },
    "CosineAnnealingLR": COSINE,
}
PAIRS = list(product(COMPOSABLE, COMPOSABLE))


def stacked(*entries, **more):
    (name, params), *others = entries
    items = [{"scheduler": key, "params": values} for key, values in others]
    return phase(name, params, **{"with": items}, **more)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_pairs(a, b):
    for params_a, params_b in product(COMPOSABLE[a], COMPOSABLE[b]):
        for interval in ("step", "epoch"):
            what = stacked((a, params_a), (b, params_b), interval=interval)
            check(document(what, groups=THREE_GROUPS if interval == "epoch" else None))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_between_other_phases(a, b):
    what = stacked((a, COMPOSABLE[a][0]), (b, COMPOSABLE[b][-1]), length="9 steps")
    check(document(phase("LinearLR", length="4 steps"), what, phase("SWALR", length="5 steps")))
    check(document(what, phase("CosineAnnealingLR", {"eta_min": 0.01})))
    check(document(what))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_resume(a, b):
    what = stacked((a, COMPOSABLE[a][0]), (b, COMPOSABLE[b][-1]), length="11 steps")
    check_resume(document(what, phase("ExponentialLR")), every=4)
    check_resume(document({**what, "length": "rest"}), every=8)


def test_three_deep():
    what = stacked(*((name, COMPOSABLE[name][0]) for name in COMPOSABLE))
    check(document(what, groups=THREE_GROUPS))
    check_resume(document(what), every=5)


def test_a_stack_alone_is_torchs_own_object():
    what = stacked(("ExponentialLR", {"gamma": 0.9}), ("LinearLR", {}))
    assert type(Training(document(what)).scheduler) is ChainedScheduler


REFUSED = {
    "LambdaLR": {"lr_lambda": "1"},
    "CosineAnnealingWarmRestarts": {"T_0": 5},
    "CyclicLR": {"max_lr": 1.0, "cycle_momentum": False},
    "OneCycleLR": {"max_lr": 1.0, "cycle_momentum": False},
    "SWALR": {"swa_lr": 0.1},
    "ReduceLROnPlateau": {},
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("first", [True, False])
def test_what_does_not_compose_is_refused(name, first):
    """torch would let one erase the other, without a word (or fail on the plateau)."""
    entries = [(name, REFUSED[name]), ("ExponentialLR", {"gamma": 0.9})]
    data = document(stacked(*(entries if first else reversed(entries))), metric={"values": [1.0]})
    message = rf"^phases\[0\]\.with.*{name} does not compose"
    with pytest.raises(lrd.ScheduleError, match=message):
        lrd.simulate(read(data))


@pytest.mark.parametrize("params", [{"eta_min": 0.01}, {"T_max": 10}])
def test_a_cosine_that_does_not_compose_is_refused(params):
    data = document(stacked(("StepLR", {"step_size": 3}), ("CosineAnnealingLR", params)))
    with pytest.raises(lrd.ScheduleError, match=r"^phases\[0\]\.with: CosineAnnealingLR .*eta_min"):
        lrd.simulate(read(data))
