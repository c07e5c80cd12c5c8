"""Where the things are that the tour points at, in the window's coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from lrdesigner.gui.tour.steps import CARD

if TYPE_CHECKING:
    from lrdesigner.gui.main_window import MainWindow

_RING, _GRIP = 26, 18


@dataclass(frozen=True)
class Target:
    """Something to point at.

    Attributes:
        rect: Where it is; empty if it is nowhere.
        clear: What the callout should leave free beside it, as it is needed for the task.
    """

    rect: QRect
    clear: tuple[QRect, ...] = ()


NOWHERE = Target(QRect())


class Targets:
    """Finds them, and brings them into sight.

    Args:
        window: The window they are in.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def prepare(self, step: str) -> None:
        """Make what a step points at visible: its panel, its tab, its phase."""
        window = self._window
        match step:
            case "card":
                window.layout_.show_panel("palette")
                window.palette_panel.reveal(CARD)
            case "field":
                window.layout_.show_panel("inspector")
                part = window.controller.part
                if part.phase is None and part.schedule.phases:
                    part.select(len(part.schedule.phases) - 1)
            case "copy":
                window.layout_.show_panel("details")
                window.details.setCurrentWidget(window.details.code)

    def find(self, step: str) -> Target:
        """Where it is now."""
        found: Target = getattr(self, f"_{step}")()
        return found

    def _card(self) -> Target:
        panel = self._window.palette_panel
        rect = panel.card_in_sight(CARD)
        place = self._of(panel, rect) if not rect.isEmpty() else self._whole(panel)
        return Target(place, (self._whole(self._window.timeline),))

    def _boundary(self) -> Target:
        timeline = self._window.timeline
        blocks = timeline.blocks.blocks
        if len(blocks) < 2:
            return NOWHERE
        left, right = timeline.blocks.left, timeline.blocks.right
        inner = [b for b in blocks[:-1] if left <= b.end <= right]
        if not inner:
            return NOWHERE
        # The one with most room on both sides is the easiest to drag.
        block = max(inner, key=lambda b: min(b.end - b.start, right - b.end))
        strip = timeline.blocks.strip
        grip = QRect(round(block.end) - _GRIP // 2, round(strip.top), _GRIP, round(strip.height))
        return Target(self._of(timeline, grip), (self._whole(timeline),))

    def _ring(self) -> Target:
        canvas = self._window.canvas
        rings = canvas.view.marks.shown_rings()
        if not rings:
            return NOWHERE
        spot = canvas.view.plane.point(rings[0].step, rings[0].lr).toPoint() + canvas.view.pos()
        around = QRect(spot - QPoint(_RING // 2, _RING // 2), QSize(_RING, _RING))
        # The hand goes up and down from there.
        way = QRect(around.left(), 0, _RING, canvas.height())
        return Target(self._of(canvas, around), (self._of(canvas, way),))

    def _undo(self) -> Target:
        return Target(self._named("toolbar_undo"))

    def _axis(self) -> Target:
        return Target(self._named("toolbar_axis"))

    def _copy(self) -> Target:
        return Target(self._named("code_copy"))

    def _field(self) -> Target:
        fields = self._window.inspector.fields().get("phase", [])
        named = [e.widget for e in fields if e.name.startswith("param_")]
        usable = [w for w in named if _typed(w)] or [e.widget for e in fields if _typed(e.widget)]
        return Target(self._whole(usable[-1])) if usable else NOWHERE

    def _help(self) -> Target:
        bar = self._window.menuBar()
        action = bar.actions()[-1]
        return Target(self._of(bar, bar.actionGeometry(action)))

    def _named(self, name: str) -> QRect:
        widget = self._window.findChild(QWidget, name)
        return self._whole(widget) if widget is not None else QRect()

    def _whole(self, widget: QWidget) -> QRect:
        """A widget, as far as it is in sight."""
        if not widget.isVisible() or widget.window() is not self._window:
            return QRect()
        shown = widget.visibleRegion().boundingRect()
        return self._of(widget, widget.rect() if shown.isEmpty() else shown)

    def _of(self, widget: QWidget, rect: QRect) -> QRect:
        if not widget.isVisible() or widget.window() is not self._window:
            return QRect()
        return QRect(widget.mapTo(self._window, rect.topLeft()), rect.size())


def _typed(widget: QWidget) -> bool:
    """Whether people type into it."""
    return isinstance(widget, QLineEdit) and widget.isEnabled()
