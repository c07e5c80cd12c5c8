"""A canvas on screen, and a hand that works on it with real mouse events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.canvas import CanvasPanel
from lrdesigner.gui.mime import scheduler_mime
from lrdesigner.gui.state import ViewState

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


class Hand:
    """Presses, moves and drops at points of the plot."""

    def __init__(self, canvas: CanvasPanel) -> None:
        self.canvas = canvas
        self.view = canvas.view

    def at(self, step: float, lr: float | None = None) -> QPointF:
        """The widget point of a step (and LR; else the plot's middle)."""
        plane = self.view.plane
        y = plane.rect.center().y() if lr is None else plane.y_of(lr)
        return QPointF(plane.x_of(step), y) + QPointF(self.view.pos())

    def press(self, point: QPointF, button=LEFT, modifiers=PLAIN) -> None:
        QTest.mousePress(self.canvas, button, modifiers, point.toPoint())

    def move(self, point: QPointF, buttons=LEFT, modifiers=PLAIN) -> None:
        """QTest moves without buttons and modifiers, so the event is made by hand."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent

        place = QPointF(point.toPoint())
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(self.canvas.mapToGlobal(place.toPoint())),
            Qt.MouseButton.NoButton,
            buttons,
            modifiers,
        )
        QApplication.sendEvent(self.canvas, event)

    def hover(self, point: QPointF) -> None:
        self.move(point, Qt.MouseButton.NoButton)

    def release(self, point: QPointF, button=LEFT, modifiers=PLAIN) -> None:
        QTest.mouseRelease(self.canvas, button, modifiers, point.toPoint())

    def click(self, point: QPointF) -> None:
        QTest.mouseClick(self.canvas, LEFT, PLAIN, point.toPoint())

    def drag(self, start: QPointF, end: QPointF, button=LEFT, modifiers=PLAIN) -> None:
        self.press(start, button, modifiers)
        self.move((start + end) / 2, button, modifiers)
        self.move(end, button, modifiers)
        self.release(end, button, modifiers)

    def drag_over(self, key: str, point: QPointF) -> bool:
        """Returns whether the scheduler would be taken."""
        data = scheduler_mime(key)
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(point.toPoint(), COPY, data, LEFT, PLAIN)
            QApplication.sendEvent(self.canvas, event)
        return event.isAccepted()

    def drag_away(self) -> None:
        QApplication.sendEvent(self.canvas, QDragLeaveEvent())

    def drop(self, key: str, point: QPointF) -> None:
        self.drag_over(key, point)  # Qt drops only where a drag has entered
        data = scheduler_mime(key)
        QApplication.sendEvent(self.canvas, QDropEvent(point, COPY, data, LEFT, PLAIN))


@pytest.fixture
def canvas(qtbot, controller, theme) -> CanvasPanel:
    """The canvas of the test document, after its exact run, with a linear LR axis."""
    controller.set_view(ViewState(log=False, unit="epochs"))
    panel = CanvasPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(845, 440)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(lambda: controller.curve is not None)
    return panel


@pytest.fixture
def hand(canvas) -> Hand:
    return Hand(canvas)
