"""What the registries hold, and what a check found, as plain data and as text for terminals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from lrdesigner.catalog import schedulers
from lrdesigner.exporting import exporters
from lrdesigner.params import REQUIRED, Param
from lrdesigner.presets import presets
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem, rules
from lrdesigner.schedule.tracks import phases_of

Entry = dict[str, Any]

# What the table for people shows of an entry; JSON has everything.
_COLUMNS = ("key", "id", "title", "category", "summary")
_PRESET_COLUMNS = ("key", "title", "summary", "source")


def scheduler_entries() -> list[Entry]:
    """All schedulers with their parameters."""
    return [
        {
            "key": spec.key,
            "title": spec.title,
            "category": spec.category.value,
            "summary": spec.summary,
            "formula": spec.formula,
            "latex": list(spec.latex),
            "source": spec.source,
            "use": spec.use,
            "traps": [asdict(trap) for trap in spec.traps],
            "params": [_param_entry(param) for param in spec.params],
        }
        for spec in schedulers()
    ]


def exporter_entries() -> list[Entry]:
    """All export targets."""
    return [
        {
            "key": spec.key,
            "title": spec.title,
            "summary": spec.summary,
            "suffix": spec.suffix,
            "language": spec.language,
            "executable": spec.executable,
        }
        for spec in exporters()
    ]


def rule_entries() -> list[Entry]:
    """All rules of the check."""
    return [{"id": rule.id, "title": rule.title} for rule in rules()]


def preset_entries() -> list[Entry]:
    """All presets with their sources and files."""
    return [
        {
            "key": each.key,
            "title": each.title,
            "summary": each.summary,
            "model": each.model,
            "categories": each.categories,
            "tags": each.tags,
            "schedulers": each.schedulers,
            "peak": each.peak,
            "warmup_steps": each.warmup_steps,
            "end": each.end,
            "steps": each.steps,
            "source": each.source,
            "url": each.url,
            "path": str(each.path),
        }
        for each in presets()
    ]


LISTINGS: Mapping[str, Callable[[], list[Entry]]] = {
    "schedulers": scheduler_entries,
    "exporters": exporter_entries,
    "presets": preset_entries,
    "rules": rule_entries,
}


def _param_entry(param: Param) -> Entry:
    return {
        "name": param.name,
        "type": param.kind,
        "help": param.help,
        "unit": param.unit,
        "required": param.required,
        "default": None if param.default is REQUIRED else param.default,
        "follows": param.follows or None,
        "nullable": param.accepts_null,
        "per_group": param.per_group,
        "allowed": param.allowed,
        "schema": param.schema(),
    }


def as_json(entries: Sequence[Any]) -> str:
    """Entries, or records, as a JSON list."""
    plain = [asdict(e) if is_dataclass(e) and not isinstance(e, type) else e for e in entries]
    return json.dumps(plain, indent=2, ensure_ascii=False)


def table(entries: Sequence[Entry], what: str) -> str:
    """Entries of a listing in aligned columns."""
    columns = _PRESET_COLUMNS if what == "presets" else _COLUMNS
    names = [name for name in columns if name in entries[0]] if entries else []
    rows = [[str(entry[name]) for name in names] for entry in entries]
    widths = [max(len(row[place]) for row in rows) for place in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def problem_lines(schedule: Schedule, problems: Sequence[Problem]) -> Iterator[str]:
    """One line for each problem: severity, place, what is the matter, what to do; rule id."""
    if not problems:
        yield "no problems"
    for problem in problems:
        place = "" if problem.track is None else f"tracks[{problem.track}]"
        if problem.phase is not None:
            key = phases_of(schedule, problem.track)[problem.phase].scheduler
            place += f"{'.' if place else ''}phases[{problem.phase}] ({key})"
        place += ": " if place else ""
        stop = "" if problem.message.endswith((".", "!", "?")) else "."
        fix = f"{stop} {problem.fix}" if problem.fix else ""
        yield f"{problem.severity}: {place}{problem.message}{fix} [{problem.rule}]"
