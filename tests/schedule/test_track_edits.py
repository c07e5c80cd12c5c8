"""Edits of tracks, and of groups that have tracks: lists fit, names fit, curves stay."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from documents import THREE_GROUPS, document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from tracked_documents import ADAMW, COSINE, DOCUMENTS, QUANTITIES, RISE, TWO, track, tracked
from tracked_strategies import documents_with_tracks

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.schedule import group_edits, track_edits, tracks
from lrdesigner.schedule.model import Schedule


def read(data: dict[str, Any]) -> Schedule:
    return lrd.loads(json.dumps(data))


def names_of(schedule: Schedule, index: int | None) -> list[str]:
    groups = schedule.optimizer.groups
    return [groups[place].name for place in tracks.group_indices(schedule, index)]


def same_curve(one: Schedule, other: Schedule) -> None:
    """Every quantity of every step, bit for bit; one that nothing changes may be missing."""
    mine, others = lrd.simulate(one), lrd.simulate(other)
    assert mine.lr.tobytes() == others.lr.tobytes()
    for quantity in QUANTITIES[1:]:
        a, b = mine.values(quantity), others.values(quantity)
        assert (a is None) == (b is None)
        assert a is None or a.tobytes() == b.tobytes()


def lists(schedule: Schedule) -> dict[int | None, list[dict[str, Any]]]:
    """For each sequence of phases that drives groups: its lists, as values by group."""
    found: dict[int | None, list[dict[str, Any]]] = {}
    for index in (None, *range(len(schedule.tracks))):
        names = names_of(schedule, index)
        for item in tracks.phases_of(schedule, index) if names else ():
            for key, value in item.params.items():
                declared = schedulers()[item.scheduler].param(key)
                if declared is not None and declared.per_group and isinstance(value, tuple):
                    values = dict(zip(names, value, strict=True))  # the length fits
                    found.setdefault(index, []).append(values)
    return found


# -- splitting off and joining ---------------------------------------------------------------------


@given(documents_with_tracks(), st.data())
@settings(max_examples=40)
def test_split_off_groups_keep_their_curve(data, draws):
    schedule = read(data)
    own = names_of(schedule, None)
    if len(own) < 2:
        return
    leaving = draws.draw(
        st.lists(st.sampled_from(own), min_size=1, max_size=len(own) - 1, unique=True)
    )
    split, index = track_edits.split_off(schedule, tuple(leaving))
    assert set(names_of(split, index)) == set(leaving)
    assert names_of(split, None) == [name for name in own if name not in leaving]
    assert index == len(schedule.tracks)
    same_curve(split, schedule)
    assert track_edits.join_main(split, index) == schedule


@pytest.mark.parametrize("name", ["CyclicLR", "OneCycleLR", "LambdaLR", "ReduceLROnPlateau"])
def test_split_off_groups_take_their_values_of_lists_along(name):
    from documents import PER_GROUP

    for params in PER_GROUP[name]:
        warm_up = phase("ExponentialLR", length="4 steps")
        schedule = read(document(warm_up, phase(name, params), groups=THREE_GROUPS))
        for leaving in (("neck",), ("backbone", "head")):
            split, index = track_edits.split_off(schedule, leaving)
            same_curve(split, schedule)
            whole = {
                key: value for values in lists(schedule)[None] for key, value in values.items()
            }
            for place, values in lists(split).items():
                for one in values:
                    assert list(one) == names_of(split, place)
            assert len(whole) == 3
            assert index == 0


def test_what_joins_gets_the_last_value_of_a_list():
    peaks = phase("OneCycleLR", {"max_lr": [0.1, 0.2, 0.3]})
    schedule = read(document(peaks, groups=THREE_GROUPS))
    split, index = track_edits.split_off(schedule, ("backbone",))
    joined = track_edits.join_main(split, index)
    assert lists(joined) == {None: [{"backbone": 0.3, "neck": 0.2, "head": 0.3}]}


def test_groups_that_cannot_leave():
    schedule = read(DOCUMENTS["head"])
    for names in (("backbone",), ("head",), ("nobody",), (), ("backbone", "head")):
        with pytest.raises(ValueError, match="phases"):
            track_edits.split_off(schedule, names)


# -- lanes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", ["momentum", "beta2", "weight_decay"])
def test_a_new_lane_holds_what_groups_have(quantity):
    schedule = read(document(COSINE, groups=TWO, **ADAMW))
    lane, index = track_edits.add_lane(schedule, quantity)
    assert index == 0
    before, after = lrd.simulate(schedule), lrd.simulate(lane)
    assert np.array_equal(before.lr, after.lr)
    own = {"momentum": [0.9, 0.9], "beta2": [0.999, 0.999], "weight_decay": [0.04, 0.3]}
    assert np.array_equal(after.values(quantity)[:, -1], own[quantity])
    assert lrd.check(lane) == []
    with pytest.raises(ValueError, match="both drive"):
        track_edits.add_lane(lane, quantity)
    assert track_edits.join_main(lane, index) == schedule


def test_lists_of_a_lane_for_all_others_follow_what_others_take_and_give():
    formulas = phase("LambdaLR", {"lr_lambda": ["1", "2", "3"]})
    data = tracked(
        COSINE,
        tracks=[track(formulas, on="weight_decay"), track(RISE, on="beta2")],
        groups=THREE_GROUPS,
    )
    data["optimizer"] = {"type": "AdamW", "groups": [{"name": n, "lr": 0.1} for n in "abc"]}
    schedule = read(data)
    narrow = track_edits.set_lane_groups(schedule, 0, ("b", "c"))
    assert lists(narrow) == {0: [{"b": "2", "c": "3"}]}
    named, index = track_edits.add_lane(narrow, "weight_decay", ("a",))
    assert lists(named) == lists(narrow)
    wide = track_edits.set_lane_groups(track_edits.join_main(named, index), 0, None)
    assert lists(wide) == {0: [{"a": "3", "b": "2", "c": "3"}]}
    rest, index = track_edits.add_lane(wide, "weight_decay", ("b",))
    assert lists(rest) == {0: [{"a": "3", "c": "3"}]}
    assert names_of(rest, index) == ["b"]
    given_back = track_edits.join_main(rest, index)
    assert lists(given_back) == {0: [{"a": "3", "b": "3", "c": "3"}]}


# -- freezing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "warm_up"), [(6, 4), (7, 0), (0, 5), (3, 21)])
def test_frozen_groups_have_no_lr_until_their_step(step, warm_up):
    schedule = read(document(COSINE, groups=THREE_GROUPS))
    frozen, index = track_edits.freeze_until(schedule, ("head",), step, warm_up)
    before, after = lrd.simulate(schedule), lrd.simulate(frozen)
    assert np.array_equal(after.lr[:2], before.lr[:2])
    head = after.lr[2]
    assert (head[:step] == 0).all()
    assert head[step + warm_up] == 0.3 if step + warm_up < 24 else head[-1] < 0.3
    assert (np.diff(head[step : step + warm_up + 1]) > 0).all()
    assert (np.diff(head[step + warm_up :]) < 0).all()
    assert [p.rule for p in lrd.check(frozen) if p.severity != "info"] == (
        [] if step + warm_up < 24 else ["no-steps"]
    )
    assert tracks.group_indices(frozen, index) == (2,)


def test_frozen_groups_without_further_phases_stay_at_their_own_lr():
    schedule = read(document(groups=THREE_GROUPS))
    frozen, _ = track_edits.freeze_until(schedule, ("backbone", "head"), 6, 3)
    curve = lrd.simulate(frozen)
    assert (curve.lr[:, 9:].T == [0.1, 0.0123, 0.3]).all()
    assert (curve.lr[[0, 2], :6] == 0).all()


# -- groups that have tracks -----------------------------------------------------------------------


@given(documents_with_tracks(), st.integers(0, 2))
@settings(max_examples=25)
def test_a_new_name_changes_nothing_else(data, index):
    schedule = read(data)
    renamed = group_edits.set_group(schedule, index, name="new name")
    assert [t.groups is None for t in renamed.tracks] == [t.groups is None for t in schedule.tracks]
    for place in (None, *range(len(schedule.tracks))):
        assert tracks.group_indices(renamed, place) == tracks.group_indices(schedule, place)
    same_curve(renamed, schedule)


@given(documents_with_tracks(), st.integers(0, 2))
@settings(max_examples=25)
def test_the_others_keep_their_curves_when_a_group_goes(data, index):
    schedule = read(data)
    left = group_edits.remove_group(schedule, index)
    assert left.optimizer.groups == tuple(
        group for place, group in enumerate(schedule.optimizer.groups) if place != index
    )
    rows = [row for row in range(3) if row != index]
    before, after = lrd.simulate(schedule), lrd.simulate(left)
    assert np.array_equal(before.lr[rows], after.lr)
    for quantity in QUANTITIES[1:]:
        mine, others = after.values(quantity), before.values(quantity)
        if mine is not None:
            assert np.array_equal(mine, others[rows])
        elif others is not None:  # only the group that went was driven
            assert (others[rows] == others[rows][:, :1]).all()


def test_a_track_goes_with_its_last_group():
    schedule = read(
        tracked(
            COSINE,
            tracks=[
                track(RISE, groups=["head"]),
                track(RISE, on="beta2", groups=["backbone"]),
                track(RISE, on="beta2"),
            ],
        )
    )
    left = group_edits.remove_group(schedule, 1)
    assert [(t.quantity, t.groups) for t in left.tracks] == [("beta2", ("backbone",))]


def test_the_first_track_takes_over_where_the_document_s_own_phases_lose_their_last_group():
    schedule = read(
        tracked(
            COSINE,
            tracks=[track(RISE, on="weight_decay"), track(RISE, groups=["head"])],
        )
    )
    left = group_edits.remove_group(schedule, 0)
    assert left.phases == schedule.tracks[1].phases
    assert [t.quantity for t in left.tracks] == ["weight_decay"]


def test_a_new_group_follows_the_document_s_own_phases_and_the_lanes_for_all():
    schedule = read(DOCUMENTS["weight decay of each"])
    grown = group_edits.add_group(schedule, "neck")
    assert names_of(grown, None) == ["backbone", "head", "neck"]
    assert names_of(grown, 0) == ["head"]
    assert names_of(grown, 1) == ["backbone", "neck"]


# -- any edits, one after the other ----------------------------------------------------------------


def with_lists(schedule: Schedule) -> Schedule:
    """The document with a phase in each sequence that has a value for each group."""

    def listed(index: int | None) -> Any:
        count = len(names_of(schedule, index)) or 2
        params = {"swa_lr": [0.01 * (place + 1) for place in range(count)]}
        extra = read(document(phase("SWALR", params, length="2 steps"))).phases
        return (*extra, *tracks.phases_of(schedule, index))

    changed = [t.replace(phases=listed(place)) for place, t in enumerate(schedule.tracks)]
    return schedule.replace(phases=listed(None), tracks=tuple(changed))


@st.composite
def edits(draw: st.DrawFn, schedule: Schedule) -> Schedule:
    """The document after one more edit."""
    names = [group.name for group in schedule.optimizer.groups]
    name = draw(st.sampled_from(names))
    lr_tracks = [i for i, t in enumerate(schedule.tracks) if t.quantity == "lr"]
    lanes = [i for i, t in enumerate(schedule.tracks) if t.quantity != "lr"]
    kind = draw(
        st.sampled_from(
            ["split", "join", "follow", "lane", "lane groups", "add", "remove", "rename", "freeze"]
        )
    )
    if kind == "split":
        return track_edits.split_off(schedule, (name,))[0]
    if kind == "freeze":
        return track_edits.freeze_until(schedule, (name,), 3, draw(st.integers(0, 3)))[0]
    if kind == "join" and schedule.tracks:
        index = draw(st.integers(0, len(schedule.tracks) - 1))
        return track_edits.join_main(schedule, index)
    if kind == "follow":
        return track_edits.follow(schedule, name, draw(st.sampled_from([None, *lr_tracks])))
    if kind == "lane":
        quantity = draw(st.sampled_from(["momentum", "beta2", "weight_decay"]))
        groups = draw(st.sampled_from([None, (name,)]))
        return track_edits.add_lane(schedule, quantity, groups)[0]
    if kind == "lane groups" and lanes:
        chosen = draw(st.none() | st.lists(st.sampled_from(names), min_size=1, unique=True))
        groups = None if chosen is None else tuple(chosen)
        return track_edits.set_lane_groups(schedule, draw(st.sampled_from(lanes)), groups)
    if kind == "add":
        return group_edits.add_group(schedule)
    if kind == "remove":
        return group_edits.remove_group(schedule, names.index(name))
    fresh = group_edits.free_name(schedule)
    return group_edits.set_group(schedule, names.index(name), name=fresh)


@given(documents_with_tracks(), st.data())
@settings(max_examples=80)
def test_lists_fit_after_any_edits(data, draws):
    schedule = with_lists(read(data))
    for _ in range(8):
        before = schedule
        try:
            schedule = draws.draw(edits(schedule))
        except ValueError:  # an edit that cannot be; the document stays
            schedule = before
            continue
        assert lrd.loads(lrd.dumps(schedule)) == schedule
        assert names_of(schedule, None)
        lists(schedule)  # asserts that their lengths fit
