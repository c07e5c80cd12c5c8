"""The JSON Schema: the shipped file, what it accepts, and that it refuses what loading refuses."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.examples import examples
from lrdesigner.params import REQUIRED
from lrdesigner.schedule.schema import json_schema, schema_path, schema_text
from lrdesigner.schedule.units import Length, LengthError

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def document(*phases, **more):
    return {"format": "lrdesigner", "version": 1, "phases": list(phases), **more}


def accepts(data) -> bool:
    return VALIDATOR.is_valid(data)


def loads(data) -> bool:
    try:
        lrd.loads(json.dumps(data))
    except lrd.DocumentError:
        return False
    return True


def test_it_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_shipped_file_is_the_generated_one():
    shipped = schema_path().read_text(encoding="utf-8")
    assert shipped == schema_text(), "run python -m lrdesigner.schedule.schema"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.key)
def test_examples_are_valid(example):
    VALIDATOR.validate(json.loads(example.path.read_text(encoding="utf-8")))


def test_the_least_document_is_valid():
    assert accepts({"format": "lrdesigner", "version": 1})


def test_every_scheduler_and_parameter_is_described():
    for spec in schedulers():
        described = SCHEMA["$defs"]["params"][spec.key]
        assert list(described["properties"]) == [param.name for param in spec.params]
        for param in spec.params:
            entry = described["properties"][param.name]
            assert entry["description"] == param.help
            if param.default is not REQUIRED and not param.follows:
                assert entry["default"] == param.default


STEP = {"scheduler": "StepLR", "params": {"step_size": 3}}

GOOD = {
    "nothing but a scheduler": document({"scheduler": "ConstantLR"}),
    "lengths": document(
        {**STEP, "length": "500 steps"}, {**STEP, "length": "0.5 epochs"}, {**STEP, "length": "10%"}
    ),
    "unknown scheduler": document({"scheduler": "frobnicate", "params": {"x": [1, {"y": 2}]}}),
    "unknown optimizer": document(optimizer={"type": "Lion"}),
    "unknown keys everywhere": document(
        {**STEP, "color": "red", "params": {"step_size": 3, "novel": True}},
        horizon={"epochs": 3, "tokens": 1e12},
        optimizer={"groups": [{"name": "a", "lr": 1, "momentum": 0.5}], "fused": True},
        editor={"zoom": 2},
    ),
    "null follows the phase": document(
        {"scheduler": "CosineAnnealingLR", "params": {"T_max": None}}
    ),
    "a list per group": document({"scheduler": "OneCycleLR", "params": {"max_lr": [0.1, 0.2]}}),
    "a stack": document({**STEP, "with": [{"scheduler": "LinearLR"}]}),
    "batches": document(
        horizon={"batch": {"dataset_size": 50000, "batch_size": 128, "drop_last": True, "x": 1}}
    ),
    "batches that are not known": document(
        horizon={"batch": {"dataset_size": None, "batch_size": None, "sequence_length": None}}
    ),
    "no batches": document(horizon={"batch": None}),
    "metric values": document(metric={"values": [1, 0.5]}),
    "metric formula, the others null": document(
        metric={"values": None, "formula": "exp(-t)", "file": None}
    ),
    "metric file": document(metric={"file": "m.csv", "column": "val_loss"}),
    "no metric": document(metric=None),
}

BAD = {
    "not an object": [],
    "no format": {"version": 1},
    "another format": {"format": "other", "version": 1},
    "a newer version": {"format": "lrdesigner", "version": 2},
    "a version in words": {"format": "lrdesigner", "version": "1"},
    "a name that is no text": document(name=3),
    "phases that are no list": document() | {"phases": {}},
    "a phase that is no object": document("StepLR"),
    "a phase without a scheduler": document({"length": "rest"}),
    "an empty scheduler": document({"scheduler": ""}),
    "a negative length": document({**STEP, "length": "-5 steps"}),
    "a length without a unit": document({**STEP, "length": "5"}),
    "a length that is a number": document({**STEP, "length": 5}),
    "two rests": document(STEP, {**STEP, "length": "rest"}),
    "a wrong interval": document({**STEP, "interval": "batch"}),
    "a wrong start": document({**STEP, "start": "zero"}),
    "params that are a list": document({**STEP, "params": [3]}),
    "text for a number": document({"scheduler": "StepLR", "params": {"step_size": "3"}}),
    "a fraction for a whole number": document(
        {"scheduler": "StepLR", "params": {"step_size": 2.5}}
    ),
    "true for a number": document({"scheduler": "ExponentialLR", "params": {"gamma": True}}),
    "null where nothing follows": document({"scheduler": "StepLR", "params": {"step_size": None}}),
    "a list for a scalar": document({"scheduler": "ExponentialLR", "params": {"gamma": [0.9]}}),
    "a wrong type in a stack": document(
        {**STEP, "with": [{"scheduler": "ExponentialLR", "params": {"gamma": "big"}}]}
    ),
    "a formula that is a number": document({"scheduler": "LambdaLR", "params": {"lr_lambda": 1}}),
    "no epochs": document(horizon={"epochs": 0}),
    "half an epoch": document(horizon={"epochs": 2.5}),
    "batches that are a number": document(horizon={"batch": 32}),
    "batches of none": document(horizon={"batch": {"batch_size": 0}}),
    "a huge batch": document(horizon={"batch": {"batch_size": 10**9 + 1}}),
    "no number of devices": document(horizon={"batch": {"devices": None}}),
    "a number for yes": document(horizon={"batch": {"drop_last": 1}}),
    "a negative LR": document(optimizer={"groups": [{"name": "a", "lr": -1}]}),
    "a group without a name": document(optimizer={"groups": [{"lr": 1}]}),
    "a group without an LR": document(optimizer={"groups": [{"name": "a"}]}),
    "no groups": document(optimizer={"groups": []}),
    "an optimizer that is a word": document(optimizer="SGD"),
    "an empty metric": document(metric={}),
    "two metrics": document(metric={"values": [1], "formula": "t"}),
    "no metric values": document(metric={"values": []}),
    "a metric file without a column": document(metric={"file": "m.csv"}),
}

# The document loads and shows a problem; an editor marks it as early as it can.
LATER = {
    "an empty list per group": document({"scheduler": "OneCycleLR", "params": {"max_lr": []}}),
    "a table without rows": document({"scheduler": "piecewise_linear", "params": {"points": []}}),
    "a number beyond all runs": document({"scheduler": "StepLR", "params": {"step_size": 10**10}}),
    "a value out of range": document({"scheduler": "LinearLR", "params": {"start_factor": 2}}),
    "a word torch does not know": document(
        {"scheduler": "CyclicLR", "params": {"max_lr": 1, "mode": "square"}}
    ),
    "a missing parameter": document({"scheduler": "StepLR"}),
    "a missing parameter among others": document({"scheduler": "StepLR", "params": {"gamma": 0.5}}),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_what_loads_is_accepted(data):
    assert loads(data)
    VALIDATOR.validate(data)


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_does_not_load_is_refused(data):
    assert not loads(data)
    assert not accepts(data)


@pytest.mark.parametrize("data", LATER.values(), ids=LATER)
def test_what_torch_would_refuse_is_refused_too(data):
    schedule = lrd.loads(json.dumps(data))
    assert "error" in {problem.severity for problem in lrd.check(schedule)}
    assert not accepts(data)


LENGTHS = re.compile(r"\s?-?[0-9.]{0,4}\s?(steps?|epochs?|%|rest)?s?\s?", re.ASCII)


@given(st.from_regex(LENGTHS, fullmatch=True))
def test_a_length_is_accepted_exactly_if_it_can_be_read(text):
    try:
        Length.parse(text)
        readable = True
    except LengthError:
        readable = False
    assert accepts(document({**STEP, "length": text})) == readable
