"""Language and theme are found by what people call them, whatever the window speaks."""

from __future__ import annotations

import pytest
from test_command_palette import open_palette, ready, titles

from lrdesigner import i18n

CHINESE, ENGLISH = "简体中文", "English"


@pytest.fixture(params=["en", "zh_CN"])
def window(request, make_window, qtbot):
    i18n.use(request.param)
    yield ready(make_window(), qtbot)
    i18n.use("en")


def found(window, query: str) -> list[str]:
    box = open_palette(window)
    box.search.setText(query)
    return titles(box)


@pytest.mark.parametrize(
    ("query", "first"),
    [("chinese", CHINESE), ("中文", CHINESE), ("Chinesisch", CHINESE), ("mandarin", CHINESE),
     ("english", ENGLISH), ("英文", ENGLISH), ("Englisch", ENGLISH)],
)  # fmt: skip
def test_a_language_is_found_by_its_name_in_another(window, query, first):
    assert found(window, query)[0] == first


@pytest.mark.parametrize("query", ["language", "语言", "Sprache"])
def test_all_are_found_by_what_they_are(window, query):
    assert {CHINESE, ENGLISH} <= set(found(window, query)[:3])


@pytest.mark.parametrize("query", ["german", "Deutsch", "日本語"])
def test_a_language_that_is_not_there_finds_one_that_many_read(window, query):
    assert found(window, query)[0] == ENGLISH


@pytest.mark.parametrize("query", ["theme", "dark mode", "主题", "深色", "color scheme", "night"])
def test_themes_are_found_in_both_languages(window, query):
    box = open_palette(window)
    box.search.setText(query)
    ids = [each.command.id for each in box.found()]
    assert "action_theme_dark" in ids[:3]


def test_what_it_is_called_in_english_finds_it_in_another_language(window):
    box = open_palette(window)
    box.search.setText("duplicate")
    assert "action_duplicate_phase" in [each.command.id for each in box.found()]
