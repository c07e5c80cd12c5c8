"""Opening the help at the page that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.settings import Settings, decode, encode
from lrdesigner.gui.theme import Theme

if TYPE_CHECKING:
    from lrdesigner.gui.help import HelpWindow


class HelpAnswers(QObject):
    """One help window for a main window, made when it is wanted for the first time.

    Args:
        controller: Knows the selected phase.
        palette: Knows the card with the focus, and inserts schedulers.
        settings: Where the help window was last.
        theme: Colours.
        window: The main window.
    """

    def __init__(
        self,
        controller: Controller,
        palette: PalettePanel,
        settings: Settings,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._palette = palette
        self._settings = settings
        self._theme = theme
        self._window = window
        self._help: HelpWindow | None = None

    @Slot()
    def do_help(self) -> None:
        """The page about what is being worked on: the card with the focus, or the phase."""
        part = self._controller.part
        phase = part.phase
        chosen = self._palette.focused_scheduler()
        if not chosen and phase is not None and phase < len(part.schedule.phases):
            chosen = part.schedule.phases[phase].scheduler
        self.open_page(chosen)

    @Slot(str)
    def open_page(self, key: str) -> None:
        """Show the help, at the page of that scheduler if there is one."""
        if self._help is None:
            from lrdesigner.gui.help import HelpWindow

            self._help = HelpWindow(self._theme, self._window)
            self._help.insert_requested.connect(self._palette.insert)
            self._help.restoreGeometry(QByteArray(decode(self._settings.help_geometry)))
        self._help.open_page(key)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    def shut_down(self) -> None:
        """Remember where the window was."""
        if self._help is not None:
            self._settings.help_geometry = encode(bytes(self._help.saveGeometry().data()))
            self._help.close()
