"""The track that is worked on: what it drives, and of which groups."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.rows import column
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ElidedLabel, HLine
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule import track_edits
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.tracks import group_indices
from lrdesigner.sentences import capital

_MOST_NAMED = 3


class TrackSection(QWidget):
    """A line with the track's name and the groups it drives, which are chosen there."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._track: int | None = None
        self._title = ElidedLabel(parent=self)
        self._title.setObjectName("track_title")
        self._title.setProperty("role", "heading")
        self._groups = QPushButton(self)
        self._groups.setObjectName("track_groups")
        self._groups.setProperty("variant", "link")
        self._groups.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._groups.setToolTip(tr("The groups that these phases drive; click to choose"))
        self._groups.clicked.connect(self._on_groups)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._title, 1)
        line.addWidget(self._groups, 0, Qt.AlignmentFlag.AlignVCenter)
        rows = column(self, 8)
        rows.addLayout(line)
        rows.addWidget(HLine(self))

    def refresh(self, part: DocumentPart) -> None:
        """Show the part of the document that is worked on."""
        self._track = part.track
        self._title.set_text(capital(tr(part.word)))
        groups = self._editor.controller.schedule.optimizer.groups
        names = [groups[index].name for index in part.groups]
        self._groups.setText(_said(names, len(groups)).replace("&", "&&"))
        self._groups.setAccessibleName(
            tr("Groups of this track: {groups}", groups=", ".join(names) or tr("none"))
        )
        self._groups.setEnabled(part.track is not None)

    @Slot()
    def _on_groups(self) -> None:
        if self._track is None:
            return
        menu = MembersMenu(self._editor, self._track, self)
        menu.popup(self._groups.mapToGlobal(QPoint(0, self._groups.height())))


class MembersMenu(QMenu):
    """The groups a track drives, to be checked."""

    def __init__(self, editor: Editor, track: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("track_members")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editor = editor
        self._track = track
        schedule = editor.controller.schedule
        lane = schedule.tracks[track].quantity != "lr"
        members = group_indices(schedule, track)
        if lane:
            self._add_all(schedule)
        for index, group in enumerate(schedule.optimizer.groups):
            action = self.addAction(group.name.replace("&", "&&"))
            action.setData(group.name)
            action.setCheckable(True)
            action.setChecked(index in members)
            free = _lane_is_free if lane else _lr_is_free
            action.setEnabled(free(schedule, track, index))
        self.triggered.connect(self._on_triggered)

    def _add_all(self, schedule: Schedule) -> None:
        everybody = self.addAction(tr("All groups"))
        everybody.setCheckable(True)
        track = schedule.tracks[self._track]
        everybody.setChecked(track.groups is None)
        others = [t for t in schedule.tracks if t is not track and t.quantity == track.quantity]
        everybody.setEnabled(all(other.groups is not None for other in others))
        if others:
            everybody.setText(tr("All groups that no other track drives"))
        self.addSeparator()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        schedule = self._editor.controller.schedule
        track = self._track
        name = action.data()
        if schedule.tracks[track].quantity == "lr":
            to = track if action.isChecked() else None
            edit = partial(track_edits.follow, name=name, track=to)
            self._editor.commit(tr("choose the groups of a track"), None, edit)
            return
        names: tuple[str, ...] | None = None
        if name is not None:
            groups = schedule.optimizer.groups
            chosen = {groups[index].name for index in group_indices(schedule, track)} ^ {name}
            names = tuple(group.name for group in groups if group.name in chosen)
        edit = partial(track_edits.set_lane_groups, track=track, names=names)
        self._editor.commit(tr("choose the groups of a track"), None, edit)


def _lr_is_free(schedule: Schedule, track: int, index: int) -> bool:
    """Groups come from the main phases and go back there; the last of each stays."""
    for sequence in (track, None):
        members = group_indices(schedule, sequence)
        if index in members:
            return len(members) > 1
    return False


def _lane_is_free(schedule: Schedule, track: int, index: int) -> bool:
    """A lane keeps a group, and takes none that another lane of its quantity names."""
    members = group_indices(schedule, track)
    if index in members:
        return len(members) > 1
    name = schedule.optimizer.groups[index].name
    same = [t for t in schedule.tracks if t.quantity == schedule.tracks[track].quantity]
    return not any(name in (other.groups or ()) for other in same)


def _said(names: list[str], count: int) -> str:
    if len(names) == count:
        return tr("all groups") if count > 1 else names[0]
    if not names:
        return tr("no group")
    return (
        ", ".join(names)
        if len(names) <= _MOST_NAMED
        else trn("{count} group", "{count} groups", len(names))
    )
