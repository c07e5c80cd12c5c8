"""Edits of a formula together with its constants: pure, like all edits.

Each takes the parameters of a phase and gives new ones; `apply` puts them into a document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lrdesigner.engine.formula_names import inlined, name_error, renamed
from lrdesigner.schedule.edits import set_phase
from lrdesigner.schedule.model import Schedule

Params = Mapping[str, Any]
Change = Callable[[Params], Params]

FORMULA, CONSTANTS = "formula", "constants"


def apply(
    schedule: Schedule, index: int, change: Change, *, stacked: int | None = None
) -> Schedule:
    """Change the parameters of a phase, or of a scheduler stacked on it."""
    phase = schedule.phases[index]
    if stacked is None:
        return set_phase(schedule, index, params=dict(change(phase.params)))
    items = list(phase.with_)
    items[stacked] = items[stacked].replace(params=dict(change(items[stacked].params)))
    return set_phase(schedule, index, with_=tuple(items))


def constants_of(params: Params) -> dict[str, float]:
    """The constants, in their order."""
    found = params.get(CONSTANTS)
    return dict(found) if isinstance(found, Mapping) else {}


def add(params: Params, name: str, value: float) -> Params:
    """With one more constant."""
    return {**params, CONSTANTS: {**constants_of(params), name: value}}


def rename(params: Params, old: str, new: str) -> Params:
    """With another name for a constant, in the formula too."""
    constants = {new if name == old else name: v for name, v in constants_of(params).items()}
    changed = _each(params, lambda text: renamed(text, old, new))
    return {**changed, CONSTANTS: constants}


def remove(params: Params, name: str) -> Params:
    """Without a constant: its number goes into the formula, so that the curve stays."""
    constants = constants_of(params)
    value = constants.pop(name)
    return {**_each(params, lambda text: inlined(text, name, value)), CONSTANTS: constants}


def extract(params: Params, start: int, length: int, group: int | None = None) -> Params:
    """With a new constant for the number at that place of the formula.

    Args:
        params: The parameters.
        start: Where the number stands.
        length: How many characters it has.
        group: Whose formula it is, where each group has its own.
    """
    given = params[FORMULA]
    text = given if group is None else given[group]
    name = free_name(constants_of(params))
    number = float(text[start : start + length])
    changed = text[:start] + name + text[start + length :]
    if group is not None:
        changed = (*given[:group], changed, *given[group + 1 :])
    return {**add(params, name, number), FORMULA: changed}


def free_name(constants: Mapping[str, float]) -> str:
    """A short name that is not taken."""
    names: list[str] = [
        *"kabcdfghmnpqrsuvw",
        *(f"k{place}" for place in range(2, len(constants) + 3)),
    ]
    return next(name for name in names if name not in constants and name_error(name) is None)


def _each(params: Params, change: Callable[[str], str]) -> Params:
    """With all formulas changed."""
    given = params.get(FORMULA)
    if isinstance(given, str):
        return {**params, FORMULA: change(given)}
    if isinstance(given, (list, tuple)):
        return {**params, FORMULA: tuple(change(text) for text in given)}
    return params
