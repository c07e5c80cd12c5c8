"""Random mouse and keyboard: real events, sent to the real widgets."""

from __future__ import annotations

import random

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
MODIFIERS = (
    PLAIN,
    PLAIN,
    PLAIN,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
COPY = Qt.DropAction.CopyAction


class Events:
    """Presses, moves, types and drops, at places that chance chooses.

    Args:
        rng: Decides everything.
    """

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def chance(self, share: float) -> bool:
        """Whether something happens that does so that often."""
        return self.rng.random() < share

    def modifier(self) -> Qt.KeyboardModifier:
        """One of the modifier keys, or none."""
        return self.rng.choice(MODIFIERS)

    def press(self, widget: QWidget, at: QPointF, button=LEFT, modifiers=PLAIN) -> None:
        """A button goes down."""
        QTest.mousePress(widget, button, modifiers, at.toPoint())

    def release(self, widget: QWidget, at: QPointF, button=LEFT, modifiers=PLAIN) -> None:
        """It comes up."""
        QTest.mouseRelease(widget, button, modifiers, at.toPoint())

    def click(self, widget: QWidget, at: QPointF | None = None, modifiers=PLAIN) -> None:
        """Both."""
        at = QPointF(widget.rect().center()) if at is None else at
        QTest.mouseClick(widget, LEFT, modifiers, at.toPoint())

    def double_click(self, widget: QWidget, at: QPointF) -> None:
        """Twice, as a hand does it: a press and a release come first."""
        QTest.mouseClick(widget, LEFT, PLAIN, at.toPoint())
        QTest.mouseDClick(widget, LEFT, PLAIN, at.toPoint())
        QTest.mouseRelease(widget, LEFT, PLAIN, at.toPoint())  # which QTest leaves out

    def move(self, widget: QWidget, at: QPointF, buttons=NONE, modifiers=PLAIN) -> None:
        """QTest moves without buttons and modifiers, so the event is made by hand."""
        place = QPointF(at.toPoint())
        there = QPointF(widget.mapToGlobal(place.toPoint()))
        event = QMouseEvent(QEvent.Type.MouseMove, place, there, NONE, buttons, modifiers)
        QApplication.sendEvent(widget, event)

    def wheel(self, widget: QWidget, at: QPointF, notches: int, modifiers=PLAIN) -> None:
        """The wheel is turned."""
        event = QWheelEvent(
            at,
            QPointF(widget.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            NONE,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def key(self, key: Qt.Key, modifiers=PLAIN, widget: QWidget | None = None) -> None:
        """A key, where the keyboard is."""
        target = widget or QApplication.focusWidget() or QApplication.activeWindow()
        if target is not None:
            QTest.keyClick(target, key, modifiers)

    def type(self, text: str) -> None:
        """Letters, where the keyboard is."""
        target = QApplication.focusWidget()
        if target is not None:
            QTest.keyClicks(target, text)

    def drag(self, widget: QWidget, start: QPointF, *, meddle, button=LEFT) -> None:
        """Press, move about, release; `meddle` may do something in the middle."""
        self.press(widget, start, button, self.modifier())
        at = start
        for _ in range(self.rng.randint(1, 4)):
            far = self.rng.choice((6, 40, 200, 2000))
            at = QPointF(at.x() + self.rng.uniform(-far, far), at.y() + self.rng.uniform(-far, far))
            self.move(widget, at, button, self.modifier())
            if self.chance(0.15):
                meddle(at)
        self.release(widget, at, button, self.modifier())

    def drop(self, widget: QWidget, at: QPointF, data: QMimeData, *, leave: bool = False) -> None:
        """Something is dragged over a widget from elsewhere and let go, or taken away again."""
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(widget, kind(at.toPoint(), COPY, data, LEFT, PLAIN))
        if leave:
            QApplication.sendEvent(widget, QDragLeaveEvent())
        else:
            QApplication.sendEvent(widget, QDropEvent(at, COPY, data, LEFT, PLAIN))
