"""The timeline under the canvas, and a hand that works on it with real mouse events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from lrdesigner.gui.canvas import CanvasPanel
from lrdesigner.gui.mime import scheduler_mime
from lrdesigner.gui.timeline import TimelinePanel
from lrdesigner.schedule.units import spans

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


class Fingers:
    """Presses, moves and drops on the timeline."""

    def __init__(self, timeline: TimelinePanel) -> None:
        self.timeline = timeline

    def at(self, step: float, y: float | None = None) -> QPointF:
        """The point of a step, in the upper half, where no badge is."""
        axis = self.timeline._controller.axis
        return QPointF(axis.x_of(step), 20.0 if y is None else y)

    def block(self, index: int) -> QPointF:
        """The middle of a block."""
        return self.timeline.blocks.blocks[index].rect.center()

    def badge(self, index: int) -> QPointF:
        """The link before a block."""
        return self.timeline.blocks.blocks[index].badge.center()

    def press(self, point: QPointF, modifiers=PLAIN) -> None:
        QTest.mousePress(self.timeline, LEFT, modifiers, point.toPoint())

    def move(self, point: QPointF, modifiers=PLAIN, buttons=LEFT) -> None:
        """QTest moves without buttons and modifiers, so the event is made by hand."""
        place = QPointF(point.toPoint())
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(self.timeline.mapToGlobal(place.toPoint())),
            Qt.MouseButton.NoButton,
            buttons,
            modifiers,
        )
        QApplication.sendEvent(self.timeline, event)

    def hover(self, point: QPointF) -> None:
        self.move(point, buttons=Qt.MouseButton.NoButton)

    def release(self, point: QPointF, modifiers=PLAIN) -> None:
        QTest.mouseRelease(self.timeline, LEFT, modifiers, point.toPoint())

    def click(self, point: QPointF) -> None:
        QTest.mouseClick(self.timeline, LEFT, PLAIN, point.toPoint())

    def drag(self, start: QPointF, end: QPointF, modifiers=PLAIN) -> None:
        self.press(start, modifiers)
        self.move((start + end) / 2, modifiers)
        self.move(end, modifiers)
        self.release(end, modifiers)

    def key(self, key: Qt.Key, modifiers=PLAIN) -> None:
        QTest.keyClick(self.timeline, key, modifiers)

    def drag_over(self, key: str, point: QPointF) -> bool:
        """Returns whether the scheduler would be taken."""
        data = scheduler_mime(key)
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(point.toPoint(), COPY, data, LEFT, PLAIN)
            QApplication.sendEvent(self.timeline, event)
        return event.isAccepted()

    def drag_away(self) -> None:
        QApplication.sendEvent(self.timeline, QDragLeaveEvent())

    def drop(self, key: str, point: QPointF) -> None:
        self.drag_over(key, point)  # Qt drops only where a drag has entered
        data = scheduler_mime(key)
        QApplication.sendEvent(self.timeline, QDropEvent(point, COPY, data, LEFT, PLAIN))


@pytest.fixture
def column(qtbot, controller, theme) -> QWidget:
    """Canvas and timeline, one above the other as in the window."""
    column = QWidget()
    qtbot.addWidget(column)
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    column.canvas = CanvasPanel(controller, theme, column)
    column.timeline = TimelinePanel(controller, theme, column)
    rows.addWidget(column.canvas, 1)
    rows.addWidget(column.timeline)
    column.resize(845, 515)
    column.show()
    qtbot.waitExposed(column)
    column.activateWindow()
    column.timeline.setFocus()
    qtbot.waitUntil(lambda: controller.curve is not None)
    return column


@pytest.fixture
def timeline(column) -> TimelinePanel:
    return column.timeline


@pytest.fixture
def fingers(timeline) -> Fingers:
    return Fingers(timeline)


@pytest.fixture
def phases(controller):
    """Gives the schedulers with their first and last boundary, as they are now."""

    def now():
        schedule = controller.schedule
        return [
            (phase.scheduler, span.start, span.end)
            for phase, span in zip(schedule.phases, spans(schedule), strict=True)
        ]

    return now
