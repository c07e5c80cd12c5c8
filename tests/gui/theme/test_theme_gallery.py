from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from theme_gallery import Gallery

from lrdesigner.gui.theme import Theme


def test_everything_together_can_be_shown_in_both_themes(app: QApplication, qtbot: QtBot) -> None:
    """Warnings of Qt (an unknown property, a style sheet it cannot parse) fail the test."""
    theme = Theme("dark")
    theme.apply(app)
    window = Gallery(theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    dark = window.grab().toImage()
    theme.set_scheme("light")
    light = window.grab().toImage()
    assert dark.size() == light.size()
    assert dark.pixelColor(700, 60).lightness() < 60
    assert light.pixelColor(700, 60).lightness() > 200


def test_nothing_moves_when_a_field_takes_the_focus_or_is_marked(
    app: QApplication, qtbot: QtBot
) -> None:
    theme = Theme("dark")
    theme.apply(app)
    window = Gallery(theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()

    def places() -> list[tuple[str, object]]:
        return [(type(w).__name__, w.geometry()) for w in window.findChildren(QWidget)]

    QApplication.processEvents()
    before = places()
    window.first_field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(window.first_field.hasFocus)
    window.first_field.set_error("wrong")
    QApplication.processEvents()
    assert places() == before


def test_buttons_are_at_least_22_pixels_high(app: QApplication, qtbot: QtBot) -> None:
    theme = Theme("dark")
    theme.apply(app)
    window = Gallery(theme)
    qtbot.addWidget(window)
    window.show()
    small = [
        (type(button).__name__, button.text(), button.height())
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.height() < 22 and type(button).__name__[0] != "Q"
    ]
    assert not small
