"""What stands on a sheet, as tables and texts. No Qt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lrdesigner import numerals
from lrdesigner.axes import scientific
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.phase_look import phase_title, scheduler_category
from lrdesigner.gui.picture.content import Content
from lrdesigner.gui.time_text import length_text
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.schedule.units import Span, spans

_MOST_GROUPS = 6
_MOST_VALUES = 12


@dataclass(frozen=True, eq=False)
class Sheet:
    """A document as it is printed.

    Attributes:
        title: What it is called.
        picture: Its curve.
        schedule: The document.
        curve: Its exact values, if they are known.
        code: The exported Python code; "" if there is none.
        no_code: Why there is none.
    """

    title: str
    picture: Content
    schedule: Schedule
    curve: Curve | None
    code: str
    no_code: str = ""


@dataclass(frozen=True)
class PhaseRow:
    """A row of the table of phases.

    Attributes:
        number: Counted from 1.
        title: What the phase is called.
        category: The token category of its colour.
        scheduler: Its scheduler and those stacked on it, each with its parameters.
        length: As written, and what it comes to.
        steps: The steps it runs.
        values: What it drives from where to where, a line a group.
    """

    number: str
    title: str
    category: str
    scheduler: tuple[str, ...]
    length: str
    steps: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class PhaseTable:
    """The phases of the document, or of one of its tracks.

    Attributes:
        title: Which they are; "" for the only ones.
        word: What they drive, such as ``LR``.
        rows: The phases.
    """

    title: str
    word: str
    rows: tuple[PhaseRow, ...]


def phase_tables(sheet: Sheet) -> list[PhaseTable]:
    """All phases, those of tracks apart."""
    schedule = sheet.schedule
    parts: Sequence[int | None] = (None, *range(len(schedule.tracks)))
    found = []
    for part in parts:
        phases = tracks.phases_of(schedule, part)
        if not phases:
            continue
        quantity = "lr" if part is None else schedule.tracks[part].quantity
        title = tracks.track_title(schedule, part) if len(parts) > 1 else ""
        word = tracks.quantity_title(schedule.optimizer, quantity)
        places = spans(tracks.view(schedule, part))
        rows = tuple(
            _row(sheet, part, phase, span) for phase, span in zip(phases, places, strict=True)
        )
        found.append(PhaseTable(title, word, rows))
    return found


def _row(sheet: Sheet, part: int | None, phase: Phase, span: Span) -> PhaseRow:
    horizon = sheet.schedule.horizon
    steps = tr("none")
    if span.steps > 0:
        first, last = numerals.grouped(span.start), numerals.grouped(span.end - 1)
        steps = f"{first}\N{EN DASH}{last}"
    return PhaseRow(
        str(span.index + 1),
        phase_title(phase),
        scheduler_category(phase.scheduler),
        tuple(_schedulers(phase)),
        length_text(phase.length, span.steps, horizon),
        steps,
        tuple(_values(sheet, part, span)),
    )


def _schedulers(phase: Phase) -> Iterator[str]:
    yield phase.scheduler
    given = _arguments(_told(phase.params))
    if given:
        yield given
    for stacked in phase.with_:
        yield f"× {_call(stacked.scheduler, stacked.params)}"
    if phase.start == "base":
        yield tr("starts from each group's own value")
    if phase.interval == "epoch":
        yield tr("steps once an epoch")


def _call(name: str, params: Mapping[str, Any]) -> str:
    given = _arguments(_told(params))
    return f"{name}({given})" if given else name


def _told(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters without what the phase's title says: the names of an entry of one's own."""
    return {key: value for key, value in params.items() if key not in ("title", "summary")}


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=dict)


def _values(sheet: Sheet, part: int | None, span: Span) -> Iterator[str]:
    curve, schedule = sheet.curve, sheet.schedule
    if curve is None or span.steps <= 0:
        return
    quantity = "lr" if part is None else schedule.tracks[part].quantity
    rows = curve.values(quantity)
    if rows is None:
        return
    groups = tracks.group_indices(schedule, part)
    pairs = [(float(rows[g, span.start]), float(rows[g, span.end - 1])) for g in groups]
    if len(groups) > 1 and len(set(pairs)) == 1:
        yield _from_to(*pairs[0])
        return
    for group, (first, last) in list(zip(groups, pairs, strict=True))[:_MOST_GROUPS]:
        name = f"{curve.groups[group]}: " if len(groups) > 1 else ""
        yield name + _from_to(first, last)
    more = len(groups) - _MOST_GROUPS
    if more > 0:
        yield trn("and {count} more group", "and {count} more groups", more)


def _from_to(first: float, last: float) -> str:
    if first == last:
        return scientific(first)
    return f"{scientific(first)}\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}{scientific(last)}"


def group_rows(schedule: Schedule) -> list[tuple[str, str, str]]:
    """Name, LR and further arguments of each group."""
    return [
        (group.name, _value(group.lr), _arguments(group.overrides))
        for group in schedule.optimizer.groups
    ]


def optimizer_line(schedule: Schedule) -> str:
    """The optimizer with its arguments."""
    return _call(schedule.optimizer.type, schedule.optimizer.args)


def _arguments(extra: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={_value(value)}" for key, value in extra.items())


def run_line(schedule: Schedule) -> str:
    """How long the run is."""
    horizon = schedule.horizon
    epochs = trn(
        "{count} epoch", "{count} epochs", horizon.epochs, count=numerals.grouped(horizon.epochs)
    )
    per_epoch = numerals.grouped(horizon.steps_per_epoch)
    steps = numerals.grouped(horizon.steps)
    return tr("{epochs} × {per_epoch} steps = {steps} steps", epochs=epochs,
              per_epoch=per_epoch, steps=steps)  # fmt: skip


def metric_line(schedule: Schedule) -> str:
    """Where the metric comes from; "" if there is none."""
    metric = schedule.metric
    if metric is None:
        return ""
    if metric.formula is not None:
        return metric.formula
    if metric.file is not None:
        return tr("column {column} of {file}", column=metric.column, file=metric.file)
    values = metric.values or ()
    shown = ", ".join(f"{value:g}" for value in values[:_MOST_VALUES])
    more = len(values) - _MOST_VALUES
    if more > 0:
        rest = trn("and {count} more value", "and {count} more values", more)
        return f"{shown} … {rest}"
    return shown
