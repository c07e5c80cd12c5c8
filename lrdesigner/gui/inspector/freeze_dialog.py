"""Freeze a group until a step, then warm it up on its own."""

from __future__ import annotations

import re

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.seen_dialog import SeenDialog
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.length_words import parse_length, shown_length
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import count_text
from lrdesigner.gui.widgets import ValueEdit
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import track_edits
from lrdesigner.schedule.units import Length, Unit
from lrdesigner.sentences import capital, ended, joined

_FROZEN_HELP = mark("How long the group's LR is 0: 500 steps, 2 epochs, 10% of the run.")
_WARM_UP_HELP = mark("How long its LR rises from 0 to its own; 0 steps for a jump.")
_SHARE, _WARM_UP_SHARE = 5, 20

_NUMBER = re.compile(r"[\d.,'’\s]+")


class FreezeDialog(SeenDialog):
    """Asks until when a group is frozen, and for how long it warms up.

    Args:
        place: The group.
        controller: Has the document.
        theme: Fonts.
        parent: Its owner.
    """

    def __init__(self, place: int, controller: Controller, theme: Theme, parent: QWidget) -> None:
        self._group = controller.schedule.optimizer.groups[place]
        name = self._group.name
        super().__init__(
            tr("Freeze {group}", group=name),
            tr("freeze {group}", group=name),
            tr("Freeze"),
            controller,
            theme,
            parent,
        )
        self.setObjectName("freeze_dialog")
        self._unit: Unit = "epochs" if self.before.horizon.steps_per_epoch > 1 else "steps"
        self._frozen = self._field("freeze_until", _FROZEN_HELP, _SHARE)
        self._warm_up = self._field("freeze_warm_up", _WARM_UP_HELP, _WARM_UP_SHARE)
        self.rows.addWidget(FieldRow(tr("Frozen for"), self._frozen, theme, help=tr(_FROZEN_HELP)))
        self.rows.addWidget(
            FieldRow(tr("Then warm up"), self._warm_up, theme, help=tr(_WARM_UP_HELP))
        )
        self._show()

    def _field(self, name: str, tip: str, share: int) -> ValueEdit:
        horizon = self.before.horizon
        steps = max(1, horizon.steps // share)
        if steps >= horizon.steps_per_epoch:
            steps = steps // horizon.steps_per_epoch * horizon.steps_per_epoch
        field = ValueEdit(self._parse, format=shown_length, parent=self)
        field.setObjectName(name)
        field.set_help(tr(tip))
        field.set_value(str(Length.of_steps(steps, self._unit, horizon)))
        field.textEdited.connect(self._show)
        field.value_committed.connect(self._show)
        return field

    def _steps(self, field: ValueEdit) -> int:
        """What is typed, while it is typed."""
        length = Length.parse(self._parse(field.text()))
        if length.unit == "rest":
            raise ValueError(tr("give a length in steps, epochs or percent of the run"))
        return length.steps(self.before.horizon)

    def _parse(self, text: str) -> str:
        """A length; a number alone counts in the unit the fields came with."""
        alone = _NUMBER.fullmatch(text.strip()) is not None
        return parse_length(f"{text} {self._unit}" if alone else text)

    @Slot()
    def _show(self) -> None:
        try:
            frozen, warm_up = self._steps(self._frozen), self._steps(self._warm_up)
        except ValueError as error:
            self.show_objection(ended(capital(str(error))))
            return
        end = frozen + warm_up
        if not frozen:
            self.show_objection(tr("Give a length of one step or more to be frozen for."))
            return
        if end > self.before.steps:
            self.show_objection(
                tr(
                    "That is {steps}; the run has {total:,}.",
                    steps=count_text(end, "step"),
                    total=self.before.steps,
                )
            )
            return
        after, track = track_edits.freeze_until(self.before, (self._group.name,), frozen, warm_up)
        name = self._group.name
        if warm_up:
            what = tr(
                "The LR is 0 up to step {frozen:,}, then rises to {lr} until step {end:,}.",
                frozen=frozen,
                lr=lr_text(self._group.lr),
                end=end,
            )
        else:
            what = tr("The LR is 0 up to step {frozen:,}.", frozen=frozen)
        whose = (
            tr(
                "These become the main phases, which drive {group} alone, which can be changed "
                "like all others.",
                group=name,
            )
            if track is None
            else tr(
                "{group} gets phases of its own, which can be changed like all others.", group=name
            )
        )
        self.help.setText(joined(what, whose))
        self.show_edit(after, self.controller.part_of(track).at(0))
