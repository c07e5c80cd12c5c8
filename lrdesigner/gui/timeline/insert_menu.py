"""Menus of schedulers: to put one in between phases, or in another one's place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.catalog import Category, SchedulerSpec, schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.i18n import tr


def add_schedulers(menu: QMenu) -> Iterator[tuple[SchedulerSpec, QAction]]:
    """Fill a menu with all schedulers, a submenu for each category; gives what was added."""
    for category in Category:
        part = menu.addMenu(tr(category.title))
        part.setToolTipsVisible(True)
        for spec in schedulers():
            if spec.category is category:
                action = part.addAction(tr(spec.title))
                action.setToolTip(tr(spec.summary))
                yield spec, action


class InsertMenu(QMenu):
    """What can be put in at a boundary.

    Args:
        controller: Tells people what was done.
        part: The phases.
        place: The index the new phase gets.
        parent: Its owner.
    """

    def __init__(
        self, controller: Controller, part: DocumentPart, place: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("insert_menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._place = place
        self._commands = PhaseCommands(controller, part)
        for spec, action in add_schedulers(self):
            action.setData(spec.key)
            action.setObjectName(f"insert_{spec.key}")
        self.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._commands.insert(action.data(), self._place)
