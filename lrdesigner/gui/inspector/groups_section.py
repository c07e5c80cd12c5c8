"""The optimizer's parameter groups."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.group_row import GroupRow
from lrdesigner.gui.inspector.rows import column, link_line
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import SectionTitle
from lrdesigner.schedule import group_edits
from lrdesigner.schedule.model import Schedule


class GroupsSection(QWidget):
    """One row per group, and a way to add one."""

    rows_changed = Signal()
    """Fields came or went."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._rows: list[GroupRow] = []
        self._column = column(self)
        self._column.addWidget(SectionTitle(self.tr("Groups"), self))
        self._add = QPushButton(self.tr("+ Add group"), self)
        self._add.setObjectName("group_add")
        self._add.setProperty("variant", "link")
        self._add.setToolTip(
            self.tr("A parameter group with an LR of its own: a head, a backbone, biases")
        )
        self._add.clicked.connect(self._on_add)
        self._column.addLayout(link_line(self._add))

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's groups."""
        groups = schedule.optimizer.groups
        if len(groups) != len(self._rows):
            self._rebuild(len(groups))
        for place, (row, group) in enumerate(zip(self._rows, groups, strict=True)):
            row.refresh(schedule.optimizer, group, place, len(groups))

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
            row.removed.connect(self._on_removed)
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

    @Slot(int)
    def _on_removed(self, place: int) -> None:
        for row in self._rows:
            row.settle()
        edit = partial(group_edits.remove_group, index=place)
        self._editor.commit("remove group", None, edit)

    @Slot()
    def _on_add(self) -> None:
        self._editor.commit("add group", None, group_edits.add_group)
        self._rows[-1].focus_name()


def _edit(place: int, name: str, value: object) -> tuple[str, Hashable, Edit]:
    key = ("group", place, name)
    if name in ("name", "lr"):
        text = "rename group" if name == "name" else "change LR"
        changes: dict[str, Any] = {name: value}
        return text, key, partial(group_edits.set_group, index=place, **changes)
    edit = partial(group_edits.set_override, index=place, name=name, value=value)
    return f"change {name}", key, edit
