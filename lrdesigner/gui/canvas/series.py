"""The lines on the canvas: the groups of the design, and the overlays. No Qt widgets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.canvas.samples import Extent, Samples
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.overlay_look import (
    cut_text,
    overlay_dashes,
    overlay_group_color,
    shift_text,
)
from lrdesigner.gui.theme import Tokens, mix

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller


GROUP_WIDTHS = (2.4, 2.0)
MANY, THIN = 8, 1.5
OVERLAY_WIDTH = 1.4
# In a crowd lines are as thin as can be: easier to tell apart, and painted ten times as fast.
GROUP_CROWD, OVERLAY_CROWD, CROWD_WIDTH = 24, 8, 1.0
_FILL = 0.6
_STRONGER = 1.2


@dataclass(frozen=True)
class Series:
    """One line.

    Attributes:
        name: What legend and read-out call it.
        color: ``#rrggbb``.
        fill: What it fills an area with, where it swings faster than pixels can show.
        width: Pixels.
        dashed: Whether its strokes have gaps.
        samples: Its values.
        stretch: Steps of this document in one step of the line's own.
        group: Index of the group; None for an overlay.
        offset: The step of its first value.
        joined: Whether its values are points joined by straight lines; otherwise each one holds
            until the next.
        note: What the legend says of it besides.
        factor: What its values are multiplied by to be drawn: 1, or the reciprocal of its peak.
        dashes: Lengths of strokes and gaps, in widths; empty for the usual ones.
        overlay: Whether it is an overlay, which lies behind the design.
        strong: Whether it stands out among the overlays, as somebody points at it.
    """

    name: str
    color: str
    fill: str
    width: float
    dashed: bool
    samples: Samples
    stretch: float = 1.0
    group: int | None = None
    offset: float = 0.0
    joined: bool = False
    note: str = ""
    factor: float = 1.0
    dashes: tuple[float, ...] = ()
    overlay: bool = False
    strong: bool = False

    @property
    def quiet(self) -> bool:
        """Whether it is less than the design's own lines."""
        return self.dashed or self.overlay

    @property
    def extent(self) -> Extent:
        """What it reaches, as it is drawn."""
        own = self.samples.extent
        if self.factor == 1:
            return own
        return Extent(*(value * self.factor for value in (own.low, own.high, own.positive)))

    def own_step(self, step: float) -> int:
        """The step of its own that is in force at a step of this document."""
        return math.floor((step - self.offset) / self.stretch + 1e-9)

    def value_at(self, step: float) -> float | None:
        """The value at a step of this document (of points, the nearest); None where none is."""
        place = (step - self.offset) / self.stretch
        if self.joined:
            inside = 0 <= place <= self.samples.total
            return self.samples.value_at(round(place)) if inside else None
        own = self.own_step(step)
        return self.samples.value_at(own) if 0 <= own < self.samples.total else None

    def height_at(self, step: float) -> float | None:
        """The value at a step of this document, as it is drawn."""
        value = self.value_at(step)
        return None if value is None else value * self.factor


class SeriesBuilder:
    """Makes the lines, keeping what was prepared for values that are still the same."""

    def __init__(self) -> None:
        self._prepared: dict[tuple[int, int], tuple[object, Samples]] = {}
        self._known: tuple[tuple[object, ...], list[Series]] | None = None

    def build(self, controller: Controller, tokens: Tokens) -> tuple[Series, ...]:
        """All lines of the document as it is now."""
        before, self._prepared = self._prepared, {}
        self._before = before
        lines = (*self._groups(controller, tokens), *self._known_overlays(controller, tokens))
        self._before = {}
        return lines

    def _groups(self, controller: Controller, tokens: Tokens) -> list[Series]:
        source: Curve | Preview = controller.curve or controller.preview
        total = controller.schedule.steps
        own_peak = controller.comparison.state.own_peak
        colors = group_colors(tokens, source.groups)
        count = len(source.groups)
        widths = GROUP_WIDTHS
        if count > MANY:
            widths = (CROWD_WIDTH if count > GROUP_CROWD else THIN,) * 2
        found = []
        for index, (name, color) in enumerate(zip(source.groups, colors, strict=True)):
            fill, width = mix(tokens.window, color, _FILL), widths[min(index, 1)]
            samples = self._samples((-1, index), source, index, total)
            factor = _factor(samples) if own_peak else 1.0
            found.append(
                Series(name, color, fill, width, False, samples, group=index, factor=factor)
            )
        return found

    def _known_overlays(self, controller: Controller, tokens: Tokens) -> list[Series]:
        """The overlays; most edits of the document change nothing about them."""
        comparison, schedule = controller.comparison, controller.schedule
        asked = (
            controller.overlays.overlays,
            comparison.placements,
            comparison.state.own_peak,
            comparison.pointed_at,
            (schedule.horizon, controller.view.unit),
            tokens,
        )
        if self._known is None or self._known[0] != asked:
            self._known = (asked, self._overlays(controller, tokens))
        else:
            self._prepared |= {key: own for key, own in self._before.items() if key[0] >= 0}
        return self._known[1]

    def _overlays(self, controller: Controller, tokens: Tokens) -> list[Series]:
        found: list[Series] = []
        drawn = [o for o in controller.overlays.overlays if o.visible and o.curve is not None]
        crowd = len(drawn) > OVERLAY_CROWD
        width = CROWD_WIDTH if crowd else OVERLAY_WIDTH
        schedule, unit = controller.schedule, controller.view.unit
        places = controller.comparison.placements
        own_peak = controller.comparison.state.own_peak
        pointed = controller.comparison.pointed_at
        for overlay in drawn:
            curve = overlay.curve
            assert curve is not None
            place = places[overlay.id]
            strong = overlay.id == pointed
            note = cut_text(place, overlay, schedule, unit) or shift_text(place, schedule, unit)
            for index, name in enumerate(curve.groups):
                samples = self._samples((overlay.id, index), curve, index, curve.steps)
                full = overlay.name if len(curve.groups) == 1 else f"{overlay.name}: {name}"
                color = overlay_group_color(overlay, tokens, index, len(curve.groups))
                # Of many lines, dots would take as long as all the rest of the picture.
                dashes = overlay_dashes(overlay, 0 if crowd else index)
                found.append(
                    Series(
                        full,
                        color,
                        mix(tokens.window, color, _FILL),
                        width + _STRONGER if strong else width,
                        bool(dashes),
                        samples,
                        float(place.frame.stretch),
                        offset=place.start,
                        note=note,
                        factor=_factor(samples) if own_peak else 1.0,
                        dashes=dashes,
                        overlay=True,
                        strong=strong,
                    )
                )
        return found

    def _samples(
        self,
        key: tuple[int, int],
        source: Curve | Preview,
        row: int,
        total: int,
    ) -> Samples:
        known = self._before.get(key)
        if known is None or known[0] is not source:
            if isinstance(source, Preview):
                made = Samples(source.lr[row], total, source.steps)
            else:
                made = Samples(source.lr[row], total, digest=source.digests["lr"][row])
            known = (source, made)
        self._prepared[key] = known
        return known[1]


def _factor(samples: Samples) -> float:
    """What makes a line's peak 1; a line that is 0 throughout stays where it is."""
    high = samples.extent.high
    return 1.0 / high if high > 0 and math.isfinite(1.0 / high) else 1.0
