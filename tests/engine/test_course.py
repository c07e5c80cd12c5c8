"""What is known of a phase is kept while others change; counted, not timed."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from documents import document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from training import read

from lrdesigner.engine import course
from lrdesigner.engine.preview import preview
from lrdesigner.schedule import edits, group_edits

PHASES = (
    phase("LinearLR", {"start_factor": 0.1}, length="10%"),
    phase("CosineAnnealingLR", {"eta_min": 0.01}, length="20%", start="base"),
    phase("wsd", {"warmup_steps": 10, "decay_steps": 100}, length="20%", start="base"),
    phase("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 7}, length="20%"),
    phase("ExponentialLR", {"gamma": 0.999}),
)


@pytest.fixture
def asked(monkeypatch):
    """The phases whose arguments are resolved, and whose values are computed."""
    found: list[int] = []
    real = course.stage

    def counted(schedule, segment, start):
        found.append(segment.index)
        return real(schedule, segment, start)

    course._kept.cache_clear()
    monkeypatch.setattr(course, "stage", counted)
    return found


def sample(per_epoch=50_000):
    return read(document(*PHASES, epochs=1, per_epoch=per_epoch))


def test_only_what_changes_is_asked_again(asked):
    schedule = sample()
    preview(schedule)
    assert asked == [0, 1, 2, 3, 4]
    asked.clear()
    preview(schedule)
    assert asked == []
    # The next phase starts anew, from the base LR.
    changed = edits.set_param(schedule, 1, "eta_min", 0.02)
    preview(changed)
    assert asked == [1]
    asked.clear()
    # A phase that goes on from where this one ends is another one now.
    preview(edits.set_param(changed, 3, "max_lr", 0.2))
    assert asked == [3, 4]
    asked.clear()
    preview(schedule)
    assert asked == []


def test_values_are_kept_too(asked, monkeypatch):
    computed = []
    real = course.stage_rows

    def counted(item, times, groups):
        computed.append((item.segment.index, len(times)))
        return real(item, times, groups)

    monkeypatch.setattr(course, "stage_rows", counted)
    schedule = sample()
    preview(schedule)
    computed.clear()
    preview(edits.set_param(schedule, 1, "eta_min", 0.02))
    assert {index for index, _ in computed} == {1}


def test_another_place_is_another_phase(asked):
    schedule = sample()
    preview(schedule)
    asked.clear()
    preview(edits.set_phase(schedule, 0, length="11%"))
    assert asked == [0, 1, 2, 3, 4]
    asked.clear()
    preview(group_edits.set_group(schedule, 0, lr=0.2))
    assert asked == [0, 1, 2, 3, 4]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.data())
@settings(max_examples=40, deadline=None)
def test_edits_at_random_give_what_a_fresh_look_gives(kinds, data):
    schedule = sample(2000)
    for kind in kinds:
        amount = data.draw(st.floats(0.001, 0.09))
        change = {
            0: lambda s, a: edits.set_param(s, 0, "start_factor", a),
            1: lambda s, a: edits.set_param(s, 1, "eta_min", a),
            2: lambda s, a: edits.set_param(s, 2, "decay_steps", int(a * 1000)),
            3: lambda s, a: edits.set_param(s, 3, "max_lr", 0.1 + a),
            4: lambda s, a: edits.set_param(s, 4, "gamma", 1 - a),
            5: lambda s, a: group_edits.set_group(s, 0, lr=a),
            6: lambda s, a: edits.set_phase(s, 1, length=f"{a * 100:.3f}%"),
            7: lambda s, a: edits.set_phase(s, 3, start="base" if a > 0.05 else "continue"),
            8: lambda s, a: edits.set_horizon(s, epochs=1 + int(a * 50)),
            9: lambda s, a: edits.set_param(s, 4, "gamma", -a),  # refused
        }[kind]
        schedule = change(schedule, amount)
        kept = preview(schedule, 300)
        course._kept.cache_clear()
        fresh = preview(schedule, 300)
        assert kept.errors == fresh.errors
        assert np.array_equal(kept.steps, fresh.steps)
        assert np.array_equal(kept.lr, fresh.lr)
        preview(schedule, 300)


def test_old_documents_do_not_stay_in_memory():
    course._kept.cache_clear()
    schedule = sample()
    watched = weakref.ref(schedule.optimizer)
    preview(schedule)
    del schedule
    gc.collect()
    assert course._kept.cache_info().currsize == 5
    assert watched() is None
