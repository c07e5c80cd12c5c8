"""Groups that go from one sequence of phases to another."""

from __future__ import annotations

import json

import pytest
from documents import THREE_GROUPS, document, phase

from lrdesigner.schedule import track_edits
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.model import Schedule

NAMES = [group["name"] for group in THREE_GROUPS]


@pytest.fixture
def schedule() -> Schedule:
    """Three groups on the main phases, each with its own max_lr."""
    one_cycle = phase("OneCycleLR", {"max_lr": [0.1, 0.2, 0.3]})
    return loads(json.dumps(document(one_cycle, groups=THREE_GROUPS)))


def peaks(schedule: Schedule) -> list[tuple[float, ...]]:
    sequences = [schedule.phases, *(track.phases for track in schedule.tracks)]
    return [phases[0].params["max_lr"] for phases in sequences]


def test_a_group_joins_another_ones_phases_and_comes_back(schedule: Schedule) -> None:
    split, track = track_edits.split_off(schedule, (NAMES[2],))
    assert peaks(split) == [(0.1, 0.2), (0.3,)]
    both = track_edits.follow(split, NAMES[0], track)
    assert both.tracks[0].groups == (NAMES[0], NAMES[2])  # the optimizer's order
    assert peaks(both) == [(0.2,), (0.3, 0.3)]
    assert track_edits.lr_track_of(both, NAMES[0]) == track
    back = track_edits.follow(both, NAMES[2], None)
    assert back.tracks[0].groups == (NAMES[0],)
    assert peaks(back) == [(0.2, 0.2), (0.3,)]


def test_a_group_gets_a_copy_of_its_neighbours_value() -> None:
    groups = [{"name": name, "lr": 0.01} for name in "abcd"]
    peak = phase("OneCycleLR", {"max_lr": [0.1, 0.2, 0.3, 0.4]})
    schedule = loads(json.dumps(document(peak, groups=groups)))
    split, track = track_edits.split_off(schedule, ("a", "b"))
    assert peaks(track_edits.follow(split, "d", track)) == [(0.3,), (0.1, 0.2, 0.2)]
    assert peaks(track_edits.follow(split, "b", None)) == [(0.3, 0.3, 0.4), (0.1,)]


def test_a_track_without_groups_goes(schedule: Schedule) -> None:
    split, _ = track_edits.split_off(schedule, (NAMES[1],))
    assert track_edits.follow(split, NAMES[1], None).tracks == ()


def test_one_group_stays_with_the_main_phases(schedule: Schedule) -> None:
    split, track = track_edits.split_off(schedule, (NAMES[1], NAMES[2]))
    with pytest.raises(ValueError, match="one group at least"):
        track_edits.follow(split, NAMES[0], track)
    assert track_edits.follow(split, NAMES[1], track) is split


def test_whole_epochs_are_written_as_epochs(schedule: Schedule) -> None:
    per_epoch = schedule.horizon.steps_per_epoch
    frozen, track = track_edits.freeze_until(schedule, (NAMES[2],), 2 * per_epoch, per_epoch + 1)
    lengths = [item.length for item in frozen.tracks[track].phases]
    assert lengths == ["2 epochs", f"{per_epoch + 1} steps", "rest"]
