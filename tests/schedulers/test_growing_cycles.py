"""More growing cycles than a formula has room for: how many there are, and what to do about it."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from documents import document, phase

import lrdesigner as lrd
from lrdesigner.engine.preview import preview
from lrdesigner.schedule.codec import loads

FAMILIES = {
    "keras_cosine_restarts": ("first_decay_steps", "t_mul", {}),
    "fairseq_cosine": ("lr_period_updates", "t_mult", {}),
    "cosine_restarts_decay": ("first_cycle_steps", "cycle_mult", {}),
    "ignite_cyclical": ("cycle_size", "cycle_mult", {"start_value": 0.1, "end_value": 0.01}),
}


def schedule(key, first, growth):
    length, factor, more = FAMILIES[key]
    only = phase(key, {length: first, factor: growth, **more})
    return loads(json.dumps(document(only, epochs=100, per_epoch=1000)))


def problem(key, first, growth):
    found = [p for p in lrd.check(schedule(key, first, growth)) if p.severity == "error"]
    return found[0] if found else None


@pytest.mark.parametrize("key", FAMILIES)
def test_it_says_how_many_there_are_and_what_to_do(key):
    length, factor, _ = FAMILIES[key]
    said = problem(key, 20, 1.05)
    assert said.param == length
    whole = (
        r"the phase has (\d+) cycles of different lengths, and a formula has room for about (\d+)"
    )
    found = re.fullmatch(whole, said.message)
    count, room = map(int, found.groups())
    assert 60 < count < 160
    assert 8 < room < 40
    assert said.fix == f"Raise {length} or {factor}, or set {factor} to 1."
    with pytest.raises(lrd.ScheduleError, match=whole):
        lrd.simulate(schedule(key, 20, 1.05))
    assert np.isfinite(preview(schedule(key, 20, 1.05)).lr).all()


@pytest.mark.parametrize("key", FAMILIES)
def test_what_it_says_to_do_helps(key):
    assert problem(key, 20, 1) is None
    assert problem(key, 20, 3) is None
    assert problem(key, 20_000, 1.05) is None


@pytest.mark.parametrize("key", FAMILIES)
def test_thousands_are_not_counted_to_the_end(key):
    said = problem(key, 2, 1.0001)
    assert "cycles of different lengths" in said.message
    if key not in ("keras_cosine_restarts", "fairseq_cosine"):  # 2 steps grow to 2, rounded down
        assert said.message.startswith("the phase has more than 10,000 cycles")
