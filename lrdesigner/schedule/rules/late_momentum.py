"""Momentum that begins later than the training, which RMSprop cannot do.

RMSprop makes the buffer for it at its first step, and only if there is a momentum then.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.engine.plan import cycling_phases
from lrdesigner.engine.segments import segments
from lrdesigner.i18n import tr
from lrdesigner.params.base import shown
from lrdesigner.schedule.problems import Facts, Problem, Rule
from lrdesigner.schedule.tracks import Part, own_value, parts

_OPTIMIZERS = ("RMSprop",)


def _late(facts: Facts) -> Iterator[Problem]:
    """Phases that give a momentum to groups which had none at the first step."""
    if facts.schedule.optimizer.type not in _OPTIMIZERS:
        return
    for part in parts(facts.schedule):
        if part.quantity == "lr":
            yield from _cycles(facts, part)
        elif part.quantity == "momentum":
            yield from _lane(facts, part)


def _cycles(facts: Facts, part: Part) -> Iterator[Problem]:
    spec = facts.schedule.optimizer
    owns = [own_value(spec, spec.groups[index], "momentum") for index in part.groups]
    late = [index for index, own in zip(part.groups, owns, strict=True) if own == 0]
    cycling = cycling_phases(part.view) if late else ()
    for segment in segments(part.view):
        if segment.index in cycling and late:
            if segment.start:
                yield _problem(facts, part, late[0], segment.index, segment.start)
            return  # one that cycles from the first step on has made the buffer


def _lane(facts: Facts, part: Part) -> Iterator[Problem]:
    found = facts.preview.view(facts.schedule, part.track)
    if found is None:
        return
    for index, values in zip(part.groups, found.lr, strict=True):
        if values[0] == 0 and (values > 0).any():
            step = int(found.steps[(values > 0).argmax()])
            phase = next(s.index for s in segments(part.view) if s.start <= step < s.end)
            yield _problem(facts, part, index, phase, step)
            return


def _problem(facts: Facts, part: Part, group: int, phase: int | None, step: int) -> Problem:
    spec = facts.schedule.optimizer
    return Problem(
        "momentum-too-late",
        "error",
        phase,
        tr(
            "{type} stops at step {step:,}, where {name} gets a momentum: it has "
            "none at the first step.",
            type=spec.type,
            step=step,
            name=shown(spec.groups[group].name),
        ),
        tr("Give it a momentum above 0 from the first step on."),
        track=part.track,
    )


RULES = (Rule("momentum-too-late", "Momentum after a first step without", _late, whole=True),)
