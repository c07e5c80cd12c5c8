"""Problems: what is questionable about a sound document, and what to do about it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from lrdesigner.registry import Registry
from lrdesigner.schedule import tracks
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule

if TYPE_CHECKING:
    from lrdesigner.engine.plan import Stage
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
        phase: The phase's index, or None for the document (or the track) as a whole.
        message: What is the matter, one sentence.
        fix: What to do about it, one sentence; may be empty where the message says it.
        param: The parameter it is about, or "".
        track: Index of the track it is about; None for the document's own phases.
    """

    rule: str
    severity: Severity
    phase: int | None
    message: str
    fix: str = ""
    param: str = ""
    track: int | None = None


Mend = Callable[[Schedule, Problem], Schedule]


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
    def stages(self) -> tuple[Stage, ...]:
        """The phases that can run, with the bases of the fast curve."""
        from lrdesigner.engine.plan import stage
        from lrdesigner.engine.segments import segments

        found = []
        for segment in segments(self.schedule):
            if segment.index is None or segment.index in self.preview.errors:
                continue
            try:
                found.append(stage(self.schedule, segment, self.preview.bases[segment.index]))
            except ScheduleError:
                continue  # said by the rules for refused parameters
        return tuple(found)

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
        whole: Whether it looks at the document with all its tracks; others are shown each
            sequence of phases as a document of its own (`tracks.view`).
        lanes: Whether it has anything to say of a quantity beside the LR.
        mend: The edit that does what a problem's fix says, given the document and the problem,
            where there is one that needs no decision.
    """

    id: str
    title: str
    find: Callable[[Facts], Iterable[Problem]]
    whole: bool = False
    lanes: bool = True
    mend: Mend | None = None


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
    if not schedule.tracks:
        return list(in_order(schedule, (p for rule in rules() for p in rule.find(facts))))
    found = [problem for rule in rules() if rule.whole for problem in rule.find(facts)]
    for track in (None, *range(len(schedule.tracks))):
        found += _of_sequence(facts, track)
    # What is said of the document itself is the same wherever it is looked at from.
    return list(in_order(schedule, dict.fromkeys(found)))


def _of_sequence(facts: Facts, track: int | None) -> Iterator[Problem]:
    """What rules say of one track, or of the document's own phases."""
    schedule = facts.schedule
    quantity = "lr" if track is None else schedule.tracks[track].quantity
    if track is not None and tracks.lane_error(schedule, track):
        return  # the lane cannot be, whatever its phases are
    view = Facts(
        tracks.view(schedule, track),
        facts.preview.view(schedule, track),
        thorough=facts.thorough,
    )
    word = tracks.quantity_title(schedule.optimizer, quantity)
    for rule in rules():
        if rule.whole or (quantity != "lr" and not rule.lanes):
            continue
        for problem in rule.find(view):
            if problem.phase is None:
                yield problem
                continue
            yield replace(
                problem,
                track=track,
                message=tracks.in_words_of(word, problem.message),
                fix=tracks.in_words_of(word, problem.fix),
            )


def mend_of(problem: Problem) -> Mend | None:
    """The edit that mends a problem, if its rule knows one."""
    return next((rule.mend for rule in rules() if rule.id == problem.rule), None)


def in_order(schedule: Schedule, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with errors first, then in the order of the timeline, track after track."""

    def key(problem: Problem) -> tuple[int, float, float, str]:
        track = 0 if problem.track is None else problem.track + 1
        phase = math.inf if problem.phase is None else problem.phase
        about_all = problem.track is None and problem.phase is None
        return (_ORDER[problem.severity], math.inf if about_all else track, phase, problem.rule)

    return tuple(sorted(problems, key=key))
