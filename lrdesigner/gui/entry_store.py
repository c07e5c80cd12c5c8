"""The user's own palette entries, as the window's parts share them."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lrdesigner import user_entries
from lrdesigner.i18n import tr
from lrdesigner.user_entries import Broken, Entries, Stored, UserEntry

log = logging.getLogger(__name__)


class EntryStore(QObject):
    """Entries of a folder; every change is on the disk before it is told.

    Args:
        folder: Where they live; None keeps nothing.
        parent: Its owner.
    """

    changed = Signal()
    """Entries came, went or are others."""

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._found = self._read()

    @property
    def stored(self) -> tuple[Stored, ...]:
        """The entries, by title."""
        return self._found.stored

    @property
    def broken(self) -> tuple[Broken, ...]:
        """Files that cannot be used."""
        return self._found.broken

    def named(self, title: str) -> Stored | None:
        """The entry of a title, or None."""
        return next((s for s in self.stored if s.entry.title == title), None)

    def has(self, entry: UserEntry) -> bool:
        """Whether it is one of the user's own, whatever its constants are turned to."""
        return any(entry.same_as(stored.entry) for stored in self.stored)

    def keep(self, entry: UserEntry, path: Path | None = None) -> None:
        """Save an entry, in a file of its own or in place of another.

        Raises:
            OSError: If it cannot be written; nothing is lost.
        """
        if self._folder is None:
            raise OSError(tr("there is no folder for palette entries"))
        user_entries.save(self._folder, entry, path)
        self.reload()

    def delete(self, stored: Stored) -> None:
        """Remove an entry.

        Raises:
            OSError: If it cannot be removed.
        """
        user_entries.delete(stored.path)
        self.reload()

    def reload(self) -> None:
        """Read the folder again."""
        found = self._read()
        if found != self._found:
            self._found = found
            self.changed.emit()

    def _read(self) -> Entries:
        if self._folder is None:
            return Entries()
        found = user_entries.load_all(self._folder)
        for broken in found.broken:
            log.warning("palette entry %s not read: %s", broken.path, broken.message)
        return found
