"""The batch calculator: from dataset and batches to steps, from a budget to the run."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.batch_offer import BatchOffer
from lrdesigner.gui.inspector.batch_words import epoch_words, step_words
from lrdesigner.gui.inspector.budget_row import BudgetRow
from lrdesigner.gui.inspector.count_row import CountRow
from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.rows import FieldRow, MessageLabel, column
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import SegmentedControl
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import horizon_edits
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.model import Horizon, Schedule

# name: label, help, what its edit is called, quiet words at the right end, while empty
_FIELDS: dict[str, tuple[str, str, str, str, str]] = {
    "dataset_size": (
        mark("Dataset size"),
        mark("Samples that the training goes through in an epoch. 1.28M will do, as will 50000."),
        mark("change dataset size"),
        mark("samples"),
        mark("unknown"),
    ),
    "batch_size": (
        mark("Batch size"),
        mark("Samples that one device takes at once. Arithmetic is fine: 1024*8."),
        mark("change batch size"),
        mark("per device"),
        mark("unknown"),
    ),
    "accumulation": (
        mark("Accumulation"),
        mark("Batches whose gradients a device gathers before the optimizer takes a step."),
        mark("change accumulation"),
        mark("batches"),
        "",
    ),
    "devices": (
        mark("Devices"),
        mark("Processes that train side by side, each with batches of its own."),
        mark("change devices"),
        mark("in parallel"),
        "",
    ),
    "sequence_length": (
        mark("Sequence"),
        mark("Tokens of a sample, for text; it lets the time axis count tokens."),
        mark("change sequence length"),
        mark("tokens"),
        mark("no tokens"),
    ),
}
_OPTIONAL = ("dataset_size", "batch_size", "sequence_length")
_LAST_HELP = mark(
    "An epoch's last step, if too few samples are left to fill it: taken with what there is, or "
    "left out (drop_last of torch's DataLoader)."
)


class BatchSection(QWidget):
    """The fields of a `Batch`, what they come to, and the budget of the run.

    Args:
        editor: Makes the edits.
        theme: Fonts.
    """

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("batch_calculator")
        self._editor = editor
        self._shown: Horizon | None = None
        self._rows = {name: self._row(name, theme) for name in _FIELDS}
        self._last = SegmentedControl(
            [("kept", tr("Smaller")), ("dropped", tr("Left out"))], name=tr("Last step")
        )
        self._last.setObjectName("batch_drop_last")
        self._last.setToolTip(tr(_LAST_HELP))
        self._last.value_changed.connect(self._on_last)
        self._result = MessageLabel(theme, self)
        self._result.setObjectName("batch_result")
        self._offer = BatchOffer(editor, theme, self)
        self._budget = BudgetRow(editor, theme, self)
        rows = column(self)
        for name in ("dataset_size", "batch_size", "accumulation", "devices"):
            rows.addWidget(self._rows[name])
        rows.addWidget(FieldRow(tr("Last step"), self._last, theme, help=tr(_LAST_HELP)))
        rows.addWidget(self._rows["sequence_length"])
        rows.addWidget(self._result)
        rows.addWidget(self._budget)
        # Last, so that what comes and goes is in nobody's way who goes on to the budget.
        rows.addWidget(self._offer)

    def _row(self, name: str, theme: Theme) -> CountRow:
        label, tip, text, unit, empty = _FIELDS[name]
        row = CountRow(
            f"batch_{name}",
            tr(label),
            tr(tip),
            text=tr(text),
            edit=partial(self._edit, name),
            editor=self._editor,
            theme=theme,
            nullable=name in _OPTIONAL,
            parent=self,
        )
        row.number.set_suffix(tr(unit))
        row.number.setPlaceholderText(tr(empty))
        row.committed.connect(self._on_committed)
        return row

    def field(self, name: str) -> QWidget:
        """The field of that name of a `Batch`; "" for the first that is not known."""
        if not name:
            numbers = {each: row.number.value() for each, row in self._rows.items()}
            name = next((each for each, value in numbers.items() if value is None), "dataset_size")
        return self._rows[name].number

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's batches."""
        batch = schedule.horizon.batch or Batch()
        for name, row in self._rows.items():
            row.number.set_value(getattr(batch, name))
        self._last.set_value("dropped" if batch.drop_last else "kept")
        self._budget.refresh(schedule)
        self._offer.refresh(schedule)
        if schedule.horizon != self._shown:
            self._shown = schedule.horizon
            words = (epoch_words(batch), step_words(batch))
            self._result.show_message(" ".join(each for each in words if each), "hint")

    def _edit(self, name: str, value: object) -> Edit:
        changes: dict[str, Any] = {name: value}
        return partial(horizon_edits.set_batch, **changes)

    @Slot(object)
    def _on_committed(self, before: Horizon) -> None:
        self._offer.consider(before)

    @Slot(str)
    def _on_last(self, value: str) -> None:
        edit = self._edit("drop_last", value == "dropped")
        objection = self._editor.objection(edit)
        if objection:
            self._last.set_value("dropped" if value == "kept" else "kept")
            self._editor.controller.told.emit(objection)
            return
        self._editor.commit(tr("change last step"), "batch_drop_last", edit)
