"""Reading and writing documents: whatever stands in them is kept."""

from __future__ import annotations

import json

import pytest
from documents import FULL, NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from hypothesis import given
from hypothesis import strategies as st
from json_values import JSON

import lrdesigner as lrd
from lrdesigner.schedule import codec
from lrdesigner.schedule.migrations import migrate


def loads(data):
    return lrd.loads(json.dumps(data))


def rewritten(data):
    """The data after a load and a save."""
    return json.loads(lrd.dumps(loads(data)))


def test_everything_is_kept():
    assert rewritten(FULL) == FULL


@pytest.mark.parametrize(
    "metric",
    [
        {"values": [1.0, 0.5]},
        {"formula": "1 / (t + 1)"},
        {"file": "metrics.csv", "column": "val_loss"},
        {"values": [1], "smoothing": {"of": "tomorrow"}},
    ],
)
def test_every_kind_of_metric_is_kept(metric):
    assert rewritten({**FULL, "metric": metric})["metric"] == metric


def test_what_is_left_out_is_written_with_its_default():
    short = {"format": "lrdesigner", "version": 1, "phases": [{"scheduler": "LinearLR"}]}
    assert rewritten(short) == {
        "format": "lrdesigner",
        "version": 1,
        "name": "",
        "notes": "",
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "optimizer": {"type": "SGD", "args": {}, "groups": [{"name": "all", "lr": 0.1}]},
        "phases": [{"scheduler": "LinearLR", "length": "rest", "params": {}}],
    }


def test_the_text_is_for_people():
    text = lrd.dumps(loads(FULL))
    assert text.startswith('{\n  "format": "lrdesigner",\n  "version": 1,\n  "name": "Größe')
    assert text.endswith("}\n")


UNKNOWN = {"new": {"deep": [1, 2.5, None, True, {"a": []}]}, "old": "x", "n": 10**30, "f": 1e-300}


def test_unknown_schedulers_and_keys_survive_everywhere():
    """What a newer program wrote is not understood, and not lost either."""
    data = json.loads(json.dumps(FULL))
    places = [
        data,
        data["horizon"],
        data["optimizer"],
        data["optimizer"]["args"],
        *data["optimizer"]["groups"],
        *data["phases"],
        *(item["params"] for item in data["phases"]),
        data["phases"][2]["with"][0],
        data["phases"][2]["with"][0]["params"],
        data["metric"],
    ]
    for place in places:
        place.update(json.loads(json.dumps(UNKNOWN)))
    data["phases"].append(
        {"scheduler": "warp_drive", "length": "5 steps", "params": {"speed": [9, {"max": None}]}}
    )
    again = rewritten(data)
    assert again == data
    assert json.dumps(again, sort_keys=True) == json.dumps(data, sort_keys=True)  # 1 is not 1.0


NAMES_OF_PYTHON = [
    "_folder",
    "folder",
    "steps",
    "model_config",
    "model_extra",
    "model_fields",
    "replace",
    "overrides",
    "copy",
    "__class__",
    "__dict__",
    "self",
    "",
]


@pytest.mark.parametrize("key", NAMES_OF_PYTHON)
def test_unknown_keys_that_mean_something_to_python(key):
    data = json.loads(json.dumps(FULL))
    value = [{"scheduler": "none of ours"}]
    for place in (data, data["horizon"], data["phases"][0], data["phases"][2]["with"][0]):
        place[key] = value
    data["optimizer"]["groups"][0][key] = value
    schedule = loads(data)
    assert rewritten(data) == data
    changed = schedule.replace(name="other")
    assert json.loads(lrd.dumps(changed)) == {**data, "name": "other"}
    assert (
        json.loads(lrd.dumps(changed.replace(phases=schedule.phases)))["phases"] == data["phases"]
    )
    edited = schedule.phases[2].replace(length="3 steps")
    assert codec.phase_data(edited) == {**data["phases"][2], "length": "3 steps"}


KEYS = st.text(max_size=10).filter(lambda key: key not in FIELDS)
FIELDS = set(FULL) | {"scheduler", "length", "interval", "start", "params", "with", "lr", "type"}
FIELDS |= {"args", "groups", "epochs", "steps_per_epoch", "metric"}
EXTRAS = st.dictionaries(KEYS, JSON, max_size=2)


@st.composite
def any_document(draw):
    entries = []
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(NAMES))
        params = draw(st.sampled_from(PARAMS[name] + PER_GROUP.get(name, [])))
        length = draw(st.sampled_from(["5 steps", "1.5 epochs", "12%"]))
        entries.append({**draw(EXTRAS), **phase(name, params, length=length)})
    if draw(st.booleans()):
        unknown = draw(st.text(min_size=1).filter(lambda key: key not in NAMES))
        entries.append({"scheduler": unknown, "params": draw(EXTRAS)})
        entries[-1]["length"] = "rest"
    data = document(*entries, groups=THREE_GROUPS)
    texts = {"name": draw(st.text()), "notes": draw(st.text())}
    return {**draw(EXTRAS), **data, **texts}


@given(any_document())
def test_round_trip(data):
    """A document survives as data, and its text is stable."""
    schedule = loads(data)
    text = lrd.dumps(schedule)
    assert json.loads(text) == data
    assert lrd.loads(text) == schedule
    assert lrd.dumps(lrd.loads(text)) == text


def test_older_versions_migrate_step_by_step():
    steps = {1: lambda data: {"b": data["a"]}, 2: lambda data: {"c": data["b"] + 1}}
    assert migrate({"version": 1, "a": 5}, steps, 3) == {"version": 3, "c": 6}
    assert migrate({"version": 2, "b": 5}, steps, 3) == {"version": 3, "c": 6}
    assert migrate({"version": 3, "a": 5}, steps, 3) == {"version": 3, "a": 5}


def test_migrating_leaves_the_given_data_alone():
    data = {"version": 1, "a": 5}
    migrate(data, {1: lambda d: {"b": d.pop("a")}}, 2)
    assert data == {"version": 1, "a": 5}
