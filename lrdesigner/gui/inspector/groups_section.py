"""The optimizer's parameter groups."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.freeze_dialog import FreezeDialog
from lrdesigner.gui.inspector.group_menu import GroupMenu
from lrdesigner.gui.inspector.group_row import GroupRow
from lrdesigner.gui.inspector.layers_dialog import LayersDialog
from lrdesigner.gui.inspector.more_link import MANY, MoreLink
from lrdesigner.gui.inspector.rows import column, link_line
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import SectionTitle
from lrdesigner.i18n import tr
from lrdesigner.schedule import group_edits
from lrdesigner.schedule.model import Schedule


class GroupsSection(QWidget):
    """One row per group, and ways to add some; of very many only the first until asked."""

    rows_changed = Signal()
    """Fields came or went."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._rows: list[GroupRow] = []
        self._column = column(self)
        self._column.addWidget(SectionTitle(tr("Groups"), self))
        self._more = MoreLink("group_all", self)
        self._more.toggled_by_hand.connect(self._on_more)
        self._column.addLayout(link_line(self._more))
        self._add = self._link(
            "group_add",
            tr("+ Add group"),
            tr("A parameter group with an LR of its own: a head, a backbone, biases"),
        )
        self._add.clicked.connect(self._on_add)
        self._layers = self._link(
            "group_layers",
            tr("+ Layers…"),
            tr("Layer-wise LR decay: a group becomes one group per layer"),
        )
        self._layers.clicked.connect(self._on_layers)
        line = link_line(self._add)
        line.insertWidget(1, self._layers)
        self._column.addLayout(line)

    def _link(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("variant", "link")
        button.setToolTip(tip)
        return button

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's groups."""
        groups = schedule.optimizer.groups
        count = self._more.shown(len(groups))
        if count != len(self._rows):
            self._rebuild(count)
        names = tuple(group.name for group in groups)
        for place, row in enumerate(self._rows):
            row.refresh(schedule, place, names)

    def _rebuild(self, count: int) -> None:
        while len(self._rows) > count:
            row = self._rows.pop()
            row.settle()
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        while len(self._rows) < count:
            row = GroupRow(len(self._rows), self._editor, self._theme, self)
            row.changing.connect(self._on_changing)
            row.committed.connect(self._on_committed)
            row.abandoned.connect(self._on_abandoned)
            row.menu_wanted.connect(self._on_menu)
            row.rows_changed.connect(self.rows_changed)
            self._rows.append(row)
            self._column.insertWidget(len(self._rows), row)
            row.show()
        self.rows_changed.emit()

    @Slot(int, str, object)
    def _on_changing(self, place: int, name: str, value: object) -> None:
        self._editor.change(*_edit(place, name, value))

    @Slot(int, str, object)
    def _on_committed(self, place: int, name: str, value: object) -> None:
        self._editor.commit(*_edit(place, name, value))

    @Slot(int, str)
    def _on_abandoned(self, place: int, name: str) -> None:
        self._editor.abandon(("group", place, name))

    @Slot(int, QPoint)
    def _on_menu(self, place: int, point: QPoint) -> None:
        menu = GroupMenu(place, self._editor, self._theme, self)
        menu.asked.connect(self._on_asked)
        menu.popup(point)

    @Slot(str, int)
    def _on_asked(self, what: str, place: int) -> None:
        controller, theme = self._editor.controller, self._theme
        controller.settle()
        if what == "freeze":
            FreezeDialog(place, controller, theme, self).open()
        elif what == "layers":
            LayersDialog(place, controller, theme, self).open()
        else:
            self._remove(place)

    def _remove(self, place: int) -> None:
        for row in self._rows:
            row.settle()
        edit = partial(group_edits.remove_group, index=place)
        self._editor.commit(tr("remove group"), None, edit)

    @Slot()
    def _on_layers(self) -> None:
        self._on_asked("layers", 0)

    @Slot()
    def _on_more(self) -> None:
        self.refresh(self._editor.controller.schedule)

    @Slot()
    def _on_add(self) -> None:
        if len(self._editor.controller.schedule.optimizer.groups) >= MANY:
            self._more.unfold()
        self._editor.commit(tr("add group"), None, group_edits.add_group)
        self._rows[-1].focus_name()


def _edit(place: int, name: str, value: object) -> tuple[str, Hashable, Edit]:
    key = ("group", place, name)
    if name in ("name", "lr"):
        text = tr("rename group") if name == "name" else tr("change LR")
        changes: dict[str, Any] = {name: value}
        return text, key, partial(group_edits.set_group, index=place, **changes)
    edit = partial(group_edits.set_override, index=place, name=name, value=value)
    return tr("change {name}", name=name), key, edit
