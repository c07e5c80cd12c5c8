"""The lines on the canvas: the groups of the design, and the overlays. No Qt widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.canvas.samples import Samples
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.overlay_look import cut_text, overlay_group_color, own_horizon
from lrdesigner.gui.state import Overlay, XUnit
from lrdesigner.gui.theme import Tokens, mix
from lrdesigner.gui.time_text import steps_per
from lrdesigner.schedule.model import Schedule

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller


GROUP_WIDTHS = (2.4, 2.0)
MANY, THIN = 8, 1.5
OVERLAY_WIDTH = 1.4
# In a crowd lines are as thin as can be: easier to tell apart, and painted ten times as fast.
GROUP_CROWD, OVERLAY_CROWD, CROWD_WIDTH = 24, 8, 1.0
_FILL = 0.6


@dataclass(frozen=True)
class Series:
    """One line.

    Attributes:
        name: What legend and read-out call it.
        color: ``#rrggbb``.
        fill: What it fills an area with, where it swings faster than pixels can show.
        width: Pixels.
        dashed: Overlays are.
        samples: Its values.
        stretch: Steps of this document in one step of the line's own.
        group: Index of the group; None for an overlay.
        offset: The step of its first value.
        joined: Whether its values are points joined by straight lines; otherwise each one holds
            until the next.
        note: What the legend says of it besides.
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

    def value_at(self, step: float) -> float | None:
        """The value at a step of this document (of points, the nearest); None where none is."""
        place = (step - self.offset) / self.stretch
        if self.joined:
            inside = 0 <= place <= self.samples.total
            return self.samples.value_at(round(place)) if inside else None
        own = int(place + 1e-9)
        return self.samples.value_at(own) if own < self.samples.total else None


class SeriesBuilder:
    """Makes the lines, keeping what was prepared for values that are still the same."""

    def __init__(self) -> None:
        self._prepared: dict[tuple[int, int], tuple[object, Samples]] = {}

    def build(self, controller: Controller, tokens: Tokens) -> tuple[Series, ...]:
        """All lines of the document as it is now."""
        before, self._prepared = self._prepared, {}
        self._before = before
        lines = (*self._groups(controller, tokens), *self._overlays(controller, tokens))
        self._before = {}
        return lines

    def _groups(self, controller: Controller, tokens: Tokens) -> list[Series]:
        source: Curve | Preview = controller.curve or controller.preview
        total = controller.schedule.steps
        colors = group_colors(tokens, source.groups)
        count = len(source.groups)
        widths = GROUP_WIDTHS
        if count > MANY:
            widths = (CROWD_WIDTH if count > GROUP_CROWD else THIN,) * 2
        return [
            Series(
                name,
                color,
                mix(tokens.window, color, _FILL),
                widths[min(index, 1)],
                False,
                self._samples((-1, index), source, index, total),
                group=index,
            )
            for index, (name, color) in enumerate(zip(source.groups, colors, strict=True))
        ]

    def _overlays(self, controller: Controller, tokens: Tokens) -> list[Series]:
        found: list[Series] = []
        drawn = [o for o in controller.overlays.overlays if o.visible and o.curve is not None]
        width = CROWD_WIDTH if len(drawn) > OVERLAY_CROWD else OVERLAY_WIDTH
        for overlay in drawn:
            curve = overlay.curve
            assert curve is not None
            stretch = _stretch(controller.schedule, overlay, controller.view.unit)
            cut = cut_text(overlay, controller.schedule, controller.view.unit)
            for index, name in enumerate(curve.groups):
                samples = self._samples((overlay.id, index), curve, index, curve.steps)
                full = overlay.name if len(curve.groups) == 1 else f"{overlay.name}: {name}"
                color = overlay_group_color(overlay, tokens, index, len(curve.groups))
                fill = mix(tokens.window, color, _FILL)
                found.append(Series(full, color, fill, width, True, samples, stretch, note=cut))
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


def _stretch(schedule: Schedule, overlay: Overlay, unit: XUnit) -> float:
    """Runs are compared in the unit of the x axis: epoch with epoch, percent with percent."""
    return steps_per(unit, schedule.horizon) / steps_per(unit, own_horizon(overlay))
