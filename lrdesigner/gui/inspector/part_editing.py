"""From a field of a phase to an edit of the sequence it is in. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Schedule


class PartEditor(Editor):
    """An editor whose edits are of one sequence of phases, as a document of its own.

    Attributes:
        track: The sequence: a track, or None for the document's own phases. Whoever shows
            another one sets it after what was typed for the last one is settled.

    Args:
        controller: Where the document lives.
        resync: Makes the fields show the document.
    """

    def __init__(self, controller: Controller, resync: Callable[[], None]) -> None:
        super().__init__(controller, resync)
        self.track: int | None = None

    def change(self, text: str, key: Hashable, edit: Edit) -> None:
        """Show an edit that is not finished."""
        super().change(text, self._in_track(key), self._whole(edit))

    def commit(
        self,
        text: str,
        key: Hashable,
        edit: Edit,
        *,
        merge: bool = True,
        detail: Hashable = None,
    ) -> None:
        """Make an edit, ending the gesture that led to it."""
        super().commit(text, self._in_track(key), self._whole(edit), merge=merge, detail=detail)

    def abandon(self, key: Hashable) -> None:
        """Forget a gesture."""
        super().abandon(self._in_track(key))

    def objection(self, edit: Edit) -> str | None:
        """Why the document would not take an edit, as one sentence, or None."""
        return super().objection(self._whole(edit))

    def _in_track(self, key: Hashable) -> Hashable:
        return ("track", self.track, key)

    def _whole(self, edit: Edit) -> Edit:
        """The edit of the document that edits these phases."""
        track = self.track

        def whole(schedule: Schedule) -> Schedule:
            return tracks.write_back(schedule, track, edit(tracks.view(schedule, track)))

        return whole
