"""The metric that drives ReduceLROnPlateau in the preview."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lrdesigner.engine.metrics import given_values, metric_series
from lrdesigner.gui.inspector.argument_fields import format_numbers, parse_numbers
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.inspector.metric_file import MetricFile
from lrdesigner.gui.inspector.rows import FieldRow, MessageLabel, column, link_line
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import count_text
from lrdesigner.gui.widgets import ChoiceField, SectionTitle, ValueEdit
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import edits
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Metric, Schedule
from lrdesigner.schedule.structure import METRIC_NAMES
from lrdesigner.sentences import capital

_MOST_VALUES = 200
_SOURCES = (("formula", mark("formula")), ("values", mark("values")), ("file", mark("CSV file")))
_HELP = mark(
    "Where the preview takes the validation metric from; training itself uses the real one."
)
_FORMULA_HELP = mark("The metric at the end of each epoch; t is the epoch, counted from 0.")
_VALUES_HELP = mark(
    "One value per epoch, between commas; the last one repeats. They can also be drawn with the "
    "mouse, in the metric's lane under the curve."
)
_DRAW_HINT = mark("Draw it with the mouse in its lane under the curve.")


class MetricSection(QWidget):
    """Source of the metric, its fields, and what comes out."""

    rows_changed = Signal()

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._kind = ""
        self._last: dict[str, Metric] = {}  # what each source was, for going back to it
        self._wanted: str | None = None  # a source chosen, but not yet given
        self._previewed: object = None
        self._source = ChoiceField([(key, tr(title)) for key, title in _SOURCES])
        self._source.setObjectName("metric_source")
        self._source.setToolTip(tr(_HELP))
        self._source.value_committed.connect(self._on_source)
        self._formula = FormulaField(theme, names=METRIC_NAMES)
        self._formula.setObjectName("metric_formula")
        self._formula.set_help(tr(_FORMULA_HELP))
        self._values = ValueEdit(parse_numbers, format_numbers, check=_values_objection)
        self._values.setObjectName("metric_values")
        self._values.set_help(tr(_VALUES_HELP))
        self._file = MetricFile(editor, theme, self)
        self._preview = MessageLabel(theme, self)
        self._preview.setObjectName("metric_preview")
        self._hint = MessageLabel(theme, self)
        self._hint.setObjectName("metric_hint")
        self._remove = QPushButton(tr("Remove metric"), self)
        self._remove.setObjectName("metric_remove")
        self._remove.setProperty("variant", "link")
        self._remove.clicked.connect(self._on_remove)
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        rows = column(self)
        rows.addWidget(SectionTitle(tr("Metric"), self))
        rows.addWidget(FieldRow(tr("Source"), self._source, theme, help=tr(_HELP)))
        self._formula_row = FieldRow(tr("Formula"), self._formula, theme, help=tr(_FORMULA_HELP))
        self._values_row = FieldRow(tr("Values"), self._values, theme, help=tr(_VALUES_HELP))
        rows_ = (self._formula_row, self._values_row, self._file, self._preview, self._hint)
        for row in rows_:
            rows.addWidget(row)
        rows.addLayout(link_line(self._remove))

    def _connect(self) -> None:
        self._editor.controller.undo_stack.indexChanged.connect(self._on_history)
        self._formula.error_changed.connect(self._formula_row.show_message)
        self._values.error_changed.connect(self._values_row.show_message)
        self._formula.value_changing.connect(self._on_formula_changing)
        self._formula.value_committed.connect(self._on_formula)
        self._formula.change_abandoned.connect(self._on_formula_abandoned)
        self._values.value_committed.connect(self._on_values)

    def refresh(self, schedule: Schedule, *, needed: bool) -> None:
        """Show the document's metric; `needed` says whether a phase reacts to one."""
        metric = schedule.metric
        kind = _kind(metric)
        if kind != self._kind:
            self._kind, self._wanted = kind, None
        shown = self._wanted or kind or "formula"
        self._source.set_value(shown)
        self._formula.set_value(metric.formula if metric else None)
        self._values.set_value(metric.values if metric else None)
        self._file.refresh(schedule)
        self._formula_row.setVisible(shown == "formula")
        self._values_row.setVisible(shown == "values")
        self._file.setVisible(shown == "file")
        self._remove.setVisible(metric is not None and not needed)
        drawable = needed and shown != "file"
        self._hint.show_message(tr(_DRAW_HINT) if drawable else "", "hint")
        self._show_preview(schedule, shown == kind)

    def _show_preview(self, schedule: Schedule, given: bool) -> None:
        if not given:
            self._previewed = None
            self._preview.show_message("", "hint")
            return
        state = (schedule.metric, schedule.horizon.epochs, schedule.folder)
        if state == self._previewed and self._kind != "file":
            return  # a file may have changed on the disk, the others cannot
        self._previewed = state
        try:
            series, values = metric_series(schedule), given_values(schedule)
        except ScheduleError as error:
            text = str(error).split(": ", 1)[-1]
            self._preview.show_message(capital(text), "error")
            return
        numbers = {
            "low": float(series.min()),
            "high": float(series.max()),
            "epochs": count_text(len(series), "epoch"),
        }
        if values is not None and len(values) < len(series):
            text = tr(
                "min {low:.4g} · max {high:.4g} · {epochs}; only {values}, the last one repeats",
                **numbers,
                values=count_text(len(values), "value"),
            )
            self._preview.show_message(text, "warning")
        else:
            text = tr("min {low:.4g} · max {high:.4g} · {epochs}", **numbers)
            self._preview.show_message(text, "hint")

    @Slot(int)
    def _on_history(self, index: int) -> None:
        if index == 0:
            self._last.clear()  # perhaps another document

    @Slot(object)
    def _on_source(self, value: object) -> None:
        """Another source; the document changes once there is something to take."""
        schedule = self._editor.controller.schedule
        if schedule.metric is not None:
            self._last[self._kind] = schedule.metric
        metric = self._last.get(str(value))
        if metric is None and value == "formula":
            metric = edits.DEFAULT_METRIC
        elif metric is None and value == "values":
            metric = Metric(values=_some_values(schedule))
        if metric is None or value == self._kind:
            self._wanted = str(value)
            self.refresh(schedule, needed=self._remove.isHidden())
        else:
            self._set(metric)

    def _set(self, metric: Metric | None) -> None:
        edit = partial(edits.set_metric, metric=metric)
        self._editor.commit(tr("change metric"), "metric", edit, merge=False)

    @Slot(object)
    def _on_formula_changing(self, value: object) -> None:
        edit = partial(edits.set_metric, metric=Metric(formula=str(value)))
        self._editor.change(tr("change metric"), "metric", edit)

    @Slot(object)
    def _on_formula(self, value: object) -> None:
        self._set(Metric(formula=str(value)))

    @Slot()
    def _on_formula_abandoned(self) -> None:
        self._editor.abandon("metric")

    @Slot(object)
    def _on_values(self, value: object) -> None:
        assert isinstance(value, tuple)
        self._set(Metric(values=value))

    @Slot()
    def _on_remove(self) -> None:
        edit = partial(edits.set_metric, metric=None)
        self._editor.commit(tr("remove metric"), None, edit)


def _kind(metric: Metric | None) -> str:
    if metric is None:
        return ""
    return next(name for name, _ in _SOURCES if getattr(metric, name) is not None)


def _values_objection(value: object) -> str | None:
    return None if value else tr("Give one value per epoch, such as 1.0, 0.8, 0.7")


def _some_values(schedule: Schedule) -> tuple[float, ...]:
    """The current metric as values, to begin with."""
    try:
        return tuple(metric_series(schedule)[:_MOST_VALUES].tolist())
    except ScheduleError:
        return (1.0,)
