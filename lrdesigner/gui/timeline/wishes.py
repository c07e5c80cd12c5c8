"""The edits that keys, badge and menu of the timeline ask for."""

from __future__ import annotations

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.i18n import tr
from lrdesigner.schedule import edits


class Wishes:
    """Edits of single phases; those that make no sense are ignored.

    Args:
        part: The phases, which gets the edits.
    """

    def __init__(self, part: DocumentPart) -> None:
        self._part = part

    @property
    def _count(self) -> int:
        return len(self._part.schedule.phases)

    def select(self, index: int | None) -> None:
        """Select a phase, or the run."""
        if index is None or 0 <= index < self._count:
            self._part.select(index)

    def start_from(self, index: int, start: str) -> None:
        """Start a phase from the previous phase ("continue") or from the group's LR ("base")."""
        schedule = edits.set_phase(self._part.schedule, index, start=start)
        self._part.edit(tr("change start"), schedule, self._part.at(index))

    def toggle_link(self, index: int) -> None:
        """The other start."""
        now = self._part.schedule.phases[index].start
        self.start_from(index, "base" if now == "continue" else "continue")

    def stack(self, index: int, key: str) -> None:
        """Stack a scheduler on a phase."""
        schedule = edits.stack(self._part.schedule, index, key)
        self._part.edit(tr("stack scheduler"), schedule, self._part.at(index))

    def stackable(self, index: int) -> list[SchedulerSpec]:
        """What can be stacked on a phase: nothing, unless its own scheduler composes too."""
        own = schedulers().get(self._part.schedule.phases[index].scheduler)
        if own is None or not own.composes:
            return []
        return [spec for spec in schedulers() if spec.composes]
