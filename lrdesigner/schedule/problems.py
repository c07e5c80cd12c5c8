"""Problems: what is questionable about a sound document, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from lrdesigner.registry import Registry
from lrdesigner.schedule.model import Schedule

if TYPE_CHECKING:
    from lrdesigner.engine.preview import Preview

Severity = Literal["error", "warning", "info"]
_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Problem:
    """One finding.

    Attributes:
        rule: The rule's id.
        severity: ``"error"`` where torch would refuse or nothing can be computed,
            ``"warning"`` where the curve is probably not what is meant, ``"info"`` otherwise.
        phase: The phase's index, or None for the document as a whole.
        track: Index of the track the phase is in; None for the document's own phases.
        message: What is the matter, one sentence.
        fix: What to do about it, one sentence; may be empty where the message says it.
        param: The parameter it is about, or "".
    """

    rule: str
    severity: Severity
    phase: int | None
    message: str
    fix: str = ""
    param: str = ""
    track: int | None = None


class Facts:
    """What several rules need to know about a document, computed once when first asked for."""

    def __init__(
        self, schedule: Schedule, preview: Preview | None = None, *, thorough: bool = False
    ) -> None:
        self.schedule = schedule
        self.thorough = thorough
        if preview is not None:
            self.__dict__["preview"] = preview  # what `cached_property` would fill in

    @cached_property
    def preview(self) -> Preview:
        """The fast curve; its bases and errors."""
        from lrdesigner.engine.preview import preview

        return preview(self.schedule, points=512)

    @cached_property
    def formula_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the values of formulas; at every step, if thorough."""
        from lrdesigner.schedule.formula_values import formula_problems

        return tuple(formula_problems(self))


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        id: Stable name, lower-case with hyphens.
        title: What it looks for, one line.
        find: Gives the problems of a document.
    """

    id: str
    title: str
    find: Callable[[Facts], Iterable[Problem]]


@lru_cache(maxsize=1)
def rules() -> Registry[Rule]:
    """All rules; each module of `lrdesigner.schedule.rules` holds one family in ``RULES``."""
    return Registry(
        "rule",
        "lrdesigner.schedule.rules",
        "RULES",
        key=lambda rule: rule.id,
        order=lambda rule: rule.id,
    )


def check(
    schedule: Schedule, preview: Preview | None = None, *, thorough: bool = False
) -> list[Problem]:
    """All problems of a document: errors first, then in the order of the timeline.

    Args:
        schedule: The document.
        preview: Its fast curve, where the caller has it already.
        thorough: Whether to look at every step of formulas, which takes its time in long runs;
            otherwise only at those that the fast curve shows.
    """
    facts = Facts(schedule, preview, thorough=thorough)
    return list(in_order(schedule, (p for rule in rules() for p in rule.find(facts))))


def in_order(schedule: Schedule, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with errors first, then in the order of the timeline."""
    last = len(schedule.phases)

    def key(problem: Problem) -> tuple[int, int, str]:
        place = last if problem.phase is None else problem.phase
        return (_ORDER[problem.severity], place, problem.rule)

    return tuple(sorted(problems, key=key))
