"""The frozen document: it never changes, copies are validated, unknown keys stay."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from documents import THREE_GROUPS, document, phase
from pydantic import ValidationError

import lrdesigner as lrd
from lrdesigner.schedule.frozen import FrozenDict, freeze, thaw
from lrdesigner.schedule.model import Group, Horizon, Metric, OptimizerSpec, Phase, Schedule


def sample():
    data = document(
        phase("LinearLR", length="2 epochs", note={"by": ["me"]}),
        phase("StepLR"),
        groups=THREE_GROUPS,
    )
    return lrd.loads(json.dumps({**data, "extra": {"deep": [1, {"a": 2}]}}))


def test_nothing_can_be_assigned():
    schedule = sample()
    for record, name in (
        (schedule, "name"),
        (schedule.phases[0], "length"),
        (schedule.horizon, "epochs"),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(record, name, getattr(record, name))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.__setitem__("a", 1),
        lambda d: d.__delitem__("a"),
        lambda d: d.update(a=1),
        lambda d: d.pop("a"),
        lambda d: d.popitem(),
        lambda d: d.clear(),
        lambda d: d.setdefault("b", 1),
        lambda d: d.__ior__({"a": 1}),
    ],
)
def test_no_dict_in_it_can_change(change):
    for record in (FrozenDict(a=1), sample().phases[0].params, sample().model_extra["extra"]):
        with pytest.raises(TypeError, match="cannot be changed in place"):
            change(record)


def test_data_given_is_not_shared():
    params = {"milestones": [1, 2]}
    made = Phase(scheduler="MultiStepLR", params=params)
    params["milestones"].append(3)
    assert made.params == {"milestones": (1, 2)}
    extra = {"a": [1]}
    record = Horizon.model_validate({"epochs": 1, "steps_per_epoch": 1, "x": extra})
    extra["a"].append(2)
    assert record.model_extra == {"x": {"a": (1,)}}


def test_freeze_and_thaw():
    data = {"a": [1, {"b": [2]}], "c": None}
    frozen = freeze(data)
    assert frozen == {"a": (1, {"b": (2,)}), "c": None}
    assert isinstance(frozen["a"][1], FrozenDict)
    assert thaw(frozen) == data
    assert type(thaw(frozen)["a"][1]) is dict


def test_copies_and_pickles():
    schedule = sample()
    assert copy.deepcopy(schedule) == schedule
    assert pickle.loads(pickle.dumps(schedule)) == schedule


def test_replace_validates():
    schedule = sample()
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        schedule.horizon.replace(epochs=0)
    with pytest.raises(ValidationError, match="is not a length"):
        schedule.phases[0].replace(length="long")
    with pytest.raises(ValidationError, match='both have the length "rest"'):
        schedule.replace(phases=(schedule.phases[1], schedule.phases[1]))


def test_replace_keeps_the_rest(tmp_path):
    schedule = sample().in_folder(tmp_path)
    changed = schedule.replace(name="other")
    assert changed.name == "other"
    assert changed.folder == tmp_path
    assert changed.model_extra == schedule.model_extra
    assert changed.phases == schedule.phases
    assert schedule.name == ""
    shorter = schedule.phases[0].replace(length="1 step")
    assert shorter.model_extra == {"note": {"by": ("me",)}}
    assert shorter.params == schedule.phases[0].params


def test_in_folder_leaves_the_original(tmp_path):
    schedule = sample()
    assert schedule.in_folder(tmp_path).folder == tmp_path
    assert schedule.folder is None
    assert schedule.in_folder(tmp_path) is not schedule


def test_defaults_make_a_document():
    schedule = Schedule()
    assert schedule.steps == 1000
    assert lrd.loads(lrd.dumps(schedule)) == schedule
    assert (lrd.simulate(schedule).lr == 0.1).all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Horizon(epochs=10**6, steps_per_epoch=10**6), "at most 100,000,000 can be run"),
        (lambda: Horizon(epochs=0), "greater than or equal to 1"),
        (lambda: Horizon(epochs=True), "valid integer"),
        (lambda: Horizon(epochs=2.0), "valid integer"),
        (lambda: Group(name="", lr=0.1), "at least 1 character"),
        (lambda: Group(name="a", lr=-0.1), "greater than or equal to 0"),
        (lambda: Group(name="a", lr=float("nan")), "finite number"),
        (lambda: OptimizerSpec(groups=()), "at least 1 item"),
        (
            lambda: OptimizerSpec(groups=(Group(name="a", lr=1), Group(name="a", lr=2))),
            "groups 0 and 1 are both named 'a'",
        ),
        (lambda: Metric(), "exactly one of values, formula, file; found none"),
        (lambda: Metric(values=(1.0,), formula="t"), "found values and formula"),
        (lambda: Metric(values=()), "values is empty"),
        (lambda: Metric(file="a.csv"), "name the column"),
        (lambda: Phase(scheduler="StepLR", interval="batch"), "'step' or 'epoch'"),
        (lambda: Phase(scheduler="StepLR", params=[1]), "must be an object"),
    ],
)
def test_what_is_no_record(make, message):
    with pytest.raises(ValidationError, match=message):
        make()


def test_the_longest_horizon():
    assert Horizon(epochs=100_000, steps_per_epoch=1000).steps == 100_000_000


def test_build_is_the_engines():
    import torch

    schedule = Schedule(phases=(Phase(scheduler="ExponentialLR", params={"gamma": 0.5}),))
    made = schedule.build(torch.optim.SGD([torch.zeros(1)], lr=0.1))
    assert type(made) is torch.optim.lr_scheduler.ExponentialLR


def test_altered_is_replace_without_the_checks(tmp_path):
    original = lrd.Schedule(name="first").replace(notes="kept").in_folder(tmp_path)
    copy = original.altered(name="second")
    assert copy == original.replace(name="second")
    assert (copy.folder, copy.name, original.name) == (tmp_path, "second", "first")
    assert copy.model_fields_set == original.model_fields_set
    moved = copy.in_folder(None)
    assert (copy.folder, moved.folder) == (tmp_path, None)
    group = Group.model_validate({"name": "a", "lr": 0.1, "momentum": 0.5})
    assert group.altered(lr=0.2).overrides == {"momentum": 0.5}
    assert "phases" in Schedule().altered(phases=()).model_fields_set
