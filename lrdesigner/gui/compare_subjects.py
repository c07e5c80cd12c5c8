"""The curves that are compared: the document's and every visible overlay's, row by row. No Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrdesigner.compare.frames import Frame
from lrdesigner.compare.views import Subject
from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview
from lrdesigner.i18n import tr

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller
    from lrdesigner.gui.state import Overlay


@dataclass(frozen=True, eq=False)
class Compared:
    """A curve that is compared.

    Attributes:
        overlay: The overlay; None for the document.
        name: What it is called.
        groups: Names of its groups.
        rows: One for each group.
        per_epoch: Its steps of an epoch.
    """

    overlay: Overlay | None
    name: str
    groups: tuple[str, ...]
    rows: tuple[Subject, ...]
    per_epoch: int

    @property
    def id(self) -> int | None:
        """The overlay's id; None for the document."""
        return None if self.overlay is None else self.overlay.id

    def line_name(self, group: int) -> str:
        """What legends call one of its lines."""
        name = self.groups[group]
        if self.overlay is None:
            return name
        return self.name if len(self.groups) == 1 else f"{self.name}: {name}"


def document_compared(controller: Controller) -> Compared:
    """The document, as far as its curve is known."""
    source: Curve | Preview = controller.curve or controller.preview
    own_peak = controller.comparison.state.own_peak
    total = controller.schedule.steps
    rows = []
    for index, row in enumerate(source.rows):
        if isinstance(source, Curve):
            high, steps = source.digests["lr"][index].high, None
        else:
            high, steps = float(row.max()), source.steps
        rows.append(Subject(Frame(), row, total, _factor(high, own_peak), steps))
    per_epoch = controller.schedule.horizon.steps_per_epoch
    return Compared(None, tr("this schedule"), source.groups, tuple(rows), per_epoch)


def overlay_compared(controller: Controller, overlay: Overlay) -> Compared | None:
    """An overlay; None while it has no curve."""
    curve = overlay.curve
    place = controller.comparison.placements.get(overlay.id)
    if curve is None or place is None:
        return None
    own_peak = controller.comparison.state.own_peak
    rows = tuple(
        Subject(place.frame, row, curve.steps, _factor(digest.high, own_peak))
        for row, digest in zip(curve.rows, curve.digests["lr"], strict=True)
    )
    return Compared(overlay, overlay.name, curve.groups, rows, curve.steps_per_epoch)


def all_compared(controller: Controller) -> Iterator[Compared]:
    """The document first, then the visible overlays that have a curve, in their order."""
    yield document_compared(controller)
    for overlay in controller.overlays.overlays:
        found = overlay_compared(controller, overlay) if overlay.visible else None
        if found is not None:
            yield found


def _factor(high: float, own_peak: bool) -> float:
    """What makes a row's peak 1; a row that is 0 throughout stays where it is."""
    return 1.0 / high if own_peak and high > 0 and math.isfinite(1.0 / high) else 1.0
