"""A metric read from a CSV file beside the document."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QPushButton, QWidget

from lrdesigner.engine.metrics import column_names, parse_column, read_csv, read_metric_file
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.rows import FieldRow, MessageLabel, column, link_line
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ChoiceField
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import edits
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule
from lrdesigner.sentences import capital

_FILE_HELP = mark("A CSV file in the document's folder or below, with one row per epoch.")
_COLUMN_HELP = mark("The column that holds the metric.")
_COPY_HELP = mark("Take the values of a CSV file into the document, which then needs no file.")
_UNSAVED = mark(
    "Save the document first: the file is looked for beside it. Or copy the file's values into "
    "the document."
)
_OUTSIDE = mark(
    "{file} is not in the document's folder or below. Move it there, so that both travel, or copy "
    "its values into the document."
)
_NO_COLUMNS = mark("{file} is empty; its first line has to name the columns.")
_TOO_MANY = mark("{file} has {count:,} values, too many to keep in the document; use it as a file.")
_MOST_COPIED = 100_000


class MetricFile(QWidget):
    """File and column."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._choose = QPushButton(tr("Choose …"))
        self._choose.setObjectName("metric_file")
        self._choose.setToolTip(tr(_FILE_HELP))
        self._choose.clicked.connect(self._on_choose)
        self._column = ChoiceField()
        self._column.setObjectName("metric_column")
        self._column.setToolTip(tr(_COLUMN_HELP))
        self._column.value_committed.connect(self._on_column)
        self._message = MessageLabel(theme, self)
        self._message.setObjectName("metric_file_message")
        self._copy = QPushButton(tr("Copy values from a file …"), self)
        self._copy.setObjectName("metric_copy")
        self._copy.setProperty("variant", "link")
        self._copy.setToolTip(tr(_COPY_HELP))
        self._copy.clicked.connect(self._on_copy)
        rows = column(self)
        rows.addWidget(FieldRow(tr("File"), self._choose, theme, help=tr(_FILE_HELP)))
        self._column_row = FieldRow(tr("Column"), self._column, theme, help=tr(_COLUMN_HELP))
        rows.addWidget(self._column_row)
        rows.addWidget(self._message)
        rows.addLayout(link_line(self._copy))
        self._read: tuple[Path, int] | None = None
        self._shown: Metric | None = None
        self._saved: bool | None = None

    def refresh(self, schedule: Schedule) -> None:
        """Show the document's file."""
        saved = schedule.folder is not None
        self._choose.setEnabled(saved)
        self._choose.setToolTip(tr(_FILE_HELP if saved else _UNSAVED))
        self._say_unsaved(saved)
        metric = schedule.metric
        name = metric.file if metric is not None else None
        self._choose.setText(name or tr("Choose …"))
        self._column_row.setVisible(name is not None)
        if metric is not None and name is not None and schedule.folder is not None:
            self._show_columns(schedule.folder, name)
            self._column.set_value(metric.column)
            self._column.setPlaceholderText(metric.column or "")

    def _say_unsaved(self, saved: bool) -> None:
        """What is in the way; a refusal stays until something else is there to show."""
        metric = self._editor.controller.schedule.metric
        if metric == self._shown and self._saved == saved:
            return
        self._shown, self._saved = metric, saved
        self._message.show_message("" if saved else tr(_UNSAVED), "hint")

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
        chosen = self._ask(str(folder))
        if chosen is not None:
            self._take(chosen, folder)

    def _ask(self, folder: str) -> Path | None:
        """A file that the user chooses."""
        kinds = tr("CSV files (*.csv *.tsv);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Metric file"), folder, kinds)
        return Path(chosen) if chosen else None

    def _take(self, path: Path, folder: Path) -> None:
        self._message.show_message("", "hint")
        try:
            name = path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            self._message.show_message(tr(_OUTSIDE, file=path.name), "error")
            return
        try:
            columns = column_names(read_metric_file(folder, name))
        except ScheduleError as error:
            self._refuse(error)
            return
        if not columns:
            self._message.show_message(tr(_NO_COLUMNS, file=path.name), "error")
            return
        self._set(Metric(file=name, column=_likely(columns)))

    @Slot()
    def _on_copy(self) -> None:
        folder = self._editor.controller.schedule.folder
        path = self._ask(str(folder or ""))
        if path is None:
            return
        try:
            text = read_csv(path)
            wanted = self._column_of(path.name, column_names(text))
            if wanted is None:
                return
            values = parse_column(text, path.name, wanted)
        except (ScheduleError, csv.Error) as error:
            self._refuse(error)
            return
        if len(values) > _MOST_COPIED:
            self._message.show_message(tr(_TOO_MANY, file=path.name, count=len(values)), "error")
            return
        self._set(Metric(values=tuple(values)))

    def _column_of(self, file: str, columns: list[str]) -> str | None:
        """The column that is meant; None if the question is dismissed."""
        if not columns:
            raise ScheduleError(tr(_NO_COLUMNS, file=file))
        if len(columns) == 1:
            return columns[0]
        question = tr("Column that holds the metric:")
        likely = columns.index(_likely(columns))
        answer, sure = QInputDialog.getItem(self, file, question, columns, likely, False)
        return answer if sure else None

    def _refuse(self, error: Exception) -> None:
        text = str(error)
        if isinstance(error, ScheduleError) and text.startswith("metric."):
            text = text.split(": ", 1)[-1]
        self._message.show_message(capital(text), "error")

    @Slot(object)
    def _on_column(self, value: object) -> None:
        metric = self._editor.controller.schedule.metric
        if metric is not None and metric.file is not None:
            self._set(metric.replace(column=str(value)))

    def _set(self, metric: Metric) -> None:
        self._editor.commit(tr("change metric"), None, partial(edits.set_metric, metric=metric))


def read_columns(folder: Path, name: str) -> list[str]:
    """The names in the first line of a CSV file below the folder; none if it cannot be read."""
    try:
        return column_names(read_metric_file(folder, name))
    except ScheduleError:
        return []


def _likely(columns: list[str]) -> str:
    """The column that is probably meant: a validation loss, then anything of a validation."""
    for wanted in ("val_loss", "val", "loss"):
        for name in columns:
            if wanted in name.lower():
                return name
    return columns[-1]
