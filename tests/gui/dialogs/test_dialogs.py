"""The start gallery, messages and about, with real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from lrdesigner.examples import examples
from lrdesigner.gui.dialogs.about import AboutDialog
from lrdesigner.gui.dialogs.example_cards import ExampleModel
from lrdesigner.gui.dialogs.gallery import StartGallery
from lrdesigner.gui.dialogs.messages import ask_save, show_error
from lrdesigner.schedule.model import Schedule


@pytest.fixture
def gallery(qtbot, theme):
    gallery = StartGallery(theme)
    qtbot.addWidget(gallery)
    gallery.show()
    qtbot.waitExposed(gallery)
    return gallery


def titles(gallery) -> list[str]:
    model = gallery.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_example_is_offered_with_its_curve(gallery, qtbot):
    assert titles(gallery) == [e.title for e in examples()] + ["Empty schedule"]
    model = gallery.view.model()
    curves = [model.index(r, 0).data(ExampleModel.THUMBNAIL) for r in range(model.rowCount())]
    qtbot.waitUntil(
        lambda: all(
            model.index(r, 0).data(ExampleModel.THUMBNAIL) is not None
            for r in range(model.rowCount() - 1)
        )
    )
    assert len(curves) == len(examples()) + 1
    first = model.index(0, 0).data(ExampleModel.THUMBNAIL)
    assert first.y.max() == 1.0
    assert len(first.y) == 2


def test_search_and_enter_open_what_was_found(gallery, qtbot):
    gallery.search.setFocus()
    qtbot.keyClicks(gallery.search, "two groups")
    assert 0 < len(titles(gallery)) < len(examples())
    wanted = titles(gallery)[0]
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert signal.args[0].name == wanted
    assert signal.args[0].folder is None  # saving must not overwrite the example


def test_nothing_found_says_so_and_opens_nothing(gallery, qtbot):
    qtbot.keyClicks(gallery.search, "zzzz")
    assert titles(gallery) == []
    assert not gallery.findChild(QPushButton, "gallery_open").isEnabled()
    with qtbot.assertNotEmitted(gallery.chosen):
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    qtbot.keyClick(gallery.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(gallery.search, Qt.Key.Key_Backspace)
    assert titles(gallery)


def test_keys_walk_from_the_search_over_the_cards(gallery, qtbot):
    gallery.search.setFocus()
    qtbot.keyClick(gallery.search, Qt.Key.Key_Down)
    assert gallery.view.hasFocus()
    qtbot.keyClick(gallery.view, Qt.Key.Key_Right)
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.keyClick(gallery.view, Qt.Key.Key_Return)
    assert signal.args[0].name == examples()[1].title


def test_a_double_click_opens(gallery, qtbot):
    rect = gallery.view.visualRect(gallery.view.model().index(1, 0))
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.mouseClick(gallery.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        qtbot.mouseDClick(gallery.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert signal.args[0].name == examples()[1].title


def test_the_empty_schedule_is_empty(gallery, qtbot):
    qtbot.keyClicks(gallery.search, "empty schedule")
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert signal.args[0] == Schedule()


def test_the_model_keeps_qts_rules(gallery, qtmodeltester):
    qtmodeltester.check(gallery._model)
    qtmodeltester.check(gallery._filter)


@pytest.mark.parametrize(
    ("button", "answer"),
    [("Save", "save"), ("Discard", "discard"), ("Cancel", "cancel")],
)
def test_the_question_about_unsaved_work(qtbot, theme, button, answer):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "“<b>x</b>”" in box.text()
        assert box.textFormat() == Qt.TextFormat.PlainText
        box.button(getattr(QMessageBox.StandardButton, button)).click()

    QTimer.singleShot(50, press)
    assert ask_save(parent, "<b>x</b>") == answer


def test_an_error_does_not_block_and_shows_file_and_reason(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    box = show_error(parent, "a.json was not opened", "line 1: <i>not</i> JSON", "trace")
    assert box.isVisible()
    assert "a.json" in box.text()
    assert box.informativeText() == "line 1: <i>not</i> JSON"
    box.close()


def test_about_lists_versions_and_copies_them(qtbot, theme):
    about = AboutDialog(theme)
    qtbot.addWidget(about)
    about.show()
    assert "torch 2." in about.versions.text()
    qtbot.mouseClick(about.findChild(QPushButton, "copy_versions"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == about.versions.text()
