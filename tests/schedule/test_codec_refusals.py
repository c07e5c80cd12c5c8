"""What is no document is refused: one line that names the field and says what to change."""

from __future__ import annotations

import json

import pytest
from documents import FULL, document, phase
from hypothesis import given
from hypothesis import strategies as st
from json_values import JSON

import lrdesigner as lrd


def loads(data):
    return lrd.loads(json.dumps(data))


def changed(path, value):
    """The full document with one place changed; a path like ``phases.0.length``."""
    data = json.loads(json.dumps(FULL))
    place = data
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        place = place[part]
    place[last] = value
    return data


WRONG = [
    ("format", "csv", "format: this is not a schedule"),
    ("format", None, "format: this is not a schedule"),
    ("version", 2, "version: the document has version 2, this program reads up to 1; update"),
    ("version", 10**40, "version: the document has version"),
    ("version", 0, "version: version 0 is not known; the first is 1"),
    ("version", -1, "version: version -1 is not known"),
    ("version", "1", "version: must be a whole number"),
    ("version", 1.0, "version: must be a whole number"),
    ("version", True, "version: must be a whole number"),
    ("version", None, "version: must be a whole number"),
    ("name", 5, "name: must be text, not 5"),
    ("name", None, "name: must be text, not null"),
    ("notes", ["a"], 'notes: must be text, not ["a"]'),
    ("horizon", None, "horizon: must be an object in braces, not null"),
    ("horizon", [10, 100], "horizon: must be an object in braces, not [10, 100]"),
    ("horizon.epochs", 0, "horizon.epochs: must be 1 or greater, not 0"),
    ("horizon.epochs", -3, "horizon.epochs: must be 1 or greater, not -3"),
    ("horizon.epochs", 2.5, "horizon.epochs: must be a whole number, not 2.5"),
    ("horizon.epochs", 2.0, "horizon.epochs: must be a whole number, not 2.0"),
    ("horizon.epochs", "10", 'horizon.epochs: must be a whole number, not "10"'),
    ("horizon.epochs", True, "horizon.epochs: must be a whole number, not true"),
    ("horizon.steps_per_epoch", None, "horizon.steps_per_epoch: must be a whole number, not null"),
    ("horizon.epochs", 10**9, "horizon: 1,000,000,000 epochs × 3 steps are 3,000,000,000 steps"),
    ("horizon.epochs", 10**400, "horizon: "),
    ("horizon.batch", 256, "horizon.batch: must be an object in braces, not 256"),
    ("horizon.batch", {"batch_size": 0}, "horizon.batch.batch_size: must be 1 or greater, not 0"),
    ("horizon.batch", {"batch_size": 2.5}, "horizon.batch.batch_size: must be a whole number"),
    ("horizon.batch", {"devices": None}, "horizon.batch.devices: must be a whole number, not null"),
    ("horizon.batch", {"dataset_size": 10**400}, "horizon.batch.dataset_size: must be"),
    (
        "horizon.batch",
        {"accumulation": 10**9 + 1},
        "horizon.batch.accumulation: must be 1,000,000,000 or less, not 1000000001",
    ),
    ("horizon.batch", {"drop_last": 1}, "horizon.batch.drop_last: must be true or false, not 1"),
    ("horizon.batch", {"sequence_length": "2k"}, "horizon.batch.sequence_length: must be a whole"),
    ("optimizer", "SGD", 'optimizer: must be an object in braces, not "SGD"'),
    ("optimizer.type", 3, "optimizer.type: must be text, not 3"),
    ("optimizer.type", "", "optimizer.type: must not be empty"),
    ("optimizer.args", [1], 'optimizer.args: must be an object such as {"gamma": 0.9}'),
    ("optimizer.groups", [], "optimizer.groups: must have at least one entry"),
    ("optimizer.groups", {}, "optimizer.groups: must be a list, not {}"),
    ("optimizer.groups", "ab", 'optimizer.groups: must be a list, not "ab"'),
    ("optimizer.groups.1", 5, "optimizer.groups[1]: must be an object in braces, not 5"),
    ("optimizer.groups.1", {"name": "x"}, "optimizer.groups[1].lr: is missing"),
    ("optimizer.groups.1.name", "", "optimizer.groups[1].name: must not be empty"),
    ("optimizer.groups.1.name", "head", "optimizer.groups: groups 1 and 2 are both named 'head'"),
    ("optimizer.groups.0.lr", -0.1, "optimizer.groups[0].lr: must be 0 or greater, not -0.1"),
    ("optimizer.groups.0.lr", "0.1", 'optimizer.groups[0].lr: must be a number, not "0.1"'),
    ("optimizer.groups.0.lr", True, "optimizer.groups[0].lr: must be a number, not true"),
    ("optimizer.groups.0.lr", 10**400, "optimizer.groups[0].lr: must be a "),
    ("phases", {"0": {}}, "phases: must be a list, not "),
    ("phases", None, "phases: must be a list, not null"),
    ("phases.0", "LinearLR", 'phases[0]: must be an object in braces, not "LinearLR"'),
    ("phases.0", {}, "phases[0].scheduler: is missing"),
    ("phases.0.scheduler", 7, "phases[0].scheduler: must be text, not 7"),
    ("phases.0.scheduler", "", "phases[0].scheduler: must not be empty"),
    ("phases.0.length", 500, "phases[0].length: must be text, not 500"),
    ("phases.0.length", "-5 steps", "phases[0].length: '-5 steps' is negative; a length is 0 or"),
    ("phases.0.length", "soon", "phases[0].length: 'soon' is not a length; write \"500 steps\""),
    ("phases.0.length", "rest", 'phases: phases 0 and 2 both have the length "rest"'),
    ("phases.0.interval", "batch", "phases[0].interval: must be 'step' or 'epoch', not \"batch\""),
    ("phases.0.interval", 1, "phases[0].interval: must be 'step' or 'epoch', not 1"),
    ("phases.0.start", "zero", "phases[0].start: must be 'continue' or 'base', not \"zero\""),
    ("phases.0.params", [], 'phases[0].params: must be an object such as {"gamma": 0.9}'),
    ("phases.0.params", None, "phases[0].params: must be an object"),
    ("phases.0.params.start_factor", "x", "phases[0].params.start_factor: start_factor must be a"),
    ("phases.0.params.start_factor", {}, "phases[0].params.start_factor: start_factor must be a"),
    (
        "phases.0.params.start_factor",
        10**400,
        "phases[0].params.start_factor: start_factor must be",
    ),
    ("phases.1.params.max_lr", [1, "x", 3], "phases[1].params.max_lr: max_lr must be a number"),
    ("phases.1.params.max_lr", [[1]], "phases[1].params.max_lr: max_lr must be a number"),
    ("phases.2.with", {}, "phases[2].with: must be a list, not {}"),
    ("phases.2.with.0", {}, "phases[2].with[0].scheduler: is missing"),
    ("phases.2.with.0.params.gamma", "x", "phases[2].with[0].params.gamma: gamma must be a number"),
    ("metric", 5, "metric: must be an object in braces, not 5"),
    ("metric", {}, "metric: give exactly one of values, formula, file; found none of them"),
    ("metric", {"values": []}, "metric: values is empty; give one value per epoch"),
    ("metric", {"values": 5}, "metric.values: must be a list, not 5"),
    ("metric", {"values": ["x"]}, 'metric.values[0]: must be a number, not "x"'),
    ("metric", {"values": [1], "formula": "t"}, "metric: give exactly one of"),
    ("metric", {"file": "a.csv"}, "metric: name the column of the file"),
    ("metric", {"formula": "1 +"}, "metric.formula: not a formula: the formula ends too early"),
    ("metric", {"formula": "T"}, "metric.formula: not a formula: 'T' is not known here"),
    ("metric", {"formula": 5}, "metric.formula: must be text, not 5"),
]


@pytest.mark.parametrize(("path", "value", "message"), WRONG, ids=[str(row[0]) for row in WRONG])
def test_what_is_wrong_is_named(path, value, message):
    with pytest.raises(lrd.DocumentError) as caught:
        loads(changed(path, value))
    text = str(caught.value)
    assert text.startswith(message)
    assert "\n" not in text
    assert len(text) < 400


HOSTILE = [
    "__import__('os')",
    "9**9**9",
    "lambda: 0",
    "().__class__",
    "t.real",
    "open('x')",
    "[t]",
    "t if t",
    "'a' * t",
    "f'{t}'",
    "t := 1",
    "t; t",
    "a" * 3000,
    "(" * 500 + "t" + ")" * 500,
    "-" * 1500 + "t",
    "t\nt",
    "\x00",
    "",
    " ",
]


@pytest.mark.parametrize("formula", HOSTILE)
def test_hostile_formulas(formula):
    data = document(phase("LambdaLR", {"lr_lambda": formula}))
    with pytest.raises(lrd.DocumentError) as caught:
        loads(data)
    assert str(caught.value).startswith("phases[0].params.lr_lambda: lr_lambda is not a formula: ")
    assert "\n" not in str(caught.value)


TEXTS = [
    ("", "line 1, column 1: this is not valid JSON; it is empty"),
    ("{", "line 1, column 2: this is not valid JSON; a key in double quotes must stand here"),
    (
        "{'format': 1}",
        "line 1, column 2: this is not valid JSON; a key in double quotes must stand here",
    ),
    ('{"a": [,]}', "line 1, column 8: this is not valid JSON; a value must stand here, not ','"),
    ('{"a": "b}', "line 1, column 7: this is not valid JSON; this text has no closing quote"),
    ('{\n  "format": "lrdesigner",\n}', "line 3, column 1: this is not valid JSON"),
    ("hello", "line 1, column 1: this is not valid JSON"),
    (
        '{"a": 1} x',
        "line 1, column 10: this is not valid JSON; the document ends before this; remove the rest",
    ),
    ("[]", "format: this is not a schedule"),
    ("5", "format: this is not a schedule"),
    ('"lrdesigner"', "format: this is not a schedule"),
    ("null", "format: this is not a schedule"),
    ("{}", "format: this is not a schedule"),
    ('{"format": "lrdesigner"}', 'version: must be a whole number; write "version": 1'),
    ('{"a": NaN}', "NaN is not a number that JSON knows; write a finite number"),
    ('{"a": -Infinity}', "-Infinity is not a number that JSON knows"),
    ('{"a": 1e999}', "1e999 is too large; write a finite number"),
    ('{"a": ' + "1" * 5000 + "}", "a number is too long"),
    ('{"a": 1, "a": 2}', "the key 'a' stands twice in the same object; keep one"),
    ('{"b": [{"c": 1, "c": 1}]}', "the key 'c' stands twice"),
    ("[" * 10_000_000, "the JSON is nested too deeply to be a schedule"),
    ("[" * 100_000 + "]" * 100_000, "the JSON is nested too deeply to be a schedule"),
    ('{"a":' * 100_000, "the JSON is nested too deeply to be a schedule"),
    ('{"a": "\t"}', "line 1, column 8: this is not valid JSON"),
    ("\x00", "line 1, column 1: this is not valid JSON"),
]


@pytest.mark.parametrize(("text", "message"), TEXTS, ids=[text[:20] for text, _ in TEXTS])
def test_what_is_no_document(text, message):
    with pytest.raises(lrd.DocumentError) as caught:
        lrd.loads(text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("depth", [90, 150, 300, 450, 600, 900, 990, 2000])
@pytest.mark.parametrize("place", ["extra", "params", "name"])
def test_deep_nesting_is_read_and_written_or_refused(depth, place):
    """In the middle between what JSON can read and what Python's recursion bears."""
    nest = "[" * depth + "]" * depth
    data = document(phase("StepLR", {"step_size": 3}))
    text = json.dumps(data).replace('"step_size": 3', f'"step_size": 3, "more": {nest}')
    if place == "extra":
        text = json.dumps({**data, "more": 0}).replace('"more": 0', f'"more": {nest}')
    if place == "name":
        text = json.dumps({**data, "name": 0}).replace('"name": 0', f'"name": {nest}')
    try:
        schedule = lrd.loads(text)
    except lrd.DocumentError as error:
        message = str(error)
    else:
        assert depth < 100, "deeper ones would fail when they are saved from a deep stack"
        assert json.loads(lrd.dumps(schedule)) == json.loads(lrd.dumps(lrd.loads(text)))
        return
    assert "\n" not in message
    assert ("nested too deeply" in message) or (place == "name" and "must be text" in message)


@pytest.mark.parametrize("place", ["name", "notes", "extra", "key"])
def test_half_a_character_is_refused(place):
    """A lone surrogate is no text; it could be read, but never written in UTF-8."""
    data = document(phase("LinearLR"))
    data["more" if place == "extra" else "\ud800" if place == "key" else place] = "a\ud800b"
    with pytest.raises(lrd.DocumentError, match="holds half a character"):
        loads(data)


@given(st.text(alphabet='{}[]",:0123456789.eE+-tfnN \\u"lrdesigner', max_size=60))
def test_any_text_is_read_or_refused(text):
    with pytest.raises(lrd.DocumentError) as caught:
        lrd.loads(text)
    assert "\n" not in str(caught.value)


@given(st.data())
def test_any_value_anywhere_is_read_or_refused(data):
    """Every field of the document set to any JSON: one clear line, or a document that is saved."""
    paths = sorted({path for path, _, _ in WRONG})
    value = data.draw(JSON)
    written = changed(data.draw(st.sampled_from(paths)), value)
    try:
        schedule = loads(written)
    except lrd.DocumentError as error:
        message = str(error)
    else:
        assert lrd.loads(lrd.dumps(schedule)) == schedule
        return
    assert "\n" not in message
    assert len(message) < 400
