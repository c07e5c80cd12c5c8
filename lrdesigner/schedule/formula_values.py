"""Where formulas that people write have no value, or lead below zero: at which step, and why.

Formulas are evaluated as arrays, so that all steps of a long run can be looked at; what is found
that way is confirmed by the exact function, which also knows the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import distinct
from lrdesigner.engine.curve import Curve, FloatArray
from lrdesigner.engine.formula import Formula, FormulaError
from lrdesigner.engine.plan import Part, stage
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.problems import Facts, Problem

if TYPE_CHECKING:
    from lrdesigner.engine.preview import Preview
    from lrdesigner.schedule.model import Schedule

FAILS, NEGATIVE = "formula-fails", "negative-lr"

Times = NDArray[np.int64]

_CHUNK = 1 << 16
_MOST_VALUES = 100_000_000  # a minute or so; beyond them the exact run has the last word
_ROUNDING = 1e-12
# Whatever the language, and the mark between thousands.
_PLACE = re.compile(r"phases\[(\d+)\][^:]*: .*?\bt = (\d+(?:\D?\d{3})*)")


@dataclass(frozen=True)
class _Use:
    """A formula of a phase, for one of the groups."""

    segment: Segment
    prefix: str
    param: str
    group: str
    formula: Formula
    base: float
    product: bool
    shared: bool = False  # by all groups

    @property
    def whose(self) -> str:
        return "" if self.shared else tr(" for group {group!r}", group=self.group)

    def values(self, times: Times) -> FloatArray:
        return self.formula.array(times, T=self.segment.length, lr=self.base)

    def reason(self, t: int) -> str:
        """Why there is no value, or ""."""
        try:
            self.formula.evaluate(t, T=self.segment.length, lr=self.base)
        except FormulaError as error:
            return error.message.split(": ", 1)[-1]
        return ""

    def times(self, facts: Facts) -> Iterator[Times]:
        """The local times to look at, in pieces: all, or those that the fast curve shows."""
        first, last = int(self.product), self.segment.ticks  # f(0) of a product is never applied
        if facts.thorough:
            for start in range(first, last + 1, _CHUNK):
                yield np.arange(start, min(start + _CHUNK, last + 1), dtype=np.int64)
            return
        steps = facts.preview.steps
        here = steps[(steps >= self.segment.start) & (steps < self.segment.end)]
        per = facts.schedule.horizon.steps_per_epoch if self.segment.interval == "epoch" else 1
        times = distinct(np.append(here // per - self.segment.start // per, last))
        yield times[times >= first]

    def place(self, facts: Facts, t: int) -> str:
        """A local time, and the step of the run it is."""
        step = self.segment.start + t
        if self.segment.interval == "epoch":
            per = facts.schedule.horizon.steps_per_epoch
            step = max(self.segment.start, (self.segment.start // per + t) * per)
        return tr("t = {t:,} (step {step:,})", t=t, step=step)


def formula_problems(facts: Facts) -> Iterator[Problem]:
    """The first step at which each phase's formulas fail, or give an LR below zero."""
    budget = _MOST_VALUES
    for segment in segments(facts.schedule):
        if segment.index is None or not _suspect(facts, segment):
            continue
        found: set[str] = set()
        for use in _uses(facts, segment):
            for times in use.times(facts):
                budget -= len(times)
                if budget < 0:
                    return
                values = use.values(times)
                fails, negative = _first_failure(use, times, values), _negative(use, times, values)
                if fails is not None and FAILS not in found:
                    found.add(FAILS)
                    yield _failure(facts, use, *fails)
                if negative is not None and NEGATIVE not in found:
                    found.add(NEGATIVE)
                    yield _below_zero(facts, use, *negative)
                if fails is not None or found == {FAILS, NEGATIVE}:
                    break


def run_problem(schedule: Schedule, preview: Preview, message: str) -> Problem | None:
    """The formula that an exact run failed at, from the run's message; None for other reasons."""
    match = _PLACE.match(message)
    if match is None:
        return None
    index, t = int(match[1]), int(re.sub(r"\D", "", match[2]))
    facts = Facts(schedule, preview)
    for segment in segments(schedule):
        for use in _uses(facts, segment) if segment.index == index else ():
            reason = use.reason(t)
            if reason:
                return _failure(facts, use, t, reason)
    return None


def curve_problem(schedule: Schedule, preview: Preview, curve: Curve) -> Problem | None:
    """The first formula that leads below zero in an exact run, which knows every step."""
    if curve.lr.min() >= 0:
        return None
    facts = Facts(schedule, preview)
    for segment in segments(schedule):
        here = curve.lr[:, segment.start : segment.end]
        for use in _uses(facts, segment) if (here < 0).any() else ():
            group = curve.groups.index(use.group)
            below = np.flatnonzero(here[group] < -_ROUNDING * use.base)
            if len(below):
                t, value = int(below[0]), float(here[group, below[0]])
                if segment.interval == "epoch":
                    per = schedule.horizon.steps_per_epoch
                    t = (segment.start + t) // per - segment.start // per
                return _below_zero(facts, use, t, value)
    return None


def _suspect(facts: Facts, segment: Segment) -> bool:
    """Whether it is worth a look: on a quick one, only where the fast curve says so."""
    if facts.thorough or segment.index in facts.preview.errors:
        return True
    steps = facts.preview.steps
    here = facts.preview.lr[:, (steps >= segment.start) & (steps < segment.end)]
    return bool((here < 0).any())


def _uses(facts: Facts, segment: Segment) -> Iterator[_Use]:
    """The formulas of a phase; once for all groups that share one and its LR."""
    if segment.index is None:
        return
    try:
        item = stage(facts.schedule, segment, facts.preview.bases[segment.index])
    except ScheduleError:
        return  # what is wrong is said by other rules
    names = [group.name for group in facts.schedule.optimizer.groups]
    for place, part in enumerate(item.parts):
        declared = next((param for param in part.spec.params if param.kind == "formula"), None)
        if declared is None:
            continue
        prefix = f"{part.spec.key} in with: " if place else ""
        # The first group of those that share a formula, and the LR where the formula uses it.
        first: dict[tuple[Formula, float], int] = {}
        for index, formula in enumerate(_formulas(part, len(names))):
            first.setdefault((formula, item.bases[index] if "lr" in formula.names else 0), index)
        for (formula, _), index in first.items():
            yield _Use(
                segment,
                prefix,
                declared.name,
                names[index],
                formula,
                item.bases[index],
                product=part.call.name == "MultiplicativeLR",
                shared=len(first) == 1,
            )


def _formulas(part: Part, groups: int) -> list[Formula]:
    """The formulas that torch is given, one for each group."""
    value = part.call.kwargs["lr_lambda"]
    return list(value) if isinstance(value, (list, tuple)) else [value] * groups


def _first_failure(use: _Use, times: Times, values: FloatArray) -> tuple[int, str] | None:
    for t in times[~np.isfinite(values)]:
        reason = use.reason(int(t))
        if reason:
            return int(t), reason
    return None


def _negative(use: _Use, times: Times, values: FloatArray) -> tuple[int, float] | None:
    """The first LR below zero: of a product, its first factor."""
    below = np.flatnonzero(values < -_ROUNDING)
    if not len(below) or use.base == 0:
        return None
    value = float(values[below[0]])
    return int(times[below[0]]), value if use.product else use.base * value


def _failure(facts: Facts, use: _Use, t: int, reason: str) -> Problem:
    message = tr(
        "the formula has no value at {place}{whose}: {why}",
        place=use.place(facts, t),
        whose=use.whose,
        why=reason,
    )
    fix = tr("Say what it is there, as in {formula}, or change it.", formula=_way_out(use, t))
    return Problem(FAILS, "error", use.segment.index, use.prefix + message, fix, use.param)


def _way_out(use: _Use, t: int) -> str:
    """A formula that has a value where this one has none: at one step, for a while, or from it."""
    times = np.arange(t, min(use.segment.ticks, t + _CHUNK) + 1, dtype=np.int64)
    works = times[np.isfinite(use.values(times))]
    if not len(works):
        return f"where(t < {t}, ..., 0)"
    until = int(works[0])
    if until == t + 1:
        return f"where(t == {t}, 0, ...)"
    return f"where(t < {until}, 0, ...)" if t == 0 else f"where({t} <= t < {until}, 0, ...)"


def _below_zero(facts: Facts, use: _Use, t: int, value: float) -> Problem:
    message = tr(
        "the formula gives a negative factor at {place}{whose}: {value:.4g}"
        if use.product
        else "the formula gives a negative LR at {place}{whose}: {value:.4g}",
        place=use.place(facts, t),
        whose=use.whose,
        value=value,
    )
    fix = tr("If it is to end at 0, write max(0, ...) around it.")
    return Problem(NEGATIVE, "warning", use.segment.index, use.prefix + message, fix, use.param)
