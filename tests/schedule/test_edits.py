"""Pure edits: what they change, what they leave alone, and what always holds afterwards."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.schedule import edits, group_edits
from lrdesigner.schedule.codec import dumps, loads
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Group, Horizon, OptimizerSpec, Phase, Schedule
from lrdesigner.schedule.units import Length, spans


def make(*lengths: str, epochs: int = 10, per_epoch: int = 100) -> Schedule:
    phases = tuple(
        Phase(scheduler="ExponentialLR", length=length, params={"gamma": 0.99})
        for length in lengths
    )
    return Schedule(horizon=Horizon(epochs=epochs, steps_per_epoch=per_epoch), phases=phases)


def lengths(schedule: Schedule) -> list[str]:
    return [phase.length for phase in schedule.phases]


def places(schedule: Schedule) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans(schedule)]


def test_first_drop_takes_the_whole_run():
    after, index = edits.insert_scheduler(make(), "CosineAnnealingLR", 700)
    assert (index, lengths(after)) == (0, ["rest"])


def test_drop_in_the_free_end_takes_the_rest():
    after, index = edits.insert_scheduler(make("3 epochs"), "CosineAnnealingLR", 800)
    assert (index, places(after)) == (1, [(0, 300), (300, 1000)])


def test_a_warm_up_dropped_on_the_left_goes_first_and_takes_a_tenth():
    after, index = edits.insert_scheduler(make("rest"), "LinearLR", 10)
    assert (index, after.phases[0].scheduler) == (0, "LinearLR")
    assert places(after) == [(0, 100), (100, 1000)]


def test_a_drop_on_the_right_half_goes_after_and_shares_the_time():
    after, index = edits.insert_scheduler(make("4 epochs", "6 epochs"), "StepLR", 350)
    assert (index, after.phases[1].scheduler) == (1, "StepLR")
    assert places(after) == [(0, 200), (200, 400), (400, 1000)]


@pytest.mark.parametrize(
    ("before", "epochs", "per_epoch", "key", "after"),
    [
        # Of a single epoch nobody writes a quarter, but steps.
        (["rest"], 1, 1000, "LinearLR", ["100 steps", "rest"]),
        (["rest"], 1, 1000, "StepLR", ["500 steps", "rest"]),
        (["1 epoch"], 1, 1000, "StepLR", ["500 steps", "500 steps"]),
        (["400 steps", "rest"], 1, 1000, "StepLR", ["200 steps", "200 steps", "rest"]),
        (["50%", "rest"], 1, 1000, "StepLR", ["25%", "25%", "rest"]),
        # Of several, whole ones where the time can be shared so, and a half of what is left.
        (["rest"], 10, 100, "LinearLR", ["1 epoch", "rest"]),
        (["rest"], 3, 100, "LinearLR", ["30 steps", "rest"]),
        (["3 epochs", "rest"], 5, 100, "StepLR", ["1 epoch", "2 epochs", "rest"]),
        (["1.5 epochs", "rest"], 5, 100, "StepLR", ["75 steps", "75 steps", "rest"]),
        (["3 epochs", "rest"], 5, 100, "LinearLR", ["50 steps", "2.5 epochs", "rest"]),
        (["3 epochs", "rest"], 5, 1251, "LinearLR", ["625 steps", "3128 steps", "rest"]),
    ],
)
def test_a_dropped_phase_says_its_length_as_people_do(before, epochs, per_epoch, key, after):
    start = make(*before, epochs=epochs, per_epoch=per_epoch)
    assert lengths(edits.insert_scheduler(start, key, 1)[0]) == after


def test_copies_and_ends_within_a_single_epoch_are_in_steps():
    start = make("rest", epochs=1, per_epoch=1000)
    assert lengths(edits.duplicate_phase(start, 0)) == ["rest", "500 steps"]
    assert lengths(edits.resize(start, 0, 250)) == ["250 steps"]
    assert lengths(edits.duplicate_phase(make("1 epoch", epochs=1), 0)) == ["50 steps", "50 steps"]
    assert lengths(edits.duplicate_phase(make("3 epochs"), 0)) == ["1.5 epochs", "1.5 epochs"]


@pytest.mark.parametrize("key", schedulers().keys())
@pytest.mark.parametrize("step", [0, 450, 999])
def test_every_scheduler_dropped_anywhere_runs_at_once(key, step):
    start = make("5 epochs", "rest")
    after, index = edits.insert_scheduler(start, key, step)
    assert after.phases[index].scheduler == key
    assert not preview(after).errors
    assert places(after)[-1][1] == 1000


def test_a_plateau_brings_a_metric_and_steps_per_epoch():
    after, index = edits.insert_scheduler(make("rest"), "ReduceLROnPlateau", 999)
    assert after.metric is not None
    assert after.phases[index].interval == "epoch"


def test_in_the_middle_absolute_bounds_follow_the_lr_reached():
    after, index = edits.insert_scheduler(make("5 epochs", "rest"), "OneCycleLR", 600)
    assert index == 1
    assert after.phases[1].params["div_factor"] is None
    first, _ = edits.insert_scheduler(make(), "OneCycleLR", 0)
    assert "div_factor" not in first.phases[0].params


def test_after_a_decay_to_zero_a_cycle_starts_by_torchs_factor():
    start = Schedule(
        horizon=Horizon(epochs=10, steps_per_epoch=100),
        phases=(Phase(scheduler="CosineAnnealingLR", length="5 epochs"),),
    )
    after, index = edits.insert_scheduler(start, "OneCycleLR", 900)
    assert "div_factor" not in after.phases[index].params
    assert not preview(after).errors


def test_resize_trades_time_with_the_neighbour_and_keeps_units():
    after = edits.resize(make("2 epochs", "300 steps", "rest"), 0, 350)
    assert lengths(after) == ["3.5 epochs", "150 steps", "rest"]
    after = edits.resize(make("20%", "rest"), 0, 500)
    assert lengths(after) == ["50%", "rest"]
    after = edits.resize(make("rest", "4 epochs"), 0, 700)
    assert lengths(after) == ["rest", "3 epochs"]


def test_resize_leaves_every_phase_a_step():
    after = edits.resize(make("2 epochs", "3 epochs", "rest"), 0, 5000)
    assert places(after) == [(0, 499), (499, 500), (500, 1000)]
    after = edits.resize(make("2 epochs", "rest"), 0, -50)
    assert places(after) == [(0, 1), (1, 1000)]


def test_the_last_end_moves_freely_and_becomes_the_rest_at_the_horizon():
    after = edits.resize(make("2 epochs", "rest"), 1, 600)
    assert places(after) == [(0, 200), (200, 600)]
    assert lengths(edits.resize(after, 1, 1000)) == ["2 epochs", "rest"]


def test_move_remove_duplicate():
    start = make("1 epoch", "2 epochs", "rest")
    assert lengths(edits.move_phase(start, 0, 2)) == ["2 epochs", "rest", "1 epoch"]
    assert lengths(edits.remove_phase(start, 1)) == ["1 epoch", "rest"]
    twice = edits.duplicate_phase(start, 1)
    assert places(twice) == [(0, 100), (100, 200), (200, 300), (300, 1000)]
    assert twice.phases[1].params == twice.phases[2].params
    rest = edits.duplicate_phase(start, 2)
    assert [Length.parse(text).unit for text in lengths(rest)].count("rest") == 1


def test_set_param_changes_removes_and_refuses():
    start = make("rest")
    assert edits.set_param(start, 0, "gamma", 0.5).phases[0].params == {"gamma": 0.5}
    assert edits.set_param(start, 0, "gamma", edits.ABSENT).phases[0].params == {}
    with pytest.raises(DocumentError, match=r"gamma must be a number 0 or greater, not 'x'"):
        edits.set_param(start, 0, "gamma", "x")
    assert start.phases[0].params == {"gamma": 0.99}


def test_stack_and_unstack():
    stacked = edits.stack(make("rest"), 0, "LinearLR")
    assert [item.scheduler for item in stacked.phases[0].with_] == ["LinearLR"]
    changed = edits.set_param(stacked, 0, "end_factor", 0.5, stacked=0)
    assert changed.phases[0].with_[0].params["end_factor"] == 0.5
    assert edits.unstack(changed, 0, 0).phases[0].with_ == ()


def test_documents_cannot_be_changed_in_place():
    start = make("rest")
    with pytest.raises(TypeError, match="edited copy"):
        start.phases[0].params["gamma"] = 1  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        start.name = "x"


def test_changing_the_optimizer_drops_what_the_new_one_lacks():
    start = Schedule(
        optimizer=OptimizerSpec(
            type="SGD",
            args={"momentum": 0.9, "weight_decay": 1e-4},
            groups=(Group(name="a", lr=0.1, momentum=0.8, note="mine"),),
        )
    )
    after = group_edits.set_optimizer_type(start, "AdamW").optimizer
    assert (after.type, dict(after.args)) == ("AdamW", {"weight_decay": 1e-4})
    assert dict(after.groups[0].overrides) == {"note": "mine"}


def test_groups_come_and_go_with_their_per_group_values():
    start = Schedule(
        optimizer=OptimizerSpec(groups=(Group(name="a", lr=0.1), Group(name="b", lr=0.2))),
        phases=(Phase(scheduler="CyclicLR", params={"max_lr": [1.0, 2.0], "mode": "triangular"}),),
    )
    more = group_edits.add_group(start)
    assert [group.name for group in more.optimizer.groups] == ["a", "b", "group 3"]
    assert more.phases[0].params["max_lr"] == (1.0, 2.0, 2.0)
    less = group_edits.remove_group(more, 0)
    assert less.phases[0].params["max_lr"] == (2.0, 2.0)
    one = group_edits.remove_group(group_edits.remove_group(less, 0), 0)
    assert len(one.optimizer.groups) == 1  # the last one stays


EDITS: list[Any] = [
    lambda s, a, b: edits.insert_scheduler(s, schedulers().keys()[a % len(schedulers())], b)[0],
    lambda s, a, b: edits.remove_phase(s, a % len(s.phases)) if s.phases else s,
    lambda s, a, b: edits.duplicate_phase(s, a % len(s.phases)) if s.phases else s,
    lambda s, a, b: edits.move_phase(s, a % len(s.phases), b % len(s.phases)) if s.phases else s,
    lambda s, a, b: edits.resize(s, a % len(s.phases), b) if s.phases else s,
    lambda s, a, b: edits.set_horizon(s, epochs=1 + a % 30, steps_per_epoch=1 + b % 50),
    lambda s, a, b: group_edits.add_group(s),
    lambda s, a, b: group_edits.remove_group(s, a % len(s.optimizer.groups)),
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 40), st.integers(0, 1200)), max_size=12
    )
)
def test_any_sequence_of_edits_leaves_a_sound_document(sequence):
    schedule = make("2 epochs", "rest")
    for edit, a, b in sequence:
        before = dumps(schedule)
        after = edit(schedule, a, b)
        assert dumps(schedule) == before
        schedule = after
    assert loads(dumps(schedule)) == schedule
    found = places(schedule)
    assert all(start <= end for start, end in found)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    preview(schedule, points=50)


def test_edits_keep_keys_they_do_not_know():
    start = Schedule.model_validate(
        {
            "optimizer": {
                "type": "SGD",
                "args": {"momentum": 0.9, "foreach": True, "mine": 1},
                "backend": "x",
            },
            "metric": {"values": (1.0,), "unit": "nats"},
        }
    )
    changed = edits.set_metric(start, edits.DEFAULT_METRIC)
    assert changed.metric.model_extra == {"unit": "nats"}
    other = group_edits.set_optimizer_type(start, "AdamW").optimizer
    assert dict(other.args) == {"foreach": True, "mine": 1}
    assert other.model_extra == {"backend": "x"}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("phases", {"phases": [{"scheduler": "StepLR", "length": "1 step"}] * 1001}),
        (
            "optimizer.groups",
            {"optimizer": {"groups": [{"name": str(i), "lr": 1} for i in range(257)]}},
        ),
        (
            "phases[0].with",
            {"phases": [{"scheduler": "StepLR", "with": [{"scheduler": "StepLR"}] * 17}]},
        ),
    ],
)
def test_more_than_anybody_needs_is_refused(path, data):
    text = json.dumps({"format": "lrdesigner", "version": 1, **data})
    with pytest.raises(DocumentError, match=rf"^{re.escape(path)}: has more than [\d,]+ entries"):
        loads(text)
