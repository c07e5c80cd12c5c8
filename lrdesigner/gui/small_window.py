"""How the panels stand in a window that has no room for all of them side by side.

That is a laptop at 200 %, or a small screen: there panels share a place, and tabs say which of
them is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget

from lrdesigner.i18n import tr

LEAST_HEIGHT = 640
"""A lower window has no room for tabs below the timeline."""
LEAST_LOW = 320
_SIDE = 316


@dataclass(frozen=True)
class Room:
    """What a window has no room for.

    Attributes:
        low: Panels one below the other.
        narrow: Panels on both sides.
    """

    low: bool = False
    narrow: bool = False

    @classmethod
    def of(cls, size: QSize, least_width: int) -> Room:
        """The room in a window of that size, if all panels side by side need that width."""
        return cls(size.height() < LEAST_HEIGHT, size.width() < least_width)

    @property
    def small(self) -> bool:
        """Whether panels have to share a place."""
        return self.low or self.narrow

    @property
    def least_height(self) -> int:
        """The lowest that such a window may become."""
        return LEAST_LOW if self.low else LEAST_HEIGHT


def stack(window: QMainWindow, docks: Mapping[str, QDockWidget], room: Room) -> None:
    """Let panels share a place: all of them one, or those of each side.

    Args:
        window: The window.
        docks: All of them, in the order of their tabs.
        room: What there is no room for.
    """
    # In tabs there is room for short titles only.
    docks["details"].setWindowTitle(tr("Code"))
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    sides = [(left, ["palette", "overlays"]), (right, ["inspector", "details"])]
    if room.narrow:
        sides = [(right, list(docks))]
    for area, names in sides:
        first, *others = (docks[name] for name in names)
        for dock in (first, *others):
            dock.setFloating(False)
            window.addDockWidget(area, dock)
            dock.show()
        for dock in others:
            window.tabifyDockWidget(first, dock)
        first.raise_()
        window.resizeDocks([first], [_SIDE], Qt.Orientation.Horizontal)
