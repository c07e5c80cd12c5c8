"""The context menu of a phase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.timeline.insert_menu import add_schedulers
from lrdesigner.gui.timeline.wishes import Wishes
from lrdesigner.i18n import tr
from lrdesigner.schedule import phase_group, phase_split
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_jumps import jump_at
from lrdesigner.schedule.units import Length, Unit, spans
from lrdesigner.sentences import capital, ended

_UNITS: tuple[Unit, ...] = ("steps", "epochs", "percent", "rest")


class PhaseMenu(QMenu):
    """What can be done with the phases that are selected, and with one of them.

    Signals:
        typing_wanted: The length of that phase is to be typed.

    Args:
        controller: Gets the edits.
        part: The phases.
        index: The phase under the mouse.
        theme: Icons.
        parent: Its owner.
        step: The step under the mouse; None for the middle of the phase.
    """

    typing_wanted = Signal(int)

    def __init__(
        self,
        controller: Controller,
        part: DocumentPart,
        index: int,
        theme: Theme,
        parent: QWidget,
        step: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)
        self._index = index
        self._part = part
        self._wishes = Wishes(part)
        self._commands = PhaseCommands(controller, part)
        inside = step is not None and self._inside(step)
        self._step = step if inside and step is not None else self._commands.middle(index)
        schedule, chosen = part.schedule, part.chosen
        self._add(tr("Cut"), "cut")
        self._add(tr("Copy"), "copy").setIcon(icon("copy", theme))
        self._add(tr("Paste after"), "paste")
        self._add(tr("Duplicate"), "duplicate").setIcon(icon("duplicate", theme))
        self._add(tr("Delete"), "delete").setIcon(icon("remove", theme))
        self.addSeparator()
        self._add_cuts(schedule)
        last = len(schedule.phases) - 1
        self._add(tr("Move left"), "left").setEnabled(chosen[-1] > len(chosen) - 1)
        self._add(tr("Move right"), "right").setEnabled(chosen[0] <= last - len(chosen))
        self.addSeparator()
        self._add_starts(schedule, index)
        self._add_units(schedule, index)
        self._add(tr("Type its length…"), "type")
        self.addSeparator()
        self._add_schedulers(tr("Insert before"), "before")
        self._add_schedulers(tr("Insert after"), "after")
        self._add_schedulers(tr("Change scheduler"), "change", schedule.phases[index].scheduler)
        self._add_stack(index)
        self.triggered.connect(self._on_triggered)

    def _inside(self, step: int) -> bool:
        span = spans(self._part.schedule)[self._index]
        return span.start < step < span.end

    def _add(self, text: str, what: str, argument: str = "", menu: QMenu | None = None) -> QAction:
        action = (menu or self).addAction(text)
        action.setData([what, argument])
        action.setObjectName(f"phase_{what}{'_' + argument if argument else ''}")
        return action

    def _add_cuts(self, schedule: Schedule) -> None:
        """Split, join, extend; what cannot be done says why."""
        index = self._index
        here = self._add(tr("Split here"), "split")
        try:
            found = phase_split.split(schedule, index, self._step)
            here.setToolTip(
                tr(
                    "At step {step:,}; the curve stays the same to the last bit"
                    if found.exact
                    else "At step {step:,}; the curve stays the same to within rounding",
                    step=self._step,
                )
            )
        except ScheduleError as error:
            _refuse(here, str(error))
        join = self._add(tr("Join with next"), "join")
        extend = self._add(tr("Extend over next"), "extend")
        extend.setToolTip(tr("Delete the next phase and give this one its time"))
        extend.setEnabled(index + 1 < len(schedule.phases))
        try:
            phase_split.join(schedule, index)
            join.setToolTip(tr("One phase with the same curve"))
        except ScheduleError as error:
            _refuse(join, str(error))

    def _add_starts(self, schedule: Schedule, index: int) -> None:
        if jump_at(schedule, self._part.preview, index) is not None:
            self._add(tr("Mend the jump"), "mend")
        starts = self.addMenu(tr("Start from"))
        starts.setEnabled(index > 0)
        group = QActionGroup(starts)
        for start, text in (
            ("continue", tr("Previous phase")),
            ("base", tr("Each group's own {word}", word=tr(self._part.word))),
        ):
            action = self._add(text, "start", start, starts)
            action.setCheckable(True)
            action.setChecked(schedule.phases[index].start == start)
            group.addAction(action)

    def _add_units(self, schedule: Schedule, index: int) -> None:
        units = self.addMenu(tr("Hold length in"))
        units.setToolTipsVisible(True)
        now = Length.parse(schedule.phases[index].length).unit
        titles = (tr("Steps"), tr("Epochs"), tr("Percent"), tr("Rest"))
        for unit, title in zip(_UNITS, titles, strict=True):
            action = self._add(title, "unit", unit, units)
            action.setCheckable(True)
            action.setChecked(unit == now)
            try:
                phase_group.in_unit(schedule, index, unit)
            except ScheduleError as error:
                _refuse(action, str(error))

    def _add_schedulers(self, title: str, what: str, now: str = "") -> None:
        for spec, action in add_schedulers(self.addMenu(title)):
            action.setData([what, spec.key])
            action.setObjectName(f"phase_{what}_{spec.key}")
            if now:
                action.setCheckable(True)
                action.setChecked(spec.key == now)

    def _add_stack(self, index: int) -> None:
        stack = self.addMenu(tr("Stack"))
        specs = self._wishes.stackable(index)
        stack.setEnabled(bool(specs))
        stack.setToolTipsVisible(True)
        for spec in specs:
            action = self._add(f"× {tr(spec.title)}", "stack", spec.key, stack)
            action.setToolTip(tr(spec.summary))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        what, argument = action.data()
        commands, index = self._commands, self._index
        match what:
            case "cut":
                commands.cut()
            case "copy":
                commands.copy()
            case "paste":
                commands.paste()
            case "duplicate":
                commands.duplicate()
            case "delete":
                commands.remove()
            case "split":
                commands.split(self._step)
            case "join":
                commands.join(index)
            case "extend":
                commands.extend(index)
            case "left" | "right":
                commands.shift(-1 if what == "left" else 1)
            case "mend":
                commands.mend(index)
            case "start":
                self._wishes.start_from(index, argument)
            case "unit":
                commands.hold_in(index, argument)
            case "change":
                commands.change(index, argument)
            case "before" | "after":
                commands.insert(argument, index + (what == "after"))
            case "type":
                self.typing_wanted.emit(index)
            case "stack":
                self._wishes.stack(index, argument)


def _refuse(action: QAction, why: str) -> None:
    action.setEnabled(False)
    action.setToolTip(ended(capital(why)))
