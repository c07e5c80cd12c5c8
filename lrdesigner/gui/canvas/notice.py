"""What the canvas says when the exact curve cannot be had."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.state import Selection
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Banner


class Notice(QWidget):
    """A banner above the plot while the document, or a phase of it, cannot run."""

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "window")
        self._controller = controller
        self._phase: int | None = None
        self._failed = False
        self._banner = Banner(icon=icon("error", theme, "error"), parent=self)
        self._banner.setObjectName("canvas_notice")
        self._banner.action_requested.connect(self._select_phase)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 0)
        column.addWidget(self._banner)
        self.hide()
        for signal in (
            controller.preview_changed,
            controller.problems_changed,
            controller.run_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._banner.text()

    @Slot()
    def _refresh(self) -> None:
        # While the hand drags, the plot must not move up and down under it.
        if self._controller.in_gesture:
            return
        text, phase = self._message()
        if not text and self._failed and self._controller.run.kind == "running":
            return  # the next run will probably fail the same way: no flicker in between
        self._failed = self._controller.run.kind == "failed"
        selectable = phase is not None and 0 <= phase < len(self._controller.schedule.phases)
        self._phase = phase if selectable else None
        if text:
            action = self.tr("Show phase") if selectable else ""
            self._banner.set_message(text, "error", action=action)
        self.setVisible(bool(text))

    def _message(self) -> tuple[str, int | None]:
        controller = self._controller
        failing = controller.preview.errors
        if not failing and controller.run.kind != "failed":
            return "", None
        errors = [p for p in controller.problems if p.severity == "error"]
        if errors:
            first = errors[0]
            text = f"{first.message.rstrip('.')}. {first.fix}".strip()
            if len(errors) > 1:
                text += self.tr(" (and %n more)", "", len(errors) - 1)
            return text, first.phase
        if failing:
            phase, text = next(iter(failing.items()))
            return text, phase
        return controller.run.message, None

    @Slot()
    def _select_phase(self) -> None:
        if self._phase is not None:
            self._controller.select(Selection(self._phase))
