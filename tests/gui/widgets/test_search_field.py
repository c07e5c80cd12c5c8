"""The field to search with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from lrdesigner.gui.widgets import SearchField


@pytest.fixture
def field(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(300, 60)
    field = SearchField(theme, parent, "Search schedulers")
    field.resize(260, 30)
    parent.show()
    qtbot.waitExposed(parent)
    yield field
    parent.close()


def cross(field) -> QToolButton:
    return field.findChild(QToolButton)


def test_the_cross_is_there_while_there_is_something_to_clear(field, qtbot):
    # Qt fades its buttons in and out.
    assert not cross(field).isVisible()
    QTest.keyClicks(field, "cos")
    qtbot.waitUntil(cross(field).isVisible)
    QTest.mouseClick(cross(field), Qt.MouseButton.LeftButton)
    assert field.text() == ""
    qtbot.waitUntil(lambda: not cross(field).isVisible())


def test_it_says_what_it_is_for(field):
    assert field.placeholderText() == field.accessibleName() == "Search schedulers"
