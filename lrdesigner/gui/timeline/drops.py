"""What is dragged onto the timeline from elsewhere: schedulers, and files of saved schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dropping import Landing, drop, landing
from lrdesigner.gui.mime import dragged_documents
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.timeline.blocks import Block
from lrdesigner.gui.timeline.layout import lay_out
from lrdesigner.gui.timeline.scene import Shown
from lrdesigner.gui.timeline.splicing import Splice, splice_at

if TYPE_CHECKING:
    from lrdesigner.gui.timeline.panel import TimelinePanel


class TimelineDrops:
    """Shows where something would go, and puts it there.

    Args:
        panel: The widget that gets the events.
        controller: Document and time axis.
    """

    def __init__(self, panel: TimelinePanel, controller: Controller) -> None:
        self._panel = panel
        self._controller = controller
        self._landing: Landing | None = None
        self._splice: Splice | None = None

    def move(self, event: QDropEvent) -> None:
        """Show where it would go."""
        self._landing = self._found(event)
        self._splice = self._spliced(event) if self._landing is None else None
        if self._splice is not None or self._landing is not None:
            event.acceptProposedAction()
        else:
            event.ignore()
        self._panel.update()

    def leave(self) -> None:
        """It goes nowhere."""
        self._landing = self._splice = None
        self._panel.update()

    def drop(self, event: QDropEvent) -> None:
        """It stays here."""
        found, splice = self._found(event), self._spliced(event)
        self.leave()
        if found is None and splice is None:
            event.ignore()
            return
        event.acceptProposedAction()
        if found is not None:
            drop(self._controller, found)
        elif splice is not None:
            PhaseCommands(self._controller, splice.part).splice(splice.paths, splice.step)
        self._panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, event: QDropEvent) -> Landing | None:
        """A scheduler goes into the row it is over."""
        position = event.position()
        row = self._panel.rows.at(position.y())
        part = None if row is None else row.part
        return landing(self._controller, event.mimeData(), position.x(), part)

    def _spliced(self, event: QDropEvent) -> Splice | None:
        """Where the phases of saved schedules would go in."""
        position = event.position()
        row = self._panel.rows.at(position.y())
        paths = dragged_documents(event.mimeData())
        if row is None or not paths:
            return None
        return splice_at(self._controller, row, tuple(paths), position)

    def shown(self) -> Shown | None:
        """What is to be seen of it; None while nothing is dragged over the timeline."""
        if self._splice is not None:
            found = self._splice
            place = (found.part.track, found.x)
            return Shown(hint=found.text, mouse=found.mouse, splice=place)
        landed = self._landed()
        return Shown(landing=landed) if landed is not None else None

    def _landed(self) -> tuple[Landing, Block] | None:
        found = self._landing
        row = None if found is None else self._panel.rows.of(found.part.track)
        if found is None or row is None:
            return None
        unit = self._controller.view.unit
        blocks = lay_out(found.schedule, self._controller.axis, row.blocks.strip, unit=unit)
        return found, blocks.blocks[found.index]
