"""What a sweep can vary: one number of a document, as a pure edit of it.

`Target.edited` is that edit as a user makes it, checked and complete; `Target.quick` is the same
for a batch of a thousand, without the checks that cannot fail for a value within its limits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from lrdesigner.i18n import tr
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Phase, Schedule
from lrdesigner.schedule.tracks import Part
from lrdesigner.sweep.errors import SweepError


@dataclass(frozen=True)
class Limits:
    """Which numbers are allowed; the same words as a parameter's declaration has.

    Attributes:
        minimum: Smallest one, inclusive.
        maximum: Greatest one, inclusive.
        above: Lower bound, exclusive.
        below: Upper bound, exclusive.
        whole: Whether only whole numbers are.
    """

    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    whole: bool = False


@dataclass(frozen=True)
class Traits:
    """What people need to know of a target.

    Attributes:
        name: What it is called in tables and file names: ``"gamma"``, ``"lr[head]"``.
        place: Where it is: ``"phase 2, Exponential"``, ``"the run"``.
        unit: Its unit, as the inspector shows it.
        help: One line that says what it does.
        limits: Which values are allowed.
        value: What the document has now; None if it follows something.
        is_word: Whether the name is a word for people rather than a parameter's.
        short_place: Where it is in fewer words, in the language in use: ``"2 Exponential"``.
    """

    name: str
    place: str
    unit: str
    help: str
    limits: Limits
    value: float | None
    is_word: bool = False
    short_place: str = ""

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return tr(self.name) if self.is_word else self.name


class Target(ABC):
    """One number of a document."""

    @abstractmethod
    def traits(self, schedule: Schedule) -> Traits:
        """What it is in this document.

        Raises:
            SweepError: If the document does not have it, or it is no number.
        """

    @abstractmethod
    def edited(self, schedule: Schedule, value: float) -> Schedule:
        """The document with this value: an edit like any other."""

    @abstractmethod
    def within(self, part: Part) -> Target | None:
        """The same target in one sequence of phases seen as a document; None if not there."""

    @abstractmethod
    def quick(self, view: Schedule, value: float) -> Schedule:
        """The same edit of a document without tracks, for an allowed value."""


def phase_at(schedule: Schedule, track: int | None, index: int) -> Phase:
    """A phase of a document.

    Raises:
        SweepError: If there is none.
    """
    if track is not None and track >= len(schedule.tracks):
        raise SweepError(tr("there is no track {track} to sweep", track=track + 1))
    phases = tracks.phases_of(schedule, track)
    if not 0 <= index < len(phases):
        raise SweepError(tr("there is no phase {index} to sweep", index=index + 1))
    return phases[index]


def with_phase(view: Schedule, index: int, phase: Phase) -> Schedule:
    """A document without tracks, with another phase in this place."""
    phases = (*view.phases[:index], phase, *view.phases[index + 1 :])
    return view.altered(phases=phases)
