"""How far the boundary after a phase can be moved, and what stops it there."""

from __future__ import annotations

from dataclasses import dataclass

from lrdesigner.i18n import tr
from lrdesigner.schedule import edits, phase_group
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_split import length_text
from lrdesigner.schedule.units import Length, spans


@dataclass(frozen=True)
class Reach:
    """Where a boundary may stand.

    Attributes:
        low: The first step it may stand at.
        high: The last one.
        below: Why it cannot go before `low`.
        above: Why it cannot go beyond `high`.
    """

    low: int
    high: int
    below: str
    above: str

    def kept(self, step: float) -> tuple[int, str]:
        """The nearest step it may stand at, and why that is not the one asked for, or ""."""
        if step < self.low - 0.5:
            return self.low, self.below
        if step > self.high + 0.5:
            return self.high, self.above
        return max(self.low, min(round(step), self.high)), ""


def reach(schedule: Schedule, index: int, *, ripple: bool) -> Reach:
    """How far the end of a phase can be moved.

    Args:
        schedule: The document, without tracks.
        index: The phase before the boundary.
        ripple: Whether later phases move with it; otherwise the next one trades its time.
    """
    found = spans(schedule)
    span, total = found[index], schedule.steps
    below = tr("a phase has one step at least")
    if span.end <= span.start and span.start >= total:  # it lies beyond the run's end
        return Reach(span.end, span.end, below, tr("the run ends here"))
    low = span.start + 1
    if index + 1 == len(found):
        return Reach(low, max(low, total), below, tr("the run ends here"))
    if ripple:
        # The phase that takes the rest gives way, but for one step.
        behind = sum(
            min(each.nominal_steps, 1) if _open(schedule, each.index) else each.nominal_steps
            for each in found[index + 1 :]
        )
        high = max(total - behind, span.end, low)
        return Reach(low, high, below, tr("the later phases need the rest of the run"))
    end = found[index + 1].nominal_end
    if end - 1 < total:
        return Reach(low, max(low, end - 1), below, tr("the next phase keeps one step at least"))
    return Reach(low, max(low, total), below, tr("the run ends here"))


def move(schedule: Schedule, index: int, step: int, *, ripple: bool) -> Schedule:
    """Move the boundary after a phase, as far as its `reach` goes.

    What comes before it stays where it is: a phase there that takes the rest of the run would
    move, so it gets the length it has.
    """
    step, _ = reach(schedule, index, ripple=ripple).kept(step)
    if step == spans(schedule)[index].end:
        return schedule
    way = phase_group.ripple if ripple else edits.resize
    after = way(schedule, index, step)
    if spans(after)[:index] == spans(schedule)[:index] and spans(after)[index].end == step:
        return after
    return way(_pinned(schedule, index), index, step)


def _pinned(schedule: Schedule, index: int) -> Schedule:
    """The same curve, in which no phase up to one takes the rest."""
    for place in range(index + 1):
        if _open(schedule, place):
            text = length_text(schedule, spans(schedule)[place].nominal_steps, "rest")
            return edits.set_phase(schedule, place, length=text)
    return schedule


def _open(schedule: Schedule, index: int) -> bool:
    return Length.parse(schedule.phases[index].length).unit == "rest"
