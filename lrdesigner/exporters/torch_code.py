"""Plain torch code: what a careful engineer would write by hand, and the curve's very bits."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lrdesigner.engine.plan import Plan, Stage, milestones
from lrdesigner.exporters._batch import batch_lines, gathered
from lrdesigner.exporters._imports import Imports
from lrdesigner.exporters._layout import (
    WIDTH,
    Expression,
    call,
    layout,
    literal,
    named,
    sequence,
)
from lrdesigner.exporters._names import PartNames
from lrdesigner.exporters._stages import SCHEDULERS, StageCode, StageWriter
from lrdesigner.exporters._text import in_docstring, one_line, paragraphs
from lrdesigner.exporting import ExporterSpec
from lrdesigner.schedule.model import Group, Schedule
from lrdesigner.schedule.optimizers import optimizer_defaults
from lrdesigner.schedule.tracks import optimizer_key

if TYPE_CHECKING:
    from jinja2 import Template

# The modules whose source is written into the code that needs them, by the kind of plan.
_CLASSES = {"phased": "phased.py", "tracked": "tracked.py"}
_TITLE = "Learning-rate schedule"


@dataclass(frozen=True)
class _Function:
    """A function that returns a scheduler.

    Attributes:
        kind: The kind of its plan, which says what its body looks like.
        body: What the body's template needs.
        factories: Functions it calls, each for one phase.
        sets_group_values: Whether one of them calls ``with_group_values``.
        name: Its name.
        title: Its docstring.
    """

    kind: str
    body: dict[str, Any]
    factories: list[dict[str, Any]]
    sets_group_values: bool
    name: str = "build_scheduler"
    title: str = ""


def render(schedule: Schedule, plan: Plan | None) -> str:
    """The module that builds the scheduler."""
    assert plan is not None  # needs_plan
    imports = Imports()
    imports.name("torch.optim", "Optimizer")
    imports.name(SCHEDULERS, "LRScheduler")
    if plan.kind == "tracked":
        parts = _parts(imports, schedule, plan)
        main = _Function("tracked", {"tracks": _tracks(plan, parts)}, [], False)
    else:
        parts, main = [], _function(imports, schedule, plan)
    functions = [*parts, main]
    classes = [_CLASSES[kind] for kind in _CLASSES if any(f.kind == kind for f in functions)]
    return _template().render(
        **_header(schedule, plan),
        classes=[_source(module, imports) for module in classes],
        parts=parts,
        factories=main.factories,
        kind=main.kind,
        body=main.body,
        sets_group_values=any(function.sets_group_values for function in functions),
        imports=imports.text(),
    )


def _header(schedule: Schedule, plan: Plan) -> dict[str, Any]:
    horizon = schedule.horizon
    name = one_line(schedule.name)
    plans = [plan, *(item.plan for item in plan.parts)]
    return {
        "title": in_docstring(paragraphs(_TITLE + (f": {name}" if name else ""))),
        "notes": in_docstring(paragraphs(schedule.notes)),
        "steps": schedule.steps,
        "epochs": horizon.epochs,
        "steps_per_epoch": horizon.steps_per_epoch,
        "batch": batch_lines(horizon.batch),
        "gathered": gathered(horizon.batch),
        "optimizer": schedule.optimizer.type,
        "groups": [
            {"name": in_docstring(one_line(group.name)), "holds": _holds(schedule, group)}
            for group in schedule.optimizer.groups
        ],
        "every": plan.every,
        "has_epochs": any(
            each.every == "epoch"
            or any(item.parts and item.segment.interval == "epoch" for item in each.stages)
            for each in plans
        ),
        "metric": plan.metric,
    }


def _holds(schedule: Schedule, group: Group) -> str:
    """What a group has to be given: its LR, and where lanes start from."""
    spec = schedule.optimizer
    values = {**optimizer_defaults(spec), **group.overrides, "lr": group.lr}
    keys = ["lr"]
    keys += [key for track in schedule.tracks if (key := optimizer_key(spec, track.quantity))]
    return ", ".join(f"{key}={_python(values[key])}" for key in dict.fromkeys(keys))


def _python(value: Any) -> str:
    return repr(tuple(value) if isinstance(value, (list, tuple)) else value)


def _function(imports: Imports, schedule: Schedule, plan: Plan, name: str = "") -> _Function:
    """The function for one sequence of phases; its name stands before those it calls."""
    writer = StageWriter(imports)
    factories: list[dict[str, Any]] = []
    if plan.kind == "single":
        body = _single(writer, plan)
    elif plan.kind == "sequential":
        body = _sequential(writer, schedule, plan)
    else:
        body, factories = _phased(writer, schedule, plan, f"{name}_" if name else "")
    return _Function(plan.kind, body, factories, writer.sets_group_values)


def _parts(imports: Imports, schedule: Schedule, plan: Plan) -> list[_Function]:
    """A function for each sequence of phases of a document with tracks."""
    found = []
    groups = [group.name for group in schedule.optimizer.groups]
    names = PartNames(groups)
    for item in plan.parts:
        name = names.of(item.drives, item.part.groups)
        function = _function(imports, item.part.view, item.plan, name)
        driven = ", ".join(one_line(groups[index]) for index in item.part.groups)
        word = item.part.word[:1].upper() + item.part.word[1:]
        title = f"{word} of {driven}"
        if item.drives != "lr":
            title += "; here it stands as the optimizer's LR"
        title = textwrap.shorten(title, WIDTH - 12, placeholder=" ...")
        found.append(replace(function, name=name, title=in_docstring(f"{title}.")))
    return found


def _tracks(plan: Plan, functions: Sequence[_Function]) -> list[str]:
    """The rows of `TrackedLR`'s table."""
    rows = []
    for item, function in zip(plan.parts, functions, strict=True):
        cells = [
            f'"{item.drives}"',
            _indices(item.part.groups),
            function.name,
            f'"{item.plan.every}"',
        ]
        row = f"({', '.join(cells)})"
        if len(row) > WIDTH - 9:
            inside = "".join(f"            {cell},\n" for cell in cells)
            row = f"(\n{inside}        )"
        rows.append(row)
    return rows


def _indices(groups: Sequence[int]) -> str:
    """Indices of groups, many in a row as a range."""
    first, last = groups[0], groups[-1]
    if len(groups) > 3 and last - first + 1 == len(groups):
        return f"list(range({f'{first}, ' if first else ''}{last + 1}))"
    return layout(literal(list(groups)), 12, 1)


def _single(writer: StageWriter, plan: Plan) -> dict[str, Any]:
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


def _phased(
    writer: StageWriter, schedule: Schedule, plan: Plan, prefix: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    phases, factories = [], []
    known = True
    for item in plan.stages:
        phase = item.segment.phase
        start = "continue" if phase is None else phase.start
        known = known or start == "base"
        name = "None"
        if item.parts:
            code = writer.write(item, known=known)
            name = prefix + code.name
            factories.append({"name": name, "lines": _function_lines(code)})
        row = (str(item.segment.start), name, f'"{item.segment.interval}"', f'"{start}"')
        phases.append(f"({', '.join(row)})")
        known = known and not item.plateau
    body = {"phases": phases, "steps_per_epoch": schedule.horizon.steps_per_epoch}
    return body, factories


def _function_lines(code: StageCode) -> list[str]:
    return _lines([*code.statements, named("return", code.scheduler, " ")])


def _lines(statements: list[Expression]) -> list[str]:
    return [layout(statement) for statement in statements]


def _source(module: str, imports: Imports) -> str:
    """The source of our own classes, the same that `Schedule.build` runs; torch is not imported."""
    statements, text = _classes(module)
    for statement in statements:
        imports.statement(statement)
    return text


@lru_cache
def _classes(module: str) -> tuple[tuple[ast.Import | ast.ImportFrom, ...], str]:
    """A module's imports, and its text after them."""
    text = files("lrdesigner.engine").joinpath(module).read_text(encoding="utf-8")
    nodes = ast.parse(text).body[1:]  # without the docstring
    imports = tuple(node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom)))
    first = next(node for node in nodes if isinstance(node, (ast.ClassDef, ast.FunctionDef)))
    lines = text.splitlines()[first.lineno - 1 :]
    return imports, "\n".join(re.sub(r"  # type: ignore\[.*", "", line) for line in lines)


@lru_cache(maxsize=1)
def _template() -> Template:
    # It takes a while to load, and the window is on screen before there is any code to show.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("lrdesigner.exporters", "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # this is Python, not HTML; people's text is escaped in `_text`
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("module.py.j2")


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
