"""Plain torch code: what a careful engineer would write by hand, and the curve's very bits."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from lrdesigner.engine.plan import Plan, Stage, milestones
from lrdesigner.exporters._imports import Imports
from lrdesigner.exporters._layout import Expression, call, layout, literal, named, sequence
from lrdesigner.exporters._stages import SCHEDULERS, StageCode, StageWriter
from lrdesigner.exporters._text import in_docstring, one_line, paragraphs
from lrdesigner.exporting import ExporterSpec
from lrdesigner.schedule.model import Schedule

_TITLE = "Learning-rate schedule"


def render(schedule: Schedule, plan: Plan | None) -> str:
    """The module that builds the scheduler."""
    assert plan is not None  # needs_plan
    writer = StageWriter()
    writer.imports.name("torch.optim", "Optimizer")
    writer.imports.name(SCHEDULERS, "LRScheduler")
    bodies = {"single": _single, "sequential": _sequential, "phased": _phased}
    body = bodies[plan.kind](writer, schedule, plan)
    template = _templates().get_template(f"{plan.kind}.py.j2")
    return template.render(
        **_header(schedule, plan),
        **body,
        sets_group_values=writer.sets_group_values,
        imports=writer.imports.text(),
    )


def _header(schedule: Schedule, plan: Plan) -> dict[str, Any]:
    horizon = schedule.horizon
    name = one_line(schedule.name)
    return {
        "title": in_docstring(paragraphs(_TITLE + (f": {name}" if name else ""))),
        "notes": in_docstring(paragraphs(schedule.notes)),
        "steps": schedule.steps,
        "epochs": horizon.epochs,
        "steps_per_epoch": horizon.steps_per_epoch,
        "optimizer": schedule.optimizer.type,
        "groups": [
            {"name": in_docstring(one_line(group.name)), "lr": repr(group.lr)}
            for group in schedule.optimizer.groups
        ],
        "every": plan.every,
        "has_epochs": plan.every == "epoch"
        or any(item.parts and item.segment.interval == "epoch" for item in plan.stages),
        "metric": plan.metric,
    }


def _single(writer: StageWriter, schedule: Schedule, plan: Plan) -> dict[str, Any]:
    code = writer.write(plan.stages[0])
    return {"lines": _function_lines(code)}


def _sequential(writer: StageWriter, schedule: Schedule, plan: Plan) -> dict[str, Any]:
    writer.imports.name(SCHEDULERS, "SequentialLR")
    built: list[Expression] = []
    corrections: list[Expression] = []
    names: list[Expression] = []
    # Every scheduler takes the groups' initial LRs, which the first one notes down.
    initial = tuple(group.lr for group in schedule.optimizer.groups)
    for index, item in enumerate(plan.stages):
        code = writer.write(item)
        built += code.statements
        if code.scheduler != code.name:
            built.append(named(code.name, code.scheduler, " = "))
        names.append(code.name)
        cyclic = bool(item.parts) and item.parts[0].call.name == "CyclicLR"
        if index and not cyclic and item.bases != initial:  # CyclicLR keeps its own base_lr
            corrections.append(named(f"{code.name}.base_lrs", literal(item.bases), " = "))
        initial = _initial_lrs(item, initial, first=index == 0)
    marks = literal(milestones(plan, schedule.horizon.steps_per_epoch))
    result = call("SequentialLR", "optimizer", sequence(names), named("milestones", marks))
    return {
        "built": _lines(built),
        "corrections": _lines(corrections),
        "result": layout(named("return", result, " ")),
    }


def _initial_lrs(stage: Stage, before: tuple[float, ...], *, first: bool) -> tuple[float, ...]:
    """The groups' ``initial_lr`` after a stage's scheduler was constructed."""
    if not stage.parts:
        return before
    part = stage.parts[0]
    count = len(before)
    if part.call.name == "CyclicLR" and first:
        return tuple(float(part.args.group("base_lr", index)) for index in range(count))
    if part.call.name == "OneCycleLR":
        return tuple(
            float(part.args.group("max_lr", index)) / float(part.args.group("div_factor", index))
            for index in range(count)
        )
    return before


def _phased(writer: StageWriter, schedule: Schedule, plan: Plan) -> dict[str, Any]:
    phases, factories = [], []
    known = True
    for item in plan.stages:
        phase = item.segment.phase
        start = "continue" if phase is None else phase.start
        known = known or start == "base"
        name = "None"
        if item.parts:
            code = writer.write(item, known=known)
            name = code.name
            factories.append({"name": name, "lines": _function_lines(code)})
        row = (str(item.segment.start), name, f'"{item.segment.interval}"', f'"{start}"')
        phases.append(f"({', '.join(row)})")
        known = known and not item.plateau
    return {
        "phased_lr": _phased_source(writer.imports),
        "factories": factories,
        "phases": phases,
    }


def _function_lines(code: StageCode) -> list[str]:
    return _lines([*code.statements, named("return", code.scheduler, " ")])


def _lines(statements: list[Expression]) -> list[str]:
    return [layout(statement) for statement in statements]


def _phased_source(imports: Imports) -> str:
    """The source of `PhasedLR`, the same text that `Schedule.build` runs; torch is not imported."""
    text = files("lrdesigner.engine").joinpath("phased.py").read_text(encoding="utf-8")
    nodes = ast.parse(text).body[1:]  # without the docstring
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.statement(node)
    first = next(node for node in nodes if isinstance(node, (ast.ClassDef, ast.FunctionDef)))
    lines = text.splitlines()[first.lineno - 1 :]
    return "\n".join(re.sub(r"  # type: ignore\[.*", "", line) for line in lines)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("lrdesigner.exporters", "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # this is Python, not HTML; people's text is escaped in `_text`
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


EXPORTER = ExporterSpec(
    key="torch",
    title="Python (torch)",
    language="python",
    suffix=".py",
    summary="Self-contained code that defines build_scheduler(optimizer); it needs torch only.",
    render=render,
    needs_plan=True,
    executable=True,
    order=10,
)
