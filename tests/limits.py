"""Every limit of every declared parameter: values one step outside it, and one step inside."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from documents import PARAMS, document
from families import FAMILIES

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.params import (
    ChoiceParam,
    ConstantsParam,
    FloatParam,
    IntListParam,
    IntParam,
    NumbersParam,
    Param,
    TableParam,
    TextParam,
)
from lrdesigner.params.base import MAX_INT, MAX_ROWS

TWO_GROUPS = [{"name": "backbone", "lr": 0.1}, {"name": "head", "lr": 0.02}]
EXAMPLES = {**PARAMS, **FAMILIES}
MISSING = object()

# What else has to hold for a value at its limit to be one that runs: the two limits of a pair.
_LONG = 10**9
COMPANIONS: dict[tuple[str, str, str], dict[str, Any]] = {
    ("trapezoidal", "warmup_steps", "maximum"): {"total_steps": _LONG},
    ("trapezoidal", "decay_steps", "maximum"): {"total_steps": _LONG, "warmup_steps": 0},
    ("wsd", "warmup_steps", "maximum"): {"total_steps": _LONG, "decay_steps": 0},
    ("wsd", "decay_steps", "maximum"): {"total_steps": _LONG, "warmup_steps": 0},
    ("knee", "warmup_steps", "maximum"): {},
    ("knee", "explore_steps", "maximum"): {},
    ("tri_stage", "warmup_steps", "maximum"): {"decay_steps": 6},
    ("tri_stage", "hold_steps", "maximum"): {"decay_steps": 6},
    ("inverse_floor", "min_lr_ratio", "minimum"): {"min_lr": 0.001},
    ("cosine_linear_tail", "decay_steps", "maximum"): {"total_steps": _LONG},
    ("inverse_sqrt_megatron", "lr_warmup_steps", "maximum"): {},
    ("half_cosine", "warmup_steps", "maximum"): {},
    ("rsqrt_cooldown", "warmup_steps", "maximum"): {"total_steps": _LONG},
    ("rsqrt_cooldown", "decay_steps", "maximum"): {"total_steps": _LONG},
    ("power_law", "total_steps", "minimum"): {"warmup_steps": 1},
    ("power_law", "warmup_steps", "maximum"): {"total_steps": _LONG},
    ("power_law", "decay_steps", "maximum"): {},
    ("jagged_restarts", "warmup_steps", "maximum"): {},
    ("jagged_restarts", "jagged_restart_warmup_steps", "maximum"): {
        "jagged_restart_steps": _LONG,
        "jagged_restart_anneal_steps": 0,
    },
    ("jagged_restarts", "jagged_restart_anneal_steps", "maximum"): {"jagged_restart_steps": _LONG},
    ("relora_cosine", "first_warmup_steps", "maximum"): {},
    ("relora_cosine", "restart_warmup_steps", "maximum"): {"restart_every": _LONG},
    ("ignite_cyclical", "warmup_duration", "maximum"): {"shape": "line"},
    ("wsd_s_peaks", "periods", "one row"): {"decay_fraction": 1},
    ("wsd_s_peaks", "warmup_steps", "maximum"): {},
    ("fractal_chebyshev", "big_m", "above"): {"small_m": 1e-4},
    ("CyclicLR", "max_lr", "minimum"): {"base_lr": 0},
    ("CyclicLR", "base_momentum", "below"): {"max_momentum": 0.9995},
    ("CyclicLR", "max_momentum", "minimum"): {"base_momentum": 0},
    ("OneCycleLR", "total_steps", "minimum"): {},
    ("OneCycleLR", "pct_start", "maximum"): {"total_steps": 60},
    ("OneCycleLR", "base_momentum", "below"): {"max_momentum": 0.9995},
    ("OneCycleLR", "max_momentum", "minimum"): {"base_momentum": 0},
    ("OneCycleLR", "epochs", "minimum"): {"steps_per_epoch": 60},
    ("OneCycleLR", "epochs", "maximum"): {"steps_per_epoch": 60},
    ("OneCycleLR", "steps_per_epoch", "minimum"): {"epochs": 60},
    ("OneCycleLR", "steps_per_epoch", "maximum"): {"epochs": 60},
    ("cosine_restarts_decay", "warmup_steps", "maximum"): {},
    ("wsd_s", "warmup_steps", "maximum"): {},
    ("wsd_s", "decay_type", "inverse"): {"min_lr_ratio": 0.1},
    ("piecewise_constant", "times", "length"): {"table": [[3, 0.3], [4, 0.1]]},
}
# Largest numbers of steps that no other parameter leaves room for: one step less is the most.
NEVER = {case for case, more in COMPANIONS.items() if not more}


@dataclass(frozen=True)
class Case:
    """A value of one parameter, among others that are fine.

    Attributes:
        key: The scheduler.
        name: The parameter.
        params: All parameters of the phase.
        limit: Which limit it is about.
        typed: What to type into the parameter's field to get the value; "" if that cannot be.
        field: The field to type it into.
    """

    key: str
    name: str
    params: dict[str, Any]
    limit: str
    typed: str = ""
    field: str = ""

    @property
    def spec(self) -> SchedulerSpec:
        return schedulers()[self.key]

    @property
    def declaration(self) -> Param:
        found = self.spec.param(self.name)
        assert found is not None
        return found

    @property
    def data(self) -> dict[str, Any]:
        """A document of this phase alone."""
        phase = {"scheduler": self.key, "params": self.params, "length": "rest"}
        metric = {"formula": "exp(-t / 5)"} if self.spec.epoch_only else None
        return document(phase, groups=TWO_GROUPS, metric=metric)

    def __str__(self) -> str:
        return f"{self.key}-{self.name}-{self.limit}"


def outside() -> list[Case]:
    """One step outside every limit of every parameter."""
    return [case for spec in schedulers() for p in spec.params for case in _outside(spec, p)]


def inside() -> list[Case]:
    """At every limit that may be reached, and one step inside those that may not."""
    return [case for spec in schedulers() for p in spec.params for case in _inside(spec, p)]


def sound(spec: SchedulerSpec) -> dict[str, Any]:
    """Parameters of a scheduler that run, with as little given as possible."""
    return dict(EXAMPLES[spec.key][0])


def _outside(spec: SchedulerSpec, declaration: Param) -> Iterator[Case]:
    for limit, value in beyond(declaration):
        yield _case(spec, declaration, limit, value)
    if isinstance(declaration, TableParam):
        yield from _cells(spec, declaration)
    if declaration.per_group:
        one = _plain_value(spec, declaration)
        for count in (0, 1, 3):
            yield _case(spec, declaration, f"{count} values for 2 groups", [one] * count)
        wrong = next((value for _, value in beyond(declaration)), None)
        if wrong is not None:
            case = _case(spec, declaration, "in a list", [one, wrong])
            yield replace(case, field=f"param_{declaration.name}_1", typed=repr(wrong))
    if declaration.required:
        yield _case(spec, declaration, "missing", MISSING)


def _inside(spec: SchedulerSpec, declaration: Param) -> Iterator[Case]:
    for limit, value in within(declaration):
        if (spec.key, declaration.name, limit) in NEVER:
            continue
        yield _case(spec, declaration, limit, value)
    if declaration.per_group:
        yield _case(spec, declaration, "a list", [_plain_value(spec, declaration)] * 2)


def _case(spec: SchedulerSpec, declaration: Param, limit: str, value: Any) -> Case:
    params = {**sound(spec), **COMPANIONS.get((spec.key, declaration.name, limit), {})}
    if value is MISSING:
        params.pop(declaration.name, None)
    else:
        params[declaration.name] = value
    typed, field = "", f"param_{declaration.name}"
    if isinstance(declaration, (FloatParam, IntParam)) and isinstance(value, (int, float)):
        typed = repr(value)
    elif isinstance(declaration, IntListParam) and isinstance(value, list) and len(value) < 20:
        typed = ", ".join(map(str, value))
    elif isinstance(declaration, TextParam):
        typed = value
    return Case(spec.key, declaration.name, params, limit, typed, field)


def beyond(declaration: Param) -> Iterator[tuple[str, Any]]:
    """Limits, and values beyond them."""
    match declaration:
        case FloatParam():
            if declaration.minimum is not None:
                yield "minimum", math.nextafter(declaration.minimum, -math.inf)
                yield "well below", declaration.minimum - 1
            if declaration.maximum is not None:
                yield "maximum", math.nextafter(declaration.maximum, math.inf)
            if declaration.above is not None:
                yield "above", declaration.above
            if declaration.below is not None:
                yield "below", declaration.below
        case IntParam():
            if declaration.minimum is not None:
                yield "minimum", declaration.minimum - 1
            if declaration.maximum is not None:
                yield "maximum", declaration.maximum + 1
        case ChoiceParam():
            yield "choice", declaration.choices[0] + "x"
        case IntListParam():
            yield "negative", [-1, 4]
            yield "rising", [9, 4]
            yield "largest", [4, MAX_INT + 1]
            yield "entries", list(range(1, declaration.most + 2))
        case TableParam():
            yield "no row", []
            yield "rows", [[time, 0.5] for time in range(MAX_ROWS + 1)]
        case TextParam():
            yield "length", "x" * (declaration.longest + 1)
        case ConstantsParam():
            yield "entries", {f"c{number}": 1.0 for number in range(33)}
        case NumbersParam():
            for place, item in enumerate(declaration.items):
                for limit, value in beyond(item):
                    yield f"{limit} of {place}", _with(declaration.default, place, value)


def _cells(spec: SchedulerSpec, declaration: TableParam) -> Iterator[Case]:
    """Tables in which one number is wrong, which can be typed into its cell."""
    rows = [[declaration.least, 1.0], [4, 0.5], [9, 0.1]]
    wrong: list[tuple[str, int, int, Any]] = [
        ("negative time", 0, 0, -1),
        ("negative value", 1, 1, -0.5),
        ("latest", 2, 0, MAX_INT + 1),
    ]
    if declaration.least:
        wrong += [("least", 1, 0, declaration.least - 1)]
    if declaration.rising:
        wrong += [("rising", 1, 0, 10), ("twice", 1, 0, 9)]
    for limit, row, column, value in wrong:
        table = [list(pair) for pair in rows]
        table[row][column] = value
        case = _case(spec, declaration, limit, table)
        field = f"param_{declaration.name}_{row}_{declaration.columns[column]}"
        yield replace(case, typed=repr(value), field=field)


def within(declaration: Param) -> Iterator[tuple[str, Any]]:
    """Limits, and values that they allow."""
    match declaration:
        case FloatParam():
            small = 1e-3
            if declaration.minimum is not None:
                yield "minimum", declaration.minimum
            if declaration.maximum is not None:
                yield "maximum", declaration.maximum
            if declaration.above is not None:
                yield "above", declaration.above + small
            if declaration.below is not None:
                yield "below", declaration.below - small
        case IntParam():
            if declaration.minimum is not None:
                yield "minimum", declaration.minimum
            if declaration.maximum is not None:
                yield "maximum", declaration.maximum
        case ChoiceParam():
            yield from ((choice, choice) for choice in declaration.choices)
        case IntListParam():
            yield "rising", [4, 9]
            yield "largest", [4, MAX_INT]
        case TableParam():
            yield "one row", [[declaration.least, 1.0]]
            yield "zeros", [[declaration.least, 0.0], [MAX_INT, 0]]
        case TextParam():
            yield "length", "x" * declaration.longest
        case ConstantsParam():
            yield "entries", {"k": 4.0, **{f"c{number}": 1.0 for number in range(31)}}
        case NumbersParam():
            for place, item in enumerate(declaration.items):
                for limit, value in within(item):
                    yield f"{limit} of {place}", _with(declaration.default, place, value)


def _with(numbers: Any, place: int, value: float) -> list[float]:
    """Some numbers with another in one place."""
    return [*map(float, numbers[:place]), value, *map(float, numbers[place + 1 :])]


def _plain_value(spec: SchedulerSpec, declaration: Param) -> Any:
    """A value for one group."""
    value = sound(spec).get(declaration.name, declaration.default)
    return value if isinstance(value, (int, float, str)) else 0.015


# Pairs of parameters that have to fit each other, in a phase of 24 steps: what just fits, what
# does not, and the field that is told.
ACROSS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("LinearLR", {"start_factor": 1e-300}, {"start_factor": 1e-320}, "start_factor"),
    ("trapezoidal", {"warmup_steps": 20, "decay_steps": 4}, {"warmup_steps": 21}, "warmup_steps"),
    ("wsd", {"warmup_steps": 20, "decay_steps": 4}, {"decay_steps": 5}, "warmup_steps"),
    ("wsd", {"min_lr": 0.01, "min_lr_ratio": 0}, {"min_lr_ratio": 0.1}, "min_lr"),
    ("knee", {"warmup_steps": 3, "explore_steps": 20}, {"warmup_steps": 4}, "warmup_steps"),
    ("tri_stage", {"warmup_steps": 3, "hold_steps": 20}, {"hold_steps": 21}, "warmup_steps"),
    ("cosine_linear_tail", {"decay_steps": 24}, {"decay_steps": 25}, "decay_steps"),
    ("inverse_sqrt_megatron", {"lr_warmup_steps": 23}, {"lr_warmup_steps": 24}, "lr_warmup_steps"),
    (
        "cosine_restarts_decay",
        {"first_cycle_steps": 6, "warmup_steps": 5},
        {"warmup_steps": 6},
        "warmup_steps",
    ),
    ("inverse_floor", {"min_lr_ratio": 0.01}, {"min_lr_ratio": 0}, "min_lr_ratio"),
    ("wsd_s", {"period_ends": [1, 9], "decay_fraction": 1}, {"period_ends": [0, 9]}, "period_ends"),
    ("wsd_s", {"period_ends": [4, 9]}, {"period_ends": [4, 4]}, "period_ends"),
    ("wsd_s", {"period_ends": [8], "warmup_steps": 7}, {"warmup_steps": 8}, "warmup_steps"),
    (
        "wsd_s",
        {"period_ends": [8], "decay_type": "inverse", "min_lr_ratio": 0.1},
        {"min_lr_ratio": 0},
        "decay_type",
    ),
    ("half_cosine", {"warmup_steps": 23}, {"warmup_steps": 24}, "warmup_steps"),
    (
        "rsqrt_cooldown",
        {"warmup_steps": 20, "decay_steps": 4},
        {"decay_steps": 5},
        "warmup_steps",
    ),
    ("power_law", {"warmup_steps": 20, "decay_steps": 4}, {"decay_steps": 5}, "warmup_steps"),
    (
        "jagged_restarts",
        {"jagged_restart_steps": 6, "jagged_restart_warmup_steps": 5},
        {"jagged_restart_anneal_steps": 2},
        "jagged_restart_warmup_steps",
    ),
    (
        "relora_cosine",
        {"restart_every": 6, "first_warmup_steps": 6, "restart_warmup_steps": 4},
        {"restart_every": 5},
        "first_warmup_steps",
    ),
    (
        "ignite_cyclical",
        {"cycle_size": 4, "shape": "line", "warmup_duration": 2},
        {"shape": "triangle"},
        "warmup_duration",
    ),
    ("fractal_chebyshev", {"small_m": 0.5, "big_m": 0.5}, {"big_m": 0.4}, "small_m"),
    ("exponential_steps", {"min_lr": 0.01}, {"min_lr_ratio": 0.1}, "min_lr"),
    (
        "wsd_s_peaks",
        {"periods": [[8, 1], [9, 1]], "warmup_steps": 7},
        {"warmup_steps": 8},
        "warmup_steps",
    ),
    ("piecewise_constant", {"table": [[0, 1], [4, 0.5]]}, {"table": [[4, 1], [4, 0.5]]}, "table"),
    (
        "piecewise_constant",
        {"table": [[1, 1], [4, 0.5]], "times": "length"},
        {"table": [[0, 1], [4, 0.5]]},
        "table",
    ),
    ("CyclicLR", {"base_lr": 0.3, "max_lr": 0.3}, {"max_lr": 0.29}, "max_lr"),
    ("CyclicLR", {"max_lr": [0.1, 0.02]}, {"max_lr": [0.1, 0.01]}, "max_lr"),
    (
        "CyclicLR",
        {"max_lr": 1, "base_momentum": 0.7, "max_momentum": 0.7},
        {"max_momentum": 0.6},
        "base_momentum",
    ),
    ("OneCycleLR", {"max_lr": 1, "total_steps": 24}, {"total_steps": 23}, "total_steps"),
    ("OneCycleLR", {"max_lr": 1, "pct_start": 0.96}, {"pct_start": 1}, "pct_start"),
    ("OneCycleLR", {"max_lr": 1, "total_steps": 40}, {"pct_start": 0.025}, "pct_start"),
    ("OneCycleLR", {"max_lr": 1, "epochs": 4, "steps_per_epoch": 6}, {"epochs": None}, "epochs"),
    (
        "OneCycleLR",
        {"max_lr": 1, "base_momentum": 0.7, "max_momentum": 0.7},
        {"max_momentum": 0.6},
        "base_momentum",
    ),
    ("polynomial_end", {"lr_end": 0.01}, {"lr_end_ratio": 0.1}, "lr_end"),
    ("formula", {"formula": "k", "constants": {"k": 1}}, {"constants": {"q": 1}}, "formula"),
]


def across() -> list[tuple[Case, Case]]:
    """Parameters that just fit each other, and ones that do not."""
    return [
        (Case(key, name, good, "fits"), Case(key, name, {**good, **change}, f"{change}"))
        for key, good, change, name in ACROSS
    ]
