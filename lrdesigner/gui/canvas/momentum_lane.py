"""The lane of torch's own momentum cycling (OneCycleLR, CyclicLR)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from lrdesigner.gui.canvas.lane_content import group_lines
from lrdesigner.gui.canvas.lanes import LaneStack
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme
from lrdesigner.schedule.optimizers import OPTIMIZERS

KEY = "cycled_momentum"


class MomentumLane(QObject):
    """Shows the momentum of the exact run while a phase cycles it.

    Args:
        controller: Its curve.
        lanes: Where it is shown.
        theme: Its colours.
    """

    def __init__(self, controller: Controller, lanes: LaneStack, theme: Theme) -> None:
        super().__init__(lanes)
        self._controller = controller
        self._lanes = lanes
        self._theme = theme
        controller.curve_changed.connect(self.refresh)
        controller.run_changed.connect(self._on_run)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the momentum of the curve as it is now."""
        curve = self._controller.curve
        if curve is None:  # its successor is on its way: no flicker in between
            self._lanes.mark_stale(KEY)
            return
        if curve.momentum is None:
            self._lanes.remove(KEY)
            return
        info = OPTIMIZERS.get(self._controller.schedule.optimizer.type)
        beta = info is not None and info.momentum_key == "betas"
        title = "beta1" if beta else "momentum"
        lines = group_lines(curve.groups, curve.momentum, self._theme.tokens, title)
        self._lanes.set(KEY, title, lines, order=10)

    @Slot()
    def _on_run(self) -> None:
        if self._controller.run.kind == "failed":
            self._lanes.remove(KEY)
