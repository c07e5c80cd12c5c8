"""Numbers in the marks of the user's locale: shown that way, and read either way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrdesigner import numerals
from lrdesigner.gui.widgets import NumberField
from lrdesigner.gui.widgets.bounds import Bounds
from lrdesigner.gui.widgets.number_text import format_grouped, parse_int, parse_number
from lrdesigner.i18n import tr, trn

BERLIN = numerals.Marks(",", ".")
PARIS = numerals.Marks(",", "\u202f")
ZURICH = numerals.Marks(".", "’")


@pytest.fixture
def marks():
    yield numerals.use_marks
    numerals.use_marks(numerals.PYTHON)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,001", 0.001),
        ("0.001", 0.001),
        ("1e-3", 0.001),
        ("2,5e-4", 2.5e-4),
        ("3,5*2", 7.0),
        ("1.251,5", 1251.5),
        ("1,251.5", 1251.5),
        ("1.280.000", 1280000),
        ("1.251", 1.251),
        ("-0,5", -0.5),
    ],
)
def test_a_decimal_comma_is_read_beside_the_point(marks, text, value):
    marks(BERLIN)
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["0,1,2", "1,,2", "1.2.3", "1,2345,6"])
def test_what_neither_way_of_writing_has_is_refused(marks, text):
    marks(BERLIN)
    with pytest.raises(ValueError, match=r"Not a number|Use a point"):
        parse_number(text)


def test_whole_numbers_may_have_thousands(marks):
    marks(BERLIN)
    assert parse_int("1.251") == parse_int("1251") == parse_int("1.280.000/1024 + 1") == 1251
    marks(PARIS)
    assert parse_int("1\u202f251") == parse_int("1 251") == 1251
    marks(ZURICH)
    assert parse_int("1’251") == parse_int("1'251") == parse_int("1,251") == 1251
    assert parse_number("0.5") == 0.5


def test_numbers_are_shown_with_the_marks(marks):
    marks(BERLIN)
    assert format_grouped(1251) == "1.251"
    assert tr("{a} of {b:,} and {c:.3g}", a=0.5, b=1251, c=1e-5) == "0,5 of 1.251 and 1e-05"
    assert trn("{count} step", "{count:,} steps", 1251) == "1.251 steps"
    assert Bounds(maximum=0.5).objection(1.25) == "Must be 0,5 or less, not 1,25"
    assert tr("{flag} {text}", flag=True, text="1,5") == "True 1,5"


def test_a_field_shows_and_takes_them(qtbot, marks):
    marks(BERLIN)
    field = NumberField()
    qtbot.addWidget(field)
    field.show()
    field.set_value(0.25)
    assert field.text() == "0,25"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0,125")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 0.125
    assert field.text() == "0,125"


def test_python_s_marks_stay_where_nobody_asked_for_others():
    assert numerals.localised("1,251.5") == "1,251.5"
    assert numerals.marks() == numerals.PYTHON
    numerals.use_marks(numerals.Marks("", ","))
    assert numerals.marks() == numerals.PYTHON
