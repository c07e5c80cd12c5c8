"""The help window: the ways to it, the search, the page."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from lrdesigner.catalog import schedulers
from lrdesigner.gui.help import HelpWindow
from lrdesigner.gui.help.entries import MENTIONED, entries
from lrdesigner.gui.palette.rows import Heading
from lrdesigner.gui.state import Selection
from lrdesigner.params.words import default_text, limits_text, unit_words

Key = Qt.Key
ALL = [spec.key for spec in schedulers()]


@pytest.fixture
def help_window(qtbot, theme):
    window = HelpWindow(theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    window.page.formula.close_worker()


@pytest.fixture
def window(make_window):
    window = make_window()
    window.activateWindow()
    return window


def opened(window) -> HelpWindow:
    (found,) = [each for each in window.findChildren(HelpWindow) if each.isVisible()]
    return found


def text(help_window, name) -> str:
    label = help_window.findChild(QLabel, name)
    assert label is not None, name
    return label.text()


# Ways to it


def test_f1_opens_the_page_of_the_selected_phase(window):
    window.controller.select(Selection(len(window.schedule.phases) - 1))
    window.timeline.setFocus()
    QTest.keySequence(window.timeline, QKeySequence("F1"))
    assert opened(window).page.key == window.schedule.phases[-1].scheduler
    assert not opened(window).isModal()


def test_f1_on_a_card_opens_the_page_of_that_card(window):
    panel = window.palette_panel
    panel.focus_search()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Down)
    while not panel.focused_scheduler():
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Right)
    card = panel.focused_scheduler()
    window.controller.select(Selection(1))
    QTest.keySequence(QApplication.focusWidget(), QKeySequence("F1"))
    assert opened(window).page.key == card


def test_the_menu_has_it(window):
    menu = window.menuBar().findChild(QMenu, "menu_help")
    action = window.actions_["help"]
    assert action in menu.actions()
    assert action.shortcut() == QKeySequence("F1")
    action.trigger()
    first = opened(window)
    action.trigger()
    assert opened(window) is first, "there is one help window"


def test_the_context_menu_of_a_card_has_it(window):
    panel = window.palette_panel
    rect = panel.entry_rect("rex")
    cards = panel.findChild(QWidget, "palette_cards").viewport()
    place = cards.mapFrom(panel, rect.center())
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(cards, QContextMenuEvent(reason, place, cards.mapToGlobal(place)))
    (menu,) = [m for m in panel.findChildren(QMenu, "palette_menu") if m.isVisible()]
    insert, ask = menu.actions()
    assert "REX" in ask.text()
    ask.trigger()
    menu.close()
    assert opened(window).page.key == "rex"
    count = len(window.schedule.phases)
    insert.trigger()
    assert len(window.schedule.phases) == count + 1


def test_the_inspector_leads_to_it(window):
    window.controller.select(Selection(0))
    QApplication.processEvents()
    window.inspector.findChild(QPushButton, "explain_more").click()
    assert opened(window).page.key == window.schedule.phases[0].scheduler


def test_a_scheduler_that_is_not_known_leads_to_the_help_all_the_same(window):
    window._help.open_page("MyLR")
    assert opened(window).page.key in ALL


def test_it_closes_with_the_window_and_comes_back_where_it_was(make_window, tmp_path):
    first = make_window()
    first._help.open_page("rex")
    opened(first).resize(790, 500)
    QApplication.processEvents()
    first.close()
    assert not first.findChild(HelpWindow).isVisible()
    saved = json.loads((tmp_path / "settings" / "settings.json").read_text())
    assert saved["help_geometry"]
    second = make_window()
    second._help.open_page("rex")
    assert opened(second).size().toTuple() == (790, 500)


# The list


def test_everything_is_listed_under_its_category(help_window):
    assert help_window.listed() == ALL
    titles = [entry.title for entry in entries("") if isinstance(entry, Heading)]
    assert titles == list(dict.fromkeys(spec.category.title for spec in schedulers()))


def test_the_search_narrows_the_list_and_opens_the_best_page(help_window):
    help_window.search.setFocus()
    QTest.keyClicks(help_window.search, "rex")
    assert help_window.listed()[0] == "rex"
    assert help_window.page.key == "rex"
    QTest.keyClick(help_window.search, Key.Key_Escape)
    assert help_window.isVisible(), "Esc clears first"
    assert help_window.listed() == ALL
    QTest.keyClick(help_window.search, Key.Key_Escape)
    assert not help_window.isVisible()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Adagrad LBFGS", "CyclicLR"),  # a trap
        ("floor_applies_to", "wsd"),  # a parameter
        ("milestone that stands twice", "MultiStepLR"),  # a rule's own words
        ("ReLoRA authors", "relora_cosine"),  # its use
    ],
)
def test_the_words_of_a_page_are_found(query, key):
    found = entries(query)
    assert key in [entry.key for entry in found if not isinstance(entry, Heading)]
    named = [entry for entry in found if isinstance(entry, Heading)]
    assert named[-1].title == MENTIONED


def test_what_is_called_so_stands_before_what_mentions_it():
    found = entries("cosine")
    places = {e.key: n for n, e in enumerate(found) if not isinstance(e, Heading)}
    mentioned = next(n for n, e in enumerate(found) if getattr(e, "name", "") == "mentioned")
    assert places["CosineAnnealingLR"] < mentioned < places["wsd"] or "wsd" not in places


def test_nothing_found_says_so_and_leads_back(help_window):
    help_window.search.setText("xyzzy")
    nothing = help_window.findChild(QWidget, "help_nothing")
    assert nothing.isVisible()
    nothing.findChild(QPushButton).click()
    assert help_window.listed() == ALL
    assert help_window.view.isVisible()


def test_the_keyboard_goes_through_the_list(help_window):
    help_window.search.setFocus()
    QTest.keyClick(help_window.search, Key.Key_Down)
    assert help_window.view.hasFocus()
    first = help_window.page.key
    QTest.keyClick(help_window.view, Key.Key_Down)
    assert help_window.page.key == ALL[ALL.index(first) + 1]


def test_a_page_that_the_search_hides_can_be_asked_for(help_window):
    help_window.search.setText("rex")
    assert help_window.open_page("StepLR")
    assert help_window.page.key == "StepLR"
    assert help_window.listed() == ALL
    assert not help_window.open_page("MyLR")
    assert help_window.page.key == "StepLR"


# The page


def test_pages_say_everything(qtbot, help_window):
    help_window.resize(780, 700)  # the least width on a screen that has room; else pages scroll
    for spec in schedulers():  # one window for all: making one takes longer than looking at it
        help_window.open_page(spec.key)
        look_at_page(qtbot, help_window, spec)


def look_at_page(qtbot, help_window, spec):
    assert text(help_window, "help_title") == spec.title
    assert spec.key in text(help_window, "help_key")
    assert text(help_window, "help_summary") == spec.summary
    assert text(help_window, "help_use") == spec.use
    assert text(help_window, "help_formula") == spec.formula
    traps = help_window.page.findChildren(QLabel, "trap_text")
    said = [trap.text() for trap in traps if trap.isVisibleTo(help_window.page)]
    assert sorted(said) == sorted(trap.text for trap in spec.traps)
    qtbot.waitUntil(help_window.page.formula.is_drawn)
    shown = [label.text() for label in help_window.page.findChildren(QLabel)]
    for param in spec.params:
        assert text(help_window, f"name_of_{param.name}") == param.name
        assert text(help_window, f"help_of_{param.name}") == param.help
        assert default_text(param) in shown
        assert limits_text(param) in shown
        if unit_words(param):
            assert text(help_window, f"unit_of_{param.name}") == unit_words(param)
    bar = help_window.page.horizontalScrollBar()
    assert bar.maximum() == 0
    assert help_window.page.verticalScrollBar().value() == 0


def test_the_button_puts_it_on_the_timeline(window):
    window._help.open_page("rex")
    before = len(window.schedule.phases)
    opened(window).findChild(QPushButton, "help_insert").click()
    assert len(window.schedule.phases) == before + 1
    part = window.controller.part
    assert part.schedule.phases[part.phase].scheduler == "rex"
    window.controller.undo_stack.undo()
    assert len(window.schedule.phases) == before


def test_numbers_are_those_of_the_declaration(help_window):
    help_window.open_page("OneCycleLR")
    (name,) = help_window.page.findChildren(QLabel, "name_of_final_div_factor")
    row = [
        label.text()
        for label in help_window.page.findChildren(QLabel)
        if abs(label.mapTo(help_window, QPoint()).y() - name.mapTo(help_window, QPoint()).y()) < 6
    ]
    assert "10,000" in row
    assert "a number greater than 0" in row
