"""The run as a whole: its length, the optimizer, the document's name and notes."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.facts import problem_text
from lrdesigner.gui.inspector.notes import NotesEdit
from lrdesigner.gui.inspector.optimizer_args import OptimizerArgs
from lrdesigner.gui.inspector.rows import FieldRow, column
from lrdesigner.gui.inspector.sweep_entry import SweepEntry
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import (
    ChoiceField,
    CollapsibleSection,
    NumberField,
    SectionTitle,
    ValueEdit,
)
from lrdesigner.schedule import edits, group_edits
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.sweep import EpochsTarget

_EPOCHS_HELP = "How many times the training goes through its data."
_STEPS_HELP = (
    "Optimizer steps in one epoch: training samples divided by the batch size (and by gradient "
    "accumulation). Arithmetic is fine: 50000/128."
)
_OPTIMIZER_HELP = "The class of torch.optim that the schedule drives."
_NAME_HELP = "The document's name, shown in the title and in exported code."


class RunSection(QWidget):
    """Horizon, optimizer, name, notes."""

    rows_changed = Signal()
    """Fields came or went."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._epochs = HorizonRow("epochs", "Epochs", _EPOCHS_HELP, editor, theme)
        self._steps = HorizonRow("steps_per_epoch", "Steps per epoch", _STEPS_HELP, editor, theme)
        self._optimizer = ChoiceField([(name, name) for name in OPTIMIZERS])
        self._optimizer.setObjectName("optimizer_type")
        self._optimizer.setToolTip(_OPTIMIZER_HELP)
        self._optimizer.value_committed.connect(self._on_optimizer)
        self._name = ValueEdit(str, nullable=True)
        self._name.setObjectName("document_name")
        self._name.set_help(_NAME_HELP)
        self._name.value_committed.connect(self._on_name)
        self._notes = NotesEdit(self)
        self._notes.setObjectName("document_notes")
        self._notes.committed.connect(self._on_notes)
        self._args = OptimizerArgs(editor, theme, self)
        self._args.rows_changed.connect(self.rows_changed)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        rows = column(self)
        rows.addWidget(SectionTitle(self.tr("Run"), self))
        self._optimizer_row = FieldRow("Optimizer", self._optimizer, theme, help=_OPTIMIZER_HELP)
        rows.addWidget(self._epochs)
        sweep = SweepEntry(
            "epochs", self._epochs.number, self._editor.controller, theme, of_phase=False
        )
        sweep.wanted.connect(self._on_sweep)
        rows.addWidget(self._steps)
        rows.addWidget(self._optimizer_row)
        rows.addWidget(FieldRow("Name", self._name, theme, help=_NAME_HELP))
        self._args_fold = CollapsibleSection(
            self.tr("Optimizer arguments"), self._args, expanded=False, parent=self
        )
        self._args_fold.setObjectName("optimizer_arguments")
        rows.addWidget(self._args_fold)
        notes = CollapsibleSection(self.tr("Notes"), self._notes, expanded=False, parent=self)
        notes.setObjectName("notes_section")
        rows.addWidget(notes)

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's run."""
        self._epochs.number.set_value(schedule.horizon.epochs)
        self._steps.number.set_value(schedule.horizon.steps_per_epoch)
        self._steps.number.set_suffix(f"= {schedule.steps:,}")
        optimizer = schedule.optimizer
        self._optimizer.set_value(optimizer.type)
        controller = self._editor.controller
        self._name.set_value(schedule.name or None)
        self._name.setPlaceholderText(controller.title)
        self._notes.set_value(schedule.notes)
        found = [p for p in controller.problems if p.rule == "optimizer-refused"]
        self._optimizer_row.show_message(problem_text(found[0]) if found else "")
        self._args.refresh(optimizer)
        self._args_fold.setVisible(self._args.has_fields())
        if self._args.has_errors():
            self._args_fold.set_expanded(True)

    @Slot()
    def _on_sweep(self) -> None:
        self._editor.controller.sweeps.open(EpochsTarget())

    @Slot(object)
    def _on_optimizer(self, value: object) -> None:
        edit = partial(group_edits.set_optimizer_type, name=str(value))
        self._editor.commit("change optimizer", "optimizer", edit)

    @Slot(object)
    def _on_name(self, value: object) -> None:
        edit = partial(edits.set_name, name=str(value or ""))
        self._editor.commit("rename document", "name", edit)

    @Slot(str)
    def _on_notes(self, text: str) -> None:
        self._editor.commit("change notes", "notes", partial(edits.set_notes, notes=text))


class HorizonRow(FieldRow):
    """A whole number of the horizon: ``epochs`` or ``steps_per_epoch``."""

    def __init__(self, name: str, label: str, tip: str, editor: Editor, theme: Theme) -> None:
        self._name = name
        self._editor = editor
        field = NumberField(integer=True, check=self._objection)
        super().__init__(label, field, theme, help=tip)
        self.number = field
        field.setObjectName(f"horizon_{name}")
        field.set_help(tip)
        field.error_changed.connect(self.show_message)
        field.value_changing.connect(self._on_changing)
        field.value_committed.connect(self._on_committed)
        field.change_abandoned.connect(self._on_abandoned)

    def _objection(self, value: object) -> str | None:
        return self._editor.objection(self._edit(value)[2])

    def _edit(self, value: object) -> tuple[str, Hashable, Edit]:
        values: dict[str, Any] = {self._name: value}
        edit = partial(edits.set_horizon, **values)
        return f"change {self._name.replace('_', ' ')}", self._name, edit

    @Slot(object)
    def _on_changing(self, value: object) -> None:
        self._editor.change(*self._edit(value))

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        self._editor.commit(*self._edit(value))

    @Slot()
    def _on_abandoned(self) -> None:
        self._editor.abandon(self._name)
