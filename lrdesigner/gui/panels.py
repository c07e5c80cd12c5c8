"""The panels of the window: made, named, and put where they belong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from lrdesigner.gui.canvas import CanvasPanel
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.details import DetailTabs
from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.layout import PanelLayout
from lrdesigner.gui.overlays import OverlaysPanel
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.sweep import SweepBar
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.timeline import TimelinePanel
from lrdesigner.i18n import tr

MIN_PALETTE, MIN_INSPECTOR = 196, 280


class Panels:
    """All panels of a window, arranged in it.

    Args:
        controller: What they show and change.
        settings: How they stood the last time.
        theme: Colours, fonts, icons.
        window: Where they are.
    """

    def __init__(
        self, controller: Controller, settings: Settings, theme: Theme, window: QMainWindow
    ) -> None:
        self.canvas = CanvasPanel(controller, theme, window)
        self.timeline = TimelinePanel(controller, theme, window)
        self.palette = PalettePanel(controller, theme, window)
        self.overlays = OverlaysPanel(controller, theme, window)
        self.inspector = InspectorPanel(controller, theme, window)
        self.details = DetailTabs(controller, theme, window)
        self.sweep_bar = SweepBar(controller, theme, window)
        self.layout = PanelLayout(window, settings)
        self._settings = settings
        self._arrange()

    def _arrange(self) -> None:
        # Narrower, numbers would be cut off.
        self.palette.setMinimumWidth(MIN_PALETTE)
        self.palette.set_folded(self._settings.folded)
        self.inspector.setMinimumWidth(MIN_INSPECTOR)
        self.inspector.unfold(self._settings.unfolded)
        area, add = Qt.DockWidgetArea, self.layout.add
        add("palette", tr("Schedulers"), self.palette, area.LeftDockWidgetArea)
        add("overlays", tr("Overlays"), self.overlays, area.LeftDockWidgetArea)
        add("inspector", tr("Inspector"), self.inspector, area.RightDockWidgetArea)
        add("details", tr("Code and numbers"), self.details, area.BottomDockWidgetArea)
        self.sweep_bar.set_home(self.canvas)
        self.layout.arrange(self.sweep_bar, self.canvas, self.timeline)

    def in_order(self) -> tuple[QWidget, ...]:
        """All of them, in the order in which people read them."""
        left = (self.palette, self.overlays)
        middle = (self.sweep_bar, self.canvas, self.timeline)
        return (*left, *middle, self.inspector, self.details)

    def places(self) -> dict[str, tuple[str, Callable[[], object]]]:
        """What each is called, and how the keyboard gets there."""
        details, focus = self.details, self.layout.focus
        return {
            "palette": (tr("Schedulers"), partial(focus, "palette", self.palette)),
            "canvas": (tr("Curve"), self.canvas.setFocus),
            "timeline": (tr("Timeline"), self.timeline.setFocus),
            "inspector": (tr("Inspector"), partial(focus, "inspector", self.inspector)),
            "overlays": (tr("Overlays"), partial(focus, "overlays", self.overlays)),
            "code": (tr("Python Code"), partial(self._show_tab, details.code)),
            "json": ("JSON", partial(self._show_tab, details.json)),
            "problems": (tr("Problems"), partial(self._show_tab, details.problems)),
            "numbers": (tr("Numbers"), partial(self._show_tab, details.numbers)),
        }

    def show_batch(self, field: str) -> None:
        """Put the keyboard into a field of the batch calculator; "" for the first unknown one."""
        self.layout.focus("inspector", self.inspector)
        self.inspector.focus_batch(field)

    def remember(self) -> None:
        """Note how they stand now in the settings."""
        self.layout.remember()
        self._settings.folded = self.palette.folded()
        self._settings.unfolded = self.inspector.unfolded()

    def _show_tab(self, panel: QWidget) -> None:
        self.details.setCurrentWidget(panel)
        self.layout.focus("details", panel)
