"""Another scheduler in a phase's place, which starts and ends at the LR the old one did."""

from __future__ import annotations

from dataclasses import dataclass

from lrdesigner.catalog import schedulers
from lrdesigner.schedule.edits import starter_params
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_ends import EndSeeker, Trial, ends_of, with_params
from lrdesigner.schedule.units import spans

_ROUNDS = (0, 1, 0)


@dataclass(frozen=True)
class Change:
    """A document with another scheduler in a phase.

    Attributes:
        schedule: The document.
        start: Whether the phase starts at the LR it started at.
        end: Whether it leads to the LR it led to.
    """

    schedule: Schedule
    start: bool
    end: bool


def change_scheduler(schedule: Schedule, index: int, key: str) -> Change:
    """Run a phase with another scheduler; its place, length and start stay.

    Parameters are chosen so that the curve keeps its ends where the new scheduler can; of a stack
    stays what composes with it.
    """
    phase = schedule.phases[index]
    spec = schedulers()[key]
    interval = "epoch" if spec.epoch_only else phase.interval
    span = spans(schedule)[index]
    params = dict(starter_params(schedule, key, span, interval, first=index == 0))
    changed = phase.replace(
        scheduler=key,
        interval=interval,
        params=FrozenDict(params),
        with_=phase.with_ if spec.composes else (),
    )
    wanted = ends_of(schedule, index)
    phases = schedule.phases
    plain = schedule.replace(phases=(*phases[:index], changed, *phases[index + 1 :]))
    if wanted is None or spec.epoch_only or (spec.composes and phase.with_):
        return Change(plain, False, False)
    seeker = EndSeeker(plain, index, spec, wanted)

    def kept(trial: Trial) -> tuple[bool, bool]:
        found = seeker.ends(trial)
        if found is None:
            return False, False
        return wanted.same(found, 0), wanted.same(found, 1)

    best: Trial = params
    have = kept(best)
    for target in _ROUNDS:  # the end may cost the start, which is then looked for once more
        if have[target]:
            continue
        for trial in seeker.trials(best, target):
            now = kept(trial)
            if now[target] and now[1 - target] >= have[1 - target]:
                best, have = trial, now
                break
    return Change(with_params(plain, index, best), *have)
