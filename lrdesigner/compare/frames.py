"""Where curves stand on one time axis: their own steps against those of the document.

Curves of different lengths are compared in some unit of time (step with step, epoch with epoch,
each over its whole length), and shifted so that a place of one lies on a place of the other. All
of it is exact: fractions, no floats, so that after a million steps no step is off by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans

AnchorKind = Literal["start", "peak", "boundary", "end"]


@dataclass(frozen=True)
class Anchor:
    """A place that every curve may have.

    Attributes:
        kind: ``"start"`` (step 0), ``"peak"`` (the first step at the highest LR), ``"end"`` (one
            past the last step) or ``"boundary"`` (where one phase ends and what follows begins).
        number: Which boundary: 1 is the first, −1 the last.
    """

    kind: AnchorKind = "start"
    number: int = 0


START = Anchor()


@dataclass(frozen=True)
class Course:
    """What there is to know of a curve to place it.

    Attributes:
        steps: Optimizer steps.
        peak_step: The first step at the highest LR of all groups.
        boundaries: Steps at which a phase ends and something follows, rising; none for a curve
            that has no phases, such as a recorded run.
    """

    steps: int
    peak_step: int = 0
    boundaries: tuple[int, ...] = ()

    def step_of(self, anchor: Anchor) -> int | None:
        """The step of a place; None if this curve has no such place."""
        if anchor.kind == "peak":
            return self.peak_step
        if anchor.kind == "end":
            return self.steps
        if anchor.kind == "start":
            return 0
        place = anchor.number - 1 if anchor.number > 0 else anchor.number
        inside = -len(self.boundaries) <= place < len(self.boundaries) and anchor.number != 0
        return self.boundaries[place] if inside else None


@dataclass(frozen=True)
class Frame:
    """Where the steps of a curve lie on the document's time axis.

    Attributes:
        stretch: Steps of the document in one step of the curve.
        offset: The document's step at which the curve's step 0 lies; it may be negative.
    """

    stretch: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    def place(self, step: int) -> Fraction:
        """The document's step at which a step of the curve begins."""
        return step * self.stretch + self.offset


def placed(stretch: Fraction, at: int, on: int) -> Frame:
    """The frame in which one step of a curve lies on one of the document.

    Args:
        stretch: Steps of the document in one step of the curve.
        at: The curve's step.
        on: The document's step that it comes to lie on.
    """
    return Frame(stretch, on - at * stretch)


def boundaries(schedule: Schedule) -> tuple[int, ...]:
    """Steps at which one of the document's own phases ends and something follows, rising.

    What follows may be the hold at the end. Phases without a step make no boundary.
    """
    ends = {span.end for span in spans(schedule) if span.steps > 0}
    return tuple(sorted(end for end in ends if end < schedule.steps))


def exact_ratio(value: float, of: float) -> Fraction:
    """A ratio of two whole or nearly whole numbers as the fraction it is meant to be."""
    return (Fraction(value) / Fraction(of)).limit_denominator(10**9)
