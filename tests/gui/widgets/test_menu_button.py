"""The button that opens a menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from lrdesigner.gui.widgets import MenuButton

HOVERED = ("track_add", "toolbar_export", "toolbar_device", "overlays_compare")


def enter(button) -> None:
    """The mouse comes to it."""
    middle = button.rect().center()
    QCursor.setPos(button.mapToGlobal(middle))
    place, there = QPointF(middle), QPointF(button.mapToGlobal(middle))
    QApplication.sendEvent(button, QEnterEvent(place, place, there))


def open_and_leave(button, away: bool) -> None:
    """A click opens the menu, the mouse goes elsewhere, Esc closes it."""

    def leave() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        if away:
            QCursor.setPos(button.mapToGlobal(button.rect().bottomRight() + QPoint(20, 90)))
        QTest.keyClick(menu, Qt.Key.Key_Escape)

    enter(button)
    assert button.underMouse()
    QTimer.singleShot(50, leave)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # comes back when the menu is closed
    QTest.qWait(10)


@pytest.mark.parametrize("away", [False, True])
def test_it_is_under_the_mouse_only_while_the_mouse_is_there(qtbot, theme, away):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(400, 300)
    button = MenuButton(parent)
    button.setText("More")
    menu = QMenu(button)
    menu.addAction("One")
    button.setMenu(menu)
    parent.show()
    qtbot.waitExposed(parent)
    open_and_leave(button, away)
    assert not menu.isVisible()
    assert button.underMouse() == (not away)


@pytest.mark.parametrize("name", HOVERED)
def test_no_button_of_the_window_stays_under_a_mouse_that_has_gone(make_window, name):
    button = make_window().findChild(QToolButton, name)
    open_and_leave(button, away=True)
    assert not button.underMouse()
