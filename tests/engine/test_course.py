"""What is known of a phase is kept while others change; counted, not timed."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from documents import document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from training import read

from lrdesigner.engine import course
from lrdesigner.engine.plan import Part, stage
from lrdesigner.engine.preview import preview
from lrdesigner.engine.segments import segments
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


def test_another_optimizer_is_another_question():
    """CyclicLR cycles momentum, which Adagrad has not."""
    cyclic = phase("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1})
    schedule = read(document(cyclic, epochs=1, per_epoch=100))
    assert not preview(schedule).errors
    other = schedule.replace(optimizer=schedule.optimizer.replace(type="Adagrad", args={}))
    assert "cycle_momentum" in preview(other).errors[0]
    assert not preview(schedule).errors


def test_another_length_of_the_epoch_is_another_question(asked):
    by_epoch = phase("ExponentialLR", {"gamma": 0.5}, interval="epoch")
    schedule = read(document(by_epoch, epochs=4, per_epoch=6))
    longer = edits.set_horizon(schedule, epochs=2, steps_per_epoch=12)
    assert preview(schedule).lr[0, 6] == 0.05
    assert preview(longer).lr[0, 6] == 0.1
    assert asked == [0, 0]


def test_a_plateau_hangs_on_the_metric():
    plateau = phase("ReduceLROnPlateau", {"patience": 0, "factor": 0.5})
    levels, first = [], None
    for values in ([1.0, 0.9, 0.8, 0.7], [1.0, 1.0, 1.0, 1.0]):
        data = document(plateau, epochs=4, per_epoch=6, metric={"values": values})
        schedule = read(data)
        if first is not None:  # the very same phase
            schedule = schedule.replace(phases=first.phases)
        first = schedule
        levels.append(preview(schedule).lr[0, -1])
    assert levels[0] == 0.1
    assert levels[1] < 0.1


def test_long_answers_are_not_kept(monkeypatch):
    schedule = read(document(phase("CosineAnnealingLR"), epochs=1, per_epoch=10**6))
    course._kept.cache_clear()
    found = []
    real = course._kept

    def seen(question):
        found.append(real(question))
        return found[-1]

    monkeypatch.setattr(course, "_kept", seen)
    preview(schedule, 1000)
    assert found[-1].telling is not None
    assert found[-1].drawn is not None
    course_of_it = found[-1]
    course_of_it.telling = course_of_it.drawn = None
    preview(schedule, 50_000)
    assert found[-1] is course_of_it
    assert course_of_it.telling is None
    assert course_of_it.drawn is None


def test_many_threads_see_the_same():
    documents = [edits.set_param(sample(5000), 1, "eta_min", 0.001 * k) for k in range(1, 9)]
    course._kept.cache_clear()
    wanted = [preview(each, 500).lr.tobytes() for each in documents]
    course._kept.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: preview(each, 500).lr.tobytes(), documents * 5))
    assert found == wanted * 5


def test_no_part_waits_for_another_that_reads_its_formula():
    """Before Python 3.12 `cached_property` has one lock for all of them."""
    schedule = sample(100)
    item = stage(schedule, segments(schedule)[0], (0.1,)).parts[0]
    began, go = Event(), Event()
    calls = []

    def slow(args):
        calls.append(args)
        began.set()
        assert go.wait(30)
        return item.call

    slow_part = Part(replace(item.spec, realise=slow), item.args)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lambda: slow_part.call)
        assert began.wait(30)
        second = pool.submit(lambda: Part(item.spec, item.args).call)
        try:
            assert second.result(timeout=10) == item.call
        finally:
            go.set()
        assert first.result() is slow_part.call
    assert len(calls) == 1
