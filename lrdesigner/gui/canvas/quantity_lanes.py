"""The lanes of what groups hold beside the LR: driven by tracks, or cycled by torch itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from lrdesigner.engine.digest import Digest
from lrdesigner.gui.canvas.hands import Hands
from lrdesigner.gui.canvas.lane_content import group_lines
from lrdesigner.gui.canvas.lanes import LaneStack
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Quantity
from lrdesigner.schedule.tracks import QUANTITIES, quantity_title

_ORDER = 10


class QuantityLanes(QObject):
    """One lane for each quantity that is not the same all through the run.

    The fast curve shows what tracks drive at once; momentum that OneCycleLR or CyclicLR cycle is
    known from the exact run only. Its lane is there before: what is under the mouse must not move
    when the run is done.

    Args:
        controller: Its curves.
        lanes: Where they are shown; a lane's key is its quantity.
        theme: Its colours.
        hands: Takes hold of what lies on their curves.
    """

    def __init__(
        self, controller: Controller, lanes: LaneStack, theme: Theme, hands: Hands
    ) -> None:
        super().__init__(lanes)
        self._controller = controller
        self._hands = hands
        self._lanes = lanes
        self._theme = theme
        controller.preview_changed.connect(self.refresh)
        controller.curve_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the values of the document as it is now."""
        for place, quantity in enumerate(QUANTITIES[1:]):
            self._refresh(quantity, _ORDER + place)

    def _refresh(self, quantity: Quantity, order: int) -> None:
        controller = self._controller
        curve, fast = controller.curve, controller.preview
        title = tr(quantity_title(controller.schedule.optimizer, quantity))
        steps = None
        digests: Sequence[Digest] = ()
        if curve is not None:
            values, digests = curve.values(quantity), curve.digests.get(quantity, ())
        else:
            values, steps = fast.quantities.get(quantity), fast.steps
            if values is None and self._on_its_way(quantity):
                lane = self._lanes.reserve(quantity, title, order=order)
                self._hands.equip(lane, quantity)
                return
        if values is None:
            self._remove(quantity)
            return
        lines = group_lines(fast.groups, values, self._theme.tokens, steps, digests)
        live = controller.in_gesture
        lane = self._lanes.set(quantity, title, lines, order=order, keep_scale=live)
        self._hands.equip(lane, quantity)

    def _on_its_way(self, quantity: Quantity) -> bool:
        return quantity == "momentum" and self._controller.look.cycles_momentum

    def _remove(self, quantity: Quantity) -> None:
        lane = self._lanes.lane(quantity)
        if lane is not None:
            self._lanes.remove(quantity)
            self._hands.drop(lane)
