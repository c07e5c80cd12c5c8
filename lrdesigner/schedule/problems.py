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


class Facts:
    """What several rules need to know about a document, computed once when first asked for."""

    def __init__(self, schedule: Schedule, preview: Preview | None = None) -> None:
        self.schedule = schedule
        if preview is not None:
            self.__dict__["preview"] = preview  # what `cached_property` would fill in

    @cached_property
    def preview(self) -> Preview:
        """The fast curve; its bases and errors."""
        from lrdesigner.engine.preview import preview

        return preview(self.schedule, points=512)


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


def check(schedule: Schedule, preview: Preview | None = None) -> list[Problem]:
    """All problems of a document: errors first, then in the order of the timeline.

    Args:
        schedule: The document.
        preview: Its fast curve, where the caller has it already.
    """
    facts = Facts(schedule, preview)
    found = [problem for rule in rules() for problem in rule.find(facts)]
    last = len(schedule.phases)

    def key(problem: Problem) -> tuple[int, int, str]:
        place = last if problem.phase is None else problem.phase
        return (_ORDER[problem.severity], place, problem.rule)

    return sorted(found, key=key)
