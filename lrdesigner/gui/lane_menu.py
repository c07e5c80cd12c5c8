"""The menu that shows and hides the lanes of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from lrdesigner.gui.lane_look import Lanes
from lrdesigner.i18n import tr


class LaneMenu(QObject):
    """Fills a menu with the lanes that there are, each time it opens.

    Args:
        menu: The menu.
        lanes: The lanes.
        parent: Owner.
    """

    def __init__(self, menu: QMenu, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._menu = menu
        self._lanes = lanes
        self._menu.aboutToShow.connect(self._fill)
        self._menu.triggered.connect(self._on_triggered)

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        for entry in self._lanes.entries:
            action = self._menu.addAction(entry.title.replace("&", "&&"))
            action.setObjectName(f"action_lane_{entry.key}")
            action.setData(entry.key)
            action.setCheckable(True)
            action.setChecked(not entry.hidden)
        if self._menu.isEmpty():
            nothing = self._menu.addAction(tr("This schedule has no lanes"))
            nothing.setEnabled(False)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._lanes.set_hidden(str(action.data()), not action.isChecked())
