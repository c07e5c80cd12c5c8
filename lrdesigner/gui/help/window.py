"""The window that holds the help: a list to search, and a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.catalog import schedulers
from lrdesigner.gui.help.listing import KEY_ROLE, HelpDelegate, HelpModel
from lrdesigner.gui.help.page import HelpPage
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import EmptyState, SearchField
from lrdesigner.i18n import tr

_SIZE = QSize(980, 760)
_LEAST = QSize(780, 420)
_LIST = 248
_EDGE = 12


class HelpWindow(QDialog):
    """Every scheduler, beside the main window: not in its way, and closed with it.

    Signals:
        insert_requested: The key of a scheduler that is wanted on the timeline.

    Args:
        theme: Colours.
        parent: The main window.
    """

    insert_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("help_window")
        self.setWindowTitle(tr("Schedulers — Help"))
        self.setModal(False)
        self._model = HelpModel(self)
        self.search = self._make_search(theme)
        self.view = QListView(self)
        self.view.setObjectName("help_list")
        self.view.setAccessibleName(tr("Schedulers"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setItemDelegate(HelpDelegate(theme, self.view))
        self.view.setModel(self._model)
        self.page = HelpPage(theme, self)
        self._nothing = EmptyState(
            tr("No page has all these words."),
            icon=icon("search", theme),
            action=tr("Clear the search"),
            parent=self,
        )
        self._nothing.setObjectName("help_nothing")
        self._lists = QStackedWidget(self)
        self._lists.addWidget(self.view)
        self._lists.addWidget(self._nothing)
        self._lay_out()
        self.search.textChanged.connect(self._on_search)
        self._nothing.action_requested.connect(self.search.clear)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self.page.insert_requested.connect(self.insert_requested)
        theme.changed.connect(self.view.viewport().update)
        self.open_page(self._model.keys()[0])
        room = self.screen().availableSize() - QSize(80, 80)
        self.setMinimumSize(_LEAST.boundedTo(room))
        self.resize(_SIZE.boundedTo(room))

    def open_page(self, key: str) -> bool:
        """Show the page of a scheduler.

        Returns:
            Whether there is one.
        """
        spec = schedulers().get(key)
        if spec is None:
            return False
        if not self._model.index_of(key).isValid():
            self.search.clear()
        index = self._model.index_of(key)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
        self.page.show_spec(spec)
        return True

    def listed(self) -> list[str]:
        """Keys of the schedulers in the list, in order."""
        return self._model.keys()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        index = self.view.currentIndex()  # only now is it known how much of the list is seen
        self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _make_search(self, theme: Theme) -> SearchField:
        search = SearchField(theme, self, tr("Search the help"))
        search.setObjectName("help_search")
        search.setToolTip(tr("By name, parameter, paper, or any word of a page"))
        search.installEventFilter(self)
        return search

    def _lay_out(self) -> None:
        left = QWidget(self)
        left.setFixedWidth(_LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, _EDGE, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, _EDGE, 0)
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self._lists, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.page, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, down leads into the list, and Esc clears before it closes."""
        if watched is self.search and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Down and self._model.keys():
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if pressed and event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._model.set_query(text)
        keys = self._model.keys()
        self._lists.setCurrentWidget(self.view if keys else self._nothing)
        if keys:
            shown = self.page.key if self.page.key in keys and not text else keys[0]
            self.view.setCurrentIndex(self._model.index_of(shown))

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if key is not None:
            self.page.show_spec(schedulers()[str(key)])

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        """Enter leads on to the page, whose keys then scroll it."""
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
