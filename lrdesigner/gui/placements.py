"""Where every overlay lies on the document's time axis. No Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from lrdesigner.compare.frames import START, Anchor, Course, Frame, boundaries, exact_ratio, placed
from lrdesigner.compare.numbers import first_at_peak
from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.time_text import shown_unit, steps_per
from lrdesigner.schedule.counting import known
from lrdesigner.schedule.model import Horizon, Schedule

if TYPE_CHECKING:
    from lrdesigner.gui.state import Comparison, Overlay, XUnit


@dataclass(frozen=True)
class Placement:
    """Where an overlay lies.

    Attributes:
        frame: Its steps on the document's time axis.
        steps: How many it has.
        missing: The place it should be aligned by, if it or the document has no such place; then
            it is aligned by the start.
        uncounted: The unit of the time axis, if the overlay cannot be counted in it; then it is
            compared step with step.
    """

    frame: Frame
    steps: int
    missing: Anchor | None = None
    uncounted: XUnit | None = None

    @property
    def start(self) -> float:
        """The document's step at which it starts."""
        return float(self.frame.offset)

    @property
    def end(self) -> float:
        """The document's step at which it is over."""
        return float(self.frame.place(self.steps))


def placements(
    schedule: Schedule,
    curve: Curve | Preview,
    overlays: Iterable[Overlay],
    unit: XUnit,
    comparison: Comparison,
) -> Mapping[int, Placement]:
    """The place of every overlay that has a curve, by its id.

    Args:
        schedule: The document.
        curve: Its curve, exact or fast.
        overlays: What lies over it.
        unit: The unit in which runs are compared.
        comparison: How they are aligned.
    """
    unit = shown_unit(unit, schedule.horizon)
    anchor = comparison.align
    own: int | None = 0
    if anchor != START:
        own = Course(schedule.steps, peak_step(curve), boundaries(schedule)).step_of(anchor)
    found = {}
    for overlay in overlays:
        if overlay.curve is None:
            continue
        stretch = stretch_of(overlay, overlay.curve, schedule, unit, comparison)
        wanted = overlay.anchor or anchor
        at = None if own is None else _course(overlay, wanted, overlay.curve).step_of(wanted)
        if own is None or at is None:
            frame, missing = Frame(stretch), anchor if own is None else wanted
        else:
            frame, missing = placed(stretch, at, own), None
        counted = comparison.own_length or known(unit, own_horizon(overlay))
        uncounted = None if counted else unit
        found[overlay.id] = Placement(frame, overlay.curve.steps, missing, uncounted)
    return found


def stretch_of(
    overlay: Overlay, curve: Curve, schedule: Schedule, unit: XUnit, comparison: Comparison
) -> Fraction:
    """Steps of the document in one step of an overlay.

    Runs are compared in the unit of the x axis: epoch with epoch, percent with percent; step with
    step where the overlay cannot be counted in it.
    """
    if comparison.own_length or unit == "percent":
        return Fraction(schedule.steps, curve.steps)
    if unit == "epochs":
        return Fraction(schedule.horizon.steps_per_epoch, curve.steps_per_epoch)
    own = own_horizon(overlay)
    if not known(unit, own):
        return Fraction(1)
    return exact_ratio(steps_per(unit, schedule.horizon), steps_per(unit, own))


def own_horizon(overlay: Overlay) -> Horizon:
    """The horizon of an overlay that has a curve."""
    if overlay.schedule is not None:
        return overlay.schedule.horizon
    curve = overlay.curve
    assert curve is not None
    epochs = max(1, math.ceil(curve.steps / curve.steps_per_epoch))
    return Horizon(epochs=epochs, steps_per_epoch=curve.steps_per_epoch)


def peak_step(curve: Curve | Preview) -> int:
    """The first step at the highest LR of all groups."""
    if isinstance(curve, Curve):
        rows = curve.digests["lr"]
        return max(rows, key=lambda row: row.high).crest
    row = curve.lr[int(np.argmax(curve.lr.max(axis=1)))]
    return int(curve.steps[first_at_peak(row, float(row.max()))])


def _course(overlay: Overlay, anchor: Anchor, curve: Curve) -> Course:
    """What has to be known of an overlay for that place, and no more."""
    peak = peak_step(curve) if anchor.kind == "peak" else 0
    known = anchor.kind == "boundary" and overlay.schedule is not None
    inner = boundaries(overlay.schedule) if known and overlay.schedule is not None else ()
    return Course(curve.steps, peak, inner)
