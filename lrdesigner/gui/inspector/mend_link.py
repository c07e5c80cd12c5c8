"""One click that does what a problem's fix says."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector.rows import link_line
from lrdesigner.i18n import tr
from lrdesigner.schedule.problems import Problem


class MendLink(QWidget):
    """Is there while the document has a problem of one rule that knows a mend.

    Args:
        controller: The document and its problems.
        rule: The rule's id.
    """

    def __init__(self, controller: Controller, rule: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self._rule = rule
        self._button = QPushButton(tr("Fix it"), self)
        self._button.setObjectName(f"mend_{rule}")
        self._button.setProperty("variant", "link")
        self._button.clicked.connect(self._on_clicked)
        line = link_line(self._button)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.hide()

    def refresh(self) -> None:
        """Be there, or not."""
        problem = self._problem()
        self.setVisible(problem is not None)
        self._button.setToolTip(problem.fix if problem else "")

    def _problem(self) -> Problem | None:
        return next((p for p in self._controller.problems if p.rule == self._rule), None)

    @Slot()
    def _on_clicked(self) -> None:
        problem = self._problem()
        if problem is not None:
            self._controller.mend(problem)
