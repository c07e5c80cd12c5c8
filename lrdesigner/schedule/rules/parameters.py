"""Parameters that torch would refuse, now or after days of training, and unknown entries."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lrdesigner import numerals
from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.engine.plan import own_lrs
from lrdesigner.engine.resolve import cross_errors, wrong_params
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.i18n import mark, tr
from lrdesigner.params import REQUIRED, Param
from lrdesigner.params.base import shown
from lrdesigner.registry import UnknownKeyError
from lrdesigner.schedule.frozen import FrozenModel
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.schedule.problems import Facts, Problem, Rule
from lrdesigner.sentences import unended, with_fix

_WORDS = re.compile(r"\w+", re.ASCII)


def _entries(phase: Phase) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    yield "", phase.scheduler, phase.params
    for item in phase.with_:
        yield f"{item.scheduler} in with: ", item.scheduler, item.params


def refused(facts: Facts) -> Iterator[Problem]:
    """Values torch refuses, early or late.

    Also in phases that have no steps, which a run leaves out: they will have some once the
    horizon is longer.
    """
    places = {s.index: s for s in segments(facts.schedule)}
    for index, phase in enumerate(facts.schedule.phases):
        for prefix, key, params in _entries(phase):
            spec = schedulers().get(key)
            if spec is None:
                continue
            found = list(_single(facts, spec, params, places.get(index)))
            if not found and index in places and index in facts.preview.bases:
                bases = facts.preview.bases[index]
                across = cross_errors(spec, params, places[index], bases, own_lrs(facts.schedule))
                found = [(_first_named(spec, message), *with_fix(message)) for message in across]
            for param, message, fix in found:
                yield Problem("parameter-refused", "error", index, prefix + message, fix, param)


def _single(
    facts: Facts, spec: SchedulerSpec, params: Mapping[str, Any], place: Segment | None
) -> Iterator[tuple[str, str, str]]:
    """Parameters that are wrong by themselves: name, message, fix."""
    groups = tuple(group.name for group in facts.schedule.optimizer.groups)
    for declaration, message in wrong_params(spec, params, len(groups)):
        name, value = declaration.name, params.get(declaration.name)
        if name not in params:
            example = _example(facts, spec, name, place)
            if example is REQUIRED:
                message, fix = with_fix(message)
            else:
                fix = tr("Set {name} to {value}, say.", name=name, value=shown(example))
        elif declaration.type_error(value):
            fix = tr("Give {allowed}.", allowed=declaration.allowed)
        else:
            fix = declaration.remedy(value, groups)
            if not fix:
                example = _example(facts, spec, name, place)
                fix = (
                    ""
                    if example is REQUIRED
                    else tr("Write {value} instead, say.", value=shown(example))
                )
            fix = _or_left_out(declaration, value, fix)
        yield name, message, fix


def _or_left_out(declaration: Param, value: object, fix: str) -> str:
    """A fix, and that the parameter may be left out."""
    if not fix or declaration.required or isinstance(value, (list, tuple)):
        return fix
    if declaration.follows and not declaration.null_follows:
        return tr(
            "{fix}, or leave it out: it then follows the phase."
            if declaration.follows == "length"
            else "{fix}, or leave it out: it then follows the LR it starts from.",
            fix=unended(fix),
        )
    default = declaration.default
    if default is None or default == "":
        return tr("{fix}, or leave it out.", fix=unended(fix))
    text = numerals.localised(f"{default:.4g}") if isinstance(default, float) else shown(default)
    if declaration.nearest(value) == default:
        return tr("Leave it out: the default is {value}.", value=text)
    return tr("{fix}, or leave it out: the default is {value}.", fix=unended(fix), value=text)


def _example(facts: Facts, spec: SchedulerSpec, name: str, place: Segment | None) -> Any:
    """What a phase dropped from the palette has there, or `REQUIRED`."""
    length = place.length if place is not None else 1
    base = max(group.lr for group in facts.schedule.optimizer.groups)
    computed = spec.starter_for(length, base) if spec.starter_for and base > 0 else {}
    value = {**spec.starter, **computed}.get(name, REQUIRED)
    declaration = spec.param(name)
    return value if declaration is not None and not declaration.error(value) else REQUIRED


def _first_named(spec: SchedulerSpec, message: str) -> str:
    """The parameter that a message about several names first, or ""."""
    return next((word for word in _WORDS.findall(message) if spec.param(word)), "")


def cannot_run(facts: Facts) -> Iterator[Problem]:
    """Phases that fail for a reason no single parameter shows: stacks, momentum, values."""
    known = {problem.phase for problem in refused(facts)}
    known |= {p.phase for p in facts.formula_problems if p.severity == "error"}
    for index, message in facts.preview.errors.items():
        if index in known or index < 0:
            continue
        if any(key not in schedulers() for _, key, _ in _entries(facts.schedule.phases[index])):
            continue
        text = message.split(": ", 1)[1] if message.startswith("phases[") else message
        if not text.startswith("metric"):  # the metric's own rule says it once
            param = _formula_of(facts.schedule.phases[index]) if " t = " in text else ""
            what, fix = with_fix(text)
            yield Problem("cannot-run", "error", index, what, fix, param)


def _formula_of(phase: Phase) -> str:
    """The formula of a phase whose LR grows beyond all numbers: the field to mend it in."""
    spec = schedulers().get(phase.scheduler)
    names = [p.name for p in spec.params if p.kind == "formula"] if spec else []
    return names[0] if names else ""


def unknown_scheduler(facts: Facts) -> Iterator[Problem]:
    """Schedulers this program does not know; they survive, but cannot run."""
    for index, phase in enumerate(facts.schedule.phases):
        for _, key, _params in _entries(phase):
            if key not in schedulers():
                error = UnknownKeyError(mark("scheduler"), key, schedulers().keys())
                yield Problem(
                    "unknown-scheduler",
                    "error",
                    index,
                    error.message,
                    tr(
                        "Choose another scheduler, or open the file with the program that wrote it."
                    ),
                )


def _models(schedule: Schedule) -> Iterator[tuple[str, int | None, FrozenModel]]:
    """All parts of a document that may hold further keys, with where they are.

    A group's further keys are arguments of the optimizer, which has rules of its own.
    """
    yield "", None, schedule
    yield "horizon: ", None, schedule.horizon
    if schedule.horizon.batch is not None:
        yield "horizon.batch: ", None, schedule.horizon.batch
    yield "optimizer: ", None, schedule.optimizer
    if schedule.metric is not None:
        yield "metric: ", None, schedule.metric
    for index, phase in enumerate(schedule.phases):
        yield "", index, phase
        for place, item in enumerate(phase.with_):
            yield f"with[{place}]: ", index, item


def unknown_entry(facts: Facts) -> Iterator[Problem]:
    """Keys that are not understood; they are kept when the document is saved."""
    schedule = facts.schedule
    fix = tr("It is kept as it is and has no effect; remove it from the file if it is a mistake.")
    for place, index, model in _models(schedule):
        for name in model.model_extra or {}:
            message = place + tr("the key {name} is not understood", name=shown(name))
            yield Problem("unknown-entry", "info", index, message, fix)
    for index, phase in enumerate(schedule.phases):
        for prefix, key, params in _entries(phase):
            spec = schedulers().get(key)
            if spec is None:
                continue
            names = [p.name for p in spec.params]
            for name in params:
                if name in names:
                    continue
                near = difflib.get_close_matches(name, names, n=1)
                message = prefix + (
                    tr(
                        "{scheduler} has no parameter {name}; did you mean {near}?",
                        scheduler=key,
                        name=shown(name),
                        near=near[0],
                    )
                    if near
                    else tr("{scheduler} has no parameter {name}", scheduler=key, name=shown(name))
                )
                yield Problem("unknown-entry", "warning", index, message, fix, name)


RULES = (
    Rule("parameter-refused", "A value that torch would refuse, now or later", refused),
    Rule("cannot-run", "A phase that cannot run as it stands", cannot_run),
    Rule("unknown-scheduler", "A scheduler this program does not know", unknown_scheduler),
    Rule("unknown-entry", "A key that is not understood", unknown_entry),
)
