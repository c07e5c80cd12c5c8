"""What the command palette offers, and opening it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenuBar, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.theme import Theme

if TYPE_CHECKING:
    from lrdesigner.gui.command_palette import CommandPalette
    from lrdesigner.gui.command_palette.command import Command

Places = Mapping[str, tuple[str, Callable[[], object]]]


class CommandAnswers(QObject):
    """Opens the command palette, which is made when it is wanted for the first time.

    Args:
        controller: Phases and what is selected.
        keeper: Opens files and recipes.
        settings: Recent files and commands.
        theme: Colours.
        window: Over which the palette lies.
    """

    def __init__(
        self,
        controller: Controller,
        keeper: DocumentKeeper,
        settings: Settings,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._keeper = keeper
        self._settings = settings
        self._theme = theme
        self._window = window
        self._sources: tuple[QMenuBar, PalettePanel, InspectorPanel, Places] | None = None
        self._box: CommandPalette | None = None

    def use(
        self, bar: QMenuBar, palette: PalettePanel, inspector: InspectorPanel, places: Places
    ) -> None:
        """Offer what is in these.

        Args:
            bar: The menus.
            palette: The schedulers.
            inspector: The fields.
            places: What each panel is called, and how the keyboard gets there.
        """
        self._sources = bar, palette, inspector, places

    @Slot()
    def do_command_palette(self) -> None:
        """Open the palette, or close it."""
        from lrdesigner.gui.command_palette import CommandPalette

        if self._box is None:
            self._box = CommandPalette(self._theme, self._window)
            self._box.done.connect(self._on_done)
        if self._box.isVisible():
            self._box.dismiss()
        else:
            self._box.open_with(self._commands(), self._settings.commands)

    def _commands(self) -> Sequence[Command]:
        from lrdesigner.gui.command_palette import sources

        if self._sources is None:
            return ()
        bar, palette, inspector, places = self._sources
        return (
            *sources.menu_commands(bar, ("action_command_palette", "menu_recent")),
            *sources.field_commands(inspector, self._controller),
            *sources.scheduler_commands(palette),
            *sources.phase_commands(self._controller),
            *sources.place_commands(places),
            *sources.recent_commands(self._settings.recent, self._keeper.open_path),
            *sources.recipe_commands(self._keeper.start_from_recipe),
        )

    @Slot(str)
    def _on_done(self, command: str) -> None:
        from lrdesigner.gui.command_palette.command import used

        self._settings.commands = used(self._settings.commands, command)
