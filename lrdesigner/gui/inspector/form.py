"""The form of a scheduler, generated from its declarations."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.catalog import SchedulerSpec
from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.facts import PhaseFacts, problem_text
from lrdesigner.gui.inspector.formula_tools import FormulaTools, Place
from lrdesigner.gui.inspector.param_row import ParamRow
from lrdesigner.gui.inspector.rows import FieldRow, MessageTone, column
from lrdesigner.gui.inspector.sweep_entry import SweepEntry, param_target, sweepable
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import CollapsibleSection, ValueEdit
from lrdesigner.i18n import tr
from lrdesigner.params import FormulaParam
from lrdesigner.schedule import edits
from lrdesigner.schedule.problems import Problem

TONES: Mapping[str, MessageTone] = {"error": "error", "warning": "warning", "info": "hint"}


class ParamForm(QWidget):
    """The fields of one scheduler of one phase.

    Args:
        spec: The scheduler.
        editor: Applies what the fields ask for.
        theme: Colours and fonts.
        parent: The section it is in.
    """

    rows_changed = Signal()
    """Fields came or went."""

    def __init__(self, spec: SchedulerSpec, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.spec = spec
        self._editor = editor
        self._theme = theme
        self._index = 0
        self._stacked: int | None = None
        self._params: Mapping[str, Any] = {}
        self._rows: dict[str, ParamRow] = {}
        self._foreign: dict[str, FieldRow] = {}
        self._column = column(self)
        for declaration in spec.params:
            if not declaration.advanced:
                self._add(ParamRow(declaration, theme, self), self)
        self._more = self._make_more()
        self._tools = self._make_tools()

    def refresh(
        self,
        index: int,
        stacked: int | None,
        params: Mapping[str, Any],
        facts: PhaseFacts,
        problems: Sequence[Problem],
    ) -> None:
        """Show the parameters of a phase, or of a scheduler stacked on it."""
        self._index, self._stacked, self._params = index, stacked, params
        resolved = facts.resolved(self.spec, params)
        said = _by_param(problems)
        for name, row in self._rows.items():
            row.refresh(params, facts, resolved)
            row.show_problem(*said.get(name, ("", "error")))
            if self._more is not None and row.declaration.advanced and name in said:
                self._more.set_expanded(True)
        if self._tools is not None:
            self._tools.refresh(params)
        self._show_foreign({k: v for k, v in params.items() if k not in self._rows}, said)

    def settle(self, keep: bool) -> None:
        """Commit what is being typed, or drop it."""
        for row in self._rows.values():
            row.settle(keep)

    def forget(self) -> None:
        """It is about to go, with whatever is typed in it."""
        self._editor.controller.set_unapplied(id(self), False)

    def reveal(self, name: str) -> QWidget | None:
        """The field of a parameter, unfolded; None if there is no such parameter."""
        row = self._rows.get(name)
        if row is None:
            return None
        if self._more is not None and row.declaration.advanced:
            self._more.set_expanded(True)
        return row.first_field()

    def _make_more(self) -> CollapsibleSection | None:
        advanced = [declaration for declaration in self.spec.params if declaration.advanced]
        if not advanced:
            return None
        content = QWidget(self)
        inner = column(content)
        for declaration in advanced:
            row = ParamRow(declaration, self._theme, content)
            self._add(row, content)
            inner.addWidget(row)
        more = CollapsibleSection(tr("More"), content, expanded=False, parent=self)
        self._column.addWidget(more)
        return more

    def _make_tools(self) -> FormulaTools | None:
        formula = next((d for d in self.spec.params if isinstance(d, FormulaParam)), None)
        if formula is None or not formula.constants:
            return None
        rows = self._rows[formula.name], self._rows[formula.constants]
        return FormulaTools(*rows, self._editor, self._place, self)

    def _place(self) -> Place:
        return self._index, self._stacked

    def _add(self, row: ParamRow, parent: QWidget) -> None:
        self._rows[row.declaration.name] = row
        row.changing.connect(self._on_changing)
        row.committed.connect(self._on_committed)
        row.abandoned.connect(self._on_abandoned)
        row.unapplied_changed.connect(self._on_unapplied)
        row.rows_changed.connect(self.rows_changed)
        if sweepable(row.declaration):
            controller = self._editor.controller
            entry = SweepEntry(row.declaration.name, row.main_field(), controller, self._theme)
            entry.wanted.connect(self._on_sweep)
        if parent is self:
            self._column.addWidget(row)

    def _show_foreign(
        self, params: Mapping[str, Any], said: Mapping[str, tuple[str, MessageTone]]
    ) -> None:
        """Parameters the scheduler does not have: shown and kept, not edited."""
        for name in [name for name in self._foreign if name not in params]:
            row = self._foreign.pop(name)
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        for name, value in params.items():
            if name not in self._foreign:
                field = ValueEdit(str)
                field.setReadOnly(True)
                field.setObjectName(f"param_{name}")
                self._foreign[name] = FieldRow(name, field, self._theme, parent=self)
                self._column.addWidget(self._foreign[name])
                self._foreign[name].show()
            row = self._foreign[name]
            row.field.setText(str(value))  # type: ignore[attr-defined]
            row.show_message(*said.get(name, ("", "hint")))

    def _edit(self, name: str, value: object) -> tuple[str, Hashable, Edit]:
        key = ("param", self._index, self._stacked, name)
        edit = partial(
            edits.set_param, index=self._index, name=name, value=value, stacked=self._stacked
        )
        return tr("change {name}", name=self._rows[name].changed_part()), key, edit

    @Slot(str, object)
    def _on_changing(self, name: str, value: object) -> None:
        self._editor.change(*self._edit(name, value))

    @Slot(str, object)
    def _on_committed(self, name: str, value: object) -> None:
        typed = self._rows[name].declaration.kind in ("formula", "table", "text")
        part = self._rows[name].changed_part()
        self._editor.commit(*self._edit(name, value), merge=not typed, detail=part)

    @Slot()
    def _on_unapplied(self) -> None:
        unapplied = any(row.is_unapplied() for row in self._rows.values())
        self._editor.controller.set_unapplied(id(self), unapplied)

    @Slot(str)
    def _on_sweep(self, name: str) -> None:
        controller, declaration = self._editor.controller, self._rows[name].declaration
        track = controller.part.track
        target = param_target(declaration, self._params, self._index, self._stacked, track)
        if target is not None:
            controller.sweeps.open(target)

    @Slot(str)
    def _on_abandoned(self, name: str) -> None:
        self._editor.abandon(("param", self._index, self._stacked, name))


def _by_param(problems: Sequence[Problem]) -> dict[str, tuple[str, MessageTone]]:
    """What is said under each field: of several problems the gravest, with its fix."""
    said: dict[str, tuple[str, MessageTone]] = {}
    for problem in problems:  # they come gravest first
        if problem.param and problem.param not in said:
            said[problem.param] = (problem_text(problem), TONES[problem.severity])
    return said
