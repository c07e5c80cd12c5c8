"""What the actions of the File menu do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from lrdesigner.gui.code import CodePanel
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.details import DetailTabs
from lrdesigner.gui.dialogs.gallery import Gallery
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.place_text import in_words
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule


class FileAnswers(QObject):
    """Documents and code, from and to files.

    Args:
        controller: Holds the document.
        keeper: Opens and saves it.
        details: Holds the code.
        theme: For the gallery.
        window: Parent of the dialogs.
    """

    def __init__(
        self,
        controller: Controller,
        keeper: DocumentKeeper,
        details: DetailTabs,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._keeper = keeper
        self._details = details
        self._theme = theme
        self._window = window

    @Slot()
    def do_new(self) -> None:
        """An empty schedule, the same whatever was open: its run and groups are not another's."""
        self._keeper.start(Schedule())

    @Slot()
    def do_open(self) -> None:
        """Choose a file to open."""
        self._keeper.ask_open()

    @Slot()
    def do_gallery(self) -> None:
        """Choose a published recipe or an example to start from, or to lay over the curve."""
        gallery = Gallery(self._theme, self._window)
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.chosen.connect(self._on_chosen)
        gallery.overlay_wanted.connect(self._on_overlay_wanted)
        gallery.open()

    @Slot(object)
    def _on_chosen(self, schedule: Schedule) -> None:
        self._keeper.start(schedule)

    @Slot(object)
    def _on_overlay_wanted(self, path: Path) -> None:
        self._keeper.open_overlays([path])

    @Slot()
    def do_save(self) -> None:
        """Save."""
        self._keeper.save()

    @Slot()
    def do_save_as(self) -> None:
        """Save in another file."""
        self._keeper.ask_save_as()

    @Slot()
    def do_open_overlay(self) -> None:
        """Choose overlays."""
        self._keeper.ask_overlays()

    @Slot()
    def do_copy_code(self) -> None:
        """Copy the Python code."""
        self._details.code.copy()

    @Slot()
    def do_save_code(self) -> None:
        """Save the Python code."""
        self.save_code(self._details.code)

    @Slot()
    def do_save_json(self) -> None:
        """Save a copy of the document."""
        self.save_code(self._details.json)

    @Slot(object)
    def save_code(self, panel: CodePanel) -> None:
        """Ask for a file and save what a code tab shows."""
        if not panel.is_available():
            show_error(self._window, tr("There is no code to save"), panel.reason())
            return
        name = self._keeper.suggested_name(panel.suffix)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save code"), name, f"*{panel.suffix}"
        )
        if not chosen:
            return
        try:
            panel.save_to(Path(chosen))
        except OSError as error:
            show_error(
                self._window, tr("The code was not saved"), f"{chosen}: {error.strerror or error}"
            )
        except ScheduleError as error:
            why = in_words(self._controller.schedule, str(error))
            show_error(self._window, tr("The code was not saved"), why)
