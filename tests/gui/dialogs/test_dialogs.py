"""Messages and about, with real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from lrdesigner.gui.dialogs.about import AboutDialog
from lrdesigner.gui.dialogs.messages import ask_save, show_error


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
