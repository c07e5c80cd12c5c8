from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lrdesigner.gui.theme import DARK, LIGHT, Theme, icon
from lrdesigner.gui.widgets import CollapsibleSection, SegmentedControl


def shown_color(widget: QWidget, place: QPoint) -> str:
    return widget.grab().toImage().pixelColor(place).name()


def test_the_scheme_can_be_chosen_and_switched(qapp: QApplication) -> None:
    theme = Theme("dark")
    changed = QSignalSpy(theme.changed)
    assert (theme.setting, theme.scheme, theme.tokens) == ("dark", "dark", DARK)
    theme.set_scheme("light")
    assert (theme.scheme, theme.tokens, changed.count()) == ("light", LIGHT, 1)
    theme.set_scheme("light")
    assert changed.count() == 1
    assert theme.color("accent_text") == QColor(LIGHT.accent_text)


class FakeHints:
    def __init__(self) -> None:
        self.scheme = Qt.ColorScheme.Unknown

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme


def test_system_follows_the_desktop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    # The offscreen platform knows no schemes, so that the desktop is played here.
    hints = FakeHints()
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.styleHints", lambda: hints)
    theme = Theme("system")
    changed = QSignalSpy(theme.changed)
    assert theme.scheme == "dark"
    hints.scheme = Qt.ColorScheme.Light
    theme.refresh()
    assert (theme.scheme, changed.count()) == ("light", 1)
    theme.refresh()
    assert changed.count() == 1


def test_a_chosen_scheme_does_not_follow_the_desktop(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = FakeHints()
    hints.scheme = Qt.ColorScheme.Light
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.styleHints", lambda: hints)
    theme = Theme("dark")
    theme.refresh()
    assert theme.scheme == "dark"


def test_apply_styles_the_application_and_switching_restyles_it(app: QApplication) -> None:
    theme = Theme("dark")
    theme.apply(app)
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.panel
    assert app.palette().color(QPalette.ColorRole.Accent).name() == DARK.accent
    assert DARK.raised in app.styleSheet()
    theme.set_scheme("light")
    assert app.palette().color(QPalette.ColorRole.Window).name() == LIGHT.panel
    assert LIGHT.raised in app.styleSheet()
    assert DARK.raised not in app.styleSheet()


def test_changed_comes_after_the_restyling(app: QApplication) -> None:
    theme = Theme("dark")
    theme.apply(app)
    seen: list[str] = []

    def look() -> None:
        seen.append(app.palette().color(QPalette.ColorRole.Window).name())

    theme.changed.connect(look)
    theme.set_scheme("light")
    assert seen == [LIGHT.panel]


def test_an_open_field_is_repainted_by_a_switch(app: QApplication, qtbot: QtBot) -> None:
    theme = Theme("dark")
    theme.apply(app)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(120, 30)
    field.show()
    assert shown_color(field, QPoint(60, 5)) == DARK.raised
    theme.set_scheme("light")
    assert shown_color(field, QPoint(60, 5)) == LIGHT.raised


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox, QPushButton])
def test_fields_and_buttons_are_30_pixels_high(
    app: QApplication, qtbot: QtBot, kind: type[QWidget]
) -> None:
    Theme("dark").apply(app)
    widget = kind()
    qtbot.addWidget(widget)
    widget.show()
    assert widget.sizeHint().height() == 30


def test_the_status_bar_is_26_pixels_high(app: QApplication, qtbot: QtBot) -> None:
    Theme("dark").apply(app)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.statusBar().addWidget(QLabel("125,100 steps"))
    window.show()
    assert window.statusBar().height() == 26


def test_a_tool_bar_of_icons_is_48_pixels_high(app: QApplication, qtbot: QtBot) -> None:
    theme = Theme("dark")
    theme.apply(app)
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = window.addToolBar("Main")
    bar.setIconSize(QSize(18, 18))
    bar.addAction(icon("undo", theme), "Undo")
    window.show()
    assert bar.height() == 48


def test_a_field_with_the_focus_is_seen_to_have_it(app: QApplication, qtbot: QtBot) -> None:
    Theme("dark").apply(app)
    host = QWidget()
    qtbot.addWidget(host)
    field = QLineEdit(host)
    field.resize(120, 30)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(field.hasFocus)
    assert shown_color(field, QPoint(60, 0)) == DARK.accent
    field.setProperty("invalid", True)
    field.style().unpolish(field)
    field.style().polish(field)
    assert shown_color(field, QPoint(60, 0)) == DARK.error


def variant(name: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        button = QPushButton("Text")
        button.setProperty("variant", name)
        return button

    return make


def item_list() -> QWidget:
    items = QListWidget()
    items.addItems(["one", "two"])
    items.setCurrentRow(0)
    return items


def tab_bar() -> QWidget:
    tabs = QTabBar()
    tabs.addTab("one")
    return tabs


FOCUSABLE: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Text"),
    "primary": variant("primary"),
    "flat": variant("flat"),
    "link": variant("link"),
    "tool button": QToolButton,
    "check box": lambda: QCheckBox("Text"),
    "radio button": lambda: QRadioButton("Text"),
    "combo box": QComboBox,
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "list": item_list,
    "tabs": tab_bar,
    "segments": lambda: SegmentedControl([("a", "Linear"), ("b", "Log")]),
    "section": lambda: CollapsibleSection("Text", QLabel("content")),
}


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("kind", FOCUSABLE)
def test_the_focus_is_seen_wherever_the_keyboard_can_go(
    app: QApplication, qtbot: QtBot, kind: str, scheme: Literal["dark", "light"]
) -> None:
    Theme(scheme).apply(app)
    host = QWidget()
    qtbot.addWidget(host)
    other = QPushButton("other", host)
    widget = FOCUSABLE[kind]()
    column = QVBoxLayout(host)
    column.addWidget(other)
    column.addWidget(widget)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(other.hasFocus)
    before = widget.grab().toImage()
    host.focusNextChild()
    assert widget is app.focusWidget() or widget.isAncestorOf(app.focusWidget())
    assert widget.grab().toImage() != before


def test_the_primary_button_is_filled_with_the_accent(app: QApplication, qtbot: QtBot) -> None:
    Theme("light").apply(app)
    button = QPushButton("Export")
    button.setProperty("variant", "primary")
    qtbot.addWidget(button)
    button.show()
    assert shown_color(button, QPoint(8, 15)) == LIGHT.accent


def test_fonts_have_the_design_sizes_and_tabular_figures(app: QApplication) -> None:
    theme = Theme("dark")
    theme.apply(app)
    assert QFontInfo(theme.font("ui")).pixelSize() == 13
    assert QFontInfo(theme.font("title")).pixelSize() == 14
    assert QFontInfo(theme.font("small")).pixelSize() == 12
    assert theme.font("title").weight() == QFont.Weight.DemiBold
    code = QFontMetricsF(theme.font("code"))
    assert code.horizontalAdvance("i") == code.horizontalAdvance("W")
    assert [bytes(tag.toString()) for tag in app.font().featureTags()] == [b"tnum"]


def test_tabular_figures_survive_the_style_sheet(app: QApplication, qtbot: QtBot) -> None:
    Theme("dark").apply(app)
    label = QLabel("123")
    label.setProperty("role", "help")
    qtbot.addWidget(label)
    label.show()
    assert label.font().pixelSize() == 12
    assert label.font().featureTags()
