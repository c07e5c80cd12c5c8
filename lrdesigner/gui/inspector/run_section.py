"""The run as a whole: its length, the optimizer, the document's name and notes."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.batch_section import BatchSection
from lrdesigner.gui.inspector.batch_words import run_suffix, steps_suffix
from lrdesigner.gui.inspector.count_row import CountRow
from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.facts import problem_text
from lrdesigner.gui.inspector.mend_link import MendLink
from lrdesigner.gui.inspector.notes import NotesEdit
from lrdesigner.gui.inspector.optimizer_args import OptimizerArgs
from lrdesigner.gui.inspector.rows import FieldRow, column
from lrdesigner.gui.inspector.sweep_entry import SweepEntry
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import (
    ChoiceField,
    CollapsibleSection,
    SectionTitle,
    ValueEdit,
)
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import edits, group_edits
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.sweep import EpochsTarget

_EPOCHS_HELP = mark("How many times the training goes through its data.")
_STEPS_HELP = mark(
    "Optimizer steps in one epoch: training samples divided by the batch size (and by gradient "
    "accumulation). Arithmetic is fine: 50000/128. The batch calculator does it for you."
)
_OPTIMIZER_HELP = mark("The class of torch.optim that the schedule drives.")
_NAME_HELP = mark("The document's name, shown in the title and in exported code.")


class RunSection(QWidget):
    """Horizon, optimizer, name, notes."""

    rows_changed = Signal()
    """Fields came or went."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._epochs = self._count(
            "epochs", tr("Epochs"), tr(_EPOCHS_HELP), tr("change epochs"), theme
        )
        self._steps = self._count(
            "steps_per_epoch",
            tr("Steps per epoch"),
            tr(_STEPS_HELP),
            tr("change steps per epoch"),
            theme,
        )
        self._mend = MendLink(editor.controller, "batch-steps", self)
        self._batch = BatchSection(editor, theme, self)
        self._optimizer = ChoiceField([(name, name) for name in OPTIMIZERS])
        self._optimizer.setObjectName("optimizer_type")
        self._optimizer.setToolTip(tr(_OPTIMIZER_HELP))
        self._optimizer.value_committed.connect(self._on_optimizer)
        self._name = ValueEdit(str, nullable=True)
        self._name.setObjectName("document_name")
        self._name.set_help(tr(_NAME_HELP))
        self._name.value_committed.connect(self._on_name)
        self._notes = NotesEdit(self)
        self._notes.setObjectName("document_notes")
        self._notes.committed.connect(self._on_notes)
        self._args = OptimizerArgs(editor, theme, self)
        self._args.rows_changed.connect(self.rows_changed)
        self._lay_out(theme)

    def _count(self, name: str, label: str, tip: str, text: str, theme: Theme) -> CountRow:
        return CountRow(
            f"horizon_{name}",
            label,
            tip,
            text=text,
            edit=partial(_horizon_edit, name),
            editor=self._editor,
            theme=theme,
            parent=self,
        )

    def _lay_out(self, theme: Theme) -> None:
        rows = column(self)
        rows.addWidget(SectionTitle(tr("Run"), self))
        self._optimizer_row = FieldRow(
            tr("Optimizer"), self._optimizer, theme, help=tr(_OPTIMIZER_HELP)
        )
        rows.addWidget(self._epochs)
        sweep = SweepEntry(
            "epochs", self._epochs.number, self._editor.controller, theme, of_phase=False
        )
        sweep.wanted.connect(self._on_sweep)
        rows.addWidget(self._steps)
        rows.addWidget(self._mend)
        self._batch_fold = CollapsibleSection(
            tr("Batch calculator"), self._batch, expanded=False, parent=self
        )
        self._batch_fold.setObjectName("batch_section")
        rows.addWidget(self._batch_fold)
        rows.addWidget(self._optimizer_row)
        rows.addWidget(FieldRow(tr("Name"), self._name, theme, help=tr(_NAME_HELP)))
        self._args_fold = CollapsibleSection(
            tr("Optimizer arguments"), self._args, expanded=False, parent=self
        )
        self._args_fold.setObjectName("optimizer_arguments")
        rows.addWidget(self._args_fold)
        notes = CollapsibleSection(tr("Notes"), self._notes, expanded=False, parent=self)
        notes.setObjectName("notes_section")
        rows.addWidget(notes)

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's run."""
        self._epochs.number.set_value(schedule.horizon.epochs)
        self._epochs.number.set_suffix(run_suffix(schedule.horizon))
        self._steps.number.set_value(schedule.horizon.steps_per_epoch)
        self._steps.number.set_suffix(*steps_suffix(schedule.horizon))
        self._batch.refresh(schedule)
        wrong = [p for p in self._editor.controller.problems if p.rule == "batch-steps"]
        if not self._steps.number.error():
            self._steps.show_message(problem_text(wrong[0]) if wrong else "", "warning")
        self._mend.refresh()
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

    def batch_field(self, name: str) -> QWidget:
        """The batch calculator's field of that name; "" for the first that is not known."""
        return self._batch.field(name)

    @Slot()
    def _on_sweep(self) -> None:
        self._editor.controller.sweeps.open(EpochsTarget())

    @Slot(object)
    def _on_optimizer(self, value: object) -> None:
        edit = partial(group_edits.set_optimizer_type, name=str(value))
        self._editor.commit(tr("change optimizer"), "optimizer", edit)

    @Slot(object)
    def _on_name(self, value: object) -> None:
        edit = partial(edits.set_name, name=str(value or ""))
        self._editor.commit(tr("rename document"), "name", edit)

    @Slot(str)
    def _on_notes(self, text: str) -> None:
        self._editor.commit(tr("change notes"), "notes", partial(edits.set_notes, notes=text))


def _horizon_edit(name: str, value: object) -> Edit:
    values: dict[str, Any] = {name: value}
    return partial(edits.set_horizon, **values)
