"""The arguments of one phase's schedulers in one variant, checked as torch would check them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine.plan import stage
from lrdesigner.engine.resolve import fill, find_spec, momentum_error, param_errors, stack_errors
from lrdesigner.engine.segments import Segment
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.sweep.rows import Rows, SchedulerRows, batched, cohorts


def resolved(
    view: Schedule, line: Segment, phase: Phase, bases: tuple[float, ...]
) -> tuple[Args, ...]:
    """The arguments of a phase's schedulers, checked as `engine.plan.stage` checks them."""
    entries = [(phase.scheduler, phase.params), *((i.scheduler, i.params) for i in phase.with_)]
    specs = [find_spec(key) for key, _ in entries]
    if not all(batched(spec) for spec in specs):
        own = replace(line, phase=phase)
        return tuple(part.args for part in stage(view, own, bases).parts)
    found = [
        _checked(spec, params, line, bases, _where(line, place, spec.key), view)
        for place, (spec, (_, params)) in enumerate(zip(specs, entries, strict=True))
    ]
    wrong = stack_errors(line, specs, found) if len(found) > 1 else ""
    if wrong:
        raise ScheduleError(f"phases[{line.index}].with: {wrong}")
    return tuple(found)


def _checked(
    spec: SchedulerSpec,
    params: Mapping[str, Any],
    line: Segment,
    bases: tuple[float, ...],
    where: str,
    view: Schedule,
) -> Args:
    for message in param_errors(spec, params, len(bases)):
        raise ScheduleError(f"{where}: {message}")
    try:
        args = fill(spec, params, line, bases)
    except ScheduleError as error:
        raise ScheduleError(f"{where}: {error}") from None
    rules = spec.errors if spec.factor is None else spec.factor.errors
    for message in (*rules(args), momentum_error(spec, args, view.optimizer)):
        if message:
            raise ScheduleError(f"{where}: {message}")
    return args


def _where(line: Segment, place: int, key: str) -> str:
    stacked = f".with[{place - 1}]" if place else ""
    return f"phases[{line.index}]{stacked} ({key})"


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
