"""The language of the window: chosen in the View menu, in use from the next start on."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

from lrdesigner import i18n, numerals
from lrdesigner.engine import worker
from lrdesigner.gui import language
from lrdesigner.i18n import plain, tr_in


@pytest.fixture
def chinese_window(make_window_in):
    return make_window_in("zh_CN")


def choose(window, key):
    actions = {a.data(): a for a in window.actions_.menu("language").actions()}
    actions[key].trigger()
    return window.findChild(QMessageBox, "language_note")


def test_the_menu_offers_every_language_under_its_own_name(make_window):
    menu = make_window().actions_.menu("language")
    assert [a.text() for a in menu.actions()][1:] == ["English", "简体中文"]
    assert [a.data() for a in menu.actions() if a.isChecked()] == ["system"]


def test_a_choice_is_kept_and_says_when_it_counts_in_the_language_chosen(make_window, tmp_path):
    window = make_window()
    note = choose(window, "zh_CN")
    assert note.text() == tr_in("zh_CN", language._RESTART)
    assert i18n.language() == "en"
    note.accept()
    window.close()
    kept = json.loads((tmp_path / "settings" / "settings.json").read_text())
    assert kept["language"] == "zh_CN"


def test_nothing_is_said_where_nothing_changes(make_window):
    assert choose(make_window(), "en") is None  # the system of the tests is English


def test_a_window_starts_in_the_language_that_was_chosen(chinese_window):
    assert i18n.language() == "zh_CN"
    assert chinese_window.menuBar().actions()[0].text() == i18n.tr("&File")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text() == "取消"  # Qt's own


def test_another_window_in_english_is_english(chinese_window, make_window_in, qapp):
    window = make_window_in("en")
    assert window.menuBar().actions()[0].text() == "&File"
    assert not [t for t in qapp.findChildren(QTranslator) if t.filePath()]


def test_the_system_decides_until_somebody_does(monkeypatch):
    class System:
        def uiLanguages(self):
            return ["zh-Hans-CN", "zh-CN", "en-US"]

    monkeypatch.setattr(language.QLocale, "system", System)
    assert language.chosen("system") == "zh_CN"
    assert language.chosen("en") == "en"


def test_the_worker_is_told_language_and_marks(languages):
    i18n.use("zh_CN")
    numerals.use_marks(numerals.Marks(",", "\u202f"))
    line, _ = worker.command()
    assert all(part.isascii() for part in line[1:])
    assert json.loads(line[-1]) == ["zh_CN", ",", "\u202f"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("&Open…", "Open…"), ("打开(&O)…", "打开…"), ("a && b", "a & b"), ("plain", "plain")],
)
def test_a_mnemonic_is_no_part_of_the_words(text, shown):
    assert plain(text) == shown
