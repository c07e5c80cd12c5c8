"""Two phases, every pair of classes, both orders: simulate and build against plain torch."""

from __future__ import annotations

from itertools import product

import plain_torch
import pytest
from documents import NAMES, PARAMS, THREE_GROUPS, document, phase
from training import check, check_resume, read

import lrdesigner as lrd

PAIRS = [pytest.param(a, b, id=f"{a}-{b}") for a in NAMES for b in NAMES]
# First length, second length and the intervals: aligned to epochs of 3 steps, and not.
LAYOUTS = {
    "steps": ("9 steps", "rest", "step", "step"),
    "steps, unaligned, held": ("7 steps", "8 steps", "step", "step"),
    "steps, cut": ("10 steps", "40 steps", "step", "step"),
    "epochs": ("4 epochs", "rest", "epoch", "epoch"),
    "epochs, held": ("3 epochs", "3 epochs", "epoch", "epoch"),
    "epochs, unaligned": ("10 steps", "rest", "epoch", "epoch"),
    "epochs, unaligned, held": ("8 steps", "9 steps", "epoch", "epoch"),
    "steps, then epochs": ("3 epochs", "rest", "step", "epoch"),
    "steps, then epochs, unaligned": ("10 steps", "11 steps", "step", "epoch"),
    "epochs, then steps": ("4 epochs", "rest", "epoch", "step"),
    "epochs, then steps, unaligned": ("10 steps", "10 steps", "epoch", "step"),
    "a moment": ("1 step", "1 step", "epoch", "step"),
}


def pair(first, second, layout, start="continue", **more):
    lengths, intervals = LAYOUTS[layout][:2], LAYOUTS[layout][2:]
    name_a, params_a = first
    name_b, params_b = second
    return document(
        phase(name_a, params_a, length=lengths[0], interval=intervals[0]),
        phase(name_b, params_b, length=lengths[1], interval=intervals[1], start=start),
        **more,
    )


def check_or_refuse(data):
    """The same numbers; or a refusal by simulate and build alike, naming phase and parameter."""
    try:
        plain_torch.run(data)
    except plain_torch.RefusedError as error:
        with pytest.raises(lrd.ScheduleError, match=rf"^phases\[1\] \(.*\): {error}"):
            lrd.simulate(read(data))
        with pytest.raises(lrd.ScheduleError, match=rf"^phases\[1\] \(.*\): {error}"):
            read(data).build(plain_torch.optimizer(data))
    else:
        check(data)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_pairs(a, b):
    for place, (layout, start) in enumerate(product(LAYOUTS, ("continue", "base"))):
        # Each layout sees other parameters, so that all of them meet without all combinations.
        first = (a, PARAMS[a][place % len(PARAMS[a])])
        second = (b, PARAMS[b][(place // 2 + place) % len(PARAMS[b])])
        groups = THREE_GROUPS if place % 3 == 1 else None
        check_or_refuse(pair(first, second, layout, start, groups=groups))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_every_parameter_set_after_the_other(a, b):
    for params_a, params_b in product(PARAMS[a], PARAMS[b]):
        check_or_refuse(pair((a, params_a), (b, params_b), "steps"))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_resume(a, b):
    """Stopped at any step: PhasedLR and SequentialLR, per step and per epoch."""
    index = (NAMES.index(a) + NAMES.index(b)) % 2
    first, second = (a, PARAMS[a][0]), (b, PARAMS[b][index % len(PARAMS[b])])
    for layout in ("steps, unaligned, held", "epochs", "epochs, then steps, unaligned"):
        data = pair(first, second, layout, groups=THREE_GROUPS if index else None)
        try:
            plain_torch.run(data)
        except plain_torch.RefusedError:
            continue
        check_resume(data, every=4)
