"""Take phases of an overlay into the document; the canvas shows what comes of it meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from lrdesigner.compare.pull import Pull, lr_changes, pull
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.seen_dialog import SeenDialog
from lrdesigner.gui.phase_look import phase_title
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ChoiceField, SegmentedControl
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.model import Schedule

_LABEL = 108
_MOST_CHANGES = 3


class PullDialog(SeenDialog):
    """Asks whether phases replace the document's or go between them, and what comes along.

    Args:
        source: The document that has the phases.
        name: What the overlay is called.
        controller: Has the open document.
        theme: Fonts.
        parent: Its owner.
    """

    def __init__(
        self, source: Schedule, name: str, controller: Controller, theme: Theme, parent: QWidget
    ) -> None:
        self._source = source
        self._part = controller.part
        super().__init__(
            tr("Take phases from {name}", name=name),
            tr("take phases from {name}", name=name),
            tr("Take"),
            controller,
            theme,
            parent,
        )
        self.setObjectName("pull_dialog")
        self.setFixedWidth(420)
        phases = [phase_title(phase) for phase in source.phases]
        self.help.setText(
            trn(
                "{count} phase: {titles}.",
                "{count} phases: {titles}.",
                len(phases),
                titles=" \N{RIGHTWARDS ARROW} ".join(phases),
            )
            if phases
            else tr("It has no phases of its own.")
        )
        self._mode = SegmentedControl(
            [("replace", tr("Replace all")), ("insert", tr("Insert"))], name=tr("What they do")
        )
        self._mode.setObjectName("pull_mode")
        self._place = ChoiceField(self._places())
        self._place.setObjectName("pull_place")
        self._place.setAccessibleName(tr("Where they are inserted"))
        chosen = self._part.chosen
        self._place.set_value(chosen[-1] + 1 if chosen else len(self._part.schedule.phases))
        self._lrs = self._check("pull_lrs", tr("Take its LRs"))
        self._length = self._check("pull_length", tr("Take its run length"))
        self._tracks = self._check("pull_tracks", tr("Take its tracks"), on=True)
        self._notes = QLabel(self)
        self._notes.setObjectName("pull_notes")
        self._notes.setProperty("role", "help")
        self._notes.setWordWrap(True)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self._mode.value_changed.connect(self._show)
        self._place.value_committed.connect(self._show)
        self._show()

    def _check(self, name: str, text: str, *, on: bool = False) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        box.setChecked(on)  # before anybody listens: there is nothing to show yet
        box.toggled.connect(self._show)
        return box

    def _places(self) -> list[tuple[object, str]]:
        found: list[tuple[object, str]] = [(0, tr("at the start"))]
        for index, phase in enumerate(self._part.schedule.phases, start=1):
            found.append(
                (index, tr("after {number} · {title}", number=index, title=phase_title(phase)))
            )
        return found

    def _lay_out(self) -> None:
        self.rows.addLayout(_row(tr("Phases"), self._mode, self))
        self._place_row = QWidget(self)
        inner = _row(tr("Where"), self._place, self._place_row)
        inner.setContentsMargins(0, 0, 0, 0)
        self._place_row.setLayout(inner)
        self.rows.addWidget(self._place_row)
        for box in (self._lrs, self._length, self._tracks):
            line = QHBoxLayout()
            line.addSpacing(_LABEL)
            line.addWidget(box, 1)
            self.rows.addLayout(line)
        self.rows.addSpacing(4)
        self.rows.addWidget(self._notes)

    # -- what is asked for ---------------------------------------------------------------------

    def _wish(self) -> Pull:
        place = self._place.value()
        inserts = self._mode.value() == "insert"
        return Pull(
            place=int(place) if inserts and isinstance(place, int) else None,
            lrs=self._lrs.isChecked() and not inserts,
            length=self._length.isChecked() and not inserts,
            tracks=self._tracks.isChecked(),
        )

    @Slot()
    def _show(self) -> None:
        wish = self._wish()
        inserts = wish.place is not None
        self._place_row.setVisible(inserts)
        self._show_checks(inserts)
        try:
            if inserts:
                found = pull(self._part.before, self._source, wish)
                edited, selection = (
                    self._part.whole(found.schedule),
                    self._part.at_all(found.places),
                )
            else:
                found = pull(self.before, self._source, wish)
                edited = found.schedule
                selection = self.controller.part_of(None).at_all(found.places)
        except (DocumentError, ScheduleError, ValueError) as error:
            self._notes.setText("")
            text = str(error)
            self.show_objection(f"{text[:1].upper()}{text[1:]}")
            return
        self._notes.setText("\n".join(found.notes))
        self.show_edit(edited, selection)

    def _show_checks(self, inserts: bool) -> None:
        """Offer only what makes a difference."""
        source, horizon = self._source, self._source.horizon
        changes = lr_changes(self.before, source)
        self._lrs.setVisible(bool(changes) and not inserts)
        shown = ", ".join(
            f"{name} {own:g} \N{RIGHTWARDS ARROW} {lr:g}"
            for name, own, lr in changes[:_MOST_CHANGES]
        )
        more = ", …" if len(changes) > _MOST_CHANGES else ""
        self._lrs.setText(tr("Take its LRs ({changes})", changes=f"{shown}{more}"))
        self._length.setVisible(horizon != self.before.horizon and not inserts)
        self._length.setText(
            tr(
                "Take its run length ({epochs:,} × {steps:,} steps)",
                epochs=horizon.epochs,
                steps=horizon.steps_per_epoch,
            )
        )
        either = bool(source.tracks or self.before.tracks)
        self._tracks.setVisible(either and not inserts)
        self._tracks.setText(
            tr("Take its tracks") if source.tracks else tr("Drop this one’s tracks")
        )


def _row(text: str, field: QWidget, parent: QWidget) -> QHBoxLayout:
    label = QLabel(text, parent)
    label.setProperty("role", "dim")
    label.setFixedWidth(_LABEL)
    label.setBuddy(field)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(label)
    row.addWidget(field, 1)
    return row
