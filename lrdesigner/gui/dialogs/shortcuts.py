"""The page that lists what keys and the mouse do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QMenuBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.dialogs.room import open_size
from lrdesigner.gui.dialogs.shortcut_list import ShortcutDelegate, ShortcutModel
from lrdesigner.gui.dialogs.shortcut_rows import Line, lines, sections
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import EmptyState
from lrdesigner.i18n import tr

_SIZE = QSize(680, 720)


class ShortcutsDialog(QDialog):
    """Every key of the menus and every gesture of the panels; can be searched.

    Args:
        bar: The menus whose keys are listed.
        theme: Colours.
        parent: The window.
    """

    def __init__(self, bar: QMenuBar, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(tr("Keyboard and mouse"))
        self._lines = lines(bar)
        self._model = ShortcutModel(self)
        self.search = QLineEdit(self)
        self.search.setObjectName("shortcuts_search")
        self.search.setProperty("search", True)
        self.search.setClearButtonEnabled(False)
        self.search.setPlaceholderText(tr("Search by what happens, or by key: ctrl+z, wheel"))
        self.search.setAccessibleName(tr("Search keys and gestures"))
        self.search.installEventFilter(self)
        self.view = QListView(self)
        self.view.setObjectName("shortcuts_list")
        self.view.setAccessibleName(tr("Keys and gestures"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setItemDelegate(ShortcutDelegate(theme, self.view))
        self.view.setModel(self._model)
        self._nothing = EmptyState(
            "", icon=icon("search", theme), action=tr("Clear the search"), parent=self
        )
        self._nothing.setObjectName("shortcuts_nothing")
        self._nothing.action_requested.connect(self._clear)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._nothing)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self.search, self._pages, buttons):
            column.addWidget(widget)
        self.resize(open_size(self, _SIZE, least=QSize(420, 320)))
        self.search.textChanged.connect(self._show)
        self._show()

    def shown(self) -> list[Line]:
        """The lines that are listed, in order."""
        return [line for line in self._lines if line.matches(self.search.text())]

    @Slot()
    def _show(self) -> None:
        found = self.shown()
        self._model.show(sections(found))
        self.view.scrollToTop()
        if not found:
            query = self.search.text().strip()
            self._nothing.set_text(tr("Nothing is done by “{query}”.", query=query))
        self._pages.setCurrentWidget(self.view if found else self._nothing)

    @Slot()
    def _clear(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The down key leads from the search to the list."""
        if watched is self.search and isinstance(event, QKeyEvent):
            down = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
            if down and self._model.rowCount() > 1:
                self.view.setCurrentIndex(self._model.index(1, 0))
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
