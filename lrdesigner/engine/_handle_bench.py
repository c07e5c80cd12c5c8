"""A phase whose parameters are being tried out: behind `lrdesigner.engine.handles`."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine.plan import Stage, stage
from lrdesigner.engine.preview import preview
from lrdesigner.engine.resolve import fill, resolve
from lrdesigner.engine.segments import Segment, segments
from lrdesigner.engine.solving import solve, tidied
from lrdesigner.grips import Dial, Grip, default_grips
from lrdesigner.i18n import tr
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedule.edits import set_phase
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.model import Schedule

HIGHEST = 1e6
_PROBES = (1.01, 0.99, 8.0, 0.125)
_MANY = 200
_SAME = 1e-12
_ABOVE, _BELOW = 1e-9, 1e-6
_FAR = 1e9
_REFUSALS = (ScheduleError, DocumentError, ArithmeticError, ValueError, TypeError, IndexError)


@dataclass(frozen=True)
class Handle:
    """A point of a phase's curve that a person can drag.

    Attributes:
        phase: The phase's index.
        place: Which of the phase's grips it is.
        group: The group whose curve it stands on.
        step: Where, as an optimizer step of the run.
        lr: How high.
        time: What it changes when it is moved sideways.
        level: What it changes when it is moved up or down.
    """

    phase: int
    place: int
    group: int
    step: int
    lr: float
    time: Dial | None = None
    level: Dial | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """What stays the same while it is dragged."""
        return self.phase, self.place, self.group

    @property
    def names(self) -> str:
        """The parameters it changes: ``pct_start, max_lr``."""
        dials = [dial.name for dial in (self.time, self.level) if dial is not None]
        return ", ".join(dict.fromkeys(dials))


def bench_of(schedule: Schedule, phase: int, bases: Sequence[float] | None) -> Bench | None:
    """Where a phase is worked on; None if it has no step or cannot run."""
    segment = next((s for s in segments(schedule) if s.index == phase), None)
    if segment is None or segment.phase is None:
        return None
    if bases is None:
        bases = preview(schedule, 2).bases.get(phase)
    try:
        whole = stage(schedule, segment, tuple(bases or ()))
    except _REFUSALS:
        return None
    return Bench(schedule, segment, whole, segment.phase.params)


@dataclass(frozen=True)
class Bench:
    """A phase with parameters that are being tried.

    Attributes:
        schedule: The document it is from.
        segment: Where it runs.
        whole: What it was before, with what is stacked on it.
        params: Its parameters now.
    """

    schedule: Schedule
    segment: Segment
    whole: Stage
    params: Mapping[str, Any]

    @property
    def spec(self) -> SchedulerSpec:
        return self.whole.parts[0].spec

    @cached_property
    def args(self) -> Args:
        """The arguments, checked one by one only."""
        return self._filled(self.params)

    def _filled(self, params: Mapping[str, Any]) -> Args:
        whole = self.whole
        return fill(self.spec, params, self.segment, whole.bases, whole.metric)

    @cached_property
    def grips(self) -> tuple[Grip, ...]:
        sources = self.spec.grips
        if sources is None:
            sources = default_grips(self.spec.params)
        return tuple(grip for source in sources for grip in source.found(self.args))[:_MANY]

    @cached_property
    def refusal(self) -> str:
        """Why torch would refuse these parameters, or ""."""
        whole = self.whole
        try:
            args = resolve(self.spec, self.params, self.segment, whole.bases, whole.metric)
            ends = np.array([0, self.segment.ticks])
            with np.errstate(all="ignore"):
                rows = [self.spec.curve(ends, args, group) for group in range(len(whole.bases))]
        except _REFUSALS as error:
            return str(error).split("; ")[0]
        return "" if np.isfinite(rows).all() else tr("the LR would not be finite")

    # -- places ------------------------------------------------------------------------------------

    def step_of(self, time: float) -> int:
        """The step of a local time."""
        if self.segment.interval == "step":
            return self.segment.start + round(time)
        per_epoch = self.schedule.horizon.steps_per_epoch
        return max(self.segment.start, (self.segment.start // per_epoch + round(time)) * per_epoch)

    def time_of(self, step: float) -> float:
        """The local time, not rounded, of a step."""
        if self.segment.interval == "step":
            return step - self.segment.start
        per_epoch = self.schedule.horizon.steps_per_epoch
        return step / per_epoch - self.segment.start // per_epoch

    def lr(self, args: Args, time: float, group: int) -> float:
        """The height of the curve, stacked schedulers included."""
        at = np.array([min(max(round(time), 0), self.segment.ticks)])
        base = args.bases[group]
        with np.errstate(all="ignore"):
            value = float(self.spec.curve(at, args, group)[0])
            for part in self.whole.parts[1:]:
                value *= float(part.spec.curve(at, part.args, group)[0]) / base if base else 0.0
        return value

    # -- handles -----------------------------------------------------------------------------------

    def handles(self) -> list[Handle]:
        """All handles, by time."""
        found: list[Handle] = []
        for place, grip in enumerate(self.grips):
            try:
                found += self._of(place, grip)
            except _REFUSALS:
                continue  # a place that these arguments do not have
        return sorted(found, key=lambda handle: (handle.step, handle.place, handle.group))

    def _of(self, place: int, grip: Grip) -> list[Handle]:
        found: list[Handle] = []
        for group in range(len(self.whole.bases)):
            time = grip.at(self.args, group)
            lr = self.lr(self.args, time, group)
            if not (0 <= round(time) <= self.segment.ticks and math.isfinite(lr)):
                continue
            dial = self._level(grip, time, group)
            if dial is None and grip.time is None:
                continue
            handle = Handle(
                self.segment.index or 0, place, group, self.step_of(time), lr, grip.time, dial
            )
            if not any(_together(handle, other) for other in found):
                found.append(handle)
        if any(handle.level is None for handle in found):  # of a time alone, one is enough
            found = [max(found, key=lambda handle: handle.lr)]
        return found

    def _level(self, grip: Grip, time: float, group: int) -> Dial | None:
        """What moves the curve up and down there; see `Grip.level`."""
        moving = [dial for dial in grip.level if self._moves(dial, time, group)]
        given = [dial for dial in moving if dial.read(self.args, group)]
        return next(iter(given), moving[-1] if moving else None)

    def _moves(self, dial: Dial, time: float, group: int) -> bool:
        """Whether the curve really depends on a number there."""
        if dial.column is not None:  # a knot is on the curve by itself
            return True
        low, high = self._limits(dial)
        here = self.lr(self.args, time, group)
        value = dial.read(self.args, group)
        value = (self._own(dial, group) or 0.0) if value is None else value
        measure = _guarded(self._level_of(dial, group, time))
        probes = [value * factor for factor in _PROBES] if value else [1e-3, 2 * here, 1.0]
        values = [measure(probe) for probe in probes if low <= probe <= high]
        return any(math.isfinite(v) and abs(v - here) > _SAME * abs(here) for v in values)

    def _own(self, dial: Dial, group: int) -> float | None:
        """What a number that is not given stands for: the group's base LR, by and large."""
        return self.args.bases[group]

    def _level_of(self, dial: Dial, group: int, time: float) -> Callable[[float], float]:
        return lambda value: self.lr(self.with_value(dial, group, value).args, time, group)

    # -- changes -----------------------------------------------------------------------------------

    def with_value(self, dial: Dial, group: int, value: float) -> Bench:
        """The same with another number."""
        old = self.params.get(dial.name)
        whole = dial.written(value, old, self.args, group)
        return replace(self, params={**self.params, dial.name: whole})

    @property
    def document(self) -> Schedule:
        """The document with these parameters."""
        phase = self.schedule.phases[self.segment.index or 0]
        if self.params == phase.params:
            return self.schedule
        return set_phase(self.schedule, self.segment.index or 0, params=self.params)

    def moved_to(self, handle: Handle, step: float) -> tuple[Bench, str]:
        """The same with the grip at a step, or as near as may be."""
        dial, group, limit = handle.time, handle.group, ""
        assert dial is not None
        wanted = self.time_of(step)
        time = min(max(wanted, 0.0), float(self.segment.ticks))
        if wanted != time:
            last = self.segment.end >= self.schedule.steps
            limit = tr("the phase ends here, with the run") if last else tr("the phase ends here")
            limit = tr("the phase starts here") if wanted < time else limit

        def place(value: float) -> float:
            return self.with_value(dial, group, value).grips_at(handle.place, group)

        low, high = self._limits(dial)
        now = dial.read(self.args, group)
        measure = _guarded(place)
        value = solve(measure, time, float(low if now is None else now), low, high)
        if self.is_whole(dial):
            value = min(max(round(value), math.ceil(low)), math.floor(high))
        else:
            value = tidied(value, lambda short: abs(measure(short) - time) <= 0.3)
        if abs(measure(value) - time) > 1:
            at_limit = value <= low or value >= high
            limit = self._limit_text(dial, value, low, high) if at_limit else limit
        if value == self.args.length and self._followed(dial):
            return self, limit
        return self._accepted(dial, group, value, now, limit)

    def raised_to(
        self, handle: Handle, lr: float, tolerance: float, highest: float = HIGHEST
    ) -> tuple[Bench, str]:
        """The same with the curve passing at a height there, or as near as may be."""
        dial, group, limit = handle.level, handle.group, ""
        assert dial is not None
        if lr < 0:
            lr, limit = 0.0, tr("an LR cannot be below 0")
        lr = min(lr, highest, HIGHEST)
        low, high = self._limits(dial)
        now = dial.read(self.args, group)
        start = (self._own(dial, group) or 0.0) if now is None else now
        time = self.grips_at(handle.place, group)
        measure = _guarded(self._level_of(dial, group, time))
        if dial.column is not None and now:  # a table as a formula takes long to read
            ratio = self.lr(self.args, time, group) / now
            measure = partial(operator.mul, ratio)
        value = solve(measure, lr, start, low, high)
        reached = measure(value)
        # Just below an end that must not be reached, short numbers would lie beyond it.
        room = min(tolerance * abs(reached), max(0.0, (highest - reached) / 4)) + 1e-15
        value = tidied(value, lambda short: abs(measure(short) - reached) <= room)
        value = min(max(value, low), high)
        if not abs(reached - lr) <= 10 * tolerance * abs(lr) + 1e-15:
            limit = limit or self._limit_text(dial, value, low, high)
        return self._accepted(dial, group, value, now, limit)

    def grips_at(self, place: int, group: int) -> float:
        """The local time of a grip."""
        return float(self.grips[place].at(self.args, group))

    def _accepted(
        self, dial: Dial, group: int, value: float, now: float | None, limit: str
    ) -> tuple[Bench, str]:
        """That value, or the last one on the way to it that torch would take."""
        changed = self.with_value(dial, group, value)
        if not changed.refusal or self.refusal:
            return changed, limit
        reason = changed.refusal
        if now is None:
            return self, reason
        good, best, bad = float(now), self, float(value)
        whole = self.is_whole(dial)
        for _ in range(60):
            middle = (good + bad) / 2
            middle = math.trunc(middle) if whole else float(f"{middle:.4g}")
            if middle in (good, bad):
                break
            tried = self.with_value(dial, group, middle)
            if tried.refusal:
                bad, reason = middle, tried.refusal
            else:
                good, best = middle, tried
        return best, reason

    # -- limits ------------------------------------------------------------------------------------

    def is_whole(self, dial: Dial) -> bool:
        """Whether the number has to be a whole one."""
        param = self.spec.param(dial.name)
        return isinstance(param, IntParam) or (dial.item is not None and dial.column != 1)

    def _followed(self, dial: Dial) -> bool:
        param = self.spec.param(dial.name)
        return (
            param is not None and param.follows == "length" and self.params.get(dial.name) is None
        )

    def _limits(self, dial: Dial) -> tuple[float, float]:
        """The smallest and the greatest number, by its declaration and its neighbours in a list."""
        param = self.spec.param(dial.name)
        if dial.item is not None:
            return self._limits_in_list(dial)
        low: float | None
        high: float | None
        if isinstance(param, IntParam):
            low, high = param.minimum, param.maximum
        elif isinstance(param, FloatParam):
            low = param.minimum if param.above is None else param.above + _ABOVE
            high = param.maximum if param.below is None else param.below - _BELOW
        else:
            return -HIGHEST, HIGHEST
        return -_FAR if low is None else low, _FAR if high is None else high

    def _limits_in_list(self, dial: Dial) -> tuple[float, float]:
        assert dial.item is not None
        items = self.args[dial.name]
        if dial.column == 1:
            return 0.0, _FAR
        if self._are_lengths(dial):
            return 1.0, _FAR
        times = [item if dial.column is None else item[0] for item in items]
        before = times[dial.item - 1] + 1 if dial.item else 0
        after = times[dial.item + 1] - 1 if dial.item + 1 < len(times) else _FAR
        return before, max(before, after)

    def _are_lengths(self, dial: Dial) -> bool:
        """Whether the times of a table are lengths: then they move the row after their own."""
        first = next((grip for grip in self.grips if grip.time == dial), None)
        return dial.column == 0 and first is not None and first.level[0].item != dial.item

    def _limit_text(self, dial: Dial, value: float, low: float, high: float) -> str:
        """Why a number goes no further."""
        param = self.spec.param(dial.name)
        if dial.item is not None and dial.column != 1:
            return tr("stops at its neighbour")
        if param is None or not (value <= low or value >= high):
            return tr("{name} cannot bring the curve there", name=dial.name)
        if dial.item is not None:
            return tr("0 is the lowest")
        return tr("{name} must be {allowed}", name=dial.name, allowed=param.allowed)


def _guarded(measure: Callable[[float], float]) -> Callable[[float], float]:
    """The same, nan where there is no value."""

    def guarded(value: float) -> float:
        try:
            return measure(value)
        except _REFUSALS:
            return math.nan

    return guarded


def _together(one: Handle, other: Handle) -> bool:
    """Whether two groups' handles stand on one point."""
    return one.step == other.step and math.isclose(one.lr, other.lr, rel_tol=1e-9, abs_tol=1e-15)
