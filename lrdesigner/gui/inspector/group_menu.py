"""What can be done with a parameter group."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr
from lrdesigner.schedule import group_edits, track_edits
from lrdesigner.schedule.tracks import group_indices
from lrdesigner.sweep import GroupLrTarget


class GroupMenu(QMenu):
    """Phases of its own, freezing, layers, copying to the others, removing.

    Signals:
        asked: What needs more than an edit ("freeze", "layers", "remove"), and the group's place.

    Args:
        place: The group.
        editor: Applies what is chosen.
        theme: Icons.
        parent: Its owner.
    """

    asked = Signal(str, int)

    def __init__(self, place: int, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("group_actions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)
        self._place = place
        self._editor = editor
        self._theme = theme
        self._schedule = editor.controller.schedule
        self._group = self._schedule.optimizer.groups[place]
        self._track = track_edits.lr_track_of(self._schedule, self._group.name)
        self._add_phases()
        self.addSeparator()
        self._add_copies()
        self.addSeparator()
        self._add("sweep", tr("Sweep LR"), "sweep").setToolTip(
            tr("See what other LRs of this group do, as a fan of curves")
        )
        self._add("layers", tr("Split into layers…")).setToolTip(
            tr("One group per layer, each with a lower LR than the next: layer-wise LR decay")
        )
        remove = self._add("remove", tr("Remove group"), "remove")
        if len(self._schedule.optimizer.groups) == 1:
            remove.setEnabled(False)
            remove.setToolTip(tr("The last group stays: an optimizer needs one"))
        self.triggered.connect(self._on_triggered)

    def _add(self, what: str, text: str, picture: str = "") -> QAction:
        action = self.addAction(text)
        action.setData(what)
        action.setObjectName(f"group_do_{what}")
        if picture:
            action.setIcon(icon(picture, self._theme))
        return action

    def _add_phases(self) -> None:
        if self._track is not None:
            self._add("join", tr("Follow the main phases again"), "link")
            return
        own = self._add("own", tr("Give own phases"), "unlink")
        self._add("freeze", tr("Freeze until…"))
        if len(group_indices(self._schedule, None)) == 1:
            own.setEnabled(False)
            own.setToolTip(tr("The main phases drive this group alone: they are its own"))

    def _add_copies(self) -> None:
        others = len(self._schedule.optimizer.groups) > 1
        self._add("copy_lr", tr("Copy LR to all groups"), "copy").setEnabled(others)
        for name in self._group.overrides:
            action = self._add(f"copy {name}", tr("Copy {name} to all groups", name=name))
            action.setEnabled(others)

    def event(self, event: QEvent) -> bool:
        # By itself the tip would stand at the mouse, over the other entries.
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            action = self.actionAt(event.pos())
            if action is not None and action.toolTip() != action.text():
                QToolTip.showText(
                    self.mapToGlobal(QPoint(0, self.height())), action.toolTip(), self
                )
            return True
        return super().event(event)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        what, name = str(action.data()), self._group.name
        controller = self._editor.controller
        match what:
            case "own":
                after, track = track_edits.split_off(controller.schedule, (name,))
                selection = controller.part_of(track).at(0)
                controller.edit(tr("give {group} its own phases", group=name), after, selection)
            case "join":
                after = track_edits.follow(controller.schedule, name, None)
                controller.edit(
                    tr("follow the main phases"), after, controller.part_of(None).at(None)
                )
            case "copy_lr":
                edit = partial(group_edits.copy_lr, index=self._place)
                self._editor.commit(tr("copy LR to all groups"), None, edit)
            case "sweep":
                controller.sweeps.open(GroupLrTarget(self._place))
            case "freeze" | "layers" | "remove":
                self.asked.emit(what, self._place)
            case _:
                arg = what.removeprefix("copy ")
                edit = partial(group_edits.copy_override, index=self._place, name=arg)
                self._editor.commit(tr("copy {name} to all groups", name=arg), None, edit)
