"""The length of a phase: how it is typed, and the unit it is held in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from lrdesigner.gui.inspector.rows import SMALL_BUTTON
from lrdesigner.gui.length_words import shown_length
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import phase_group
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import Length, Unit
from lrdesigner.sentences import capital, ended

_UNITS: tuple[tuple[Unit, str], ...] = (
    ("steps", mark("Steps")),
    ("epochs", mark("Epochs")),
    ("percent", mark("Percent of the run")),
    ("rest", mark("Rest of the run")),
)


class LengthUnits(QMenu):
    """The units a length may be held in; those that cannot say it exactly say why.

    Signals:
        chosen: A unit (``"steps"``, ``"epochs"``, ``"percent"``, ``"rest"``).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Hold in"), parent)
        self.setObjectName("length_units")
        self.setToolTipsVisible(True)
        self._phase: tuple[Schedule, int] | None = None
        self._button: QToolButton | None = None
        self.aboutToShow.connect(self._offer)
        self.triggered.connect(self._on_triggered)

    def show_phase(self, schedule: Schedule, index: int) -> None:
        """Offer units for a phase's length."""
        self._phase = schedule, index

    def button(self, theme: Theme, parent: QWidget) -> QToolButton:
        """A small button that opens it."""
        button = QToolButton(parent)
        button.setObjectName("length_units_button")
        button.setIcon(icon("chevron-down", theme, "hint"))
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(SMALL_BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = tr("Hold the length in another unit; the curve stays as it is")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(self._on_button)
        self._button = button
        return button

    @Slot()
    def _on_button(self) -> None:
        if self._button is not None:
            self._offer()  # its width is known only then
            corner = self._button.rect().bottomRight()
            place = self._button.mapToGlobal(corner)
            self.popup(QPoint(place.x() - self.sizeHint().width(), place.y() + 2))

    @Slot()
    def _offer(self) -> None:
        if self._phase is None:
            return
        schedule, index = self._phase
        now = Length.parse(schedule.phases[index].length).unit
        self.clear()
        for unit, title in _UNITS:
            action = self.addAction(tr(title))
            action.setObjectName(f"length_unit_{unit}")
            action.setData(unit)
            action.setCheckable(True)
            action.setChecked(unit == now)
            try:
                held = phase_group.in_unit(schedule, index, unit).phases[index].length
            except ScheduleError as error:
                action.setEnabled(False)
                action.setToolTip(ended(capital(str(error))))
            else:
                if unit != "rest":
                    action.setText(f"{tr(title)}\t{shown_length(held)}")

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())
