"""Sections of the palette fold, by mouse and keys, and stay folded until the next start."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu

from lrdesigner.catalog import Category, schedulers
from lrdesigner.gui.app import create_window
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.palette.model import HEADING_ROLE, KEY_ROLE
from lrdesigner.gui.palette.view import CardView
from lrdesigner.gui.settings import Settings, default_path

OF_DECAY = [spec.key for spec in schedulers() if spec.category is Category.DECAY]
OTHERS = [spec.key for spec in schedulers() if spec.category is not Category.DECAY]


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = PalettePanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(250, 620)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    return panel


def cards(panel) -> CardView:
    return panel.findChild(CardView, "palette_cards")


def heading(panel, name: str):
    model = cards(panel).model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next(r for r in rows if r.data(HEADING_ROLE) and r.data(HEADING_ROLE).name == name)


def click(panel, qtbot, name: str) -> None:
    view = cards(panel)
    view.scrollTo(heading(panel, name))
    place = view.visualRect(heading(panel, name)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_folds_a_section_and_the_next_one_unfolds_it(panel, qtbot):
    click(panel, qtbot, "decay")
    assert panel.entries() == OTHERS
    assert heading(panel, "decay").data(HEADING_ROLE).folded
    assert panel.folded() == ("decay",)
    click(panel, qtbot, "decay")
    assert panel.entries() == schedulers().keys()
    assert panel.folded() == ()


def test_the_heading_stays_under_the_pointer(panel, qtbot):
    view = cards(panel)
    view.scrollTo(heading(panel, "cyclic"), CardView.ScrollHint.PositionAtCenter)
    before = view.visualRect(heading(panel, "cyclic")).top()
    place = view.visualRect(heading(panel, "cyclic")).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "CyclicLR" not in panel.entries()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "CyclicLR" in panel.entries()
    assert view.visualRect(heading(panel, "cyclic")).top() == before


def test_a_press_that_leaves_the_heading_folds_nothing(panel, qtbot):
    view = cards(panel)
    inside = view.visualRect(heading(panel, "warm_up")).center()
    card = view.viewport().mapFrom(panel, panel.entry_rect("LinearLR").center())
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=card)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=inside)
    assert panel.folded() == ()


def test_keys_fold_and_unfold(panel, qtbot):
    view = cards(panel)
    view.setFocus()
    view.setCurrentIndex(heading(panel, "hold"))
    for key, folded in (
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Return, False),
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Right, False),
    ):
        qtbot.keyClick(view, key)
        assert ("hold" in panel.folded()) == folded
        assert view.currentIndex().data(HEADING_ROLE).name == "hold"  # and goes on from there
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data(KEY_ROLE) == "ConstantLR"


def test_what_is_searched_is_found_in_folded_sections_too(panel, qtbot):
    panel.set_folded(["decay", "cyclic"])
    qtbot.keyClicks(panel.findChild(QLineEdit, "palette_search"), "cosine")
    assert {"CosineAnnealingLR", "cosine_cycles"} <= set(panel.entries())
    assert heading(panel, "decay").data(HEADING_ROLE).folded is None
    click(panel, qtbot, "decay")  # folds nothing while the search is on
    assert "CosineAnnealingLR" in panel.entries()
    panel.clear_search()
    assert "CosineAnnealingLR" not in panel.entries()


def test_all_of_them_at_once(panel, qtbot):
    def choose(name: str) -> None:
        view = cards(panel)
        view.menu_requested.emit("", view.mapToGlobal(view.rect().center()))
        menu = panel.findChild(QMenu, "palette_menu")
        menu.findChild(QAction, f"action_{name}").trigger()
        menu.close()
        qtbot.waitUntil(lambda: panel.findChild(QMenu, "palette_menu") is None)

    choose("fold_all")
    assert panel.entries() == []
    assert cards(panel).isVisible()  # not "nothing called"
    qtbot.keyClick(panel.findChild(QLineEdit, "palette_search"), Qt.Key.Key_Down)
    assert cards(panel).currentIndex().data() == "Warm-up"
    choose("unfold_all")
    assert panel.entries() == schedulers().keys()


def test_a_card_that_is_asked_for_unfolds_its_section(panel):
    panel.set_folded(["decay", "hold"])
    assert not panel.entry_rect("StepLR").isEmpty()
    assert panel.folded() == ("hold",)


def test_a_heading_says_how_many_and_what_a_click_does(panel):
    index = heading(panel, "decay")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"Decay, {len(OF_DECAY)} schedulers"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Click to fold"
    panel.set_folded(["decay"])
    described = heading(panel, "decay").data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "Click to show these cards"


def test_it_is_the_same_at_the_next_start(qtbot):
    first = create_window()
    qtbot.addWidget(first)
    first.palette_panel.set_folded(["decay", "from a newer version"])
    first.close()
    assert Settings.read(default_path()).folded == ("decay", "from a newer version")
    again = create_window()
    qtbot.addWidget(again)
    assert "StepLR" not in again.palette_panel.entries()
    assert "ConstantLR" in again.palette_panel.entries()
