"""Tracks in the document: how they are read, written and looked at."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from documents import FULL, document, phase
from hypothesis import given
from tracked_documents import COSINE, DOCUMENTS, FOUR, PROBLEMS, RISE, TWO, track, tracked
from tracked_strategies import documents_with_tracks

import lrdesigner as lrd
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Metric, OptimizerSpec
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.schema import json_schema

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def read(data: dict[str, Any]) -> lrd.Schedule:
    return lrd.loads(json.dumps(data))


# -- reading and writing ---------------------------------------------------------------------------


@pytest.mark.parametrize("data", [*DOCUMENTS.values(), *(entry[1] for entry in PROBLEMS)])
def test_documents_survive(data):
    schedule = read(data)
    text = lrd.dumps(schedule)
    assert lrd.loads(text) == schedule
    assert lrd.dumps(lrd.loads(text)) == text
    assert len(json.loads(text)["tracks"]) == len(data["tracks"])
    VALIDATOR.validate(json.loads(text))
    VALIDATOR.validate(data)


@given(documents_with_tracks())
def test_any_tracks_survive(data):
    schedule = read(data)
    again = json.loads(lrd.dumps(schedule))
    assert read(again) == schedule
    VALIDATOR.validate(again)
    written = [{k: v for k, v in t.items() if k != "phases"} for t in again["tracks"]]
    assert written == [{k: v for k, v in t.items() if k != "phases"} for t in data["tracks"]]


def test_documents_without_tracks_are_written_as_ever():
    text = lrd.dumps(read(FULL))
    assert "tracks" not in text
    assert lrd.dumps(read({**FULL, "tracks": []})) == text


def test_defaults_are_not_written():
    data = tracked(COSINE, tracks=[{"quantity": "lr", "groups": ["head"]}, track(on="beta2")])
    written = json.loads(lrd.dumps(read(data)))["tracks"]
    assert written == [{"groups": ["head"], "phases": []}, {"quantity": "beta2", "phases": []}]


def test_unknown_keys_of_a_track_survive():
    data = tracked(COSINE, tracks=[{**track(on="beta2"), "colour": {"a": [1]}}])
    assert json.loads(lrd.dumps(read(data)))["tracks"][0]["colour"] == {"a": [1]}


WRONG = [
    ({"tracks": {}}, "tracks: must be a list, not {}"),
    ({"tracks": None}, "tracks: must be a list, not null"),
    ({"tracks": [5]}, "tracks[0]: must be an object in braces, not 5"),
    ({"tracks": [{"quantity": "eps"}]}, "tracks[0].quantity: must be 'lr', 'momentum', 'beta2'"),
    ({"tracks": [track(on="beta2", groups="head")]}, "tracks[0].groups: must be a list"),
    ({"tracks": [{"quantity": "beta2", "groups": []}]}, "tracks[0].groups: must have at least one"),
    ({"tracks": [{"quantity": "beta2", "groups": [3]}]}, "tracks[0].groups[0]: must be text"),
    ({"tracks": [track()]}, 'tracks[0]: name its groups, such as "groups": ["head"]'),
    ({"tracks": [track(groups=["tail"])]}, "tracks[0]: there is no group 'tail'; the optimizer's"),
    (
        {"tracks": [track(groups=["head"]), track(groups=["head"])]},
        "tracks[0] and tracks[1] both drive the lr of the group 'head'; keep one",
    ),
    (
        {"tracks": [track(on="beta2"), track(on="beta2")]},
        "tracks[0] and tracks[1] both drive the beta2 of all other groups; keep one",
    ),
    ({"tracks": [track(groups=["head", "backbone"])]}, "tracks: every group has an LR track"),
    (
        {"tracks": [track(COSINE, COSINE, groups=["head"])]},
        'tracks[0].phases: phases 0 and 1 both have the length "rest"',
    ),
    (
        {"tracks": [track(phase("StepLR", {"step_size": "3"}), groups=["head"])]},
        "tracks[0].phases[0].params.step_size: ",
    ),
]


@pytest.mark.parametrize(("change", "text"), WRONG)
def test_wrong_tracks_are_refused_in_one_line(change, text):
    data = {**document(COSINE, groups=TWO), **change}
    with pytest.raises(lrd.DocumentError) as refused:
        read(data)
    assert text in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_group_named_twice_in_a_track_is_refused_with_a_sentence():
    data = tracked(COSINE, tracks=[{"quantity": "beta2", "groups": ["head", "head"]}])
    with pytest.raises(lrd.DocumentError, match="names the group 'head' twice"):
        read(data)


def test_so_many_phases_that_nobody_could_wait_for_are_refused_before_they_are_read():
    lanes = [
        {"quantity": quantity, "groups": [group["name"]]}
        for quantity in ("momentum", "beta2", "weight_decay")
        for group in FOUR
    ]
    short = [phase("ConstantLR", length="1 steps")] * 1000
    data = tracked(COSINE, tracks=[{**lane, "phases": short} for lane in lanes[:10]], groups=FOUR)
    schedule = read(data)
    assert lrd.loads(lrd.dumps(schedule)) == schedule
    unread = [*data["tracks"], {**lanes[10], "phases": [None]}]
    with pytest.raises(lrd.DocumentError) as refused:
        read({**data, "tracks": unread})
    assert str(refused.value) == (
        "tracks: have 10,001 phases in all, more than 10,000, the most this program handles"
    )


# -- views -----------------------------------------------------------------------------------------


def test_a_document_without_tracks_is_its_own_view():
    schedule = read(FULL)
    assert tracks.view(schedule, None) is schedule
    (part,) = tracks.parts(schedule)
    assert (part.track, part.quantity, part.view) == (None, "lr", schedule)


def test_views_have_the_groups_they_drive():
    schedule = read(
        tracked(
            COSINE,
            tracks=[
                track(RISE, groups=["no decay", "head"]),
                track(RISE, on="weight_decay", groups=["neck"]),
                track(COSINE, on="weight_decay"),
            ],
            groups=FOUR,
        )
    )
    parts = tracks.parts(schedule)
    assert [part.track for part in parts] == [None, 0, 1, 2]
    assert [part.groups for part in parts] == [(0, 2), (1, 3), (2,), (0, 1, 3)]
    assert [part.word for part in parts] == ["LR", "LR", "weight decay", "weight decay"]
    for part in parts:
        assert part.view.tracks == ()
        assert part.view.horizon == schedule.horizon
        assert part.view.phases == tracks.phases_of(schedule, part.track)
    assert [group.lr for group in parts[3].view.optimizer.groups] == [0.04, 0.3, 0.0]
    assert parts[1].view.optimizer.groups == schedule.optimizer.groups[1::2]


def test_a_lane_without_groups_can_be_looked_at():
    data = tracked(
        COSINE, tracks=[track(on="beta2"), track(on="beta2", groups=["head", "backbone"])]
    )
    schedule = read(data)
    assert [part.track for part in tracks.parts(schedule)] == [None, 1]
    assert [g.lr for g in tracks.view(schedule, 0).optimizer.groups] == [0.999, 0.999]


def test_an_edited_view_goes_back_where_it_is_from(tmp_path):
    schedule = read(tracked(COSINE, tracks=[track(RISE, on="beta2")])).in_folder(tmp_path)
    for index in (None, 0):
        view = tracks.view(schedule, index)
        assert view.folder == tmp_path
        assert tracks.write_back(schedule, index, view) == schedule
        edited = view.replace(phases=(), metric=Metric(values=(0.5,)))
        after = tracks.write_back(schedule, index, edited)
        assert after.metric == edited.metric
        assert tracks.phases_of(after, index) == ()
        assert tracks.phases_of(after, 0 if index is None else None) != ()
        assert after.optimizer == schedule.optimizer
        assert after.folder == tmp_path


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("SGD", ("lr", "momentum", None, "weight_decay")),
        ("AdamW", ("lr", "betas", "betas", "weight_decay")),
        ("SparseAdam", ("lr", "betas", "betas", None)),
        ("Muon", ("lr", "momentum", None, "weight_decay")),
        ("Adagrad", ("lr", None, None, "weight_decay")),
        ("LBFGS", ("lr", None, None, None)),
    ],
)
def test_it_knows_what_optimizers_hold(name, keys):
    spec = OptimizerSpec(type=name)
    assert tuple(tracks.optimizer_key(spec, each) for each in tracks.QUANTITIES) == keys
    for quantity, key in zip(tracks.QUANTITIES, keys, strict=True):
        own = tracks.own_value(spec, spec.groups[0], quantity)
        assert (own is None) == (key is None)


@pytest.mark.parametrize("value", [10**400, -1, True, "0.1", None, [0.1]])
@pytest.mark.parametrize(
    ("optimizer", "name", "on"),
    [
        ("AdamW", "weight_decay", "weight_decay"),
        ("SGD", "momentum", "momentum"),
        ("AdamW", "betas", "momentum"),
        ("AdamW", "betas", "beta2"),
    ],
)
def test_a_value_that_torch_does_not_take_is_none_of_a_groups_own(optimizer, name, on, value):
    given = [value, value] if name == "betas" else value
    spec = {"type": optimizer, "args": {name: given}, "groups": TWO}
    schedule = read({**tracked(COSINE, tracks=[track(RISE, on=on)]), "optimizer": spec})
    assert tracks.own_value(schedule.optimizer, schedule.optimizer.groups[0], on) is None
    with pytest.raises(lrd.ScheduleError, match=f"{name} must be a"):
        lrd.simulate(schedule)
    rules = {problem.rule for problem in lrd.check(schedule)}
    assert {"optimizer-argument", "lane-impossible"} <= rules


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_own_values_are_those_of_real_optimizers(name):
    import torch
    from tracked_documents import held

    spec = OptimizerSpec(type=name)
    parameter = torch.nn.Parameter(torch.zeros(1, 1))
    group = getattr(torch.optim, name)([parameter], lr=0.1).param_groups[0]
    for quantity, value in held(group).items():
        own = tracks.own_value(spec, spec.groups[0], quantity)
        has = tracks.optimizer_key(spec, quantity) is not None
        assert own == value if has else own is None


def test_titles():
    schedule = read(
        tracked(
            COSINE,
            tracks=[track(groups=["head"]), track(on="momentum"), track(on="weight_decay")],
        )
    )
    assert [tracks.track_title(schedule, index) for index in (None, 0, 1, 2)] == [
        "LR",
        "LR of head",
        "beta1",
        "weight decay",
    ]
    assert tracks.quantity_title(OptimizerSpec(type="SGD"), "momentum") == "momentum"


def test_words_about_the_lr_become_words_about_the_lane():
    said = "phases[1] (StepLR): an LR of 0; the LR falls. ReduceLROnPlateau and max_lr stay"
    assert tracks.located(2, "weight decay", said) == (
        "tracks[2].phases[1] (StepLR): a weight decay of 0; the weight decay falls. "
        "ReduceLROnPlateau and max_lr stay"
    )
    assert tracks.located(2, "LR", said) == f"tracks[2].{said}"
    assert tracks.located(None, "LR", said) == said
    assert tracks.located(0, "beta1", "no metric") == "tracks[0]: no metric"
