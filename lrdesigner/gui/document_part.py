"""One sequence of phases of the document, edited as if it were a document of its own."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from lrdesigner.engine.preview import Preview
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Quantity, Schedule

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller


class DocumentPart:
    """The document's own phases, or those of a track.

    Pure edits of phases take `schedule` (or `before`, while a gesture goes on) and give another
    one, which `edit` and `gesture` put back into the document.

    Args:
        controller: Has the document.
        track: Index of the track; None for the document's own phases.
    """

    def __init__(self, controller: Controller, track: int | None) -> None:
        self._controller = controller
        self.track = track

    @property
    def document(self) -> Schedule:
        """The whole document as it is now."""
        return self._controller.schedule

    @property
    def schedule(self) -> Schedule:
        """The phases as they are now, with their groups, as a document without tracks."""
        return self._controller.look.view(self.track)

    @property
    def before(self) -> Schedule:
        """The phases a gesture started from; drags compute their edits from it."""
        return tracks.view(self._controller.before_gesture, self.track)

    @property
    def preview(self) -> Preview:
        """The fast curve of these phases alone: of a lane, the quantity stands for the LR."""
        return self._controller.look.preview_of(self.track)

    @property
    def groups(self) -> tuple[int, ...]:
        """Which of the optimizer's groups these phases drive."""
        return tracks.group_indices(self._controller.schedule, self.track)

    @property
    def quantity(self) -> Quantity:
        """What the phases drive."""
        return "lr" if self.track is None else self._controller.schedule.tracks[self.track].quantity

    @property
    def word(self) -> str:
        """What people call what the phases drive: "LR", "weight decay"."""
        return tracks.quantity_title(self._controller.schedule.optimizer, self.quantity)

    @property
    def title(self) -> str:
        """What people call these phases: "LR", "LR of head", "weight decay"."""
        return tracks.track_title(self._controller.schedule, self.track)

    @property
    def active(self) -> bool:
        """Whether it is the part that is being worked on."""
        return self._controller.selection.track == self.track

    @property
    def phase(self) -> int | None:
        """The selected phase, if it is one of these."""
        return self._controller.selection.phase if self.active else None

    @property
    def chosen(self) -> tuple[int, ...]:
        """All selected phases that are of these, rising."""
        return self._controller.selection.phases if self.active else ()

    def at(self, phase: int | None) -> Selection:
        """The selection of one of these phases, or of none of them."""
        return Selection(phase, self.track)

    def at_all(self, phases: tuple[int, ...]) -> Selection:
        """The selection of several of these phases; the last is the one that is worked on."""
        return Selection(phases[-1] if phases else None, self.track, phases[:-1])

    def select(self, phase: int | None) -> None:
        """Select one of these phases, or none of them."""
        self._controller.select(self.at(phase))

    def whole(self, edited: Schedule) -> Schedule:
        """The document (before a gesture, if one goes on) with these phases edited."""
        return tracks.write_back(self._controller.before_gesture, self.track, edited)

    def edit(
        self,
        text: str,
        edited: Schedule,
        selection: Selection | None = None,
        merge: Hashable | None = None,
    ) -> None:
        """Make an edit of these phases one undo step; as `Controller.edit`."""
        self._controller.cancel_gesture()
        self._controller.edit(text, self.whole(edited), selection, merge)

    def gesture(self, text: str, edited: Schedule) -> None:
        """Show an edit of these phases while a drag goes on; as `Controller.gesture`."""
        self._controller.gesture(text, self.whole(edited))
