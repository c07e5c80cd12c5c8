from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.gui.widgets.number_text import (
    format_grouped,
    format_number,
    parse_int,
    parse_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-3", 1e-3),
        ("0.001", 1e-3),
        (".5", 0.5),
        ("5.", 5.0),
        ("3e-4*2", 6e-4),
        ("1/3", 1 / 3),
        ("-2", -2),
        ("+2", 2),
        ("(1 + 2) * 3", 9),
        ("2**10", 1024.0),
        ("10**-3", 1e-3),
        ("1,251", 1251),
        ("1,280,000/1,024", 1250.0),
        ("1_000", 1000),
        ("1e−3", 1e-3),
        ("6 × 7", 42),
        ("1 ÷ 4", 0.25),
        ("125\u202f100 * 1".replace("\u202f", ""), 125100),
        ("  7  ", 7),
    ],
)
def test_numbers_and_plain_arithmetic(text: str, value: float) -> None:
    parsed = parse_number(text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Not a number"),
        ("abc", "Not a number"),
        ("pi", "Not a number"),
        ("1e-", "Not a number"),
        ("1 2", "Not a number"),
        ("True", "Not a number"),
        ("'1'", "Not a number"),
        ("1j", "Not a number"),
        ("[1]", "Not a number"),
        ("abs(1)", "Not a number"),
        ("__import__('os').system('x')", "Not a number"),
        ("(lambda: 1)()", "Not a number"),
        ("1 if 1 else 2", "Not a number"),
        ("1 < 2", "Not a number"),
        ("~1", "Not a number"),
        ("1 << 99999", "Not a number"),
        ("7 // 2", "Not a number"),
        ("(-8) ** 0.5", "Not a number"),
        ("x = 1", "Not a number"),
        ("1\x00", "Not a number"),
        ("1/0", "Division by zero"),
        ("0 ** -1", "Division by zero"),
        ("9**9**9", "Too large"),
        ("1e999", "Too large"),
        ("1e308 * 10", "Too large"),
        ("1e999 - 1e999", "Too large"),
        ("1" * 101, "Too long"),
        ("(" * 99, "Not a number"),
        ("-" * 99, "Not a number"),
        ("0,001", "Use a point"),
        ("1,5", "Use a point"),
        ("1,2345", "Use a point"),
        ("1,000.5,5", "Use a point"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "value"), [("50", 50), ("1e3", 1000), ("1280000/1024", 1250), ("2**20", 1 << 20)]
)
def test_whole_numbers(text: str, value: int) -> None:
    parsed = parse_int(text)
    assert parsed == value
    assert type(parsed) is int


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(ValueError, match=r"^Must be a whole number, not 2\.5$"):
        parse_int("5/2")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_survives_being_shown_and_read(value: float) -> None:
    assert float(parse_number(format_number(value))) == value
    assert float(parse_number(format_grouped(value))) == value


@given(st.integers(-(10**30), 10**30))
def test_a_whole_number_survives_being_shown_and_read(value: int) -> None:
    assert parse_int(format_number(value)) == value
    assert parse_int(format_grouped(value)) == value


def test_numbers_are_shown_shortest() -> None:
    assert [format_number(v) for v in (0.001, 1e-5, 50, 1.0)] == ["0.001", "1e-05", "50", "1.0"]
    assert format_grouped(125100) == "125,100"
    assert format_grouped(125100.0) == "125100.0"
