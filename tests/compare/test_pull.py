"""Phases of another document taken into the open one: the curve, the groups, what is said."""

from __future__ import annotations

import json

import pytest

from lrdesigner.compare.pull import Pull, lr_changes, pull
from lrdesigner.engine.simulate import simulate
from lrdesigner.schedule import codec
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.phase_split import PhaseOpError


def document(groups, phases, epochs=10, steps=100, **more):
    data = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": epochs, "steps_per_epoch": steps},
        "optimizer": {"type": "AdamW", "groups": [{"name": n, "lr": lr} for n, lr in groups]},
        "phases": phases,
        **more,
    }
    return codec.loads(json.dumps(data))


WARM = {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}}
COSINE = {"scheduler": "CosineAnnealingLR", "length": "rest", "params": {"eta_min": 1e-6}}
HOLD = {"scheduler": "ConstantLR", "length": "5 epochs", "params": {"factor": 1.0}}


@pytest.fixture
def target():
    return document([("a", 0.1), ("b", 0.2)], [HOLD])


@pytest.fixture
def source():
    return document([("a", 0.1), ("b", 0.2)], [WARM, COSINE], name="other")


def test_replaced_the_curve_is_the_others(target, source):
    found = pull(target, source, Pull())
    assert found.places == (0, 1)
    assert found.notes == ()
    assert (simulate(found.schedule).lr == simulate(source).lr).all()
    assert found.schedule.name == target.name  # only the phases come


def test_inserted_they_go_between(target, source):
    found = pull(target, source, Pull(place=1))
    assert [p.scheduler for p in found.schedule.phases] == [
        "ConstantLR",
        "LinearLR",
        "CosineAnnealingLR",
    ]
    assert found.places == (1, 2)
    assert "too short" in found.notes[-1]


def test_groups_keep_their_lrs_unless_they_are_asked_for(target):
    source = document([("a", 0.3), ("b", 0.2)], [WARM])
    found = pull(target, source, Pull())
    assert [g.lr for g in found.schedule.optimizer.groups] == [0.1, 0.2]
    assert "a: 0.1, there 0.3" in found.notes[0]
    assert lr_changes(target, source) == (("a", 0.1, 0.3),)
    found = pull(target, source, Pull(lrs=True))
    assert [g.lr for g in found.schedule.optimizer.groups] == [0.3, 0.2]
    assert found.notes == ()


def test_values_of_groups_go_by_name(target):
    phase = {
        "scheduler": "LambdaLR",
        "length": "rest",
        "params": {"lr_lambda": ["0.2", "0.1", "0.3"]},
    }
    source = document([("b", 0.2), ("a", 0.1), ("c", 0.5)], [phase])
    found = pull(target, source, Pull())
    assert found.schedule.phases[0].params["lr_lambda"] == ("0.1", "0.2")
    assert any(note.startswith("c: no such group here") for note in found.notes)
    assert simulate(found.schedule).lr[:, 5] == pytest.approx([0.01, 0.04])


def test_a_group_without_a_partner_takes_the_last_value():
    target = document([("a", 0.1), ("new", 0.2)], [])
    phase = {"scheduler": "LambdaLR", "length": "rest", "params": {"lr_lambda": ["0.5", "0.25"]}}
    source = document([("a", 0.1), ("z", 0.2)], [phase])
    found = pull(target, source, Pull())
    assert found.schedule.phases[0].params["lr_lambda"] == ("0.5", "0.25")
    assert any(note.startswith("new: has no partner") for note in found.notes)


def test_unknown_names_go_by_their_order_and_it_is_said():
    target = document([("x", 0.1), ("y", 0.2)], [])
    phase = {"scheduler": "LambdaLR", "length": "rest", "params": {"lr_lambda": ["0.5", "0.25"]}}
    source = document([("a", 0.1), ("b", 0.2)], [phase])
    found = pull(target, source, Pull())
    assert found.schedule.phases[0].params["lr_lambda"] == ("0.5", "0.25")
    assert any("order" in note for note in found.notes)


def test_other_groups_are_no_matter_where_no_parameter_has_a_value_for_each(target):
    source = document([("x", 0.1), ("y", 0.2), ("z", 0.3)], [WARM, COSINE])
    assert not any("order" in note for note in pull(target, source, Pull()).notes)
    assert any("order" in note for note in pull(target, source, Pull(lrs=True)).notes)


def test_the_run_keeps_its_length_unless_the_others_is_asked_for(target):
    source = document([("a", 0.1), ("b", 0.2)], [WARM, COSINE], epochs=30, steps=50)
    found = pull(target, source, Pull())
    assert found.schedule.horizon == target.horizon
    assert [p.length for p in found.schedule.phases] == ["2 epochs", "rest"]
    found = pull(target, source, Pull(length=True))
    assert found.schedule.horizon == source.horizon
    assert (simulate(found.schedule).lr == simulate(source).lr).all()


def test_what_the_run_has_no_room_for_is_said(target):
    long = {**WARM, "length": "50 epochs"}
    found = pull(target, document([("a", 0.1)], [long]), Pull())
    assert found.notes[-1] == "The run is too short for all phases."


TRACK = {"groups": ["b"], "phases": [WARM, HOLD]}
DECAY = {"quantity": "weight_decay", "phases": [COSINE]}


def test_tracks_come_along_where_the_groups_and_quantities_are_there(target):
    source = document([("a", 0.1), ("b", 0.2)], [COSINE], tracks=[TRACK, DECAY])
    found = pull(target, source, Pull())
    assert found.schedule.tracks == source.tracks
    assert (simulate(found.schedule).lr == simulate(source).lr).all()
    found = pull(target, source, Pull(tracks=False))
    assert found.schedule.tracks == ()
    assert found.notes == ("Its 2 tracks stay behind.",)


def test_tracks_of_groups_that_are_not_there_stay_behind():
    target = document(
        [("a", 0.1), ("c", 0.2)], [HOLD], tracks=[{"groups": ["c"], "phases": [HOLD]}]
    )
    source = document([("a", 0.1), ("b", 0.2)], [COSINE], tracks=[TRACK])
    found = pull(target, source, Pull())
    assert found.schedule.tracks == ()
    assert any(note.startswith("A track stays behind") for note in found.notes)
    assert any(note == "The track of this schedule goes." for note in found.notes)
    kept = pull(target, source, Pull(tracks=False))
    assert kept.schedule.tracks == target.tracks


def test_inserting_leaves_tracks_behind(target):
    source = document([("a", 0.1), ("b", 0.2)], [COSINE], tracks=[TRACK])
    found = pull(target, source, Pull(place=0))
    assert found.notes[0].startswith("Its track stays behind")


PLATEAU = {"scheduler": "ReduceLROnPlateau", "length": "rest", "params": {"patience": 1}}


def test_a_plateaus_metric_comes_along(target):
    source = document([("a", 0.1)], [PLATEAU], metric={"values": [1.0, 0.5, 0.5, 0.5]})
    found = pull(target, source, Pull())
    assert found.schedule.metric == source.metric
    own = document([("a", 0.1)], [HOLD], metric={"values": [1.0]})
    assert pull(own, source, Pull()).schedule.metric == own.metric


def test_a_metric_in_a_file_comes_as_values(target, tmp_path):
    (tmp_path / "m.csv").write_text("loss\n1.0\n0.5\n")
    source = document([("a", 0.1)], [PLATEAU], metric={"file": "m.csv", "column": "loss"})
    found = pull(target, source.in_folder(tmp_path), Pull())
    assert found.schedule.metric.values[:3] == (1.0, 0.5, 0.5)
    assert found.notes[-1] == "Its metric comes along, as values."
    lost = pull(target, source.in_folder(tmp_path / "gone"), Pull())
    assert lost.schedule.metric is None
    assert "stays behind" in lost.notes[-1]


def test_there_have_to_be_phases(target):
    with pytest.raises(PhaseOpError, match="no phases"):
        pull(target, document([("a", 0.1)], []), Pull())
    assert issubclass(PhaseOpError, ScheduleError | ValueError)
