"""What can be done with palette entries of the user's own: keep, rename, delete, and undo that."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from lrdesigner.gui.dialogs.entry_dialog import EntryDialog
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.entry_store import EntryStore
from lrdesigner.gui.palette.model import PaletteModel
from lrdesigner.gui.palette.rows import Own
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Banner
from lrdesigner.i18n import tr, trn
from lrdesigner.sentences import ended, joined
from lrdesigner.user_entries import UserEntry


class OwnEntries(QWidget):
    """Menus and dialogs of the user's own entries; the banners that tell what happened.

    Args:
        store: The user's entries.
        model: What the palette shows.
        theme: Pictures of the banners.
        parent: The panel.
    """

    def __init__(
        self, store: EntryStore, model: PaletteModel, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._model = model
        self._theme = theme
        self._deleted: UserEntry | None = None
        self._broken_told = 0
        close = icon("close", theme, "hint")
        self._gone = Banner(close_icon=close, parent=self)
        self._gone.setObjectName("palette_deleted")
        self._gone.action_requested.connect(self._on_undo)
        self._broken = Banner(close_icon=close, parent=self)
        self._broken.setObjectName("palette_broken")
        self._broken.action_requested.connect(self._on_details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for banner in (self._gone, self._broken):
            banner.hide()
            layout.addWidget(banner)
        store.changed.connect(self._tell_broken)
        self._tell_broken()

    def open_menu(self, key: str, place: QPoint) -> None:
        """Offer what can be done with an entry; nothing for schedulers."""
        own = self._model.own(key)
        if own is None:
            return
        menu = QMenu(self)
        menu.setObjectName("palette_menu")
        actions = (
            (("keep_entry", tr("Keep in my palette"), self._on_keep),)
            if own.stored is None
            else (
                ("rename_entry", tr("Rename …"), self._on_rename),
                ("delete_entry", tr("Delete"), self._on_delete),
            )
        )
        for name, text, answer in actions:
            action = menu.addAction(text)
            action.setObjectName(f"action_{name}")
            action.setData(key)
            action.triggered.connect(answer)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    @Slot(str)
    def rename(self, key: str) -> None:
        """Ask for another title of one of the user's own entries."""
        own = self._model.own(key)
        if own is None or own.stored is None:
            return
        dialog = EntryDialog(own.entry, self._store, self._theme, own.stored, self.window())
        dialog.entry_accepted.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def delete(self, key: str) -> None:
        """Remove one of the user's own entries; the banner takes it back."""
        own = self._model.own(key)
        if own is None or own.stored is None:
            return
        try:
            self._store.delete(own.stored)
        except OSError as error:
            show_error(
                self.window(), tr("{name} was not deleted", name=own.entry.title), _reason(error)
            )
            return
        self._deleted = own.entry
        text = tr("“{title}” is deleted.", title=own.entry.title)
        self._gone.set_message(text, action=tr("Undo"))
        self._gone.show()

    def keep(self, own: Own) -> None:
        """Take an entry of the document into the user's palette."""
        replaced = self._store.named(own.entry.title)
        if replaced is None:
            self._save(own.entry, None)
            return
        dialog = EntryDialog(own.entry, self._store, self._theme, None, self.window())
        dialog.entry_accepted.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Slots

    @Slot(object, object)
    def _save(self, entry: UserEntry, path: Path | None) -> None:
        try:
            self._store.keep(entry, path)
        except OSError as error:
            show_error(self.window(), tr("{name} was not saved", name=entry.title), _reason(error))

    @Slot()
    def _on_keep(self) -> None:
        own = self._model.own(self._sent())
        if own is not None:
            self.keep(own)

    @Slot()
    def _on_rename(self) -> None:
        self.rename(self._sent())

    @Slot()
    def _on_delete(self) -> None:
        self.delete(self._sent())

    def _sent(self) -> str:
        """The key that the chosen action belongs to."""
        return str(self.sender().data())  # type: ignore[attr-defined]

    @Slot()
    def _on_undo(self) -> None:
        self._gone.hide()
        if self._deleted is not None:
            entry, self._deleted = self._deleted, None
            self._save(entry, None)

    @Slot()
    def _tell_broken(self) -> None:
        count = len(self._store.broken)
        if count and count != self._broken_told:
            text = trn(
                "A palette entry of yours cannot be used.",
                "{count} palette entries of yours cannot be used.",
                count,
            )
            self._broken.set_message(text, "warning", action=tr("Details"))
            self._broken.show()
        elif not count:
            self._broken.hide()
        self._broken_told = count

    @Slot()
    def _on_details(self) -> None:
        lines = [f"{broken.path}: {broken.message}" for broken in self._store.broken]
        text = "\n\n".join([tr("The files are left as they are:"), *lines[:10]])
        show_error(self.window(), tr("Palette entries that cannot be used"), text)


def _reason(error: OSError) -> str:
    return joined(ended(str(error.strerror or error)), tr("Nothing is lost."))
