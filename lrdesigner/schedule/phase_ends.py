"""The values a phase starts and ends at, and parameters that bring another scheduler to them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lrdesigner.catalog import SchedulerSpec
from lrdesigner.params import FloatParam, IntParam, Param
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Phase, Schedule

NEAR = 1e-6
_ZERO = 1e-9
_FAR = 1e9
_INSIDE = 1e-9
_FEW = 8
_LEVELS = ("lr", "× base")
_GAPS = (ScheduleError, ArithmeticError, ValueError, TypeError, IndexError)

Values = tuple[float, ...]
Trial = Mapping[str, Any]


@dataclass(frozen=True)
class Ends:
    """What a phase starts from, and its first and its last value, of every group."""

    bases: Values
    first: Values
    last: Values
    ticks: int

    def at(self, target: int) -> Values:
        """The first values, or with 1 the last."""
        return (self.first, self.last)[target]

    def same(self, other: Ends, target: int) -> bool:
        """Whether another phase has that end too."""
        return same(self.at(target), other.at(target), max(self.bases, default=0.0))


def same(wanted: Sequence[float], found: Sequence[float], scale: float = 0.0) -> bool:
    """Whether values are equal, for all anybody will see."""
    return bool(np.allclose(found, wanted, rtol=NEAR, atol=_ZERO * scale))


def ends_of(schedule: Schedule, index: int) -> Ends | None:
    """The ends of a phase; None for one that does not run."""
    from lrdesigner.engine.plan import next_bases, own_lrs, stage
    from lrdesigner.engine.rows import stage_rows
    from lrdesigner.engine.segments import segments

    reached: Sequence[float] = own_lrs(schedule)
    for position, segment in enumerate(segments(schedule)):
        bases = next_bases(schedule, segment, reached) if position else tuple(reached)
        try:
            item = stage(schedule, segment, bases)
            rows = stage_rows(item, np.array([0, segment.ticks]), range(len(bases)))
        except _GAPS:
            if segment.index == index:
                return None
            reached = bases
            continue
        reached = rows[:, 1].tolist()
        if segment.index == index:
            return Ends(bases, tuple(rows[:, 0].tolist()), tuple(reached), segment.ticks)
    return None


class EndSeeker:
    """Looks for parameters with which a phase has wanted ends.

    Args:
        schedule: The document with the phase; its scheduler is the new one.
        index: The phase.
        spec: Its scheduler.
        wanted: The ends it should have.
    """

    def __init__(self, schedule: Schedule, index: int, spec: SchedulerSpec, wanted: Ends) -> None:
        from lrdesigner.engine.segments import segments

        self._schedule = schedule
        self._index = index
        self._spec = spec
        self._wanted = wanted
        self._segment = next((s for s in segments(schedule) if s.index == index), None)

    def ends(self, params: Trial) -> Ends | None:
        """The ends with these parameters, from the bases there are; None if it cannot run."""
        from lrdesigner.engine.plan import stage
        from lrdesigner.engine.rows import stage_rows

        segment, bases = self._segment, self._wanted.bases
        if segment is None or segment.phase is None:
            return None
        changed = with_params(self._schedule, self._index, params)
        try:
            phase = changed.phases[self._index]
            item = stage(changed, _of(segment, phase), bases)
            rows = stage_rows(item, np.array([0, segment.ticks]), range(len(bases)))
        except _GAPS:
            return None
        if not np.isfinite(rows).all():
            return None
        return Ends(bases, tuple(rows[:, 0].tolist()), tuple(rows[:, 1].tolist()), segment.ticks)

    def trials(self, params: Trial, target: int) -> Iterator[Trial]:
        """Parameters that may lead to an end: levels, then all other numbers, tables, formulas."""
        floats = [p for p in self._spec.params if isinstance(p, FloatParam)]
        floats.sort(key=lambda p: (p.unit not in _LEVELS, p.advanced))
        for number in floats:
            yield from self._guessed(number, params, target)
        for declaration in self._spec.params:
            if isinstance(declaration, IntParam) and not declaration.minimum:
                yield {**params, declaration.name: 0}  # a warm-up, say, that can be left out
            elif declaration.kind == "table":
                yield from self._rows(declaration, params, target)
            elif declaration.kind == "formula":
                yield from self._formulas(declaration, params)
        for number in floats:
            yield from self._solved(number, params, target)

    # -- one number ------------------------------------------------------------------------------

    def _guessed(self, declaration: Param, params: Trial, target: int) -> Iterator[Trial]:
        """Numbers that people would write: LRs, and how they compare."""
        ends = self._wanted
        wanted, other = ends.at(target), ends.at(1 - target)
        falls = (max(1, ends.ticks), 2, 3, 4)
        columns = [
            wanted,
            _ratios(wanted, ends.bases),
            _ratios(wanted, other),
            _ratios(other, wanted),
            _ratios(ends.bases, wanted),
            *(tuple(r ** (1 / n) for r in _ratios(wanted, other)) for n in falls),
        ]
        for column in columns:
            yield from self._set(declaration, params, [float(f"{v:.12g}") for v in column])

    def _solved(self, declaration: FloatParam, params: Trial, target: int) -> Iterator[Trial]:
        """The number that leads there, group by group."""
        from lrdesigner.engine.solving import solve

        low, high = _limits(declaration)
        given = params.get(declaration.name, declaration.default)
        start = min(max(float(given if isinstance(given, (int, float)) else 1.0), low), high)
        wanted = self._wanted.at(target)
        values: list[float] = []
        for group in range(len(wanted) if len(wanted) <= _FEW else 1):

            def measure(value: float, group: int = group) -> float:
                ends = self.ends({**params, declaration.name: value})
                return math.nan if ends is None else ends.at(target)[group]

            value = solve(measure, wanted[group], start, low, high)
            values.append(float(f"{value:.12g}"))
            if group == 0:  # the same number may do for all
                yield {**params, declaration.name: values[0]}
        yield from self._set(declaration, params, values)

    @staticmethod
    def _set(declaration: Param, params: Trial, values: Sequence[float]) -> Iterator[Trial]:
        """One number for all groups, or a list of them where the parameter takes one."""
        if _alike(values):
            yield {**params, declaration.name: values[0]}
        elif values and declaration.per_group:
            yield {**params, declaration.name: tuple(values)}

    # -- tables and formulas ---------------------------------------------------------------------

    def _rows(self, declaration: Param, params: Trial, target: int) -> Iterator[Trial]:
        """The first or last row of a table, as an LR or in units of the base."""
        table = params.get(declaration.name) or ()
        wanted, bases = self._wanted.at(target), self._wanted.bases
        if not table:
            return
        place = len(table) - 1 if target else 0
        for values in (_ratios(wanted, bases), wanted):
            if _alike(values):
                row = [*table[place][:-1], float(f"{values[0]:.12g}")]
                rows = [list(each) for each in table]
                yield {**params, declaration.name: [*rows[:place], row, *rows[place + 1 :]]}

    def _formulas(self, declaration: Param, params: Trial) -> Iterator[Trial]:
        """A steady way from one end to the other, written down for each kind of formula."""
        ends = self._wanted
        starts = _ratios(ends.first, ends.bases)
        texts = []
        for start, end in zip(starts, _ratios(ends.last, ends.bases), strict=False):
            if start > 0 and end > 0:
                way = f"{start:.12g} * {end / start:.12g} ** (t / T)"
                step = f"{(end / start) ** (1 / max(1, ends.ticks)):.17g}"
            else:
                way = f"{start:.12g} + ({end - start:.12g}) * t / T"
                step = way
            texts.append((way, f"lr * ({way})", step))
        for column in zip(*texts, strict=True):
            if len(set(column)) == 1:
                yield {**params, declaration.name: column[0]}
            elif declaration.per_group:
                yield {**params, declaration.name: tuple(column)}


def with_params(schedule: Schedule, index: int, params: Trial) -> Schedule:
    """The document with other parameters of a phase."""
    phases = schedule.phases
    changed = phases[index].replace(params=params)
    return schedule.replace(phases=(*phases[:index], changed, *phases[index + 1 :]))


def _of(segment: Any, phase: Phase) -> Any:
    from dataclasses import replace

    return replace(segment, phase=phase)


def _alike(values: Sequence[float]) -> bool:
    return bool(values) and same([values[0]] * len(values), values)


def _limits(declaration: FloatParam) -> tuple[float, float]:
    low = declaration.minimum if declaration.above is None else declaration.above + _INSIDE
    high = declaration.maximum if declaration.below is None else declaration.below - _INSIDE
    return -_FAR if low is None else low, _FAR if high is None else high


def _ratios(values: Sequence[float], over: Sequence[float]) -> Values:
    if any(each <= 0 for each in over) or any(each < 0 for each in values):
        return ()
    return tuple(a / b for a, b in zip(values, over, strict=True))
