"""When a phase runs: its length, what it starts from, how often its scheduler steps."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.catalog import schedulers
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.facts import problem_text
from lrdesigner.gui.inspector.length_edit import LengthUnits
from lrdesigner.gui.inspector.rows import FieldRow, column
from lrdesigner.gui.inspector.sweep_entry import SweepEntry
from lrdesigner.gui.length_words import parse_length, shown_length
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import count_text
from lrdesigner.gui.widgets import ChoiceField, ValueEdit
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import edits, phase_group
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem
from lrdesigner.schedule.tracks import in_words_of
from lrdesigner.schedule.units import Length, Unit, spans
from lrdesigner.sweep import length_target

LENGTH_RULES = ("micro-lengths", "past-horizon", "no-steps", "never-steps", "part-of-a-step")

_LENGTH_HELP = mark(
    "How long the phase is: 500 steps, 2 epochs, 10% of the run, or rest (what the other phases "
    "leave; one phase only). Where batches are known, 10M samples and 375M tokens are steps too."
)
_START_HELP = mark(
    "Which LR the phase starts from: the one the previous phase has reached, or each group's own."
)
_START_FIRST = mark("The first phase always starts from each group's own LR.")
_EVERY_HELP = mark(
    "When the scheduler steps: after every optimizer step, or at the end of each epoch."
)
_EVERY_FIXED = mark("This scheduler reacts to a metric, so it steps at the end of each epoch.")


class TimingFields(QWidget):
    """Length, start and interval of the selected phase."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._index = 0
        self._schedule: Schedule | None = None
        self._length = ValueEdit(
            self._read_length, format=shown_length, check=self._length_objection
        )
        self._length.setObjectName("phase_length")
        self._length.set_help(tr(_LENGTH_HELP))
        self._start = ChoiceField([("continue", tr("previous phase")), ("base", tr("base LR"))])
        self._start.setObjectName("phase_start")
        self._every = ChoiceField([("step", tr("optimizer step")), ("epoch", tr("epoch"))])
        self._every.setObjectName("phase_interval")
        self._length_row = FieldRow(tr("Length"), self._length, theme, help=tr(_LENGTH_HELP))
        rows = column(self)
        rows.addWidget(self._length_row)
        sweep = SweepEntry("length", self._length, editor.controller, theme)
        sweep.wanted.connect(self._on_sweep)
        self._units = LengthUnits(self)
        self._units.chosen.connect(self._on_unit)
        self._length_row.add_trailing(self._units.button(theme, self._length_row))
        sweep.add_menu(self._units)
        self._word = "LR"
        self._start_row = FieldRow(tr("Starts from"), self._start, theme, help=tr(_START_HELP))
        rows.addWidget(self._start_row)
        rows.addWidget(FieldRow(tr("Steps every"), self._every, theme, help=tr(_EVERY_HELP)))
        self._note = ""
        self._length.error_changed.connect(self._show_message)
        self._length.value_committed.connect(self._on_length)
        self._start.value_committed.connect(self._on_start)
        self._every.value_committed.connect(self._on_every)

    def refresh(
        self, schedule: Schedule, index: int, problems: list[Problem], word: str = "LR"
    ) -> None:
        """Show a phase; `word` is what people call what it drives."""
        self._index, self._schedule = index, schedule
        self._units.show_phase(schedule, index)
        self._show_word(word)
        phase = schedule.phases[index]
        spec = schedulers().get(phase.scheduler)
        self._length.set_value(phase.length)
        self._length.set_suffix(_other_unit(schedule, index))
        first = index == 0
        self._start.set_value("base" if first else phase.start)
        self._start.setEnabled(not first)
        tip = _START_FIRST if first else _START_HELP
        self._start.setToolTip(in_words_of(word, tr(tip)))
        fixed = spec is not None and spec.epoch_only
        self._every.set_value("epoch" if fixed else phase.interval)
        self._every.setEnabled(not fixed)
        self._every.setToolTip(tr(_EVERY_FIXED if fixed else _EVERY_HELP))
        found = [p for p in problems if p.rule in LENGTH_RULES]
        self._note = problem_text(found[0]) if found else ""
        self._show_message()

    def _show_word(self, word: str) -> None:
        if word != self._word:
            self._word = word
            own = tr("base LR") if word == "LR" else tr("own value")
            self._start.set_options([("continue", tr("previous phase")), ("base", own)])
            self._start_row.label.setToolTip(in_words_of(word, tr(_START_HELP)))

    def settle(self, keep: bool) -> None:
        """Commit what is being typed, or drop it."""
        if self._length.has_pending_text() and not (keep and self._length.commit()):
            self._length.revert()

    def first_field(self) -> QWidget:
        """Where the focus goes."""
        return self._length

    def _read_length(self, text: str) -> str:
        return parse_length(text, self._schedule.horizon if self._schedule else None)

    def _length_objection(self, value: object) -> str | None:
        edit = partial(edits.set_phase, index=self._index, length=value)
        return self._editor.objection(edit)

    def _key(self, name: str) -> Hashable:
        return (name, self._index)

    @Slot()
    def _show_message(self) -> None:
        error = self._length.error()
        self._length_row.show_message(error or self._note, "error" if error else "warning")

    @Slot()
    def _on_sweep(self) -> None:
        controller = self._editor.controller
        track = controller.part.track
        controller.sweeps.open(length_target(controller.schedule, self._index, track))

    @Slot(object)
    def _on_length(self, value: object) -> None:
        edit = partial(edits.set_phase, index=self._index, length=value)
        self._editor.commit(tr("change length"), self._key("length"), edit)

    @Slot(str)
    def _on_unit(self, unit: Unit) -> None:
        edit = partial(phase_group.in_unit, index=self._index, unit=unit)
        self._editor.commit(tr("change unit"), self._key("unit"), edit)

    @Slot(object)
    def _on_start(self, value: object) -> None:
        edit = partial(edits.set_phase, index=self._index, start=value)
        self._editor.commit(tr("change start"), self._key("start"), edit)

    @Slot(object)
    def _on_every(self, value: object) -> None:
        edit = partial(edits.set_phase, index=self._index, interval=value)
        self._editor.commit(tr("change interval"), self._key("interval"), edit)


def _other_unit(schedule: Schedule, index: int) -> str:
    """The length in the unit it is not written in."""
    steps = spans(schedule)[index].nominal_steps
    unit = Length.parse(schedule.phases[index].length).unit
    per_epoch = schedule.horizon.steps_per_epoch
    if unit == "epochs" or per_epoch == 1 or steps < per_epoch:
        return count_text(steps, "step")
    return count_text(steps / per_epoch, "epoch")
