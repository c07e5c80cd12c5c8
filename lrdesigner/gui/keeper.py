"""New, open, save, recent files, and the question about unsaved work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.messages import ask_save, show_error
from lrdesigner.gui.settings import Settings
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import codec
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule

FILTER = mark("Schedules (*.json);;All files (*)")


class DocumentKeeper(QObject):
    """The document's way from and to files.

    Args:
        controller: Holds the document.
        settings: Recent files.
        window: Parent of the dialogs.

    Signals:
        opened: A document was opened or saved under another name.
        opened_alone: The document in that file was opened, without overlays being named.
    """

    opened = Signal()
    opened_alone = Signal(object)

    def __init__(self, controller: Controller, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._settings = settings
        self._window = window

    def open_paths(self, paths: Iterable[str | Path]) -> bool:
        """Open the first as the document, further ones as overlays; says what failed."""
        found = [Path(path) for path in paths]
        if not found:
            return False
        opened = self.open_path(found[0], alone=not found[1:])
        if found[1:]:
            self.open_overlays(found[1:])
        return opened

    def open_path(self, path: Path, *, alone: bool = True) -> bool:
        """Open one file as the document; the open one is untouched if that fails.

        Args:
            path: The file.
            alone: Whether no overlays are opened with it, so that it may bring its own.
        """
        try:
            schedule = codec.load_regular(path)
        except DocumentError as error:
            self._settings.forget_recent(path)
            show_error(self._window, tr("{name} was not opened", name=path.name), str(error))
            return False
        if not self.may_leave():
            return False
        self._controller.open_document(schedule, path.resolve())
        self._settings.add_recent(path)
        self.opened.emit()
        if alone:
            self.opened_alone.emit(path.resolve())
        return True

    def open_overlays(self, paths: Iterable[Path]) -> None:
        """Open files as overlays; says which failed."""
        errors = self._controller.overlays.open(paths)
        if errors:
            show_error(self._window, tr("Not every overlay was opened"), "\n\n".join(errors))

    def start(self, schedule: Schedule) -> bool:
        """Go on with a document that has no file yet."""
        if not self.may_leave():
            return False
        self._controller.open_document(schedule, None)
        self.opened.emit()
        return True

    def start_from_recipe(self, key: str) -> bool:
        """Go on with a preset or an example; says so if it cannot be read."""
        from lrdesigner.gui.dialogs.recipes import recipes

        recipe = next(each for each in recipes() if each.key == key)
        try:
            schedule = recipe.load()
        except DocumentError as error:  # someone has been at the installed files
            title = tr("{name} was not opened", name=recipe.title)
            show_error(self._window, title, str(error))
            return False
        return self.start(schedule)

    def ask_open(self) -> None:
        """Let the user choose a file to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open schedule"), self._folder(), tr(FILTER)
        )
        if name:
            self.open_path(Path(name))

    def ask_overlays(self) -> None:
        """Let the user choose files to draw over the curve."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, tr("Open overlays"), self._folder(), tr(FILTER)
        )
        if names:
            self.open_overlays([Path(name) for name in names])

    def save(self) -> bool:
        """Save in the document's file, or ask for one."""
        if self._controller.path is None:
            return self.ask_save_as()
        return self.save_path(self._controller.path)

    def ask_save_as(self) -> bool:
        """Ask for a file and save there."""
        name = self.suggested_name(".json")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save schedule"), str(Path(self._folder()) / name), tr(FILTER)
        )
        if not chosen:
            return False
        path = Path(chosen)
        return self.save_path(path if path.suffix else path.with_suffix(".json"))

    def save_path(self, path: Path) -> bool:
        """Save in that file; says what is wrong if it fails, and the work stays unsaved."""
        try:
            self._controller.save_document(path)
        except OSError as error:
            show_error(
                self._window,
                tr("{name} was not saved", name=path.name),
                tr(
                    "{path}: {why}. Nothing is lost; choose another place with Save As.",
                    path=path,
                    why=error.strerror or error,
                ),
            )
            return False
        self._settings.add_recent(path)
        self.opened.emit()
        return True

    def may_leave(self) -> bool:
        """Whether the open document may go: saved, or the user says so."""
        self._controller.settle()
        if self._controller.clean:
            return True
        answer = ask_save(self._window, self._controller.title)
        if answer == "save":
            return self.save()
        return answer == "discard"

    def suggested_name(self, suffix: str) -> str:
        """A file name for the document."""
        path = self._controller.path
        if path is not None:
            return path.stem + suffix
        kept = [c if c.isalnum() or c in "-_ " else "-" for c in self._controller.title]
        return ("".join(kept).strip()[:60] or "schedule") + suffix

    def fill_recent(self, menu: QMenu) -> None:
        """Fill the menu of recent files."""
        menu.clear()
        for text in self._settings.recent:
            action = menu.addAction(Path(text).name.replace("&", "&&"))
            action.setToolTip(text)
            action.setData(text)
        if menu.isEmpty():
            menu.addAction(tr("No recent files: those you open or save come here")).setEnabled(
                False
            )

    @Slot(QAction)
    def open_recent(self, action: QAction) -> None:
        """Open what an entry of the recent menu stands for."""
        if action.data():
            self.open_path(Path(action.data()))

    def _folder(self) -> str:
        path = self._controller.path
        if path is not None:
            return str(path.parent)
        recent = self._settings.recent
        return str(Path(recent[0]).parent) if recent else str(Path.home())
