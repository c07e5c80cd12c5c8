"""Messages and questions that belong to a window."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from lrdesigner.i18n import tr

_NARROWEST, _WIDEST = 260, 460
_SPARE = 8

Answer = Literal["save", "discard", "cancel"]


def show_error(parent: QWidget, title: str, text: str, details: str = "") -> QMessageBox:
    """Tell what did not work and what to do; the program goes on meanwhile.

    Args:
        parent: The window it belongs to.
        title: What did not work, such as "a.json was not opened".
        text: Why, and what to do about it; plain text.
        details: What only a bug report needs; folded away.
    """
    box = QMessageBox(QMessageBox.Icon.Warning, title, title, parent=parent)
    box.setObjectName("error_message")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if details:
        box.setDetailedText(details)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    _widen(box, text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def _widen(box: QMessageBox, text: str) -> None:
    """Give a long text room: by itself the box is as narrow as its title."""
    label = box.findChild(QLabel, "qt_msgbox_informativelabel")
    if label is not None:
        needed = label.fontMetrics().boundingRect(text).width() + _SPARE
        label.setMinimumWidth(max(_NARROWEST, min(needed, _WIDEST)))


def ask_save(parent: QWidget, name: str) -> Answer:
    """Ask what to do with unsaved changes."""
    button = QMessageBox.StandardButton
    box = QMessageBox(
        QMessageBox.Icon.Question,
        tr("Unsaved changes"),
        tr("Save the changes to “{name}”?", name=name),
        parent=parent,
    )
    box.setObjectName("save_question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(tr("They are lost if you do not save them."))
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.setDefaultButton(button.Save)
    box.setEscapeButton(button.Cancel)
    answer = box.exec()
    box.deleteLater()
    if answer == button.Save:
        return "save"
    return "discard" if answer == button.Discard else "cancel"


def sentence(text: str) -> str:
    """A reason as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")


def ask_replace(parent: QWidget, name: str) -> bool:
    """Ask whether a file that is there may be replaced."""
    button = QMessageBox.StandardButton
    box = QMessageBox(
        QMessageBox.Icon.Question,
        tr("Replace file"),
        tr("Replace “{name}”?", name=name),
        parent=parent,
    )
    box.setObjectName("replace_question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(tr("There is a file of this name already."))
    box.setStandardButtons(button.Cancel)
    replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(button.Cancel)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is replace
