"""The start page and the tour: opening them, and doing what people choose there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.actions.keys import keys_of, native
from lrdesigner.gui.actions.specs import ACTIONS
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.theme import Theme

if TYPE_CHECKING:
    from lrdesigner.gui.main_window import MainWindow
    from lrdesigner.gui.start_page import StartPage
    from lrdesigner.gui.tour import Tour


class StartAnswers(QObject):
    """Opens the start page, which is made when it is wanted for the first time.

    Signals:
        action_wanted: Id of an action that was chosen on the page.

    Args:
        keeper: Opens files and recipes.
        settings: Recent files, which hint is next, whether the tour has been seen.
        theme: Colours.
        window: Over which the page lies.
    """

    action_wanted = Signal(str)

    def __init__(
        self, keeper: DocumentKeeper, settings: Settings, theme: Theme, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._tour: Tour | None = None
        self._keeper = keeper
        self._settings = settings
        self._theme = theme
        self._window = window
        self._page: StartPage | None = None
        window.controller.file_changed.connect(self._put_away)

    @Slot()
    def do_start_page(self) -> None:
        """Show the page."""
        page = self._make()
        settings = self._settings
        page.open_page(
            settings.recent,
            at_start=settings.start_page,
            hint_number=settings.hint,
            new_here=not settings.tour_seen,
        )

    @Slot()
    def greet(self) -> None:
        """Show the page to somebody who has just started the program, if it is wanted."""
        if self._settings.start_page and self._window.isVisible():
            self.do_start_page()

    def _make(self) -> StartPage:
        if self._page is None:
            from lrdesigner.gui.start_page import StartPage

            keys = {spec.id: native(keys_of(spec.id)[0]) for spec in ACTIONS}
            page = self._page = StartPage(self._theme, keys, self._window)
            page.action_wanted.connect(self.action_wanted)
            page.recent_chosen.connect(self._on_recent)
            page.recent_removed.connect(self._on_removed)
            page.recipe_chosen.connect(self._on_recipe)
            page.at_start_changed.connect(self._on_at_start)
            page.left.connect(self._on_left)
        return self._page

    @Slot(str)
    def _on_recent(self, path: str) -> None:
        self._keeper.open_path(Path(path))

    @Slot(str)
    def _on_removed(self, path: str) -> None:
        self._settings.forget_recent(Path(path))

    @Slot(str)
    def _on_recipe(self, key: str) -> None:
        self._keeper.start_from_recipe(key)

    @Slot()
    def _put_away(self) -> None:
        """Another document is open: it should be seen."""
        if self._page is not None:
            self._page.dismiss()

    @Slot(bool)
    def _on_at_start(self, shown: bool) -> None:
        self._settings.start_page = shown

    @Slot()
    def _on_left(self) -> None:
        """The next time, the next hint."""
        if self._page is not None:
            self._settings.hint = self._page.hint_number + 1

    @Slot()
    def do_tour(self) -> None:
        """Start the tour; if it goes on, the keyboard goes to its words."""
        from lrdesigner.gui.tour import Tour

        if self._tour is not None:
            self._tour.take_keyboard()
            return
        if self._page is not None:
            self._page.dismiss()
        self._settings.tour_seen = True
        self._tour = Tour(self._window)
        self._tour.ended.connect(self._on_tour_ended)
        self._tour.start()

    @property
    def callout(self) -> QWidget | None:
        """The tour's words, if it goes on."""
        return None if self._tour is None else self._tour.callout

    def leave_tour(self) -> bool:
        """End the tour. Returns whether there was one."""
        tour = self._tour
        if tour is not None:
            tour.leave()
        return tour is not None

    @Slot()
    def _on_tour_ended(self) -> None:
        self._tour = None

    def shut_down(self) -> None:
        """Let go of what goes on beside the window."""
        self.leave_tour()
        if self._page is not None:
            self._page.shut_down()
