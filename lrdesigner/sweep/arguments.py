"""The arguments of one phase's schedulers in one variant, checked as torch would check them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine.plan import stage
from lrdesigner.engine.resolve import (
    fill,
    fill_one,
    find_spec,
    follows,
    momentum_error,
    param_errors,
    stack_errors,
)
from lrdesigner.engine.segments import Segment
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.sweep.rows import Rows, SchedulerRows, batched, cohorts


class Resolver:
    """The arguments of one phase's schedulers in one variant after the other.

    Variants are alike but for a number or two. What is the same as in the first of them, and
    was found right there, is neither checked nor filled in again.
    """

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def arguments(
        self, view: Schedule, line: Segment, phase: Phase, bases: tuple[float, ...]
    ) -> tuple[Args, ...]:
        """The arguments in one variant, checked as `engine.plan.stage` checks them.

        Args:
            view: The variant.
            line: Where the phase lies in it.
            phase: The phase in it; of the same schedulers in all variants.
            bases: The LRs it starts from.

        Raises:
            ScheduleError: If torch would refuse them.
        """
        if not self._entries:
            self._entries = _entries(phase, line)
        if not all(batched(entry.spec) for entry in self._entries):
            own = replace(line, phase=phase)
            return tuple(part.args for part in stage(view, own, bases).parts)
        params = (phase.params, *[item.params for item in phase.with_])
        found = tuple(
            [
                entry.checked(own, line, bases, view)
                for entry, own in zip(self._entries, params, strict=True)
            ]
        )
        if len(found) > 1:
            wrong = stack_errors(line, [entry.spec for entry in self._entries], found)
            if wrong:
                raise ScheduleError(f"phases[{line.index}].with: {wrong}")
        return found


def _entries(phase: Phase, line: Segment) -> list[_Entry]:
    keys = (phase.scheduler, *[item.scheduler for item in phase.with_])
    return [_Entry(find_spec(key), line, place) for place, key in enumerate(keys)]


class _Entry:
    """One scheduler of a phase."""

    def __init__(self, spec: SchedulerSpec, line: Segment, place: int) -> None:
        self.spec = spec
        stacked = f".with[{place - 1}]" if place else ""
        self._where = f"phases[{line.index}]{stacked} ({spec.key})"
        self._rules = spec.errors if spec.factor is None else spec.factor.errors
        self._params: Mapping[str, Any] = {}
        self._args: Args | None = None

    def checked(
        self, params: Mapping[str, Any], line: Segment, bases: tuple[float, ...], view: Schedule
    ) -> Args:
        """The arguments in one variant."""
        try:
            args = self._filled(params, line, bases)
        except ScheduleError as error:
            raise ScheduleError(f"{self._where}: {error}") from None
        for message in self._rules(args):
            if message:
                raise ScheduleError(f"{self._where}: {message}")
        wrong = momentum_error(self.spec, args, view.optimizer)
        if wrong:
            raise ScheduleError(f"{self._where}: {wrong}")
        return args

    def _filled(self, params: Mapping[str, Any], line: Segment, bases: tuple[float, ...]) -> Args:
        known = self._args
        if known is None or params.keys() != self._params.keys() or len(bases) != len(known.bases):
            for message in param_errors(self.spec, params, len(bases)):
                raise ScheduleError(message)
            self._args = fill(self.spec, params, line, bases)
            self._params = params
            return self._args
        values, given = dict(known.values), known.given
        for declaration in self.spec.params:
            name = declaration.name
            value = params.get(name)
            if value is self._params.get(name):
                if value is not None or not follows(declaration, params):
                    continue
            elif error := declaration.error(value, len(bases)):
                raise ScheduleError(error)
            values[name], is_given = fill_one(self.spec, declaration, params, line, bases)
            if is_given != (name in given):
                given = given ^ {name}
        epochs = line.interval == "epoch"
        return Args(values, given, line.length, line.ticks, bases, epochs)


def stacks(
    specs: Sequence[SchedulerSpec], args: Sequence[tuple[Args, ...]]
) -> Iterator[tuple[Rows, tuple[SchedulerRows, ...]]]:
    """Rows that are evaluated together in all schedulers of a stack."""
    if len(specs) == 1:
        for rows, found in cohorts(specs[0], [each[0] for each in args]):
            yield rows, (found,)
        return
    groups: list[Rows] = [np.arange(len(args))]
    for place, spec in enumerate(specs):
        groups = [
            rows[some]
            for rows in groups
            for some, _ in cohorts(spec, [args[row][place] for row in rows])
        ]
    for rows in groups:
        parts = []
        for place, spec in enumerate(specs):
            ((_, found),) = cohorts(spec, [args[row][place] for row in rows])
            parts.append(found)
        yield rows, tuple(parts)
