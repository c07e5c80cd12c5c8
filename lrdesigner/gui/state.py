"""Small frozen records the window's parts exchange."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lrdesigner.compare.frames import START, Anchor
from lrdesigner.engine.curve import Curve
from lrdesigner.schedule.counting import CountUnit
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.tracks import phases_of

XUnit = CountUnit
RunKind = Literal["live", "running", "exact", "failed"]
OverlayStyle = Literal["dashed", "ghost"]
DifferenceKind = Literal["off", "absolute", "ratio"]
SlopeKind = Literal["off", "step", "epoch", "step_share", "epoch_share"]


@dataclass(frozen=True)
class Selection:
    """What is selected: phases, a track, or neither (the run as a whole).

    Attributes:
        phase: Index of the phase in its sequence; None for the sequence as a whole.
        track: Index of the track that is worked on; None for the document's own phases.
        more: Further phases of the sequence that are selected with it, rising.
    """

    phase: int | None = None
    track: int | None = None
    more: tuple[int, ...] = ()

    @property
    def phases(self) -> tuple[int, ...]:
        """All selected phases, rising."""
        return () if self.phase is None else tuple(sorted({self.phase, *self.more}))

    def toggled(self, index: int) -> Selection:
        """With another phase, or without it if it is selected."""
        if index not in self.phases:
            return Selection(index, self.track, self.phases)
        left = tuple(phase for phase in self.phases if phase != index)
        return Selection(left[-1] if left else None, self.track, left[:-1])

    def through(self, index: int) -> Selection:
        """All phases from the one that is selected to another."""
        first = index if self.phase is None else self.phase
        low, high = sorted((first, index))
        more = tuple(phase for phase in range(low, high + 1) if phase != first)
        return Selection(first, self.track, more)

    def stretched(self, by: int, last: int) -> Selection:
        """One phase more to that side (−1, 1), or one less where it reaches to the other side.

        Args:
            by: The side.
            last: The last phase there is.
        """
        if self.phase is None:
            return self
        ends = (self.phases[0], self.phases[-1])
        near, far = ends if by > 0 else ends[::-1]
        to = near + by if (self.phase - near) * by > 0 else far + by
        return self.through(max(0, min(to, last)))

    def within(self, schedule: Schedule) -> Selection:
        """This selection, or the nearest that exists in a document."""
        if self.track is not None and self.track >= len(schedule.tracks):
            return Selection()
        count = len(phases_of(schedule, self.track))
        if self.phase is None or self.phase < count:
            more = tuple(i for i in self.more if i < count and i != self.phase)
            return self if more == self.more else Selection(self.phase, self.track, more)
        return Selection(count - 1 if count else None, self.track)


@dataclass(frozen=True)
class ViewState:
    """How the curve is looked at.

    Attributes:
        log: Whether the LR axis is logarithmic.
        unit: Unit of the x axis, where the document knows it (`time_text.shown_unit`).
        ripple: Whether later phases move with a boundary that is dragged; otherwise the phases on
            both sides trade their time.
    """

    log: bool = True
    unit: XUnit = "epochs"
    ripple: bool = False


@dataclass(frozen=True)
class RunState:
    """How far the exact run is.

    Attributes:
        kind: ``"live"`` (only the fast curve so far), ``"running"``, ``"exact"``, ``"failed"``.
        progress: Fraction done, while running.
        message: Why it failed.
        seconds: How long it took, when exact.
        torch_version: torch's version, when exact.
        device: Where the LR lives.
    """

    kind: RunKind = "live"
    progress: float = 0.0
    message: str = ""
    seconds: float = 0.0
    torch_version: str = ""
    device: str = "cpu"


@dataclass(frozen=True, eq=False)
class Overlay:
    """A curve drawn beside the current one: a saved schedule, a ghost, a recorded run.

    Attributes:
        id: Number that stays the same while the overlay is open.
        path: The file; None for a ghost of a document, which has none.
        name: What list and legend call it; no two overlays have the same.
        schedule: The document; None for what is no document.
        curve: Its exact values; None while they are computed.
        visible: Whether it is drawn.
        color: Colour as ``"#rrggbb"``, or "" for the theme's next one.
        error: Why it cannot be drawn, or "".
        title: What the document calls itself.
        given: What the user calls it, or "".
        style: How it is drawn.
        anchor: The place by which it is aligned; None for that of all overlays.
        ghost: Whether it is the document as it was once, kept in memory only.
    """

    id: int
    path: Path | None
    name: str
    schedule: Schedule | None = None
    curve: Curve | None = None
    visible: bool = True
    color: str = ""
    error: str = ""
    title: str = ""
    given: str = ""
    style: OverlayStyle = "dashed"
    anchor: Anchor | None = None
    ghost: bool = False


@dataclass(frozen=True)
class Comparison:
    """How curves are compared.

    Attributes:
        reference: Id of the overlay that differences are taken against; None for the document.
        align: The place of the document that the same place of every overlay lies on.
        own_length: Whether every curve is stretched over the whole document.
        own_peak: Whether every curve is drawn in parts of its own peak.
        difference: What the lane of differences shows.
        slope: What the lane of slopes shows: the change over a step or an epoch, as it is or in
            parts of the LR.
    """

    reference: int | None = None
    align: Anchor = START
    own_length: bool = False
    own_peak: bool = False
    difference: DifferenceKind = "off"
    slope: SlopeKind = "off"
