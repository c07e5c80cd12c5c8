"""Lengths in the marks of the user's locale: shown that way, and read either way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrdesigner import numerals
from lrdesigner.gui.boundary_typing import boundary_fields, type_boundary
from lrdesigner.gui.canvas.summary import summary
from lrdesigner.gui.length_words import parse_length
from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import ValueEdit

BERLIN = numerals.Marks(",", ".")


@pytest.fixture
def berlin():
    numerals.use_marks(BERLIN)
    yield
    numerals.use_marks(numerals.PYTHON)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("2,5 epochs", "2.5 epochs"),
        ("2.5 epochs", "2.5 epochs"),
        ("12,5 %", "12.5%"),
        ("2.000 steps", "2000 steps"),
        ("1.280.000 steps", "1280000 steps"),
        ("1,5k steps", "1500 steps"),
        ("2.500 epochs", "2.5 epochs"),
        ("2,500 epochs", "2.5 epochs"),
        ("rest", "rest"),
    ],
)
def test_a_length_is_read_with_a_decimal_comma(berlin, typed, length):
    assert parse_length(typed) == length


@pytest.mark.parametrize(
    ("typed", "length"),
    [("2.5 epochs", "2.5 epochs"), ("2,000 steps", "2000 steps")],
)
def test_and_with_a_point_elsewhere(typed, length):
    assert parse_length(typed) == length


@pytest.mark.parametrize(
    ("marks", "typed", "small", "large"),
    [
        (BERLIN, "2,000 steps", "2", "2000"),
        (BERLIN, "2,500 steps", "2,5", "2500"),
        (BERLIN, "1,000 epochs", "1", "1000"),
        (BERLIN, "1.000 epochs", "1", "1000"),
        (numerals.PYTHON, "2.000 steps", "2", "2000"),
        (numerals.PYTHON, "1.000 epochs", "1", "1000"),
    ],
)
def test_thousands_that_are_a_fraction_here_are_asked_about(marks, typed, small, large):
    numerals.use_marks(marks)
    try:
        with pytest.raises(ValueError, match="may mean") as caught:
            parse_length(typed)
    finally:
        numerals.use_marks(numerals.PYTHON)
    assert str(caught.value).endswith(f"may mean {small} or {large}; write one of these")


def test_the_field_shows_and_takes_a_comma_and_the_document_has_a_point(make_window):
    window = make_window()
    numerals.use_marks(BERLIN)
    try:
        window.controller.select(Selection(0))
        field = window.findChild(ValueEdit, "phase_length")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "2,5 epochs")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert window.schedule.phases[0].length == "2.5 epochs"
        assert field.text() == "2,5 epochs"
        assert not field.has_pending_text()
        total = f"{window.schedule.steps:,}".replace(",", ".")
        assert total in summary(window.controller)
    finally:
        numerals.use_marks(numerals.PYTHON)


def test_a_boundary_too(berlin, controller):
    type_boundary(controller, controller.part, 0, {"length": "1,5 epochs"})
    assert controller.schedule.phases[0].length == "1.5 epochs"
    fields = {field.name: field.text for field in boundary_fields(controller, controller.part, 0)}
    assert fields["length"] == "1,5 epochs"
    type_boundary(controller, controller.part, 0, {"end": "2,5"})
    assert controller.schedule.phases[0].length == "2.5 epochs"
