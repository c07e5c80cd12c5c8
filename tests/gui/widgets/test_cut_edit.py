"""Fields that have no room for all of their text say so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget

from lrdesigner.gui.widgets import ChoiceField, NumberField, ValueEdit

LONG = 1.2345678901234568e-05


@pytest.fixture
def form(qtbot, theme):
    """A field for numbers, one for text, one that has the focus."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    number, words, other = NumberField(), ValueEdit(str), QLineEdit()
    for widget in (number, words, other):
        column.addWidget(widget)
    qtbot.addWidget(holder)
    holder.resize(150, 160)
    holder.show()
    qtbot.waitExposed(holder)
    other.setFocus()
    number.set_value(LONG)
    words.set_value("10, 20, 30, 40, 50, 60, 70, 80")
    number.set_help("Start factor.")
    return number, words, other, holder


def test_the_exponent_is_never_cut(form):
    number, words, *_ = form
    assert number.is_cut()
    assert number.shown_text().startswith("1.23")
    assert number.shown_text().endswith("…e-05")
    assert number.text() == "1.2345678901234568e-05", "the text itself is whole"
    assert words.shown_text().startswith("10, 20")
    assert words.shown_text().endswith("…")


def test_what_is_seen_fits(form):
    for field in form[:2]:
        assert field.fontMetrics().horizontalAdvance(field.shown_text()) < field.width() - 16


def test_what_is_painted_is_what_a_line_edit_paints_of_the_shorter_text(form):
    number = form[0]
    cut, shown = number.grab().toImage(), number.shown_text()
    number.setText(shown)
    assert not number.is_cut()
    assert number.grab().toImage() == cut


def test_the_tool_tip_has_all_of_it(form, qtbot):
    number = form[0]
    assert number.full_tip() == "1.2345678901234568e-05\nStart factor."
    spot = QPoint(5, 5)
    event = QHelpEvent(QEvent.Type.ToolTip, spot, number.mapToGlobal(spot))
    QApplication.sendEvent(number, event)
    assert QToolTip.text() == number.full_tip()
    QToolTip.hideText()


def test_with_the_focus_nothing_is_cut(form):
    number = form[0]
    number.setFocus()
    assert not number.is_cut()
    assert number.full_tip() == "Start factor."


def test_with_room_nothing_is_cut(form):
    number, words, _, holder = form
    holder.resize(500, 160)
    QApplication.processEvents()
    assert not number.is_cut()
    assert not words.is_cut()


def test_a_choice_shows_a_value_that_is_none_of_its_options(qtbot):
    field = ChoiceField([("cos", "cos"), ("linear", "linear")])
    qtbot.addWidget(field)
    field.set_value("x")
    assert (field.currentIndex(), field.placeholderText()) == (-1, "x")
    field.set_value("linear")
    assert (field.currentText(), field.placeholderText()) == ("linear", "")


def test_a_choice_without_room_is_cut_with_a_mark(qtbot, theme):
    """The last letters before the arrow are dots, not half a letter."""
    wide = ChoiceField([("a", "optimizer step")])
    dots = ChoiceField([("a", "…")])
    for field in (wide, dots):
        qtbot.addWidget(field)
        field.resize(100, 30)
        field.show()
    assert wide.cut_text() == wide.cut_text().rstrip("…") + "…"
    assert dots.cut_text() == "…"
    wide.resize(300, 30)
    assert wide.cut_text() == "optimizer step"
