"""The fast curves of many groups at once.

Groups differ in their base LR and in what a document gives a list for. Where a curve takes columns
of these, all groups are one expression, and what they share is computed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import Formula, generated_formula
from lrdesigner.engine.plan import Part, Stage

_FEW = 3  # groups; one after the other they are as fast

Times = NDArray[np.int64]


def stage_rows(item: Stage, times: Times, groups: Sequence[int]) -> FloatArray:
    """The LRs of some groups of a phase at local times, ``[groups, times]``."""
    shape = len(groups), len(times)
    if len(item.parts) == 1:
        with np.errstate(all="ignore"):
            found = _part_rows(item.parts[0], times, groups)
        return found if found.shape == shape else np.broadcast_to(found, shape).copy()
    bases = np.array([item.bases[group] for group in groups], np.float64)[:, None]
    rows = np.empty(shape)
    rows[:] = bases
    with np.errstate(all="ignore"):
        for part in item.parts:
            # Stacked schedulers multiply: each one is a curve relative to its base.
            rows *= np.where(bases == 0, 0.0, _part_rows(part, times, groups) / bases)
    return rows


def _part_rows(part: Part, times: Times, groups: Sequence[int]) -> FloatArray:
    """One scheduler's LRs; they broadcast to ``[groups, times]``."""
    spec, args = part.spec, part.args
    if len(groups) > _FEW:
        columns = _columns(spec, args, groups)
        if columns is not None:
            return spec.curve(times, columns, 0)
        if spec.factor is not None:
            return _formula_rows(spec, args, times, groups)
    return np.array([spec.curve(times, args, group) for group in groups])


def _columns(spec: SchedulerSpec, args: Args, groups: Sequence[int]) -> Args | None:
    """The arguments with a row for each group; None if the curve cannot take them so."""
    if not spec.broadcasts:
        return None
    values = dict(args.values)
    for name, value in values.items():
        if not isinstance(value, (list, tuple)):
            continue
        if name in spec.broadcasts:
            values[name] = _column(value, groups)
        elif (param := spec.param(name)) is not None and param.per_group:
            return None
    bases: tuple[Any, ...] = (_column(args.bases, groups),)
    return replace(args, values=values, bases=bases)


def _column(values: Sequence[float], groups: Sequence[int]) -> FloatArray:
    return np.array([values[group] for group in groups], np.float64)[:, None]


def _formula_rows(
    spec: SchedulerSpec, args: Args, times: Times, groups: Sequence[int]
) -> FloatArray:
    """A factor on the base LR; groups that have the same formula at once."""
    assert spec.factor is not None
    first = spec.factor.of(args, groups[0])
    kinds: dict[Formula, list[int]] = {}
    for place, group in enumerate(groups):
        # A text is about t, T and lr, and the same for all groups.
        found = first if isinstance(first, str) else spec.factor.of(args, group)
        formula = generated_formula(found) if isinstance(found, str) else found
        kinds.setdefault(formula, []).append(place)
    rows = np.empty((len(groups), len(times)))
    for formula, places in kinds.items():
        bases = _column(args.bases, [groups[place] for place in places])
        rows[places] = bases * formula.columns(times, T=args.length, lr=bases)
    return rows
