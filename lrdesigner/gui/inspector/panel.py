"""The inspector panel."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from lrdesigner.catalog import schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.field_index import FieldEntry, field_entries, unfold
from lrdesigner.gui.inspector.formula_field import FormulaField
from lrdesigner.gui.inspector.groups_section import GroupsSection
from lrdesigner.gui.inspector.metric_section import MetricSection
from lrdesigner.gui.inspector.part_editing import PartEditor
from lrdesigner.gui.inspector.phase_section import PhaseSection
from lrdesigner.gui.inspector.rows import column
from lrdesigner.gui.inspector.run_section import RunSection
from lrdesigner.gui.inspector.tab_order import order_tabs
from lrdesigner.gui.inspector.track_section import TrackSection
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import HLine, NumberField, ValueEdit
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.model import Schedule

_MARGIN = 16
_ABOVE = 64
_GAP = 12
_HINT = mark(
    "Click a phase on the timeline to change it here. Drag a scheduler from the palette onto the "
    "timeline to add one."
)


class InspectorPanel(QScrollArea):
    """Forms for the selected phase and for the run.

    Signals:
        help_requested: The page about a scheduler is asked for; its key.

    Args:
        controller: The document and the selection.
        theme: Colours and fonts.
        parent: The dock it is in.
    """

    help_requested = Signal(str)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Inspector"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._controller = controller
        self._content = QWidget(self)
        self._content.setProperty("surface", "panel")
        self._content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        editor = Editor(controller, self.refresh)
        self._track = TrackSection(editor, theme, self._content)
        self._phase = PhaseSection(PartEditor(controller, self.refresh), theme, self._content)
        self._run = RunSection(editor, theme, self._content)
        self._groups = GroupsSection(editor, theme, self._content)
        self._metric = MetricSection(editor, theme, self._content)
        self._lines = [HLine(self._content) for _ in range(3)]
        self._decided: tuple[tuple[object, ...], ...] = ()
        self._hint = QLabel(tr(_HINT), self._content)
        self._hint.setObjectName("inspector_hint")
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._tabs = QTimer(self)
        self._tabs.setSingleShot(True)
        self._tabs.setInterval(0)
        self._tabs.timeout.connect(self._order_tabs)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self._column = column(self._content, _GAP)
        self._column.setContentsMargins(_MARGIN, _GAP, _MARGIN, _MARGIN)
        self._column.addWidget(self._track)
        sections = (self._phase, self._run, self._groups, self._metric)
        for place, section in enumerate(sections):
            if place:
                self._column.addWidget(self._lines[place - 1])
            self._column.addWidget(section)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self.setWidget(self._content)

    def _connect(self) -> None:
        for section in (self._phase, self._groups, self._run, self._metric):
            section.rows_changed.connect(self._tabs.start)
        self._controller.document_changed.connect(self._on_document)
        self._controller.selection_changed.connect(self._on_changed)
        self._controller.selection_changed.connect(self._to_top)
        self._controller.file_changed.connect(self.refresh)
        self._controller.problems_changed.connect(self._on_problems)
        self._controller.settle_requested.connect(self.commit_pending)
        self._phase.explain.help_requested.connect(self.help_requested)
        self.verticalScrollBar().rangeChanged.connect(self._fit_margin)

    def sizeHint(self) -> QSize:
        return QSize(316, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 120)

    @Slot()
    def _to_top(self) -> None:
        """What is newly selected is shown from its title on."""
        self.verticalScrollBar().setValue(0)

    @Slot()
    def refresh(self) -> None:
        """Show the current document and selection; what is being typed stays."""
        self._decided = ()
        self._refresh()

    def _refresh(self) -> None:
        """Likewise, but parts of which nothing has changed are left alone."""
        self._told = self._controller.problems
        self._seen = self._controller.preview
        schedule = self._controller.schedule
        part = self._controller.part
        index = part.phase
        selected = index is not None and index < len(part.schedule.phases)
        if selected and index is not None:
            self._phase.refresh(part, index)
        else:
            self._phase.leave()
        self._track.refresh(part)
        self._track.setVisible(bool(schedule.tracks))
        self._phase.setVisible(selected)
        self._lines[0].setVisible(selected)
        decides = (
            (schedule.optimizer, schedule.tracks),
            (
                (schedule.horizon, schedule.name, schedule.notes),
                tuple(phase.length for phase in schedule.phases),
                (self._controller.title, self._told),
            ),
        )
        if decides != self._decided:
            if decides[:1] != self._decided[:1]:
                self._groups.refresh(schedule)
            self._run.refresh(schedule)
        self._decided = decides
        needed = _has_plateau(schedule)
        has_metric = needed or schedule.metric is not None
        self._metric.setVisible(has_metric)
        self._lines[2].setVisible(has_metric)
        if has_metric:
            self._metric.refresh(schedule, needed=needed)
        self._hint.setVisible(not selected)

    def unfolded(self) -> tuple[str, ...]:
        """Names of the sections that explain a phase and are open."""
        return self._phase.explain.unfolded()

    def unfold(self, names: Collection[str]) -> None:
        """Open the sections of these names that explain a phase, and fold the others."""
        self._phase.explain.unfold(names)

    def focus_param(self, param: str = "") -> bool:
        """Put the focus on a parameter of the selected phase; empty for its length.

        Returns:
            Whether there is such a field.
        """
        run = self._content.findChild(QWidget, f"horizon_{param}") if param else None
        if run is not None and self._controller.part.phase is None:
            self.focus_field(run)
            return True
        field = self._phase.reveal(param)
        if field is None or self._phase.isHidden():
            return False
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def fields(self) -> dict[str, list[FieldEntry]]:
        """Every field that can be shown now, by ``"track"``, ``"phase"``, ``"run"``, …."""
        sections = {
            "track": self._track,
            "phase": self._phase,
            "run": self._run,
            "groups": self._groups,
            "metric": self._metric,
        }
        shown = {name: section for name, section in sections.items() if not section.isHidden()}
        return {name: list(field_entries(section)) for name, section in shown.items()}

    def focus_field(self, field: QWidget) -> None:
        """Put the focus on one of the fields, which is scrolled into sight."""
        unfold(field)
        # Its new place is known once what was folded has been laid out.
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_batch(self, name: str = "") -> None:
        """Put the focus into the batch calculator.

        Args:
            name: A field of the document's `Batch`; "" for the first that is not known.
        """
        field = self._run.batch_field(name)
        self.focus_field(field)
        # What follows from it stands below and should be seen too.
        top = field.mapTo(self._content, QPoint()).y()
        self.verticalScrollBar().setValue(top - _ABOVE)

    @Slot()
    def commit_pending(self) -> bool:
        """Take what is being typed, before the document is saved or exported.

        Returns:
            Whether it was good; if not it stays in its field, marked.
        """
        good = True
        fields: list[ValueEdit | FormulaField] = [*self.findChildren(ValueEdit)]
        fields += self.findChildren(FormulaField)
        for field in fields:
            if field.has_pending_text() or _stepping(field):
                good = field.commit() and good
        return good

    @Slot(object)
    def _on_document(self, _value: object) -> None:
        # When a gesture ends, its last document is announced again.
        controller = self._controller
        if controller.preview is not self._seen or controller.problems is not self._told:
            self._refresh()

    @Slot(object)
    def _on_changed(self, _value: object) -> None:
        self.refresh()

    @Slot(object)
    def _on_problems(self, problems: object) -> None:
        if problems is not self._told:  # with the document, they have been shown already
            self.refresh()

    @Slot(int, int)
    def _fit_margin(self, _low: int, high: int) -> None:
        """The scroll bar takes its room from the margin, so that fields keep their width."""
        bar = self.verticalScrollBar().sizeHint().width() if high > 0 else 0
        self._column.setContentsMargins(_MARGIN, _GAP, max(4, _MARGIN - bar), _MARGIN)

    @Slot()
    def _order_tabs(self) -> None:
        order_tabs(self._content)


def _stepping(field: ValueEdit | FormulaField) -> bool:
    return isinstance(field, NumberField) and field.is_stepping()


def _has_plateau(schedule: Schedule) -> bool:
    sequences = (schedule.phases, *(track.phases for track in schedule.tracks))
    found = (schedulers().get(phase.scheduler) for phases in sequences for phase in phases)
    return any(spec is not None and spec.epoch_only for spec in found)
