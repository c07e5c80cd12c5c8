"""The row of one group's value of a parameter."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from lrdesigner.gui.inspector.dots import GroupDot
from lrdesigner.gui.inspector.value_row import ValueRow
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.params import Param


class GroupValueRow(ValueRow):
    """A value that can be copied to all groups, from its context menu.

    Signals:
        copy_wanted: The place of the group whose value all groups should get.

    Args:
        declaration: The parameter.
        place: The group's place among those of the list.
        theme: Colours and fonts.
        parent: Its owner.
    """

    copy_wanted = Signal(int)

    def __init__(self, declaration: Param, place: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            declaration,
            theme,
            place=place,
            label=tr("group {name}", name=place),
            leading=GroupDot(theme),
            needed=True,
            parent=parent,
        )
        self.field.setObjectName(f"param_{declaration.name}_{place}")
        if isinstance(self.field, QLineEdit):
            self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.field.customContextMenuRequested.connect(self._on_field_menu)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open(QMenu(self), event.globalPos())

    @Slot(QPoint)
    def _on_field_menu(self, place: QPoint) -> None:
        assert isinstance(self.field, QLineEdit)
        menu = self.field.createStandardContextMenu()
        menu.addSeparator()
        self._open(menu, self.field.mapToGlobal(place))

    def _open(self, menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy this value to all groups"))
        copy.setObjectName("copy_to_all")
        copy.triggered.connect(self._on_copy)
        menu.popup(place)

    @Slot()
    def _on_copy(self) -> None:
        self.copy_wanted.emit(self.place)
