"""Every class alone: simulate and build against plain torch."""

from __future__ import annotations

import pytest
from documents import NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from training import check, check_resume

SETS = [
    pytest.param(name, params, id=f"{name}-{index}")
    for name in NAMES
    for index, params in enumerate(PARAMS[name])
]
LISTS = [
    pytest.param(name, params, id=f"{name}-{index}")
    for name in NAMES  # the classes of torch; families have tests of their own
    for index, params in enumerate(PER_GROUP.get(name, []))
]
INTERVALS = ["step", "epoch"]


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize(("name", "params"), SETS)
def test_one_group(name, params, interval):
    check(document(phase(name, params, interval=interval)))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize(("name", "params"), SETS + LISTS)
def test_three_groups(name, params, interval):
    check(document(phase(name, params, interval=interval), groups=THREE_GROUPS))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("length", ["1 step", "7 steps", "4 epochs", "50%", "2.5 epochs"])
@pytest.mark.parametrize("name", NAMES)
def test_hold_after_it(name, length, interval):
    for params in PARAMS[name]:
        check(document(phase(name, params, length=length, interval=interval)))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("name", NAMES)
def test_cut_by_the_horizon(name, interval):
    """Durations follow the length as written, not the part of it that fits."""
    for params in PARAMS[name]:
        check(document(phase(name, params, length="31 steps", interval=interval)))


@pytest.mark.parametrize(("epochs", "per_epoch"), [(1, 1), (1, 2), (2, 1), (1, 13), (13, 1)])
@pytest.mark.parametrize("name", NAMES)
def test_short_horizons(name, epochs, per_epoch):
    for interval in INTERVALS:
        for params in PARAMS[name]:
            what = phase(name, params, interval=interval)
            check(document(what, epochs=epochs, per_epoch=per_epoch))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize(("name", "params"), SETS)
def test_resume(name, params, interval):
    what = phase(name, params, interval=interval, length="5.5 epochs")
    check_resume(document(what))


@pytest.mark.parametrize(("name", "params"), LISTS)
def test_resume_with_lists(name, params):
    check_resume(document(phase(name, params), groups=THREE_GROUPS), every=5)
