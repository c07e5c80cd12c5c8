"""The JSON Schema of the document, made from the same declarations that check and form read.

Editors validate against the shipped file and complete from it; ``python -m
lrdesigner.schedule.schema`` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lrdesigner._files import write_atomically
from lrdesigner._resources import resource_dir
from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.params import REQUIRED, Param
from lrdesigner.schedule.batch import MAX_PER_STEP, MAX_SAMPLES
from lrdesigner.schedule.model import FORMAT, VERSION
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.tracks import QUANTITIES

SchemaData = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE = f"{FORMAT}-{VERSION}.schema.json"

_TEXT = {"type": "string", "minLength": 1}
# Spelled out: what \s and \d stand for differs between the languages validators are written in.
_SPACE = r"[ \t\n\r\f\v]*"
_NUMBER = r"([0-9]{1,12}(\.[0-9]{0,12})?|\.[0-9]{1,12})"
_REST = rf"^{_SPACE}rest{_SPACE}$"
_LENGTH = rf"^{_SPACE}(rest|{_NUMBER}{_SPACE}(steps?|epochs?|%)){_SPACE}$"


def json_schema() -> SchemaData:
    """The schema of a document of the current version; unknown keys are allowed everywhere."""
    return {
        "$schema": DIALECT,
        "$id": FILE,
        "title": "lrdesigner schedule",
        "description": "A learning-rate schedule as lrdesigner reads and writes it.",
        "type": "object",
        "required": ["format", "version"],
        "properties": {
            "format": {"const": FORMAT, "description": "What the file is."},
            "version": {"const": VERSION, "description": "The format's version."},
            "name": {"type": "string", "description": "What people call the schedule."},
            "notes": {"type": "string", "description": "Whatever there is to say about it."},
            "horizon": {"$ref": "#/$defs/horizon"},
            "optimizer": {"$ref": "#/$defs/optimizer"},
            "phases": _phases(),
            "tracks": _tracks(),
            "metric": {"anyOf": [{"$ref": "#/$defs/metric"}, {"type": "null"}]},
        },
        "$defs": {
            "horizon": _horizon(),
            "batch": _batch(),
            "optimizer": _optimizer(),
            "group": _group(),
            "phase": _phase(),
            "stacked": _stacked(),
            "scheduled": _scheduled(),
            "metric": _metric(),
            "params": {spec.key: _params(spec) for spec in schedulers()},
        },
    }


def schema_path() -> Path:
    """The shipped file."""
    return resource_dir() / "schema" / FILE


def schema_text() -> str:
    """The content of the shipped file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _horizon() -> SchemaData:
    count = {"type": "integer", "minimum": 1}
    return {
        "description": "How long the run is: epochs × steps_per_epoch optimizer steps.",
        "type": "object",
        "properties": {
            "epochs": {**count, "default": 10, "description": "Epochs of the run."},
            "steps_per_epoch": {**count, "default": 100, "description": "Steps of an epoch."},
            "batch": {"anyOf": [{"$ref": "#/$defs/batch"}, {"type": "null"}]},
        },
    }


def _batch() -> SchemaData:
    def count(most: int) -> SchemaData:
        return {"type": "integer", "minimum": 1, "maximum": most}

    def optional(most: int) -> SchemaData:
        return {"anyOf": [count(most), {"type": "null"}]}

    return {
        "description": "What the samples of a step are, as far as it is known: batch_size × "
        "accumulation × devices of them. steps_per_epoch is what counts.",
        "type": "object",
        "properties": {
            "dataset_size": {**optional(MAX_SAMPLES), "description": "Samples in an epoch."},
            "batch_size": {
                **optional(MAX_PER_STEP),
                "description": "Samples that one device takes at once.",
            },
            "accumulation": {
                **count(MAX_PER_STEP),
                "default": 1,
                "description": "Batches that a device gathers before a step.",
            },
            "devices": {
                **count(MAX_PER_STEP),
                "default": 1,
                "description": "Processes that train side by side, each with its own batches.",
            },
            "drop_last": {
                "type": "boolean",
                "default": False,
                "description": "Whether an incomplete last step of an epoch is left out.",
            },
            "sequence_length": {
                **optional(MAX_PER_STEP),
                "description": "Tokens of a sample.",
            },
        },
    }


def _optimizer() -> SchemaData:
    return {
        "description": "The optimizer and its parameter groups.",
        "type": "object",
        "properties": {
            "type": {
                "description": "A class of torch.optim.",
                **_suggested(list(OPTIMIZERS)),
                "default": "SGD",
            },
            "args": {"description": "Its keyword arguments, without lr.", "type": "object"},
            "groups": {
                "description": "The parameter groups, in the order the training passes them.",
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/$defs/group"},
            },
        },
    }


def _group() -> SchemaData:
    return {
        "description": "A parameter group; further keys override the optimizer's arguments.",
        "type": "object",
        "required": ["name", "lr"],
        "properties": {
            "name": {**_TEXT, "description": "Its name, different from the other groups'."},
            "lr": {"type": "number", "minimum": 0, "description": "Its base LR."},
        },
    }


def _phases() -> SchemaData:
    takes_rest = {
        "anyOf": [
            {"not": {"required": ["length"]}},
            {"properties": {"length": {"type": "string", "pattern": _REST}}},
        ]
    }
    return {
        "description": "The phases of the timeline; at most one takes the rest.",
        "type": "array",
        "items": {"$ref": "#/$defs/phase"},
        "contains": takes_rest,
        "minContains": 0,
        "maxContains": 1,
    }


def _tracks() -> SchemaData:
    return {
        "description": "Phases of their own for some groups, and for what they hold beside the LR.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "quantity": {
                    "description": "What the phases drive; momentum is beta1 for Adam.",
                    "enum": list(QUANTITIES),
                    "default": "lr",
                },
                "groups": {
                    "description": "Names of the groups; all others if left out (not for the LR).",
                    "anyOf": [
                        {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True},
                        {"type": "null"},
                    ],
                },
                "phases": _phases(),
            },
            "anyOf": [
                {
                    "required": ["quantity"],
                    "properties": {"quantity": {"enum": [q for q in QUANTITIES if q != "lr"]}},
                },
                {"required": ["groups"], "properties": {"groups": {"type": "array"}}},
            ],
        },
    }


def _phase() -> SchemaData:
    return {
        "description": "A stretch of the timeline, run by one scheduler.",
        "allOf": [{"$ref": "#/$defs/scheduled"}],
        "properties": {
            "length": {
                "description": '"500 steps", "2 epochs", "10%" or "rest".',
                "type": "string",
                "pattern": _LENGTH,
                "default": "rest",
            },
            "interval": {
                "description": "What one scheduler step follows.",
                "enum": ["step", "epoch"],
                "default": "step",
            },
            "start": {
                "description": "Its base LR: what the phase before reached, or the group's own.",
                "enum": ["continue", "base"],
                "default": "continue",
            },
            "with": {
                "description": "Schedulers stacked on it (ChainedScheduler).",
                "type": "array",
                "items": {"$ref": "#/$defs/stacked"},
            },
        },
    }


def _stacked() -> SchemaData:
    return {
        "description": "A scheduler stacked on a phase.",
        "allOf": [{"$ref": "#/$defs/scheduled"}],
    }


def _scheduled() -> SchemaData:
    """What a phase and a stacked scheduler share: a scheduler, and the parameters it takes."""
    return {
        "type": "object",
        "required": ["scheduler"],
        "properties": {
            "scheduler": {
                "description": "A class of torch.optim.lr_scheduler, or a family torch lacks.",
                **_suggested(schedulers().keys()),
            },
            "params": {"description": "Its parameters, by torch's names.", "type": "object"},
        },
        "allOf": [_params_of(spec) for spec in schedulers()],
    }


def _params_of(spec: SchedulerSpec) -> SchemaData:
    then: SchemaData = {"properties": {"params": {"$ref": f"#/$defs/params/{spec.key}"}}}
    if any(param.required for param in spec.params):
        then["required"] = ["params"]
    return {
        "if": {"required": ["scheduler"], "properties": {"scheduler": {"const": spec.key}}},
        "then": then,
    }


def _params(spec: SchedulerSpec) -> SchemaData:
    data: SchemaData = {
        "description": f"{spec.summary} {spec.formula}",
        "type": "object",
        "properties": {param.name: _value(param) for param in spec.params},
    }
    required = [param.name for param in spec.params if param.required]
    return {**data, "required": required} if required else data


def _value(param: Param) -> SchemaData:
    """The schema of a parameter: one value, a list with one for each group, null."""
    single = param.schema()
    choices = [single]
    if param.per_group:
        choices.append({"type": "array", "items": single, "minItems": 1})
    if param.accepts_null:
        choices.append({"type": "null"})
    data: SchemaData = {"description": param.help}
    data |= single if len(choices) == 1 else {"anyOf": choices}
    if param.default is not REQUIRED and not (param.follows and not param.null_follows):
        data["default"] = param.default
    return data


def _metric() -> SchemaData:
    number = {"type": "number"}
    values = {"type": "array", "minItems": 1, "items": number}
    return {
        "description": "The validation metric that ReduceLROnPlateau reacts to; one of three.",
        "type": "object",
        "properties": {
            "values": {
                **values,
                "type": ["array", "null"],
                "description": "One value per epoch; the last repeats.",
            },
            "formula": {
                "type": ["string", "null"],
                "description": 'A formula in the epoch t, such as "exp(-t / 20)".',
            },
            "file": {
                "type": ["string", "null"],
                "description": "A CSV file in the document's folder.",
            },
            "column": {"type": ["string", "null"], "description": "The file's column."},
        },
        "oneOf": [
            {"required": ["values"], "properties": {"values": {"type": "array"}}},
            {"required": ["formula"], "properties": {"formula": {"type": "string"}}},
            {"required": ["file", "column"], "properties": {"file": _TEXT, "column": _TEXT}},
        ],
    }


def _suggested(names: list[str]) -> SchemaData:
    """Known names for editors to offer; others are kept, and reported as not understood."""
    return {"anyOf": [{"enum": names}, _TEXT]}


if __name__ == "__main__":
    write_atomically(schema_path(), schema_text().encode())
