"""What a form says about a phase besides its values: units, what an empty field means. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lrdesigner import numerals
from lrdesigner.catalog import SchedulerSpec
from lrdesigner.engine.resolve import resolve
from lrdesigner.engine.segments import Segment, interval_of, segments
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.tick_words import Ticks
from lrdesigner.i18n import mark, tr
from lrdesigner.params import REQUIRED, Param
from lrdesigner.params.words import default_text, limits_text, unit_words
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Horizon, Schedule
from lrdesigner.schedule.problems import Problem
from lrdesigner.sentences import capital, ended, joined

Number = int | float

_MANY = 1e6  # whole numbers from here on are clearer as 1e+06


@dataclass(frozen=True)
class PhaseFacts:
    """What the fields of a phase refer to.

    Attributes:
        index: The phase's index.
        groups: Names of the parameter groups.
        interval: Whether its scheduler steps after optimizer steps or at epoch ends.
        bases: The LR each group starts from.
        segment: Where it runs; None for a phase without steps.
        horizon: The run's length.
        word: What people call what the phase drives: "LR", "weight decay".
        members: Indices of the groups among all of the document's.
        everyone: Names of all groups of the document.
    """

    index: int
    groups: tuple[str, ...]
    interval: Literal["step", "epoch"]
    bases: tuple[float, ...]
    segment: Segment | None
    horizon: Horizon
    word: str = "LR"
    members: tuple[int, ...] = ()
    everyone: tuple[str, ...] = ()

    @classmethod
    def of(cls, part: DocumentPart, index: int, document: Schedule) -> PhaseFacts:
        """The facts of a phase of a part of a document."""
        schedule = part.schedule
        own = tuple(group.lr for group in schedule.optimizer.groups)
        return cls(
            index,
            tuple(group.name for group in schedule.optimizer.groups),
            interval_of(schedule.phases[index]),
            part.preview.bases.get(index, own),
            next((s for s in segments(schedule) if s.index == index), None),
            schedule.horizon,
            part.word,
            part.groups,
            tuple(group.name for group in document.optimizer.groups),
        )

    @property
    def ticks(self) -> str:
        """What one scheduler step is called, in the plural."""
        return tr("epochs") if self.interval == "epoch" else tr("steps")

    def resolved(self, spec: SchedulerSpec, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The value every parameter really has; empty where that cannot be said."""
        if self.segment is None:
            return {}
        try:
            return resolve(spec, params, self.segment, self.bases).values
        except ScheduleError:
            return {}


def short(value: object) -> str:
    """A value in a few characters, for quiet remarks."""
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, int):
        return numerals.grouped(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _MANY
        return numerals.localised(f"{value:,.0f}" if whole else f"{value:.4g}")
    return str(value)


def ticks_of(declaration: Param, facts: PhaseFacts) -> Ticks | None:
    """What a parameter counts, if it counts steps or epochs."""
    if declaration.kind not in ("int", "int_list", "table"):
        return None
    by_epoch = {"ticks": facts.interval == "epoch", "epochs": True, "steps": False}
    counts = by_epoch.get(declaration.unit)
    return None if counts is None else Ticks(facts.horizon, counts)


def unit(declaration: Param, facts: PhaseFacts) -> str:
    """The unit at the right end of a field."""
    if declaration.unit == "ticks":
        return facts.ticks
    if declaration.unit == "lr" and facts.word != "LR":
        return tr(facts.word)
    # A lone cross at the right end of a field reads as "clear".
    return tr("factor") if declaration.unit == "×" else tr(declaration.unit)


def placeholder(
    declaration: Param, facts: PhaseFacts, resolved: Mapping[str, Any]
) -> tuple[str, Number | None]:
    """What an empty field says, and the number that stepping starts from."""
    if declaration.follows and not declaration.null_follows:
        return _followed(declaration, facts, resolved)
    if declaration.default is REQUIRED:
        return tr("needed"), None
    default = declaration.default
    if default is None:
        return tr("none"), None
    words = tr("default {value}", value=short(default))
    return words, default if isinstance(default, (int, float)) else None


def _followed(
    declaration: Param, facts: PhaseFacts, resolved: Mapping[str, Any]
) -> tuple[str, Number | None]:
    if declaration.follows == "length":
        if declaration.name in resolved and resolved[declaration.name] is None:
            return tr("not needed"), None  # other parameters say it
        if facts.segment is None:
            return tr("follows phase"), None
        # Short, so that the number is whole in the narrowest panel; the tip says what it follows.
        return f"= {numerals.grouped(facts.segment.length)}", facts.segment.length
    if len(set(facts.bases)) > 1:
        return tr("each group's {quantity}", quantity=tr(facts.word)), max(facts.bases)
    own = mark("base LR {value}") if facts.word == "LR" else mark("own {value}")
    return tr(own, value=short(facts.bases[0])), facts.bases[0]


def null_label(declaration: Param, word: str = "LR") -> str:
    """What an explicit null means, where it differs from an empty field."""
    if declaration.follows == "base":
        return tr("follow the {quantity}", quantity=tr(word))
    return tr("follow the phase")


def null_placeholder(declaration: Param, resolved: Mapping[str, Any], of: str = "LR") -> str:
    """What the field says while an explicit null holds."""
    value = resolved.get(declaration.name)
    if isinstance(value, (list, tuple)):
        value = value[0] if len(set(value)) == 1 else None
    if value is not None:
        return f"= {short(value)}"
    if declaration.follows == "base":
        return tr("follows {quantity}", quantity=tr(of))
    return tr("follows phase")


def starting_values(
    declaration: Param, facts: PhaseFacts, resolved: Mapping[str, Any], value: Any
) -> tuple[Any, ...]:
    """One value per group to begin with, when a parameter is split into groups."""
    if value is None:
        value = resolved.get(declaration.name)
    if isinstance(value, (list, tuple)) and len(value) == len(facts.groups):
        return tuple(value)
    if value is None or isinstance(value, (list, tuple)):
        default = declaration.default
        follows_lr = declaration.follows == "base" or default is REQUIRED or default is None
        if declaration.kind == "formula":
            return ("1",) * len(facts.groups)
        if follows_lr:
            return facts.bases
        value = default
    return (value,) * len(facts.groups)


def problem_text(problem: Problem) -> str:
    """A problem and what to do about it, as whole sentences."""
    message = ended(problem.message)
    if not problem.fix:
        return message
    first = message.split()[0]
    if first.isalpha() and first != problem.param:  # a parameter's name stays as it is
        message = capital(message)
    return joined(message, problem.fix)


def describe(declaration: Param) -> str:
    """The tool tip of a field: what it does, its unit, what it may be, and what holds if empty."""
    lines = [tr(declaration.help)]
    words = unit_words(declaration)
    if words:
        lines.append(tr("Unit: {unit}.", unit=words))
    lines.append(tr("Allowed: {limits}.", limits=limits_text(declaration)))
    if not declaration.required:
        lines.append(tr("Default: {value}.", value=default_text(declaration)))
    if declaration.null_follows:
        lines.append(tr("null: it follows the LR reached."))
    return "\n".join(lines)
