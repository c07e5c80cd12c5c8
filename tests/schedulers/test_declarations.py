"""Every declaration, those of torch's classes against the class itself."""

from __future__ import annotations

import importlib
import inspect
import json

import plain_torch
import pytest
from documents import METRIC, NAMES, PARAMS, PER_GROUP, document
from families import FAMILIES
from torch.optim import lr_scheduler
from training import check, read

import lrdesigner as lrd
from lrdesigner.catalog import Category, schedulers
from lrdesigner.params import REQUIRED, IntListParam

SPECS = list(schedulers())
OF_TORCH = [spec for spec in SPECS if spec.key[0].isupper()]
EXAMPLES = {**PARAMS, **FAMILIES}
# What the document has another word for: the optimizer, resuming, formulas.
NOT_DECLARED = {"self", "optimizer", "last_epoch", "scale_fn", "scale_mode"}
# torch requires these; here they follow the phase.
FOLLOWING = {("CosineAnnealingLR", "T_max"), ("CyclicLR", "base_lr")}

each_of_torch = pytest.mark.parametrize("spec", OF_TORCH, ids=lambda spec: spec.key)
each = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)


def signature(spec):
    found = inspect.signature(plain_torch.scheduler_class(spec.key).__init__).parameters
    return {name: parameter for name, parameter in found.items() if name not in NOT_DECLARED}


def test_every_class_of_torch_is_there():
    composed = {"LRScheduler", "SequentialLR", "ChainedScheduler"}  # the timeline and `with`
    assert {spec.key for spec in OF_TORCH} == {*lr_scheduler.__all__, "SWALR"} - composed
    assert set(NAMES) == {spec.key for spec in OF_TORCH}


@each_of_torch
def test_names_in_torchs_order(spec):
    assert [param.name for param in spec.params] == list(signature(spec))


@each_of_torch
def test_defaults(spec):
    for name, parameter in signature(spec).items():
        declared = spec.param(name)
        if parameter.default is inspect.Parameter.empty:
            assert declared.default is REQUIRED, name
            assert declared.required == ((spec.key, name) not in FOLLOWING), name
        else:
            assert declared.default == parameter.default, name
            assert not declared.required


@each
def test_defaults_are_allowed(spec):
    for param in spec.params:
        if param.default is not REQUIRED and not (param.default is None and param.accepts_null):
            assert param.error(param.default) is None


@each
def test_what_people_read(spec):
    for param in spec.params:
        assert param.help
        assert "\n" not in param.help
        assert param.help.endswith(".")
        assert param.allowed
    assert spec.title
    assert spec.summary.endswith(".")
    assert spec.source
    assert spec.category in Category
    assert any(sign in spec.formula for sign in "=→←")


@each
def test_docstrings_say_what_is_computed(spec):
    module = importlib.import_module(spec.curve.__module__)
    assert module.__doc__.startswith(f"{spec.key}: ")
    assert spec.curve.__doc__.splitlines()[0].endswith(".")


@pytest.mark.parametrize("length", [1, 2, 3, 7, 24])
@pytest.mark.parametrize("interval", ["step", "epoch"])
@each_of_torch
def test_a_phase_dropped_from_the_palette_runs(spec, interval, length):
    computed = spec.starter_for(length, 0.1) if spec.starter_for else {}
    params = {**spec.starter, **computed}
    assert set(params) <= {param.name for param in spec.params}
    phase = {"scheduler": spec.key, "interval": interval, "params": params, "length": "rest"}
    per_epoch = 1 if interval == "epoch" else length
    check(
        document(phase, epochs=length if per_epoch == 1 else 1, per_epoch=per_epoch, metric=METRIC)
    )


@each
def test_json_keeps_every_parameter(spec):
    """All given at once, in the types torch wants; as lists where torch takes one per group."""
    for params in EXAMPLES[spec.key] + PER_GROUP.get(spec.key, []):
        data = document({"scheduler": spec.key, "params": params, "length": "rest"}, metric=METRIC)
        again = json.loads(lrd.dumps(read(data)))
        assert again["phases"] == data["phases"]
        assert lrd.loads(lrd.dumps(read(data))) == read(data)


@each
def test_schemas_accept_what_the_declarations_accept(spec):
    import jsonschema

    for params in EXAMPLES[spec.key]:
        for name, value in params.items():
            declared = spec.param(name)
            if value is not None:
                assert declared.error(value) is None
                jsonschema.validate(value, declared.schema())


@each
def test_per_group_lists_are_those_that_torch_takes(spec):
    """A list where it is not declared would pass torch's constructor and fail later."""
    takes = {name for params in PER_GROUP.get(spec.key, []) for name in params}
    lists = {
        name
        for name in takes
        if any(isinstance(params.get(name), list) for params in PER_GROUP[spec.key])
    }
    declared = {param.name for param in spec.params if param.per_group}
    assert lists <= declared
    assert declared - lists <= {"base_momentum", "max_momentum", "base_lr"}
    for param in spec.params:
        if not param.per_group and not isinstance(param, IntListParam):
            assert param.type_error([1, 1])


def test_keys_and_titles_are_unique():
    assert len({spec.key for spec in SPECS}) == len(SPECS)
    assert len({spec.title for spec in SPECS}) == len(SPECS)


def test_the_palette_is_ordered_by_category():
    categories = list(Category)
    places = [(categories.index(spec.category), spec.order) for spec in SPECS]
    assert places == sorted(places)
    assert {spec.category for spec in SPECS} == set(Category)
