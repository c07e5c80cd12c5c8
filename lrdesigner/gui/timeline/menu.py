"""The context menu of a phase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.phase_look import in_lane_words
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.timeline.wishes import Wishes
from lrdesigner.schedule.model import Schedule


class PhaseMenu(QMenu):
    """What can be done with one phase.

    Args:
        part: The phases it is one of.
        index: The phase.
        theme: Icons.
        parent: Its owner.
    """

    def __init__(self, part: DocumentPart, index: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        schedule = part.schedule
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._index = index
        self._wishes = Wishes(part)
        self._word = part.word
        self._add(self.tr("Duplicate"), "duplicate").setIcon(icon("duplicate", theme))
        self._add(self.tr("Delete"), "delete").setIcon(icon("remove", theme))
        self.addSeparator()
        self._add(self.tr("Move left"), "left").setEnabled(index > 0)
        self._add(self.tr("Move right"), "right").setEnabled(index + 1 < len(schedule.phases))
        self.addSeparator()
        self._add_starts(schedule, index)
        self._add_stack(index)
        self.triggered.connect(self._on_triggered)

    def _add(self, text: str, what: str, argument: str = "", menu: QMenu | None = None) -> QAction:
        action = (menu or self).addAction(text)
        action.setData([what, argument])
        action.setObjectName(f"phase_{what}{'_' + argument if argument else ''}")
        return action

    def _add_starts(self, schedule: Schedule, index: int) -> None:
        starts = self.addMenu(self.tr("Start from"))
        starts.setEnabled(index > 0)
        group = QActionGroup(starts)
        for start, text in (
            ("continue", self.tr("Previous phase")),
            ("base", self.tr("Each group's own {}").format(self._word)),
        ):
            action = self._add(text, "start", start, starts)
            action.setCheckable(True)
            action.setChecked(schedule.phases[index].start == start)
            group.addAction(action)

    def _add_stack(self, index: int) -> None:
        stack = self.addMenu(self.tr("Stack"))
        specs = self._wishes.stackable(index)
        stack.setEnabled(bool(specs))
        stack.setToolTipsVisible(True)
        for spec in specs:
            self._add(f"× {spec.title}", "stack", spec.key, stack).setToolTip(
                in_lane_words(self._word, spec.summary)
            )

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        what, argument = action.data()
        wishes, index = self._wishes, self._index
        match what:
            case "duplicate":
                wishes.duplicate(index)
            case "delete":
                wishes.remove(index)
            case "left" | "right":
                wishes.shift(index, -1 if what == "left" else 1)
            case "start":
                wishes.start_from(index, argument)
            case "stack":
                wishes.stack(index, argument)
