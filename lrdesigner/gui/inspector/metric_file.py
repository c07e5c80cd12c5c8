"""A metric read from a CSV file beside the document."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from lrdesigner.engine.metrics import read_metric_file
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.rows import FieldRow, MessageLabel, column
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ChoiceField
from lrdesigner.schedule import edits
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule

_FILE_HELP = "A CSV file in the document's folder or below, with one row per epoch."
_COLUMN_HELP = "The column that holds the metric."
_UNSAVED = "Save the document first: the file is looked for beside it."
_OUTSIDE = "{} is not in the document's folder or below; move it there, so that both travel."
_NO_COLUMNS = "{} has no columns; its first line must name them."


class MetricFile(QWidget):
    """File and column."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._choose = QPushButton(self.tr("Choose …"))
        self._choose.setObjectName("metric_file")
        self._choose.setToolTip(_FILE_HELP)
        self._choose.clicked.connect(self._on_choose)
        self._column = ChoiceField()
        self._column.setObjectName("metric_column")
        self._column.setToolTip(_COLUMN_HELP)
        self._column.value_committed.connect(self._on_column)
        self._message = MessageLabel(theme, self)
        rows = column(self)
        rows.addWidget(FieldRow("File", self._choose, theme, help=_FILE_HELP))
        self._column_row = FieldRow("Column", self._column, theme, help=_COLUMN_HELP)
        rows.addWidget(self._column_row)
        rows.addWidget(self._message)
        self._read: tuple[Path, int] | None = None

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's file."""
        saved = schedule.folder is not None
        self._choose.setEnabled(saved)
        self._choose.setToolTip(_FILE_HELP if saved else _UNSAVED)
        self._message.show_message("" if saved else _UNSAVED, "hint")
        metric = schedule.metric
        name = metric.file if metric is not None else None
        self._choose.setText(name or self.tr("Choose …"))
        self._column_row.setVisible(name is not None)
        if metric is not None and name is not None and schedule.folder is not None:
            self._show_columns(schedule.folder, name)
            self._column.set_value(metric.column)
            self._column.setPlaceholderText(metric.column or "")

    def _show_columns(self, folder: Path, name: str) -> None:
        """Offer the file's columns; it is read again only when it has changed."""
        path = folder / name
        try:
            state = (path, path.stat().st_mtime_ns)
        except (OSError, ValueError):
            self._read = None
            self._column.set_options([])
            return
        if state != self._read:
            self._read = state
            self._column.set_options([(each, each) for each in read_columns(folder, name)])

    @Slot()
    def _on_choose(self) -> None:
        folder = self._editor.controller.schedule.folder
        assert folder is not None
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Metric file"), str(folder), self.tr("CSV files (*.csv);;All files (*)")
        )
        if chosen:
            self._take(Path(chosen), folder)

    def _take(self, path: Path, folder: Path) -> None:
        try:
            name = path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            self._message.show_message(_OUTSIDE.format(path.name), "error")
            return
        columns = read_columns(folder, name)
        if not columns:
            self._message.show_message(_NO_COLUMNS.format(path.name), "error")
            return
        self._set(Metric(file=name, column=_likely(columns)))

    @Slot(object)
    def _on_column(self, value: object) -> None:
        metric = self._editor.controller.schedule.metric
        if metric is not None and metric.file is not None:
            self._set(metric.replace(column=str(value)))

    def _set(self, metric: Metric) -> None:
        self._editor.commit("change metric", None, partial(edits.set_metric, metric=metric))


def read_columns(folder: Path, name: str) -> list[str]:
    """The names in the first line of a CSV file below the folder; none if it cannot be read."""
    try:
        lines = io.StringIO(read_metric_file(folder, name), newline="")
        return [column for column in next(csv.reader(lines), []) if column]
    except (ScheduleError, csv.Error):
        return []


def _likely(columns: list[str]) -> str:
    """The column that is probably meant: a validation loss, then anything of a validation."""
    for wanted in ("val_loss", "val", "loss"):
        for name in columns:
            if wanted in name.lower():
                return name
    return columns[-1]
