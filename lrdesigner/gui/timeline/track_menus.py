"""Menus that add a track, and take one away."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr
from lrdesigner.schedule import track_edits
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.tracks import (
    QUANTITIES,
    group_indices,
    optimizer_key,
    quantity_title,
)
from lrdesigner.sentences import capital


def free_quantities(schedule: Schedule) -> list[Quantity]:
    """What the optimizer has beside the LR that some group still holds as it is."""
    found = []
    for quantity in QUANTITIES[1:]:
        lanes = [track for track in schedule.tracks if track.quantity == quantity]
        named = {name for lane in lanes for name in lane.groups or ()}
        left = any(group.name not in named for group in schedule.optimizer.groups)
        covered = any(lane.groups is None for lane in lanes)
        if left and not covered and optimizer_key(schedule.optimizer, quantity) is not None:
            found.append(quantity)
    return found


class AddTrackMenu(QMenu):
    """What can have phases of its own; filled whenever it is opened.

    Args:
        controller: Has the document and gets the edits.
        theme: Icons.
        parent: Its owner.
    """

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("track_add_menu")
        self.setToolTipsVisible(True)
        self._controller = controller
        self._groups = QMenu(tr("Own phases for a group"), self)
        self._groups.setObjectName("track_add_group")
        self._groups.setIcon(icon("unlink", theme))
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._on_triggered)

    @Slot()
    def fill(self) -> None:
        """Offer what the document has room for."""
        schedule = self._controller.schedule
        self.clear()
        self._groups.clear()
        own = group_indices(schedule, None)
        for index in own:
            name = schedule.optimizer.groups[index].name
            action = self._groups.addAction(name.replace("&", "&&"))
            action.setData(("group", name))
        self.addMenu(self._groups)
        self._groups.setEnabled(len(own) > 1)
        if len(own) == 1:
            self._groups.menuAction().setToolTip(
                tr("One group at least stays with the main phases; add a group first")
            )
        self.addSeparator()
        for quantity in QUANTITIES[1:]:
            title = tr(quantity_title(schedule.optimizer, quantity))
            if optimizer_key(schedule.optimizer, quantity) is None:
                continue
            action = self.addAction(capital(title))
            action.setObjectName(f"track_add_{quantity}")
            action.setData(("quantity", quantity))
            action.setEnabled(quantity in free_quantities(schedule))
            action.setToolTip(tr("Schedule the {title} with phases of its own", title=title))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        kind, what = action.data()
        schedule = self._controller.schedule
        if kind == "group":
            after, track = track_edits.split_off(schedule, (what,))
            text = tr("give {group} its own phases", group=what)
        else:
            after, track = track_edits.add_lane(schedule, what)
            text = tr("schedule {quantity}", quantity=tr(quantity_title(schedule.optimizer, what)))
        part = self._controller.part_of(track)
        self._controller.edit(text, after, part.at(0))


class TrackMenu(QMenu):
    """What can be done with a track.

    Args:
        part: The track.
        controller: Gets the edits.
        theme: Icons.
        parent: Its owner.
    """

    def __init__(
        self, part: DocumentPart, controller: Controller, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._part = part
        self._controller = controller
        lane = part.quantity != "lr"
        text = tr("Remove track") if lane else tr("Follow the main phases again")
        self._remove = self.addAction(icon("remove" if lane else "link", theme), text)
        self._remove.setObjectName("track_remove")
        self.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        remove_track(self._controller, self._part)


def remove_track(controller: Controller, part: DocumentPart) -> None:
    """Take a track away; the document's own phases are worked on afterwards."""
    assert part.track is not None
    after = track_edits.join_main(controller.schedule, part.track)
    controller.edit(tr("remove track"), after, controller.part_of(None).at(None))
