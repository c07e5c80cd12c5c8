"""The menus' mnemonics: one letter, one entry."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.i18n import LANGUAGES

_MARKED = re.compile(r"(?<!&)&([^&])")


def entries(holder: QWidget) -> list[QAction]:
    return [action for action in holder.actions() if not action.isSeparator()]


def letters(holder: QWidget) -> list[str]:
    found = (_MARKED.search(action.text()) for action in entries(holder))
    return [match[1].lower() for match in found if match]


def menus(window) -> list[QMenu]:
    found = window.menuBar().findChildren(QMenu)
    for menu in found:
        menu.aboutToShow.emit()  # some are filled only now
    return [menu for menu in found if menu.actions()]


@pytest.fixture(params=LANGUAGES)
def window(make_window_in, request):
    return make_window_in(request.param)


def test_no_letter_stands_twice_in_a_menu(window):
    assert len(menus(window)) >= 5
    for holder in (window.menuBar(), *menus(window)):
        counts = Counter(letters(holder))
        twice = {letter for letter, count in counts.items() if count > 1}
        assert not twice, (holder.objectName(), twice)


def test_every_entry_of_the_view_menu_has_one(window):
    (view,) = [menu for menu in menus(window) if menu.objectName() == "menu_view"]
    assert len(letters(view)) == len(entries(view))
