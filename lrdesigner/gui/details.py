"""The tabs below the timeline: Python, JSON, Problems, Numbers, Compare."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QWidget

from lrdesigner.gui.actions.keys import tip_of
from lrdesigner.gui.code import CodePanel
from lrdesigner.gui.comparison import ComparisonPanel
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.numbers import NumbersPanel
from lrdesigner.gui.problems import ProblemsPanel
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr


class DetailTabs(QTabWidget):
    """Code, problems and numbers of the document.

    Signals:
        save_requested: The user wants the shown code in a file; carries the panel.
    """

    save_requested = Signal(object)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self.setDocumentMode(True)
        self.setAccessibleName(tr("Code, problems and numbers"))
        self.code = CodePanel(controller, theme, "torch", self)
        self.json = CodePanel(controller, theme, "json", self)
        self.code.setObjectName("code")
        self.json.setObjectName("code_json")
        self.problems = ProblemsPanel(controller, theme, self)
        self.numbers = NumbersPanel(controller, theme, self)
        self.comparison = ComparisonPanel(controller, theme, self)
        for panel, title in (
            (self.code, "Python"),
            (self.json, "JSON"),
            (self.problems, tr("Problems")),
            (self.numbers, tr("Numbers")),
            (self.comparison, tr("Compare")),
        ):
            self.addTab(panel, title)
        self._corner = QWidget(self)
        row = QHBoxLayout(self._corner)
        row.setContentsMargins(0, 0, 8, 2)
        row.setSpacing(4)
        self._copy = QPushButton(tr("Copy"), self._corner)
        self._copy.setObjectName("code_copy")
        self._save = QPushButton(tr("Save…"), self._corner)
        self._save.setObjectName("code_save")
        for button, tip in (
            (self._copy, tr("Copy this text to the clipboard")),
            (self._save, tr("Save this text in a file")),
        ):
            button.setProperty("variant", "flat")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            row.addWidget(button)
        self.setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self._on_save)
        self.currentChanged.connect(self._show_corner)
        for panel in (self.code, self.json):
            panel.available_changed.connect(self._show_corner)
        self.problems.count_changed.connect(self._show_count)
        self._show_count(self.problems.count())
        self._show_corner()

    def show_comparison(self) -> None:
        """Go to the table of all curves' numbers."""
        self.setCurrentWidget(self.comparison)
        self.comparison.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def _show_count(self, number: int) -> None:
        place = self.indexOf(self.problems)
        self.setTabText(place, tr("Problems {number}", number=number) if number else tr("Problems"))

    @Slot()
    def _show_corner(self) -> None:
        panel = self.currentWidget()
        self._corner.setVisible(isinstance(panel, CodePanel | ComparisonPanel))
        self._save.setVisible(isinstance(panel, CodePanel))
        tip, keys = tr("Copy this text to the clipboard"), ""
        if isinstance(panel, ComparisonPanel):
            tip = tr("Copy the table as CSV, every digit kept")
            self._copy.setEnabled(True)
        elif panel is self.code:
            keys = "copy_code"
        self._copy.setToolTip(tip_of(tip, keys) if keys else tip)
        self._copy.setAccessibleName(tip)
        tip, saves = (
            tr("Save this text in a file"),
            {self.code: "save_code", self.json: "save_json"},
        )
        keys = saves.get(panel, "") if isinstance(panel, CodePanel) else ""
        self._save.setToolTip(tip_of(tip, keys) if keys else tip)
        if isinstance(panel, CodePanel):
            for button in (self._copy, self._save):
                button.setEnabled(panel.is_available())

    @Slot()
    def _on_copy(self) -> None:
        panel = self.currentWidget()
        if isinstance(panel, CodePanel):
            panel.copy()
        elif isinstance(panel, ComparisonPanel):
            panel.copy_all()

    @Slot()
    def _on_save(self) -> None:
        panel = self.currentWidget()
        if isinstance(panel, CodePanel):
            self.save_requested.emit(panel)
