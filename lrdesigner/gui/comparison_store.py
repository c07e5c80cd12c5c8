"""How curves are compared in a window, and where that puts every overlay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.compare.frames import START, boundaries
from lrdesigner.gui.placements import Placement, placements
from lrdesigner.gui.state import Comparison, Overlay
from lrdesigner.i18n import tr

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller


class ComparisonStore(QObject):
    """Reference, alignment, axes and lanes of the comparison; none of it is in the document.

    Signals:
        changed: Another `Comparison`.
        pointed: Another overlay is pointed at somewhere (its id, or None), and should stand out.

    Args:
        controller: Has the document, its curves and the overlays; also the owner.
    """

    changed = Signal(object)
    pointed = Signal(object)

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._state = Comparison()
        self.pointed_at: int | None = None
        self._placed: tuple[tuple[object, ...], Mapping[int, Placement]] = ((), {})
        controller.overlays.changed.connect(self._on_overlays)
        controller.sweeps.changed.connect(self._on_sweep)

    @property
    def state(self) -> Comparison:
        """How curves are compared."""
        return self._state

    def change(self, **values: Any) -> None:
        """Compare them another way."""
        self.set_state(replace(self._state, **values))

    def set_state(self, state: Comparison) -> None:
        """Compare them like that."""
        if state.own_peak and self._controller.sweeps.setup is not None:
            self._controller.told.emit(
                tr("A sweep is drawn in LRs: close it to see every curve in parts of its own peak")
            )
            state = replace(state, own_peak=False)
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    @Slot(object)
    def point_at(self, overlay_id: int | None) -> None:
        """Let an overlay stand out; None for none."""
        if overlay_id != self.pointed_at:
            self.pointed_at = overlay_id
            self.pointed.emit(overlay_id)

    @property
    def reference(self) -> Overlay | None:
        """The overlay that differences are taken against; None for the document."""
        return self._controller.overlays.find(self._state.reference)

    @property
    def placements(self) -> Mapping[int, Placement]:
        """Where every overlay that has a curve lies on the document's time axis, by its id."""
        controller, state = self._controller, self._state
        curve = controller.curve or controller.preview
        overlays = controller.overlays.overlays
        # While all start together, only the run's length matters, and not every move of a drag.
        apart = state.align != START or any(o.anchor is not None for o in overlays)
        asked = (
            controller.schedule.horizon,
            (curve, boundaries(controller.schedule)) if apart else None,
            overlays,
            controller.view.unit,
            state.align,
            state.own_length,
        )
        if asked != self._placed[0]:
            unit = controller.view.unit
            found = placements(controller.schedule, curve, overlays, unit, state)
            self._placed = (asked, found)
        return self._placed[1]

    @Slot(object)
    def _on_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """A reference that was closed is none any more."""
        ids = {overlay.id for overlay in overlays}
        if self._state.reference is not None and self._state.reference not in ids:
            self.change(reference=None)

    @Slot()
    def _on_sweep(self) -> None:
        if self._state.own_peak and self._controller.sweeps.setup is not None:
            self.change(own_peak=False)
            self._controller.told.emit(tr("The LR axis shows LRs again: a sweep is drawn in them"))
