"""The page that a start shows: recent files, recipes, a hint, and no way of being in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from access import focusable, mouse_only, nameless
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from lrdesigner.gui import app as application
from lrdesigner.gui.actions import ACTIONS
from lrdesigner.gui.actions.keys import native
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.start_page import StartPage
from lrdesigner.gui.start_page.hints import HINTS, hint
from lrdesigner.gui.start_page.recent_files import MISSING_ROLE, cross_rect
from lrdesigner.gui.state import Selection


@pytest.fixture
def window(make_window, qtbot):
    return ready(make_window(), qtbot)


def ready(window, qtbot):
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.timeline.setFocus()
    return window


def open_page(window) -> StartPage:
    window.actions_["start_page"].trigger()
    QApplication.processEvents()
    page = window.findChild(StartPage)
    assert page.isVisible()
    return page


@pytest.fixture
def files(window, schedule, tmp_path) -> list[Path]:
    """Three recent files, of which the second is gone."""
    paths = [tmp_path / f"{name}.json" for name in ("first", "second", "third")]
    for path in paths:
        schedule.save(path)
        window._settings.add_recent(path)
    paths[1].unlink()
    return paths


def rows(page) -> list[str]:
    return [page.recent.files.index(row).data() for row in range(page.recent.files.rowCount())]


# -- when it is there ---------------------------------------------------------------------------


def test_a_window_that_scripts_make_opens_without_it(window, qtbot):
    qtbot.wait(300)
    assert window.findChild(StartPage) is None


@pytest.fixture
def greeted(make_window, tmp_path):
    """A factory of windows as somebody who starts the program sees them."""

    def make(**settings):
        path = tmp_path / "s" / "settings.json"
        Settings(**settings).write(path)
        return make_window(settings_path=path, greet=True)

    return make


def test_somebody_who_starts_the_program_sees_it_after_the_window(qtbot, greeted):
    window = greeted()
    qtbot.waitUntil(lambda: window.findChild(StartPage) is not None)
    page = window.findChild(StartPage)
    assert page.isVisible()
    assert page.tour.property("variant") == "primary"
    assert window.schedule.phases  # the editor behind it is open on the example


def test_unless_they_have_said_no(qtbot, greeted):
    window = greeted(start_page=False)
    qtbot.wait(400)
    assert window.findChild(StartPage) is None


@pytest.mark.parametrize(("files", "greets"), [((), 1), (("a.json",), 0)])
def test_a_start_with_files_goes_to_them(monkeypatch, files, greets, qapp):
    calls = []

    class Stub:
        closed = False

        def greet(self):
            calls.append("greet")

        def __getattr__(self, name):
            return lambda *args: None

    class Application:
        aboutToQuit = type(  # noqa: N815 - Qt's name
            "Signal", (), {"connect": staticmethod(lambda slot: None)}
        )

        def __init__(self, *args):
            pass

        def exec(self):
            return 0

        def __getattr__(self, name):
            return lambda *args: None

    for name in ("setApplicationName", "setApplicationDisplayName", "setDesktopFileName"):
        setattr(Application, name, staticmethod(lambda *args: None))
    watch = type("Watch", (), {"interrupted": Application.aboutToQuit, "stop": lambda self: None})
    monkeypatch.setattr(application, "QApplication", Application)
    monkeypatch.setattr(application, "create_window", lambda files: Stub())
    monkeypatch.setattr(application, "InterruptWatch", lambda window: watch())
    monkeypatch.setattr(application, "Collector", lambda window: Stub())
    hook = application.sys.excepthook
    assert application.run(files) == 0
    application.sys.excepthook = hook
    assert len(calls) == greets


def test_the_menu_and_its_key_show_it(window):
    QTest.keySequence(window.timeline, QKeySequence("Alt+Home"))
    assert window.findChild(StartPage).isVisible()


# -- leaving it ---------------------------------------------------------------------------------


def test_esc_leaves_it_and_gives_the_keyboard_back(window):
    page = open_page(window)
    assert page.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert window.focusWidget() is window.timeline


def test_a_press_beside_it_leaves_it_and_does_what_it_is_for(window):
    page = open_page(window)
    field = window.palette_panel
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not page.isVisible()
    page = open_page(window)
    window.controller.select(Selection())
    block = window.timeline.blocks.blocks[2].rect.center().toPoint()
    if not page.geometry().contains(window.timeline.mapTo(window, block)):
        QTest.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=block)
        assert window.controller.selection == Selection(2)


def test_the_cross_leaves_it(window):
    page = open_page(window)
    QTest.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    assert not page.isVisible()


def test_it_stays_in_the_middle_of_the_window(window):
    page = open_page(window)
    for size in ((1440, 900), (1280, 800), (1000, 640)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(page.geometry())
        assert abs(page.geometry().center().x() - window.rect().center().x()) <= 1


# -- recent files -------------------------------------------------------------------------------


def test_recent_files_are_listed_and_missing_ones_marked(window, files, qtbot):
    page = open_page(window)
    assert rows(page) == ["third.json", "second.json", "first.json"]
    model = page.recent.files
    qtbot.waitUntil(lambda: bool(model.index(1).data(MISSING_ROLE)))
    assert not model.index(0).data(MISSING_ROLE)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(1).data(role) == "second.json, missing"
    assert "not there any more" in model.index(1).data(Qt.ItemDataRole.ToolTipRole)


def test_enter_opens_one(window, files):
    page = open_page(window)
    page.recent.setFocus()
    QTest.keyClick(page.recent, Qt.Key.Key_Down)
    QTest.keyClick(page.recent, Qt.Key.Key_Down)
    QTest.keyClick(page.recent, Qt.Key.Key_Return)
    assert not page.isVisible()
    assert window.controller.path == files[0]


def test_a_click_opens_one(window, files):
    page = open_page(window)
    place = page.recent.visualRect(page.recent.files.index(0)).center()
    QTest.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.controller.path == files[2]


def test_one_is_taken_off_with_a_key_or_its_cross(window, files):
    page = open_page(window)
    page.recent.setFocus()
    page.recent.setCurrentIndex(page.recent.files.index(1))
    QTest.keyClick(page.recent, Qt.Key.Key_Delete)
    assert rows(page) == ["third.json", "first.json"]
    cross = cross_rect(page.recent.visualRect(page.recent.files.index(0))).center()
    QTest.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    assert rows(page) == ["first.json"]
    assert page.isVisible()
    assert window._settings.recent == (str(files[0]),)
    QTest.keyClick(page.recent, Qt.Key.Key_Delete)
    assert page.findChild(QLabel, "start_no_recent").isVisible()
    assert window.focusWidget() is page.buttons[0]


def test_without_any_it_says_where_they_come_from(window):
    page = open_page(window)
    assert page.findChild(QLabel, "start_no_recent").isVisible()
    assert not page.recent.isVisible()


def test_opening_a_missing_one_says_so_and_forgets_it(window, files, qtbot):
    page = open_page(window)
    place = page.recent.visualRect(page.recent.files.index(1)).center()
    QTest.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    box = QApplication.activeModalWidget()
    assert "second.json" in box.text()
    box.close()
    assert str(files[1]) not in window._settings.recent


# -- what it offers -----------------------------------------------------------------------------


def test_a_recipe_opens(window):
    page = open_page(window)
    index = page.recipes.model().index(1, 0)
    place = page.recipes.visualRect(index).center()
    QTest.mouseClick(page.recipes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not page.isVisible()
    assert window.schedule.name == index.data()
    assert window.controller.path is None


def test_every_recipe_is_there_with_its_curve(window, qtbot):
    from lrdesigner.gui.dialogs.recipe_model import RecipeModel
    from lrdesigner.gui.dialogs.recipes import recipes

    page = open_page(window)
    model = page.recipes.model()
    assert model.rowCount() == len(recipes())
    qtbot.waitUntil(lambda: model.index(0, 0).data(RecipeModel.THUMBNAIL) is not None)


def test_new_is_an_action_like_any_other(window):
    page = open_page(window)
    assert page.buttons[0].accessibleDescription() == native("Ctrl+N")
    QTest.keyClick(page.buttons[0], Qt.Key.Key_Space)
    assert not page.isVisible()
    assert window.schedule.phases == ()


def test_whether_it_is_shown_is_remembered(window, make_window):
    page = open_page(window)
    assert page.at_start.isChecked()
    QTest.keyClick(page.at_start, Qt.Key.Key_Space)
    window.close()
    assert not Settings.read(window._settings_path).start_page
    again = make_window()
    assert not open_page(again).at_start.isChecked()


# -- hints --------------------------------------------------------------------------------------


def test_every_hint_can_be_said(qapp):
    keys = {spec.id: native(spec.keys[0]) for spec in ACTIONS}
    said = [hint(number, keys) for number in range(len(HINTS))]
    assert len(set(said)) == len(HINTS) > 8
    assert not [text for text in said if "{" in text]
    assert all(len(text) < 100 for text in said)
    assert hint(len(HINTS), keys) == said[0]


def test_another_hint_each_time(window):
    page = open_page(window)
    first = page.findChild(QLabel, "start_hint").full_text()
    page.dismiss()
    page = open_page(window)
    second = page.findChild(QLabel, "start_hint").full_text()
    QTest.mouseClick(page._next, Qt.MouseButton.LeftButton)
    third = page.findChild(QLabel, "start_hint").full_text()
    assert len({first, second, third}) == 3


# -- access -------------------------------------------------------------------------------------


def test_every_control_has_a_name_and_tab_stays_in_the_page(window, files):
    page = open_page(window)
    assert len(focusable(page)) >= 8
    assert not nameless(page)
    assert not mouse_only(page)
    inside = focusable(page)
    inside[0].setFocus()
    seen = set()
    for _ in range(len(inside)):
        seen.add(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == set(inside)


def test_a_document_that_is_opened_otherwise_is_seen(window):
    page = open_page(window)
    window.actions_["new"].trigger()
    assert not page.isVisible()
    assert window.controller.path is None
