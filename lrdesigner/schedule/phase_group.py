"""Pure edits of several phases at once, and of how a boundary moves."""

from __future__ import annotations

from collections.abc import Collection

from lrdesigner.i18n import tr
from lrdesigner.schedule.edits import duplicate_phase
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_split import PhaseOpError, length_text
from lrdesigner.schedule.units import Length, Unit, spans

Edited = tuple[Schedule, tuple[int, ...]]
"""A document and where the phases are in it."""


def remove_phases(schedule: Schedule, indices: Collection[int]) -> Schedule:
    """Delete phases; later ones move up."""
    kept = (phase for index, phase in enumerate(schedule.phases) if index not in indices)
    return schedule.replace(phases=tuple(kept))


def duplicate_phases(schedule: Schedule, indices: Collection[int]) -> Edited:
    """Put copies after the last of these phases; each shares the time its original had."""
    chosen = sorted(indices)
    twice = schedule
    for done, index in enumerate(chosen):
        twice = duplicate_phase(twice, index + done)
    # Of a, a', b, b' the copies go behind all originals.
    firsts = {index + done for done, index in enumerate(chosen)}
    copies = {place + 1 for place in firsts}
    last = max(copies)
    kept = [p for i, p in enumerate(twice.phases[: last + 1]) if i not in copies]
    behind = [twice.phases[place] for place in sorted(copies)]
    after = twice.replace(phases=(*kept, *behind, *twice.phases[last + 1 :]))
    return after, tuple(range(len(kept), len(kept) + len(behind)))


def shift_phases(schedule: Schedule, indices: Collection[int], by: int) -> Edited:
    """Move each of these phases one place to the left (−1) or right (1) if there is room."""
    phases, count = list(schedule.phases), len(schedule.phases)
    places: list[int] = []
    for index in sorted(indices, reverse=by > 0):
        to = index + by
        if not 0 <= to < count or to in places:
            to = index
        phases[index], phases[to] = phases[to], phases[index]
        places.append(to)
    return schedule.replace(phases=tuple(phases)), tuple(sorted(places))


def move_phases(schedule: Schedule, indices: Collection[int], to: int) -> Edited:
    """Put these phases side by side, behind `to` of the others."""
    chosen = [schedule.phases[index] for index in sorted(indices)]
    others = [phase for index, phase in enumerate(schedule.phases) if index not in indices]
    after = schedule.replace(phases=(*others[:to], *chosen, *others[to:]))
    return after, tuple(range(to, to + len(chosen)))


def ripple(schedule: Schedule, index: int, step: int) -> Schedule:
    """Move the boundary after a phase to `step`; all later phases move with it.

    Lengths keep their unit as long as it can say the new value exactly. Nothing is pushed beyond
    the horizon that is not there yet.
    """
    found = spans(schedule)
    span, phase = found[index], schedule.phases[index]
    behind = sum(
        each.nominal_steps
        for each in found[index + 1 :]
        if Length.parse(schedule.phases[each.index].length).unit != "rest"
    )
    most = max(schedule.steps - behind, span.end)
    step = max(span.start + 1, min(step, most))
    last = index + 1 == len(found)
    unit: Unit = Length.parse(phase.length).unit
    if unit == "rest" and (step == span.end or (last and step == schedule.steps)):
        return schedule
    text = length_text(schedule, step - span.start, unit)
    return _with_length(schedule, index, text)


def in_unit(schedule: Schedule, index: int, unit: Unit) -> Schedule:
    """Hold a phase's length in another unit; no phase moves by a single step.

    Raises:
        PhaseOpError: If the unit cannot say the length exactly.
    """
    span, horizon = spans(schedule)[index], schedule.horizon
    steps = span.nominal_steps
    if Length.parse(schedule.phases[index].length).unit == unit:
        return schedule
    if unit == "rest":
        others = (p for i, p in enumerate(schedule.phases) if i != index)
        if any(Length.parse(phase.length).unit == "rest" for phase in others):
            raise PhaseOpError(tr("another phase takes the rest; only one can"))
        text = "rest"
    else:
        length = Length.of_steps(steps, unit, horizon)
        text = str(length)
        if length.unit != unit:
            raise PhaseOpError(
                tr("{steps:,} steps are no round number of {unit}", steps=steps, unit=tr(unit))
            )
    after = _with_length(schedule, index, text)
    if spans(after) != spans(schedule):
        if unit == "rest":
            raise PhaseOpError(tr("the rest of the run has another length: something would move"))
        raise PhaseOpError(
            tr("{steps:,} steps cannot be said exactly in {unit}", steps=steps, unit=tr(unit))
        )
    return after


def _with_length(schedule: Schedule, index: int, text: str) -> Schedule:
    phases = schedule.phases
    changed = phases[index].replace(length=text)
    return schedule.replace(phases=(*phases[:index], changed, *phases[index + 1 :]))
