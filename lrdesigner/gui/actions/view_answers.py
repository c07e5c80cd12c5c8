"""What the actions of the View and Run menus do."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.layout import PanelLayout
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import ViewState
from lrdesigner.gui.theme import SchemeSetting, Theme

ZOOM_STEP = 0.8


class ViewAnswers(QObject):
    """Axes, zoom, theme, panels, and the exact run.

    Signals:
        changed: A setting differs that actions show.
    """

    changed = Signal()

    def __init__(
        self,
        controller: Controller,
        settings: Settings,
        theme: Theme,
        layout: PanelLayout,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._settings = settings
        self._theme = theme
        self._layout = layout
        controller.view_changed.connect(self._remember)

    @Slot()
    def do_linear(self) -> None:
        """Linear LR axis."""
        self.set_axis("linear")

    @Slot()
    def do_log(self) -> None:
        """Logarithmic LR axis."""
        self.set_axis("log")

    @Slot(str)
    def set_axis(self, name: str) -> None:
        """``"linear"`` or ``"log"``."""
        self._settings.log_axis = name == "log"
        self._controller.set_view(replace(self._controller.view, log=name == "log"))

    @Slot(bool)
    def do_ripple(self, ripple: bool) -> None:
        """What happens to the later phases when a boundary is dragged."""
        self._controller.set_view(replace(self._controller.view, ripple=ripple))

    @Slot(object)
    def _remember(self, view: ViewState) -> None:
        self._settings.ripple = view.ripple

    @Slot()
    def do_zoom_in(self) -> None:
        """Show less time, around the middle."""
        self._zoom(ZOOM_STEP)

    @Slot()
    def do_zoom_out(self) -> None:
        """Show more time."""
        self._zoom(1 / ZOOM_STEP)

    @Slot()
    def do_zoom_fit(self) -> None:
        """Show the whole run."""
        self._controller.axis.fit()

    def _zoom(self, factor: float) -> None:
        first, last = self._controller.axis.range
        self._controller.axis.zoom(factor, (first + last) / 2)

    @Slot()
    def do_theme_system(self) -> None:
        """Follow the system."""
        self._set_theme("system")

    @Slot()
    def do_theme_dark(self) -> None:
        """Dark colours."""
        self._set_theme("dark")

    @Slot()
    def do_theme_light(self) -> None:
        """Light colours."""
        self._set_theme("light")

    def _set_theme(self, name: SchemeSetting) -> None:
        self._settings.theme = name
        self._theme.set_scheme(name)
        self.changed.emit()

    @Slot(bool)
    def do_drift(self, shown: bool) -> None:
        """Draw the drift, or do not."""
        self._controller.drift.set_wanted(shown)

    @Slot(bool)
    def do_lock_panels(self, locked: bool) -> None:
        """Lock or unlock the panels."""
        self._layout.set_locked(locked)

    @Slot()
    def do_reset_layout(self) -> None:
        """Default layout."""
        self._layout.reset()

    @Slot()
    def do_stop_run(self) -> None:
        """Stop the exact run."""
        self._controller.cancel_run()

    @Slot()
    def do_start_run(self) -> None:
        """Start the exact run again."""
        self._controller.restart_run()
