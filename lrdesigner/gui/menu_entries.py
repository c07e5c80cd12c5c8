"""Everything that stands in the menus, for whoever offers the same elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.i18n import plain

_WORDS = "search_words"


@dataclass(frozen=True)
class MenuEntry:
    """One entry.

    Attributes:
        action: What it triggers.
        path: Titles of the menus it stands in, from the bar on.
        menu: Name of the menu it stands in, such as ``"menu_recent"``.
    """

    action: QAction
    path: tuple[str, ...]
    menu: str

    @property
    def text(self) -> str:
        """Its text as people read it."""
        return plain(self.action.text())

    @property
    def words(self) -> str:
        """More words it is found by; see `set_words`."""
        return str(self.action.property(_WORDS) or "")


def set_words(action: QAction, words: Iterable[str]) -> None:
    """Let an action be found by more words than it shows: in another language, say."""
    action.setProperty(_WORDS, " ".join(words))


def menu_entries(holder: QWidget, path: tuple[str, ...] = ()) -> Iterator[MenuEntry]:
    """The entries of a menu bar or menu and of all menus below, in order.

    Menus that are filled when they open are filled first.

    Args:
        holder: The bar or the menu.
        path: Titles of the menus above.
    """
    # By children, not by QAction.menu(): its answer takes the wrappers around it along.
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    menus = {menu.menuAction(): menu for menu in holder.findChildren(QMenu, options=direct)}
    for action in holder.actions():
        inner = menus.get(action)
        if inner is not None:
            if action.isVisible():
                inner.aboutToShow.emit()
                yield from menu_entries(inner, (*path, plain(action.text())))
        elif not action.isSeparator() and action.isVisible():
            yield MenuEntry(action, path, holder.objectName())
