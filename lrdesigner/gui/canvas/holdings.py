"""Keeps what can be taken hold of on a plot in step with the document: knobs, rings, boundaries."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from lrdesigner.gui.canvas.handles import LrHandle, part_handles
from lrdesigner.gui.canvas.knobs import Knob, followed_knob, phase_knobs
from lrdesigner.gui.canvas.layers import Band
from lrdesigner.gui.canvas.marks import Boundary
from lrdesigner.gui.canvas.ways import Held, Plot
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.phase_look import phase_category
from lrdesigner.gui.theme import Theme
from lrdesigner.schedule.model import Quantity
from lrdesigner.schedule.tracks import own_value, phases_of
from lrdesigner.schedule.units import spans

_NEAR = 12.0
PhasePlace = tuple[int | None, int | None]
"""A track (None for the document's own phases) and one of its phases (None for none of them)."""


class Holdings:
    """Everything that can be taken hold of on one plot.

    Args:
        controller: Has the document.
        plot: The picture they are in.
        quantity: What it shows: the LR, or the quantity of a lane.
        theme: Its colours.
    """

    def __init__(
        self, controller: Controller, plot: Plot, quantity: Quantity, theme: Theme
    ) -> None:
        self._controller = controller
        self._plot = plot
        self._theme = theme
        self.quantity: Quantity = quantity
        self._rings: tuple[tuple[object, ...], tuple[LrHandle, ...]] = ((), ())

    @property
    def part(self) -> DocumentPart | None:
        """The phases whose bands and boundaries are shown: those worked on, or the plot's first.

        None in a lane that no track drives.
        """
        controller = self._controller
        if controller.part.quantity == self.quantity:
            return controller.part
        return next(iter(self._parts()), None)

    def _parts(self) -> list[DocumentPart]:
        """All sequences of phases that drive something in this plot."""
        tracks = self._controller.schedule.tracks
        found: list[int | None] = [None] if self.quantity == "lr" else []
        found += [index for index, track in enumerate(tracks) if track.quantity == self.quantity]
        return [self._controller.part_of(track) for track in found]

    @property
    def level(self) -> bool:
        """Whether heights are values.

        In parts of its own peak, a curve has no place for what moves that peak.
        """
        return self.quantity != "lr" or not self._controller.comparison.state.own_peak

    @property
    def bands(self) -> list[Band]:
        """The phases behind the curve."""
        part = self.part
        if part is None:
            return []
        schedule, selected = part.schedule, part.phase
        return [
            Band(
                span.start,
                span.end,
                phase_category(schedule.phases[span.index]),
                span.index == selected,
            )
            for span in spans(schedule)
            if span.steps > 0
        ]

    # -- rings and boundaries ----------------------------------------------------------------------

    def refresh(self, held: Held | None) -> None:
        """Boundaries and rings of the document as it is now; `held` is in hand."""
        marks, part = self._plot.marks, self.part
        if part is None:
            marks.boundaries, marks.handles = (), ()
        else:
            total = part.schedule.steps
            found = [span for span in spans(part.schedule) if span.steps > 0]
            marks.boundaries = [
                Boundary(span.index, span.end, span.end >= total, part.track) for span in found
            ]
            marks.handles = self._with_held(self._rings_of(part), held) if self.level else ()
        names = [group.name for group in self._controller.schedule.optimizer.groups]
        marks.colors = group_colors(self._theme.tokens, names)
        marks.update()

    def _rings_of(self, part: DocumentPart) -> tuple[LrHandle, ...]:
        """The rings; looked for once for each state of what decides them."""
        document = part.document
        decides = (phases_of(document, part.track), document.optimizer, document.horizon)
        state = (part.track, *decides, document.metric)
        known, found = self._rings
        if len(known) != len(state) or known[0] != state[0]:
            known = ()
        if not known or any(a is not b for a, b in zip(known[1:], state[1:], strict=True)):
            found = part_handles(part)
            self._rings = (state, found)
        return found

    def _with_held(self, found: tuple[LrHandle, ...], held: Held | None) -> list[LrHandle]:
        """While a ring is dragged it stays at its step, whatever else would be a good place."""
        if not isinstance(held, LrHandle) or not self._controller.in_gesture:
            return list(found)
        optimizer = self._controller.schedule.optimizer
        own = own_value(optimizer, optimizer.groups[held.group], self.quantity) or 0.0
        kept = LrHandle(held.group, held.step, own * held.ratio, held.ratio, held.track)
        return [kept if ring.key == kept.key else ring for ring in found] or [kept]

    # -- knobs -------------------------------------------------------------------------------------

    def gather(self, hovered: PhasePlace | None, held: Held | None) -> None:
        """The knobs of the selected phase, of the one under the mouse, and the one in hand."""
        part = self.part if self.level else None
        found: list[Knob] = []
        if part is not None:
            found += phase_knobs(part, part.phase)
            if hovered is not None and hovered != (part.track, part.phase) and self._there(hovered):
                found += phase_knobs(self._controller.part_of(hovered[0]), hovered[1])
        if isinstance(held, Knob) and self.level and self._there((held.track, held.handle.phase)):
            now = followed_knob(self._controller.part_of(held.track), held)
            found = [knob for knob in found if knob.key != held.key]
            found += [now] if now is not None else []
        self._plot.knobs.knobs = tuple(found)
        self._plot.knobs.update()

    def _there(self, place: PhasePlace) -> bool:
        """Whether there is such a track, with this quantity."""
        track, tracks = place[0], self._controller.schedule.tracks
        if track is None:
            return self.quantity == "lr"
        return track < len(tracks) and tracks[track].quantity == self.quantity

    def now(self, held: Held | None) -> Held | None:
        """A knob, ring or boundary as it is now; None if it is gone."""
        if held is None:
            return None
        marks = self._plot.marks
        found: list[Held] = [*self._plot.knobs.knobs, *marks.handles, *marks.boundaries]
        return next((each for each in found if each.key == held.key), None)

    # -- under the mouse ---------------------------------------------------------------------------

    def under(self, position: QPointF) -> Held | None:
        """What is at a pixel: the nearest knob or ring, else a boundary."""
        near = self._plot.knobs.hit(position)
        ring = self._plot.marks.ring_distance(position)
        if near is not None and not (ring is not None and ring < near[0]):
            return near[1]
        return self._plot.marks.hit(position)

    def phase_at(self, position: QPointF) -> PhasePlace | None:
        """The phase at a pixel; of several sequences that of the curve there."""
        part = self._nearest(position)
        if part is None:
            return None
        step = self._controller.axis.step_at(position.x())
        phases = spans(part.schedule)
        return part.track, next((s.index for s in phases if s.start <= step < s.end), None)

    def _nearest(self, position: QPointF) -> DocumentPart | None:
        parts, own = self._parts(), self.part
        if len(parts) < 2 or own is None or not self.level:
            return own
        step = self._controller.axis.step_at(position.x())
        away = []
        for place, part in enumerate(parts):
            fast = part.preview
            values = [float(np.interp(step, fast.steps, row)) for row in fast.lr]
            gaps = [abs(self._plot.plane.y_of(value) - position.y()) for value in values]
            if gaps and part.groups:
                away.append((min(gaps), place))
        near, place = min(away, default=(2 * _NEAR, 0))
        return parts[place] if near <= _NEAR else own

    # -- by keyboard -------------------------------------------------------------------------------

    def around(self) -> list[Held]:
        """What Tab goes through: of the selected phase, or without one all rings and boundaries."""
        part, marks = self.part, self._plot.marks
        if part is None or not part.active:
            return []
        if part.phase is None:
            return [*marks.shown_rings(), *marks.boundaries]
        knobs = [knob for knob in self._plot.knobs.knobs if knob.selected]
        knobs.sort(key=lambda k: (k.handle.step, k.handle.place, k.group))
        ends = [b for b in marks.boundaries if part.phase - 1 <= b.phase <= part.phase]
        span = spans(part.schedule)[part.phase]
        rings = [r for r in marks.shown_rings() if span.start <= r.step <= span.end]
        return [*knobs, *rings, *ends]
