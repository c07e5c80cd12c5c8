"""Large counts, read and written."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.amounts import amount_text, without_sizes
from lrdesigner.axes import count_labels
from lrdesigner.gui.widgets.number_text import parse_int, parse_number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (7, "7"),
        (1251, "1,251"),
        (999_499, "999,499"),
        (999_999, "1 M"),
        (1_281_167, "1.28 M"),
        (128_000_000, "128 M"),
        (999_600_000, "1 B"),
        (300_000_477_184, "300 B"),
        (3_100_997_386_240, "3.1 T"),
        (14_800_000_000_000_000, "14,800 T"),
        (62_914_560, "62.9 M"),
    ],
)
def test_three_digits_and_a_sign(number, text):
    assert amount_text(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.28M", 1_280_000),
        ("1.28 m", 1_280_000),
        ("300B", 300_000_000_000),
        ("300 billion", 300_000_000_000),
        ("2 Trillion", 2_000_000_000_000),
        ("15T", 15_000_000_000_000),
        ("100k", 100_000),
        ("50 thousand", 50_000),
        ("1024*8", 8192),
        ("1.28M / 1024", 1250),
        ("1,281,167", 1_281_167),
        ("4.35M", 4_350_000),  # 4.35 * 1e6 is a little less in floats
        ("2 × 64k", 128_000),
        ("1e3k", 1_000_000),
        (".5M", 500_000),
        ("10G", 10_000_000_000),
    ],
)
def test_what_people_type_for_a_count(text, number):
    assert parse_int(text) == number


@pytest.mark.parametrize("text", ["M", "1.28X", "1.28MB", "k5", "1 M 2", "3 dozen", "1.2.3M"])
def test_what_is_no_count(text):
    with pytest.raises(ValueError, match=r"write something like 50000, 1\.28M or 1024\*8"):
        parse_int(text)


def test_a_part_of_a_sample_is_refused():
    with pytest.raises(ValueError, match=r"Must be a whole number, not 1234\.5"):
        parse_int("1.2345k")


def test_an_lr_knows_no_millions():
    """3m may be meant as milli there."""
    with pytest.raises(ValueError, match="Not a number"):
        parse_number("3m")


@given(st.integers(1, 10**18))
def test_what_is_shown_reads_back_to_three_digits(number):
    shown = parse_int(amount_text(number))
    assert shown == pytest.approx(number, rel=5.1e-3)


@given(st.text(alphabet="0123456789.kMBT +-*/e", max_size=20))
def test_whatever_is_typed_is_a_number_or_refused_in_words(text):
    without_sizes(text)
    with contextlib.suppress(ValueError):
        assert isinstance(parse_int(text), int)


@pytest.mark.parametrize(
    ("ticks", "labels"),
    [
        ([0, 1e12, 2e12, 3e12], ["0", "1T", "2T", "3T"]),
        ([0, 1e11, 2e11], ["0", "100B", "200B"]),
        ([0, 5e8, 1e9, 1.5e9], ["0", "500M", "1,000M", "1,500M"]),
        ([0, 5e5, 1e6, 1.5e6], ["0", "500,000", "1,000,000", "1,500,000"]),
        ([0, 1e6, 2e6], ["0", "1M", "2M"]),
        ([123_456_000, 123_456_500, 123_457_000], ["123.456M", "123.4565M", "123.457M"]),
        ([1e12 + 1, 1e12 + 2], ["1,000,000,000,001", "1,000,000,000,002"]),
    ],
)
def test_labels_of_an_axis_differ_as_its_ticks_do(ticks, labels):
    assert count_labels(ticks) == labels
