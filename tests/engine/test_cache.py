"""Phases that ran before do not run again, and nobody can tell from the values."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy

import numpy as np
import pytest
from documents import METRIC, THREE_GROUPS, document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from tracked_strategies import documents_with_tracks
from training import read

import lrdesigner as lrd
from lrdesigner.engine import metrics
from lrdesigner.engine.cache import PhaseCache
from lrdesigner.engine.runner import CancelledError, Runner
from lrdesigner.engine.simulate import simulate

FOUR = document(
    phase("LinearLR", {"start_factor": 0.01}, length="1 epoch"),
    phase("CosineAnnealingLR", {"eta_min": 0.001}, length="2 epochs"),
    phase("ExponentialLR", {"gamma": 0.999}, length="1 epoch"),
    phase("PolynomialLR"),
    epochs=8,
    per_epoch=50,
    groups=THREE_GROUPS,
)


@pytest.fixture
def ran(monkeypatch):
    """The indices of the phases whose schedulers really ran."""
    found = []
    record = Runner._record

    def recording(self, item, *rest):
        found.append(item.segment.index)
        record(self, item, *rest)

    monkeypatch.setattr(Runner, "_record", recording)
    return found


def edited(data, index, **params):
    data = deepcopy(data)
    data["phases"][index]["params"].update(params)
    return data


def same(curve, data):
    """The same as without a cache."""
    wanted = lrd.simulate(read(data))
    for name in ("lr", "momentum", "beta2", "weight_decay"):
        found, plain = getattr(curve, name), getattr(wanted, name)
        assert (found is None) == (plain is None), name
        assert found is None or found.tobytes() == plain.tobytes(), name
    assert curve.bases == wanted.bases
    assert curve.track_bases == wanted.track_bases


@pytest.mark.parametrize("index", range(4))
def test_an_edit_runs_the_phases_from_there_on(ran, index):
    changes = [
        {"start_factor": 0.5},
        {"eta_min": 0.002},
        {"gamma": 0.998},
        {"power": 2.0},
    ]
    cache = PhaseCache()
    simulate(read(FOUR), cache=cache)
    assert ran == [0, 1, 2, 3]
    ran.clear()
    data = edited(FOUR, index, **changes[index])
    curve = simulate(read(data), cache=cache)
    # A warm-up ends at the base LR whatever it starts from: nothing after it moves.
    assert ran == ([0] if index == 0 else list(range(index, 4)))
    same(curve, data)


def test_undo_redo_and_any_state_seen_before_run_nothing(ran):
    states = [FOUR, edited(FOUR, 2, gamma=0.99), edited(FOUR, 1, eta_min=0.05)]
    cache = PhaseCache()
    first = [simulate(read(data), cache=cache) for data in states]
    ran.clear()
    for data, seen in zip(states * 2, first * 2, strict=True):
        again = simulate(read(data), cache=cache)
        assert again.lr is seen.lr  # not even copied
        same(again, data)
    ran_for_the_comparison = 2 * 3 * 4
    assert len(ran) == ran_for_the_comparison


def test_names_notes_and_order_of_keys_do_not_matter(ran):
    cache = PhaseCache()
    simulate(read(FOUR), cache=cache)
    ran.clear()
    data = deepcopy(FOUR) | {"name": "other", "notes": "x"}
    data["optimizer"]["groups"][0]["name"] = "stem"
    curve = simulate(read(data), cache=cache)
    assert ran == []
    assert curve.groups[0] == "stem"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["optimizer"]["groups"][0].update(lr=0.2),
        lambda data: data["optimizer"]["args"].update(momentum=0.5),
        lambda data: data["optimizer"].update(type="Adam", args={}),
        lambda data: data["phases"][0].update(length="2 epochs"),
        lambda data: data["phases"][0].update(interval="epoch"),
        lambda data: data["phases"][0]["params"].update(start_factor=0.02),
    ],
)
def test_whatever_may_matter_to_torch_matters(ran, change):
    cache = PhaseCache()
    data = document(
        phase("LinearLR", {"start_factor": 0.01}, length="1 epoch"),
        phase("OneCycleLR"),
        epochs=4,
        per_epoch=7,
        groups=[{"name": "a", "lr": 0.1}],
    )
    simulate(read(data), cache=cache)
    ran.clear()
    change(data)
    curve = simulate(read(data), cache=cache)
    assert 0 in ran
    same(curve, data)


def test_the_same_phase_twice_runs_once(ran):
    again = phase("CosineAnnealingLR", {"eta_min": 0.01}, length="1 epoch", start="base")
    data = document(again, again, again, epochs=3, per_epoch=40)
    curve = simulate(read(data), cache=PhaseCache())
    # The first starts with its constructor, the others as `SequentialLR` starts them.
    assert ran == [0, 1]
    same(curve, data)


def test_a_phase_that_moves_is_taken_along(ran):
    cycle = phase("CyclicLR", {"max_lr": 0.5, "step_size_up": 5}, start="base")
    data = document(phase("ConstantLR", length="10 steps"), cycle, epochs=1, per_epoch=500)
    cache = PhaseCache()
    data["phases"][1]["length"] = "300 steps"
    simulate(read(data), cache=cache)
    ran.clear()
    data["phases"][0]["length"] = "20 steps"
    curve = simulate(read(data), cache=cache)
    assert ran == [0]
    same(curve, data)
    assert curve.momentum is not None


def test_a_metric_decides_too(ran):
    data = document(phase("ReduceLROnPlateau", {"patience": 1}), epochs=11, metric=METRIC)
    cache = PhaseCache()
    simulate(read(data), cache=cache)
    ran.clear()
    data = deepcopy(data)
    data["metric"]["values"][-1] = 0.1
    same(simulate(read(data), cache=cache), data)
    assert ran[0] == 0


def test_a_metrics_formula_is_computed_once(monkeypatch):
    asked = []
    values = metrics._exact_values
    monkeypatch.setattr(metrics, "_exact_values", lambda *args: asked.append(1) or values(*args))
    data = document(phase("ReduceLROnPlateau"), epochs=50, metric={"formula": "exp(-t / 20)"})
    cache = PhaseCache()
    for factor in (0.1, 0.2, 0.3):
        simulate(read(edited(data, 0, factor=factor)), cache=cache)
    assert asked == [1]
    data["metric"] = {"formula": "exp(-t / 21)"}
    same(simulate(read(data), cache=cache), data)


def test_phases_done_before_a_cancelled_run_stopped_count(ran):
    cache = PhaseCache()
    calls = []

    def cancelled():
        calls.append(1)
        return 2 in ran

    with pytest.raises(CancelledError):
        simulate(read(FOUR), cache=cache, cancelled=cancelled)
    ran.clear()
    curve = simulate(read(FOUR), cache=cache)
    assert ran == [2, 3]
    same(curve, FOUR)


def test_a_device_has_values_of_its_own(ran):
    cache = PhaseCache()
    plain = simulate(read(FOUR), cache=cache)
    tensors = simulate(read(FOUR), device="cpu:0", cache=cache)
    assert ran == [0, 1, 2, 3] * 2
    assert not np.array_equal(plain.lr, tensors.lr)


def test_what_it_keeps_cannot_be_written_to():
    cache = PhaseCache()
    curve = simulate(read(FOUR), cache=cache)
    with pytest.raises(ValueError, match="read-only"):
        curve.lr[0, 0] = 1.0
    assert lrd.simulate(read(FOUR)).lr.flags.writeable


def test_it_keeps_no_more_than_it_may(ran):
    one = 3 * 400 * 8
    cache = PhaseCache(limit=3 * one)
    states = [edited(FOUR, 0, start_factor=0.01 * (k + 1)) for k in range(6)]
    for data in states:
        simulate(read(data), cache=cache)
        assert cache.size <= 3 * one
    ran.clear()
    simulate(read(states[-1]), cache=cache)
    simulate(read(states[-3]), cache=cache)
    assert ran == []
    simulate(read(states[0]), cache=cache)
    assert ran == [0]  # what comes after the warm-up is the same in all of them


def test_what_a_run_took_over_is_known_of_it_when_the_other_run_is_forgotten(ran):
    cache = PhaseCache(limit=int(1.5 * 3 * 400 * 8))  # one run and a half
    for power in (1.0, 2.0, 3.0, 4.0):
        data = edited(FOUR, 3, power=power)
        same(simulate(read(data), cache=cache), data)
        ran[:] = ran[:-4]  # the comparison's
    assert ran == [0, 1, 2, 3, 3, 3, 3]


def test_a_run_that_is_too_large_is_not_kept(ran):
    cache = PhaseCache(limit=1000)
    same(simulate(read(FOUR), cache=cache), FOUR)
    assert cache.size == 0


def test_zero_and_minus_zero_are_not_the_same():
    cache = PhaseCache()
    for text in ("0.0 * t", "-0.0 * t"):
        data = document(phase("LambdaLR", {"lr_lambda": text}))
        same(simulate(read(data), cache=cache), data)


EDITS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["start", "length", "interval", "base"]),
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(EDITS)
@settings(max_examples=2 * settings.default.max_examples)
def test_any_sequence_of_edits(moves):
    """Back and forth between a few values, so that much of it was seen before."""
    cache = PhaseCache(limit=100_000)
    data = document(
        phase("LinearLR", length="5 steps"),
        phase("CyclicLR", {"max_lr": 2.0, "step_size_up": 3}, length="1 epoch"),
        phase("StepLR", length="7 steps"),
        phase("SWALR", {"swa_lr": 0.03}),
        epochs=6,
        per_epoch=5,
        groups=deepcopy(THREE_GROUPS),
    )
    for index, what, value in moves:
        item = data["phases"][index]
        if what == "start":
            item["start"] = ["continue", "base"][value % 2]
        elif what == "length":
            item["length"] = ["3 steps", "1 epoch", "7 steps", "0 steps"][value]
        elif what == "interval":
            item["interval"] = ["step", "epoch"][value % 2]
        else:
            data["optimizer"]["groups"][value % 3]["lr"] = 0.1 + 0.1 * index
        same(simulate(read(data), cache=cache), data)


@given(st.lists(documents_with_tracks(), min_size=2, max_size=3))
def test_documents_with_tracks(found):
    cache = PhaseCache()
    for data in (*found, *found):
        with suppress(lrd.ScheduleError):
            same(simulate(read(data), cache=cache), data)
