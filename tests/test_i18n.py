"""Texts in the language of the process."""

from __future__ import annotations

import gettext

import pytest

from lrdesigner import i18n
from lrdesigner.i18n import mark, tr, trn


class Shouting(gettext.NullTranslations):
    def gettext(self, message):
        return message.upper().replace("{NAME}", "{name}")

    def ngettext(self, one, many, count):
        return f"{{count}} x {'one' if count == 1 else 'many'} {{name}}"


@pytest.fixture
def shouting(monkeypatch):
    monkeypatch.setattr(i18n, "_translations", Shouting())


def test_english_is_what_stands_in_the_code():
    assert tr("Undo") == "Undo"
    assert tr("") == ""
    assert tr("{literal}") == "{literal}"
    assert tr("{name} of {total}", name="a", total=3) == "a of 3"
    assert trn("{count} step", "{count} steps", 1) == "1 step"
    assert trn("{count} step", "{count} steps", 1251, count="1,251") == "1,251 steps"


def test_another_language_is_looked_up_before_values_are_put_in(shouting):
    marked = mark("hello {name}")
    assert marked == "hello {name}"
    assert tr(marked, name="you") == "HELLO you"
    assert trn("", "", 1, name="thing") == "1 x one thing"
    assert trn("", "", 2, name="thing") == "2 x many thing"


@pytest.mark.parametrize("value", ["zh_CN.UTF-8", "zh_SG", "zh_Hans_CN"])
def test_the_environment_says_which_language(monkeypatch, value):
    monkeypatch.setenv("LC_ALL", value)
    assert i18n._system() == "zh_CN"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert i18n._system() == "en"


def test_a_language_that_is_not_there_is_english():
    assert i18n.use("tlh") == "en"
    assert tr("Undo") == "Undo"


@pytest.fixture
def chinese():
    i18n.use("zh_CN")
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("text", "values", "shown"),
    [
        ("对比 {name}", {"name": "本方案"}, "对比本方案"),
        ("对比 {name}", {"name": "baseline"}, "对比 baseline"),
        ("{a}且{b}的数", {"a": "大于 0", "b": "不大于 1"}, "大于 0 且不大于 1 的数"),
        ("{a} {b}", {"a": "阶段", "b": "余弦"}, "阶段 余弦"),
        ("{name} 中", {"name": "（无）"}, "（无）中"),
        ("{count}步", {"count": 3}, "3步"),
        ("{{i}} 用于 {name}", {"name": "层"}, "{i} 用于层"),
        ("{name!r} 与 {name}", {"name": "组"}, "'组' 与组"),
    ],
)
def test_chinese_has_spaces_beside_latin_only(chinese, text, values, shown):
    assert tr(text, **values) == shown
