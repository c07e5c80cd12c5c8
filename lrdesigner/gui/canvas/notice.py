"""What the canvas says when the exact curve cannot be had."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lrdesigner.engine.preview import Preview
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.place_text import in_words, problem_line
from lrdesigner.gui.state import Selection
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Banner
from lrdesigner.i18n import tr


class Notice(QWidget):
    """A banner above the plot while the document, or a phase of it, cannot run."""

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "window")
        self._controller = controller
        self._place: Selection | None = None
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
        text, place = self._message()
        if not text and self._failed and self._controller.run.kind == "running":
            return  # the next run will probably fail the same way: no flicker in between
        self._failed = self._controller.run.kind == "failed"
        schedule = self._controller.schedule
        selectable = place is not None and place == place.within(schedule) and place.phase != -1
        self._place = place if selectable else None
        if text:
            action = tr("Show phase") if selectable else ""
            self._banner.set_message(text, "error", action=action)
        self.setVisible(bool(text))

    def _message(self) -> tuple[str, Selection | None]:
        controller = self._controller
        failing = _failing(controller.preview)
        if not failing and controller.run.kind != "failed":
            return "", None
        errors = [p for p in controller.problems if p.severity == "error"]
        if errors:
            first = errors[0]
            text = problem_line(controller.schedule, first)
            if len(errors) > 1:
                text = tr("{text} (and {count} more)", text=text, count=len(errors) - 1)
            place = Selection(first.phase, first.track)
            return text, None if first.phase is None else place
        if failing:
            text, place = failing[0]
            return in_words(controller.schedule, text), place
        return in_words(controller.schedule, controller.run.message), None

    @Slot()
    def _select_phase(self) -> None:
        if self._place is not None:
            self._controller.select(self._place)


def _failing(preview: Preview) -> list[tuple[str, Selection]]:
    """What cannot run, and where."""
    found = [(text, Selection(phase)) for phase, text in preview.errors.items()]
    for track in preview.tracks:
        found += [(text, Selection(phase, track.track)) for phase, text in track.errors.items()]
    return found
