"""Everything about the selected phase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.inspector.entry_link import EntryLink
from lrdesigner.gui.inspector.explain_sections import ExplainSections
from lrdesigner.gui.inspector.facts import PhaseFacts, problem_text
from lrdesigner.gui.inspector.form import TONES, ParamForm
from lrdesigner.gui.inspector.part_editing import PartEditor
from lrdesigner.gui.inspector.raw import raw_view, show_raw
from lrdesigner.gui.inspector.rows import MessageLabel, column
from lrdesigner.gui.inspector.stack_section import STACKED, StackSection
from lrdesigner.gui.inspector.timing import LENGTH_RULES, TimingFields
from lrdesigner.gui.phase_look import in_lane_words, phase_summary, phase_title
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ElidedLabel, HLine
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.model import Phase
from lrdesigner.schedule.problems import Problem
from lrdesigner.schedule.tracks import phases_of

_UNKNOWN = mark(
    "This scheduler is not understood. It is kept as it is when the document is saved, and holds "
    "the LR here."
)
_SAID_ELSEWHERE = (*LENGTH_RULES, "unknown-scheduler", "metric-unusable")


class PhaseSection(QWidget):
    """Title, timing, the scheduler's form, what is stacked, what it does."""

    rows_changed = Signal()
    """Fields came or went."""

    def __init__(self, editor: PartEditor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._shown: tuple[int | None, int, Phase] | None = None
        self._key = ""
        self._form: ParamForm | None = None
        self._title = ElidedLabel(parent=self)
        self._title.setObjectName("phase_title")
        self._title.setProperty("role", "title")
        self._place = QLabel(self)
        self._place.setProperty("role", "hint")
        self._summary = QLabel(self)
        self._summary.setObjectName("phase_summary")
        self._summary.setProperty("role", "help")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._message = MessageLabel(theme, self)
        self._message.setObjectName("phase_message")
        self._timing = TimingFields(editor, theme, self)
        self._line = HLine(self)
        self._raw = raw_view(theme, self)
        # Before the stack, so that whoever looks for a field finds the phase's own first.
        self._host = QWidget(self)
        self._forms = column(self._host)
        self._entry = EntryLink(editor, theme, self)
        self._stack = StackSection(editor, theme, self)
        self._stack.rows_changed.connect(self.rows_changed)
        self.explain = ExplainSections(theme, self)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._place)
        self._column = column(self, 8)
        self._column.addLayout(head)
        for widget in (
            self._summary,
            self._message,
            self._timing,
            self._line,
            self._raw,
            self._host,
            self._entry,
        ):
            self._column.addWidget(widget)
        self._column.addWidget(self._stack)
        self._column.addWidget(self.explain)

    def refresh(self, part: DocumentPart, index: int) -> None:
        """Show a phase; widgets stay as long as its scheduler is the same."""
        self._leave(part.track, index)
        self._editor.track = part.track
        controller = self._editor.controller
        schedule = part.schedule
        phase = schedule.phases[index]
        self._shown = (part.track, index, phase)
        spec = schedulers().get(phase.scheduler)
        if phase.scheduler != self._key:
            self._build(phase.scheduler, spec)
        self._title.set_text(phase_title(phase))
        self._summary.setText(
            phase_summary(phase, part.word) or in_lane_words(part.word, tr(_UNKNOWN))
        )
        problems = [p for p in controller.problems if (p.track, p.phase) == (part.track, index)]
        facts = PhaseFacts.of(part, index, controller.schedule)
        self._place.setText(tr("{number} of {total}", number=index + 1, total=len(schedule.phases)))
        self._timing.refresh(schedule, index, problems, part.word)
        mine, others = _divide(problems, spec)
        if self._form is not None:
            self._form.refresh(index, None, phase.params, facts, mine)
        else:
            show_raw(self._raw, phase.params)
        self._line.setVisible(self._form is None or bool(spec and spec.params))
        self._entry.refresh(index, phase)
        self._stack.refresh(index, phase, facts, others)
        self.explain.refresh(spec, part, index, {problem.rule for problem in problems})
        self._show_message(problems)

    def leave(self) -> None:
        """Nothing is selected any more."""
        self._leave(None, -1)
        self._shown = None

    def reveal(self, name: str) -> QWidget | None:
        """The field of a parameter, or of the length for an empty name."""
        if not name:
            return self._timing.first_field()
        field = self._form.reveal(name) if self._form is not None else None
        return field if field is not None else self._stack.reveal(name)

    def _leave(self, track: int | None, index: int) -> None:
        """What is being typed belongs to the phase it was typed for, or to nobody."""
        if self._shown is None or self._shown[:2] == (track, index):
            return
        before, place, phase = self._shown
        self._shown = None  # committing comes back here
        schedule = self._editor.controller.schedule
        there = before is None or before < len(schedule.tracks)
        phases = phases_of(schedule, before) if there else ()
        keep = place < len(phases) and phases[place] == phase
        self._timing.settle(keep)
        if self._form is not None:
            self._form.settle(keep)
        self._stack.settle(keep)

    def _build(self, key: str, spec: SchedulerSpec | None) -> None:
        self._key = key
        if self._form is not None:
            # Out of the tree at once, so that nobody finds a field of the old form.
            self._form.forget()
            self._forms.removeWidget(self._form)
            self._form.setParent(None)
            self._form.deleteLater()
            self._form = None
        self._raw.setVisible(spec is None)
        self._host.setVisible(spec is not None)
        if spec is not None:
            self._form = ParamForm(spec, self._editor, self._theme, self._host)
            self._form.rows_changed.connect(self.rows_changed)
            self._forms.addWidget(self._form)
            self._form.show()
        self.rows_changed.emit()

    def _show_message(self, problems: list[Problem]) -> None:
        """Problems that belong to no field."""
        said = {p.rule for p in problems}
        hidden = {*_SAID_ELSEWHERE, *(("cannot-run",) if "unknown-scheduler" in said else ())}
        loose = [p for p in problems if not p.param and p.rule not in hidden]
        found = next((p for p in loose if p.severity != "info"), None)
        if found is None:
            self._message.show_message("", "warning")
        else:
            self._message.show_message(problem_text(found), TONES[found.severity])


def _divide(
    problems: list[Problem], spec: SchedulerSpec | None
) -> tuple[list[Problem], list[Problem]]:
    """What is about the phase's own scheduler, and what about those stacked on it."""
    mine: list[Problem] = []
    others: list[Problem] = []
    for problem in problems:
        stacked = STACKED in problem.message or (
            spec is not None
            and problem.rule != "unknown-entry"
            and spec.param(problem.param) is None
        )
        (others if stacked else mine).append(problem)
    return mine, others
