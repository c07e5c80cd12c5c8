"""The bar above the canvas while a sweep is open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.sweep.axis_row import AxisRow
from lrdesigner.gui.sweep.state_label import StateLabel
from lrdesigner.gui.sweep.words import left_out_text, option_text, state_text
from lrdesigner.gui.sweep_store import MOST_OF_ONE, MOST_OF_TWO
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import HLine, MouseAfterwards, Sideways
from lrdesigner.i18n import tr
from lrdesigner.sweep import SweepError, targets


class SweepBar(QWidget):
    """What is swept, a slider through the variants, and what can be done with them.

    Signals:
        documents_wanted: All variants are to be saved as documents.
        table_wanted: The sweep is to be saved as a table.

    Args:
        controller: Has the document and the sweep.
        theme: Colours and icons.
        parent: Its owner.
    """

    documents_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweep")
        self.setAccessibleName(tr("Sweep"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._controller = controller
        self._sweeps = controller.sweeps
        self._came_from: QWidget | None = None
        self._home: QWidget | None = None
        self._make_head(theme)
        self.rows = (AxisRow(0, theme, self), AxisRow(1, theme, self))
        self._lay_out()
        for row in self.rows:
            row.target_chosen.connect(self._sweeps.set_target)
            row.axis_changed.connect(self._sweeps.set_axis)
            row.count_changed.connect(self._sweeps.set_count)
            row.value_chosen.connect(self._sweeps.choose)
            row.button_pressed.connect(self._on_button)
            row.refused.connect(self._refresh_state)
        self._sweeps.changed.connect(self._refresh)
        self._sweeps.chosen_changed.connect(self._refresh_values)
        self._refresh()

    def _make_head(self, theme: Theme) -> None:
        self._title = QLabel(tr("Sweep"), self)
        self._title.setProperty("role", "strong")
        self.value = QLabel(self)
        self.value.setObjectName("sweep_value")
        self.value.setProperty("role", "dim")
        self._state = StateLabel(parent=self)
        self._state.setObjectName("sweep_state")
        self._state.setProperty("role", "hint")
        self.export = QPushButton(tr("Export…"), self)
        self.export.setObjectName("sweep_export")
        self.export.setProperty("variant", "flat")
        self.export.setToolTip(tr("Save all variants: a document each, or one table"))
        menu = QMenu(self.export)
        menu.setObjectName("sweep_export_menu")
        # addAction(text, slot) calls the slot, and a signal of one's own cannot be called.
        menu.addAction(tr("As documents (JSON)…")).triggered.connect(self.documents_wanted)
        menu.addAction(tr("As a table (CSV)…")).triggered.connect(self.table_wanted)
        self.export.setMenu(menu)
        MouseAfterwards(self.export, menu)
        self.adopt = QPushButton(tr("Adopt"), self)
        self.adopt.setObjectName("sweep_adopt")
        self.adopt.setToolTip(tr("Make the variant that is looked at the document"))
        self.adopt.clicked.connect(self._on_adopt)
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("sweep_close")
        self.close_button.setIcon(icon("close", theme, "hint"))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setFixedSize(28, 28)
        self.close_button.setToolTip(tr("Close the sweep (Esc)"))
        self.close_button.setAccessibleName(tr("Close the sweep"))
        self.close_button.clicked.connect(self._sweeps.close)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self.value)
        head.addWidget(self._state, 1)
        head.addWidget(self.export)
        head.addWidget(self.adopt)
        head.addWidget(self.close_button)
        content = QWidget(self)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(16, 8, 12, 10)
        inner.setSpacing(6)
        inner.addLayout(head)
        for row in self.rows:
            inner.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Sideways(content, self))
        column.addWidget(HLine(self))

    def focus_slider(self) -> None:
        """Let the keyboard go through the variants, until the bar closes."""
        focus = self.window().focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._came_from = focus
        self.rows[0].slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._sweeps.close()
            event.accept()
            return
        super().keyPressEvent(event)

    def set_home(self, widget: QWidget) -> None:
        """Who gets the keyboard when the bar closes and where it was is not there any more."""
        self._home = widget

    def _give_focus_back(self) -> None:
        """To where the keyboard was; Qt would give it to whatever comes next, the tool bar."""
        came_from, self._came_from = self._came_from, None
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return
        target = self._home
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            # A button has done its part when it is pressed.
            usable = came_from.isEnabled() and not isinstance(came_from, QAbstractButton)
            target = came_from if usable else self._home
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        setup = self._sweeps.setup
        shown = setup is not None or bool(self._sweeps.error)
        if not shown:
            self._give_focus_back()
        self.setVisible(shown)
        self.rows[0].setVisible(setup is not None)
        self.rows[1].setVisible(setup is not None and len(setup.axes) > 1)
        self._refresh_state()
        if setup is None:
            return
        schedule = self._controller.schedule
        options = [(target, option_text(schedule, target)) for target in targets(schedule)]
        two = len(setup.axes) > 1
        for row, axis, count in zip(self.rows, setup.axes, setup.counts, strict=False):
            try:
                traits = axis.target.traits(schedule)
            except SweepError:
                traits = None
            row.show_options(options)
            row.show_axis(axis, count, traits, MOST_OF_TWO if two else MOST_OF_ONE)
        self.rows[0].button.setVisible(not two)
        self._refresh_values()

    @Slot()
    def _refresh_values(self) -> None:
        sweep, places = self._sweeps.sweep, self._sweeps.places
        for number, row in enumerate(self.rows):
            known = sweep is not None and number < len(places)
            row.slider.setEnabled(known)
            if sweep is not None and known:
                row.show_values(sweep.values[number], places[number])
        self._refresh_buttons()

    @Slot()
    def _refresh_state(self) -> None:
        text, tone = state_text(self._sweeps)
        refusal = next((row.refusal() for row in self.rows if row.refusal()), "")
        if refusal:
            text, tone = refusal, "error"
        self._state.set_text(text)
        self._state.set_details(left_out_text(self._sweeps))
        if tone != self._state.property("role"):
            self._state.setProperty("role", tone)
            self._state.style().unpolish(self._state)
            self._state.style().polish(self._state)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        view, index = self._sweeps.view, self._sweeps.index
        runs = view is not None and index is not None and index not in view.fan.errors
        sweep = self._sweeps.sweep
        self.adopt.setEnabled(runs)
        if sweep is not None and index is not None:
            self.adopt.setAccessibleName(tr("Adopt {label}", label=sweep.label(index)))
        self.value.setText("" if sweep is None or index is None else sweep.label(index))
        self.export.setEnabled(view is not None and bool(view.fan.valid))

    # -- wishes --------------------------------------------------------------------------------

    @Slot(int)
    def _on_button(self, place: int) -> None:
        if place == 0:
            self._sweeps.add_axis()
        else:
            self._sweeps.remove_axis()

    @Slot()
    def _on_adopt(self) -> None:
        self._sweeps.adopt()
