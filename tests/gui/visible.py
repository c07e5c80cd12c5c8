"""What people see, point at or have read out in a window, and which of it is English."""

from __future__ import annotations

import gettext
import html
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QStatusBar,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from lrdesigner._resources import resource_dir
from lrdesigner.catalog import schedulers

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
MOST_ROWS = 40  # of a table of numbers, a few are like all

_FLAT = (QAbstractListModel, QAbstractTableModel)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"(?<![\w.=/\\-])[A-Za-z][a-z']{2,}(?![\w(=/\\-]|\.\w)")
_SENTENCE = re.compile(r"(?<![\w.=/\\-])(?:[A-Za-z]+[,;:]? ){2}[a-z]{2,}(?![\w(=/\\-]|\.\w)")
_PAPER = re.compile(r"[A-Z]\w+(?: (?:and|&) [A-Z]\w+)?(?: et al\.)? \d{4}")
_VERSION = re.compile(r"[\w-]+[ -]\d[\w.+-]*$")
_LETTER = re.compile(r"(?<!&)\([A-Z]\)…?$")  # what is left of a mnemonic: "打开(O)…"
_QUOTED = re.compile("“[^”]*”")  # what torch says
_HAN = re.compile(r"[\u4e00-\u9fff]")
Found = tuple[str, str]
"""Where, and what."""


def texts_of(root: QWidget) -> Iterator[Found]:
    """Every text of a widget and of what is in it, on the screen at the moment or not."""
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        for text in _own_texts(widget):
            yield where, text
    for action in root.findChildren(QAction):
        if type(action.parent()).__module__.startswith("pyqtgraph"):
            continue  # in menus that are never shown
        for text in (action.text(), action.statusTip(), action.whatsThis()):
            yield f"action {action.objectName()}", text


def _own_texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.windowTitle())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox() | QMenu():
            yield widget.title()
        case QLineEdit():
            yield widget.placeholderText()
            if not widget.objectName().startswith("qt_"):
                yield widget.text()
        case QTextBrowser():
            yield widget.toPlainText()
        case QTextEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            for row in range(widget.count()):
                yield widget.itemText(row)
                yield str(widget.itemData(row, Qt.ItemDataRole.ToolTipRole) or "")
        case QTabBar():
            for row in range(widget.count()):
                yield widget.tabText(row)
                yield widget.tabToolTip(row)
        case QStatusBar():
            yield widget.currentMessage()
        case QAbstractSpinBox():
            yield widget.specialValueText()
        case QMessageBox():
            yield from (widget.informativeText(), widget.detailedText())
        case QAbstractItemView() if widget.model() is not None:
            yield from _model_texts(widget.model())
    if isinstance(widget, QMenu) and widget.toolTipsVisible():
        yield from (action.toolTip() for action in widget.actions())


def _model_texts(model: QAbstractItemModel, at: QModelIndex | None = None) -> Iterator[str]:
    at = at or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(at)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        for column in range(columns):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    for row in range(min(model.rowCount(at), MOST_ROWS if columns > 1 else 10_000)):
        for column in range(columns):
            index = model.index(row, column, at)
            for role in ROLES:
                found = model.data(index, role)
                if isinstance(found, str):
                    yield found
        child = model.index(row, 0, at)
        if not isinstance(model, _FLAT) and model.hasChildren(child):
            yield from _model_texts(model, child)


class Painted:
    """Takes down what is painted, which no widget tells."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.texts: set[str] = set()
        draw = QPainter.drawText

        def noting(painter, *args):
            self.texts.update(each for each in args if isinstance(each, str))
            return draw(painter, *args)

        patch.setattr(QPainter, "drawText", noting)


def point_at_everything(widget: QWidget, every: int = 12) -> Iterator[str]:
    """The hints of a widget that is painted, as the mouse crosses it."""
    area: QRect = widget.rect()
    for x in range(0, area.width(), every):
        for y in range(0, area.height(), every):
            yield hint_at(widget, QPoint(x, y))


def hint_at(widget: QWidget, place: QPoint) -> str:
    """What is told of a place."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication, QToolTip

    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    return QToolTip.text()


# -- what is English ----------------------------------------------------------------------------


def _catalogue(language: str) -> dict[str, str]:
    with (resource_dir() / "i18n" / f"{language}.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)._catalog
    return {key if isinstance(key, str) else key[0]: text for key, text in read.items() if key}


def bare(text: str) -> str:
    """A text without mnemonic, ellipsis and the like, in small letters."""
    text = re.sub(r"\(&\w\)|&(?=\w)", "", text).strip().rstrip(".:…").strip()
    return text.lower()


class English:
    """Finds English among the texts of a window in another language.

    Args:
        language: That of the window.
        names: Names that stay as they are.
    """

    def __init__(self, language: str, names: set[str]) -> None:
        texts = _catalogue(language)
        same = {key for key, text in texts.items() if text == key}
        self._translated = {bare(key) for key in set(texts) - same}
        specs = schedulers()
        params = {param.name for spec in specs for param in spec.params}
        # Titles of papers, and formulas without a word.
        lines = {text for spec in specs for text in (spec.source, spec.formula)} - set(texts)
        choices = {each for s in specs for p in s.params for each in getattr(p, "choices", ())}
        called = names | choices | params | same | {spec.key for spec in specs}
        self._papers = lines
        self._names = called | lines | set(texts.values())
        self._words = {word.strip("…") for name in called for word in name.split()}

    def among(self, found: Iterator[Found] | list[Found]) -> list[Found]:
        """What of it is English, each once."""
        return sorted({(where, text) for where, text in found if self.is_(text)})

    def is_(self, text: str) -> bool:
        """Whether a text, or a line of it, is English."""
        if html.unescape(_TAG.sub("", text)) in self._names:
            return False  # a paper, of which parts are links
        lines = html.unescape(_TAG.sub("\n", text) if "<" in text else text).split("\n")
        return any(self._line(line.strip()) for line in lines)

    def _line(self, line: str) -> bool:
        if not line or line in self._names or _VERSION.match(line):
            return False
        if line.endswith("…") and any(name.startswith(line[:-1]) for name in self._names):
            return False  # a name that has no room
        if _LETTER.search(line):
            return True
        if bare(line) in self._translated and not _HAN.search(line):
            return True
        for paper in self._papers:
            line = line.replace(paper, "")
        line = _PAPER.sub("", _QUOTED.sub("", line))
        words = [word for word in _WORD.findall(line) if word not in self._words]
        if not _HAN.search(line):
            return bool(words)
        return any(
            not set(re.findall(r"[A-Za-z]+", match)) <= self._words
            for match in _SENTENCE.findall(line)
        )


def owner_of(found: QObject) -> str:
    """Where something is, for a message."""
    names = []
    while found is not None:
        names.append(found.objectName() or type(found).__name__)
        found = found.parent()
    return " < ".join(names)
