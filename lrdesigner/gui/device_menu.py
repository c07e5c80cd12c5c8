"""The menu that chooses where the exact run's LRs live."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from lrdesigner.gui.controller import Controller

NAMES = {"cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}


class DeviceMenu(QObject):
    """Fills a menu with the devices of this machine.

    Args:
        menu: The menu.
        controller: Told of a choice.
        parent: Owner.
    """

    def __init__(self, menu: QMenu, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._menu = menu
        self._controller = controller
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_chosen)
        self.show_devices(["cpu"])

    @Slot(object)
    def show_devices(self, names: list[str]) -> None:
        """Offer these devices."""
        for action in self._group.actions():
            self._group.removeAction(action)
            self._menu.removeAction(action)
        for number, name in enumerate(names, 1):
            action = self._menu.addAction(NAMES.get(name, name))
            action.setShortcut(QKeySequence(f"Ctrl+R, {number}"))
            action.setObjectName(f"action_device_{name}")
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name == self._controller.device)
            self._group.addAction(action)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self._controller.set_device(str(action.data()))
