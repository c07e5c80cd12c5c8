"""What is typed, and what it finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdesigner.gui.command_palette.command import Command, find, used
from lrdesigner.gui.command_palette.fuzzy import match


def commands(*titles, **more):
    return [Command(title, title, lambda: None, **more) for title in titles]


def titles(found):
    return [each.command.title for each in found]


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("cos", "Add Cosine", "Cos"),
        ("add cos", "Add Cosine", "AddCos"),
        ("cos add", "Add Cosine", "AddCos"),
        ("sal", "Select All", "SAl"),
        ("cosrest", "Cosine restarts", "Cosrest"),
        ("eta", "eta_min", "eta"),
        ("min", "eta_min", "min"),
        ("lr", "OneCycleLR", "LR"),
        ("expnential", "Exponential", "Expnential"),
        ("", "anything", ""),
    ],
)
def test_what_is_found(query, text, shown):
    found = match(query, text)
    assert found is not None
    assert "".join(text[place] for place in found.places) == shown


@pytest.mark.parametrize(
    ("query", "text"),
    [("xyz", "Add Cosine"), ("add x", "Add Cosine"), ("ane", "Add Cosine now"), ("o", "Zoom")],
)
def test_what_is_not(query, text):
    assert match(query, text) is None


def test_the_better_the_match_the_higher():
    offered = commands("Unlock", "Zoom Out", "Copy the log", "Logarithmic LR Axis", "Log")
    assert titles(find(offered, "log", ())) == ["Log", "Logarithmic LR Axis", "Copy the log"]


def test_words_around_the_title_find_it_too_but_later():
    offered = [
        *commands("Constant", words="decay of nothing"),
        *commands("Step", where="Decay"),
        *commands("Weight decay"),
    ]
    assert titles(find(offered, "decay", ()))[0] == "Weight decay"
    assert set(titles(find(offered, "decay", ()))) == {"Constant", "Step", "Weight decay"}
    assert titles(find(offered, "step decay", ())) == ["Step"]


def test_without_a_query_those_used_lately_come_first():
    offered = commands("One", "Two", "Three", "Four")
    found = find(offered, " ", ("Three", "gone", "Two"))
    assert titles(found) == ["Three", "Two", "One", "Four"]
    assert [each.recent for each in found] == [True, True, False, False]


def test_of_equal_matches_the_one_used_lately_comes_first():
    offered = commands("Save As", "Save JSON")
    assert titles(find(offered, "save", ()))[0] == "Save As"
    assert titles(find(offered, "save", ("Save JSON",)))[0] == "Save JSON"


def test_what_was_used_is_remembered_once_and_not_for_ever():
    recent: tuple[str, ...] = ()
    for command in (*"abcdefghijklmnop", "a"):
        recent = used(recent, command)
    assert recent[:2] == ("a", "p")
    assert len(recent) == len(set(recent)) == 12


@given(st.text(max_size=12), st.text(max_size=40))
def test_places_are_letters_of_the_text_and_nothing_breaks(query, text):
    found = match(query, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= place < len(text) for place in found.places)


@given(st.text(alphabet="abcdef ", max_size=30))
def test_a_text_finds_itself(text):
    assert match(text, text) is not None


def test_a_text_of_many_like_words_takes_no_time():
    assert match("a" * 20 + "b", "a " * 100) is None
