"""Schedulers stacked on a phase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from lrdesigner.catalog import schedulers
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.facts import PhaseFacts
from lrdesigner.gui.inspector.form import ParamForm
from lrdesigner.gui.inspector.raw import raw_view, show_raw
from lrdesigner.gui.inspector.rows import column, link_line
from lrdesigner.gui.phase_look import scheduler_title
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import HLine
from lrdesigner.i18n import tr
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Phase, Stacked
from lrdesigner.schedule.problems import Problem

STACKED = " in with: "
"""In a problem's message: the scheduler before it is stacked on the phase."""


class StackSection(QWidget):
    """One box for each stacked scheduler, and a menu to stack another."""

    rows_changed = Signal()

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._index = 0
        self._boxes: list[StackedBox] = []
        self._column = column(self, 8)
        self._menu = QMenu(self)
        self._menu.setObjectName("stack_menu")
        for spec in schedulers():
            if spec.composes:
                action = self._menu.addAction(tr(spec.title))
                action.setData(spec.key)
                action.setToolTip(tr(spec.summary))
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._on_chosen)
        self._add = QPushButton(tr("+ Stack …"), self)
        self._add.setObjectName("stack_add")
        self._add.setProperty("variant", "link")
        self._add.setAccessibleName(tr("Stack another scheduler on this phase"))
        self._add.setToolTip(
            tr("Multiply this phase by another scheduler (torch's ChainedScheduler)")
        )
        self._add.clicked.connect(self._on_add)
        self._column.addLayout(link_line(self._add))

    def refresh(
        self, index: int, phase: Phase, facts: PhaseFacts, problems: Sequence[Problem]
    ) -> None:
        """Show what is stacked on a phase."""
        self._index = index
        keys = [item.scheduler for item in phase.with_]
        if keys != [box.key for box in self._boxes]:
            self._rebuild(keys)
        for place, (box, item) in enumerate(zip(self._boxes, phase.with_, strict=True)):
            box.refresh(index, place, item, facts, problems)
        spec = schedulers().get(phase.scheduler)
        self._add.setVisible(spec is not None and spec.composes)
        self.setVisible(bool(self._boxes) or not self._add.isHidden())

    def settle(self, keep: bool) -> None:
        """Commit what is being typed, or drop it."""
        for box in self._boxes:
            box.settle(keep)

    def reveal(self, name: str) -> QWidget | None:
        """The field of a stacked scheduler's parameter."""
        found = (box.form.reveal(name) for box in self._boxes if box.form is not None)
        return next((field for field in found if field is not None), None)

    def _rebuild(self, keys: list[str]) -> None:
        """Boxes that stay in place are kept, with what is typed in them."""
        same = 0
        while same < min(len(keys), len(self._boxes)) and keys[same] == self._boxes[same].key:
            same += 1
        for box in self._boxes[same:]:
            box.settle(keep=False)
            self._column.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        del self._boxes[same:]
        for place in range(same, len(keys)):
            box = StackedBox(keys[place], self._editor, self._theme, self)
            box.removed.connect(self._on_removed)
            self._boxes.append(box)
            self._column.insertWidget(place, box)
            box.show()
        self.rows_changed.emit()

    @Slot()
    def _on_add(self) -> None:
        self._menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        key = str(action.data())
        edit = partial(edits.stack, index=self._index, key=key)
        self._editor.commit(tr("stack {scheduler}", scheduler=scheduler_title(key)), None, edit)

    @Slot(int)
    def _on_removed(self, place: int) -> None:
        title = scheduler_title(self._boxes[place].key)
        edit = partial(edits.unstack, index=self._index, place=place)
        self._editor.commit(tr("unstack {scheduler}", scheduler=title), None, edit)


class StackedBox(QWidget):
    """One stacked scheduler: title, remove button, form."""

    removed = Signal(int)

    def __init__(self, key: str, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._place = 0
        spec = schedulers().get(key)
        title = QLabel(f"× {scheduler_title(key)}", self)
        title.setProperty("role", "strong")
        title.setToolTip(tr(spec.summary) if spec else "")
        remove = QToolButton(self)
        remove.setObjectName("stack_remove")
        remove.setIcon(icon("close", theme, "hint"))
        remove.setIconSize(QSize(14, 14))
        remove.setFixedSize(24, 24)
        remove.setToolTip(tr("Take this scheduler off the phase"))
        remove.setAccessibleName(tr("Unstack {scheduler}", scheduler=scheduler_title(key)))
        remove.clicked.connect(self._on_remove)
        line = QHBoxLayout()
        line.addWidget(title, 1)
        line.addWidget(remove)
        rows = column(self)
        rows.addWidget(HLine(self))
        rows.addLayout(line)
        self.form: ParamForm | None = None
        self._raw: QPlainTextEdit | None = None
        if spec is not None:
            self.form = ParamForm(spec, editor, theme, self)
            rows.addWidget(self.form)
            self.form.rows_changed.connect(parent.rows_changed)  # type: ignore[attr-defined]
        else:
            note = QLabel(tr("Not understood; kept as it is."), self)
            note.setProperty("role", "help")
            rows.addWidget(note)
            self._raw = raw_view(theme, self)
            rows.addWidget(self._raw)

    def refresh(
        self,
        index: int,
        place: int,
        item: Stacked,
        facts: PhaseFacts,
        problems: Sequence[Problem],
    ) -> None:
        """Show its parameters."""
        self._place = place
        self.setObjectName(f"stacked_{place}")
        if self._raw is not None:
            show_raw(self._raw, item.params)
        if self.form is not None:
            prefix = f"{item.scheduler}{STACKED}"
            mine = [
                replace(p, message=p.message.removeprefix(prefix))
                for p in problems
                if STACKED not in p.message or p.message.startswith(prefix)
            ]
            self.form.refresh(index, place, item.params, facts, mine)

    def settle(self, keep: bool) -> None:
        """Commit what is being typed, or drop it."""
        if self.form is not None:
            self.form.settle(keep)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self._place)
