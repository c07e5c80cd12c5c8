"""What people do to the selected phases, the same from menus, keys and drops."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.mime import phases_mime, text_of
from lrdesigner.gui.navigation import snapped
from lrdesigner.gui.phase_look import phase_title, scheduler_title
from lrdesigner.i18n import mark, tr, trn
from lrdesigner.schedule import edits, phase_clip, phase_group, phase_jumps, phase_split
from lrdesigner.schedule.codec import load_regular
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_change import change_scheduler
from lrdesigner.schedule.units import Unit, spans
from lrdesigner.sentences import ended, joined


class PhaseCommands:
    """Edits of the phases that are selected in one sequence of phases.

    What cannot be done is told of, and changes nothing.

    Args:
        controller: Tells people, and has the time axis.
        part: The phases; None for those that are being worked on.
    """

    def __init__(self, controller: Controller, part: DocumentPart | None = None) -> None:
        self._controller = controller
        self._part = part or controller.part

    @property
    def _schedule(self) -> Schedule:
        return self._part.schedule

    @property
    def _chosen(self) -> tuple[int, ...]:
        return self._part.chosen

    # -- several -------------------------------------------------------------------------------

    def select_all(self) -> None:
        """Select all phases of the sequence."""
        count = len(self._schedule.phases)
        self._controller.select(self._part.at_all(tuple(range(count))))

    def remove(self) -> None:
        """Delete the selected phases; the one that takes their place is selected."""
        self._remove(trn("delete phase", "delete phases", len(self._chosen)))

    def _remove(self, step: str) -> None:
        chosen = self._chosen
        if not chosen:
            return
        after = phase_group.remove_phases(self._schedule, chosen)
        left = min(chosen[0], len(after.phases) - 1)
        selection = self._part.at(left if left >= 0 else None)
        self._part.edit(step, after, selection)

    def duplicate(self) -> None:
        """Put copies after the selected phases and select them."""
        if self._chosen:
            after, places = phase_group.duplicate_phases(self._schedule, self._chosen)
            step = trn("duplicate phase", "duplicate phases", len(places))
            self._part.edit(step, after, self._part.at_all(places))

    def shift(self, by: int) -> None:
        """Move the selected phases one place to the left or right."""
        if self._chosen:
            after, places = phase_group.shift_phases(self._schedule, self._chosen, by)
            if after != self._schedule:
                step = trn("move phase", "move phases", len(places))
                self._part.edit(step, after, self._part.at_all(places))

    def move(self, indices: tuple[int, ...], to: int) -> None:
        """Put phases behind that many of the others."""
        after, places = phase_group.move_phases(self._schedule, indices, to)
        step = trn("move phase", "move phases", len(indices))
        self._part.edit(step, after, self._part.at_all(places))

    # -- clipboard -----------------------------------------------------------------------------

    def copy(self) -> bool:
        """Put the selected phases on the clipboard, as JSON text."""
        chosen = self._chosen
        if not chosen:
            return False
        text = phase_clip.clip_text(self._schedule, chosen)
        QGuiApplication.clipboard().setMimeData(phases_mime(text))
        self._tell(
            trn(
                "{count} phase copied, as JSON text",
                "{count} phases copied, as JSON text",
                len(chosen),
            )
        )
        return True

    def cut(self) -> None:
        """Copy the selected phases and delete them."""
        if self.copy():
            self._remove(trn("cut phase", "cut phases", len(self._chosen)))

    def paste(self) -> None:
        """Put the phases on the clipboard after the selected ones, else at the end."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        text = text_of(data) if data is not None else ""
        if not text.strip():
            self._tell(tr("There are no phases on the clipboard"))
            return
        try:
            source = phase_clip.read_clip(text, self._schedule)
            place = self._chosen[-1] + 1 if self._chosen else len(self._schedule.phases)
            self._insert([source], place, pasted=True)
        except (DocumentError, ScheduleError) as error:
            self._controller.refused.emit(
                tr("The clipboard holds no phases"),
                joined(ended(str(error)), tr("Nothing was pasted.")),
            )

    def splice(self, paths: Sequence[Path], step: int) -> None:
        """Put the phases of saved schedules in, at the boundary that is nearest to a step."""
        sources = []
        for path in paths:
            try:
                source = load_regular(path)
            except (DocumentError, ScheduleError) as error:
                title = tr("{name} was not spliced in", name=path.name)
                self._controller.refused.emit(title, str(error))
                return
            if source.phases:
                sources.append(source)
            else:
                self._tell(tr("{name} has no phases", name=path.name))
        try:
            if sources:
                self._insert(sources, edits.drop_index(self._schedule, step), pasted=False)
        except (DocumentError, ScheduleError) as error:
            title = tr("{name} was not spliced in", name=", ".join(path.name for path in paths))
            self._controller.refused.emit(title, str(error))

    def _insert(self, sources: Sequence[Schedule], place: int, *, pasted: bool) -> None:
        """Put the phases of these documents in, one after the other."""
        after, first, fits = self._schedule, place, True
        for source in sources:
            after, added, fits = phase_clip.insert(after, place, source)
            place = added[-1] + 1
        places = tuple(range(first, place))
        count = len(places)
        step = (
            trn("paste phase", "paste phases", count)
            if pasted
            else trn("splice in phase", "splice in phases", count)
        )
        self._part.edit(step, after, self._part.at_all(places))
        said = trn("{count} phase inserted", "{count} phases inserted", count)
        self._tell(
            said if fits else tr("{inserted}; the run is too short for all of them", inserted=said)
        )

    # -- one -----------------------------------------------------------------------------------

    def insert(self, key: str, place: int) -> None:
        """Put a scheduler before the phase at `place`; its neighbours give it time."""
        after = edits.insert_between(self._schedule, key, place)
        self._part.edit(tr("add phase"), after, self._part.at(place))

    def split(self, step: int | None = None) -> None:
        """Cut the phase at a step in two; without one at the mouse, else the selected in half."""
        place = self._place() if step is None else step
        if place is None:
            self._tell(tr("Point at a phase, or select one, to split it"))
            return
        index = next((s.index for s in spans(self._schedule) if s.start <= place < s.end), None)
        if index is None:
            self._tell(tr("There is no phase to split here"))
            return
        title = phase_title(self._schedule.phases[index])
        try:
            found = phase_split.split(self._schedule, index, place)
        except (DocumentError, ScheduleError) as error:
            self._tell(tr("{title} was not split: {why}", title=title, why=error))
            return
        self._part.edit(tr("split phase"), found.schedule, self._part.at(index + 1))
        self._tell(
            tr("{title} was split; the curve is the same to the last bit", title=title)
            if found.exact
            else tr("{title} was split; the curve is the same to within rounding", title=title)
        )

    def _place(self) -> int | None:
        axis, schedule = self._controller.axis, self._schedule
        if axis.cursor is not None:
            x = axis.x_of(axis.cursor)
            modifiers = QGuiApplication.keyboardModifiers()
            return snapped(axis, x, schedule.horizon.steps_per_epoch, modifiers)
        if not self._chosen:
            return None
        return self.middle(self._chosen[-1])

    def middle(self, index: int) -> int:
        """The middle of a phase, at an epoch's end if one is inside."""
        span = spans(self._schedule)[index]
        per_epoch = self._schedule.horizon.steps_per_epoch
        half = (span.start + span.end) // 2
        epoch = half // per_epoch * per_epoch
        return epoch if span.start < epoch < span.end else half

    def join(self, index: int | None = None) -> None:
        """Make a phase and the next one a single phase, if the curve stays."""
        index = self._chosen[0] if index is None and self._chosen else index
        if index is None:
            return
        try:
            after = phase_split.join(self._schedule, index)
        except (DocumentError, ScheduleError) as error:
            self._tell(tr("The phases were not joined: {why}", why=error))
            return
        self._part.edit(tr("join phases"), after, self._part.at(index))

    def extend(self, index: int) -> None:
        """Delete the next phase and give a phase its time."""
        self._part.edit(
            tr("extend phase"), phase_split.extend(self._schedule, index), self._part.at(index)
        )

    def change(self, index: int, key: str) -> None:
        """Run a phase with another scheduler, which keeps its ends where it can."""
        found = change_scheduler(self._schedule, index, key)
        self._part.edit(tr("change scheduler"), found.schedule, self._part.at(index))
        kept = {
            (True, True): mark("{scheduler}: the phase starts and ends where it did"),
            (True, False): mark("{scheduler}: the phase starts where it did, and ends elsewhere"),
            (False, True): mark("{scheduler}: the phase ends where it did, and starts elsewhere"),
        }.get((found.start, found.end), mark("{scheduler}: the phase has other ends"))
        self._tell(tr(kept, scheduler=scheduler_title(key)))

    def hold_in(self, index: int, unit: Unit) -> None:
        """Write a phase's length in another unit; the curve stays."""
        try:
            after = phase_group.in_unit(self._schedule, index, unit)
        except (DocumentError, ScheduleError) as error:
            self._tell(tr("The length stays as it is: {why}", why=error))
            return
        self._part.edit(tr("change unit"), after)

    def mend(self, index: int) -> None:
        """Let a phase begin where the one before it ends."""
        try:
            after = phase_jumps.mend(self._schedule, index)
        except (DocumentError, ScheduleError) as error:
            self._tell(tr("The jump stays: {why}", why=error))
            return
        self._part.edit(tr("mend jump"), after, self._part.at(index))

    def _tell(self, text: str) -> None:
        self._controller.told.emit(text)
