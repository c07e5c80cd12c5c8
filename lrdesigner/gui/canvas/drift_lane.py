"""The lane of the drift: how far LRs on a device are from those that Python's floats give."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from lrdesigner.gui.canvas.lane_content import group_lines
from lrdesigner.gui.canvas.lanes import LaneStack
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.device_menu import NAMES
from lrdesigner.gui.drift_run import DriftView
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import place_text
from lrdesigner.i18n import tr

KEY = "drift"
_ORDER = -5


class DriftLane(QObject):
    """Shows the difference of the two runs while it is wanted.

    Args:
        controller: Has the drift.
        lanes: Where it is shown.
        theme: Its colours.
    """

    def __init__(self, controller: Controller, lanes: LaneStack, theme: Theme) -> None:
        super().__init__(lanes)
        self._controller = controller
        self._lanes = lanes
        self._theme = theme
        controller.drift.changed.connect(self.refresh)
        controller.drift.wanted_changed.connect(self.refresh)
        controller.device_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the drift as it is now."""
        drift = self._controller.drift
        if not drift.wanted or self._controller.device == "cpu":
            self._lanes.remove(KEY)
        elif drift.view is None:
            self._lanes.reserve(KEY, tr("drift"), order=_ORDER)  # no flicker, no jump later
        else:
            self._show(drift.view)

    def _show(self, view: DriftView) -> None:
        rows, tokens = view.drift.absolute, self._theme.tokens
        lines = group_lines(view.groups, rows, tokens, digests=view.digests)
        device = self._controller.device
        unit = tr("LR on {device} less LR on the CPU", device=NAMES.get(device, device))
        self._lanes.set(KEY, tr("drift"), lines, unit=unit, note=self._note(view), order=_ORDER)

    def _note(self, view: DriftView) -> str:
        group, step = view.worst
        if not view.share:
            return tr("no difference at all")
        place = place_text(step, self._controller.schedule.horizon)
        name = f"{view.groups[group]}, " if len(view.groups) > 1 else ""
        return tr(
            "at most {share:.1e} of the LR ({name}{place})",
            share=abs(view.share),
            name=name,
            place=place,
        )
