"""A bench for the inspector: the real panel, shown, driven by real keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from documents import document, phase
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.state import Selection
from lrdesigner.gui.theme import Theme
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.model import Phase

Key = Qt.Key


class Bench:
    """The panel and what tests do with it."""

    def __init__(self, panel: InspectorPanel, controller: Controller) -> None:
        self.panel = panel
        self.controller = controller

    def open(self, *phases: dict[str, Any], select: int | None = 0, **options: Any) -> None:
        """Open a document with these phases and select one."""
        self.open_data(document(*phases, **options), select)

    def open_data(self, data: dict[str, Any], select: int | None = 0) -> None:
        self.controller.open_document(loads(json.dumps(data)), None)
        self.controller.select(Selection(select))
        QApplication.processEvents()

    def open_one(self, name: str, params: dict[str, Any] | None = None, **options: Any) -> None:
        """Open a document of one phase, selected."""
        self.open(phase(name, params), **options)

    def field(self, name: str) -> Any:
        found = self.panel.findChildren(QWidget, name)
        assert found, f"no field {name}"
        return found[0]

    def visible(self, name: str) -> bool:
        return any(w.isVisible() for w in self.panel.findChildren(QWidget, name))

    def type(self, name: str, text: str, key: Key | None = Key.Key_Return) -> None:
        """Replace a field's text with real keys, then press a key."""
        field = self.focus(name)
        field.selectAll()
        if text:
            QTest.keyClicks(field, text)
        else:
            QTest.keyClick(field, Key.Key_Delete)
        if key is not None:
            QTest.keyClick(field, key)

    def press(self, name: str, key: Key) -> None:
        QTest.keyClick(self.focus(name), key)

    def click(self, name: str) -> None:
        field = self.field(name)
        self.panel.ensureWidgetVisible(field)
        assert field.isVisible(), name
        spot = QPoint(10, field.height() // 2)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=spot)

    def open_menu(self, name: str) -> QMenu:
        """The menu that a click on a button opens."""
        QTest.mouseMove(self.field(name))  # a menu heeds no click where the mouse has not moved
        self.click(name)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), name
        return menu

    def menu(self, name: str, action: str) -> None:
        """Open a button's menu and click an entry, named as its object or its text."""
        menu = self.open_menu(name)
        found = next(a for a in menu.actions() if action in (a.objectName(), a.text()))
        assert found.isEnabled(), action
        spot = menu.actionGeometry(found).center()
        QTest.mouseMove(menu, spot)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=spot)

    def focus(self, name: str) -> Any:
        field = self.field(name)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        assert field.hasFocus(), f"{name} takes no focus"
        return field

    def choose(self, name: str, label: str) -> None:
        """Choose an item of a combo box with the keyboard."""
        field = self.focus(name)
        wanted = field.findText(label)
        assert wanted >= 0, f"{name} does not offer {label}"
        while field.currentIndex() != wanted:
            before = field.currentIndex()
            QTest.keyClick(field, Key.Key_Down if wanted > before else Key.Key_Up)
            assert field.currentIndex() != before

    def wheel(self, name: str, notches: int) -> None:
        field = self.field(name)
        centre = QPointF(field.rect().center())
        event = QWheelEvent(
            centre,
            QPointF(field.mapToGlobal(centre.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)

    def message(self, name: str) -> str:
        """What is said under a field."""
        widget = self.field(name).parentWidget()
        while not isinstance(widget, FieldRow):
            widget = widget.parentWidget()
        return widget.message()

    def marked(self, name: str) -> bool:
        return bool(self.field(name).property("invalid"))

    def text(self, name: str) -> str:
        """The text of a label."""
        label = self.field(name)
        assert isinstance(label, QLabel)
        return label.text()

    def phase(self, index: int = 0) -> Phase:
        return self.controller.schedule.phases[index]

    def params(self, index: int = 0) -> dict[str, Any]:
        return dict(self.phase(index).params)

    def select(self, index: int | None) -> None:
        self.controller.select(Selection(index))
        QApplication.processEvents()

    def undo(self) -> None:
        self.controller.undo_stack.undo()

    def redo(self) -> None:
        self.controller.undo_stack.redo()

    @property
    def steps(self) -> int:
        """Number of undo steps."""
        return self.controller.undo_stack.count()


@pytest.fixture
def bench(qtbot: QtBot, controller: Controller, theme: Theme) -> Bench:
    panel = InspectorPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(316, 900)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return Bench(panel, controller)


@pytest.fixture
def make_panel(qtbot: QtBot, controller: Controller, theme: Theme) -> Callable[[], InspectorPanel]:
    def make() -> InspectorPanel:
        panel = InspectorPanel(controller, theme)
        qtbot.addWidget(panel)
        return panel

    return make
