"""The optimizer's arguments."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.argument_fields import ArgumentRow
from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.rows import column
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import mark, tr
from lrdesigner.params import Param
from lrdesigner.schedule import group_edits
from lrdesigner.schedule.model import OptimizerSpec
from lrdesigner.schedule.optimizers import OPTIMIZERS, refusals
from lrdesigner.sentences import ended, joined


class OptimizerArgs(QWidget):
    """One field for each argument of the chosen optimizer."""

    rows_changed = Signal()

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._type = ""
        self._rows: list[ArgumentRow] = []
        self._column = column(self)

    def refresh(self, optimizer: OptimizerSpec) -> None:
        """Show an optimizer's arguments."""
        info = OPTIMIZERS.get(optimizer.type)
        if optimizer.type != self._type:
            self._type = optimizer.type
            self._rebuild(info.params if info else ())
        found = (each for each in refusals(optimizer) if each.group is None)
        said = {each.name: joined(ended(each.message), each.fix) for each in found}
        for row in self._rows:
            default = info.defaults[row.name] if info else None
            row.show_value(optimizer.args.get(row.name), default, mark("default {value}"))
            row.show_problem(said.get(row.name, ""))

    def has_errors(self) -> bool:
        """Whether torch would refuse an argument that is shown here."""
        return any(row.message() for row in self._rows)

    def has_fields(self) -> bool:
        """Whether the optimizer has arguments that can be edited here."""
        return bool(self._rows)

    def _rebuild(self, params: Sequence[Param]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        self._rows = [ArgumentRow(declaration, self._theme, self) for declaration in params]
        for row in self._rows:
            row.field.setObjectName(f"optimizer_{row.name}")
            row.changing.connect(self._on_changing)
            row.committed.connect(self._on_committed)
            row.abandoned.connect(self._on_abandoned)
            self._column.addWidget(row)
            row.show()
        self.rows_changed.emit()

    @Slot(str, object)
    def _on_changing(self, name: str, value: object) -> None:
        self._editor.change(*_edit(name, value))

    @Slot(str, object)
    def _on_committed(self, name: str, value: object) -> None:
        self._editor.commit(*_edit(name, value))

    @Slot(str)
    def _on_abandoned(self, name: str) -> None:
        self._editor.abandon(("optimizer", name))


def _edit(name: str, value: object) -> tuple[str, Hashable, Edit]:
    edit = partial(group_edits.set_optimizer_arg, name=name, value=value)
    return tr("change {name}", name=name), ("optimizer", name), edit
