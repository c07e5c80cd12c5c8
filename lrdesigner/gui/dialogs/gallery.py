"""The start gallery: choose an example to start from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.dialogs.example_cards import (
    CARD,
    GAP,
    ExampleDelegate,
    ExampleFilter,
    ExampleModel,
)
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.schedule.model import Schedule

COLUMNS = 3


class StartGallery(QDialog):
    """Choose an example to start from.

    Signals:
        chosen: The chosen document (`Schedule`), without a file of its own.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setWindowTitle("Examples")
        self.search = self._make_search(theme)
        self._model = ExampleModel(self)
        self._filter = ExampleFilter(self)
        self._filter.setSourceModel(self._model)
        self.view = self._make_view(theme)
        self._none = QLabel("No example contains these words.", self)
        self._none.setProperty("role", "dim")
        self._none.setVisible(False)
        self._open = QPushButton("Open", self)
        self._open.setObjectName("gallery_open")
        self._open.setProperty("variant", "primary")
        self._lay_out()
        self.search.textChanged.connect(self._on_search)
        self.view.doubleClicked.connect(self._on_double_click)
        self._open.clicked.connect(self.accept)
        self._select_first()

    def _make_search(self, theme: Theme) -> QLineEdit:
        search = QLineEdit(self)
        search.setObjectName("gallery_search")
        search.setProperty("search", True)
        search.setPlaceholderText("Search examples")
        search.setAccessibleName("Search examples")
        self._clear = QAction(icon("close", theme), "Clear the search", search)
        self._clear.triggered.connect(search.clear)
        search.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        search.installEventFilter(self)
        return search

    def _make_view(self, theme: Theme) -> QListView:
        view = QListView(self)
        view.setObjectName("gallery_view")
        view.setAccessibleName("Examples")
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMovement(QListView.Movement.Static)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setItemDelegate(ExampleDelegate(theme, self))
        view.setModel(self._filter)
        return view

    def _lay_out(self) -> None:
        title = QLabel("Start from an example", self)
        title.setProperty("role", "title")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self._open, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for widget in (title, self.search, self._none):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
        layout.addWidget(buttons)
        self.resize(COLUMNS * (CARD.width() + GAP) + 40 + 24, 640)

    def accept(self) -> None:
        """Hand over the chosen document."""
        index = self.view.currentIndex()
        if not index.isValid():
            return
        source = self._filter.mapToSource(index)
        document = self._model.document(source.row())
        super().accept()
        self.chosen.emit(Schedule() if document is None else document.in_folder(None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The down key leads from the search to the cards."""
        if watched is self.search and isinstance(event, QKeyEvent):
            down = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
            if down and self._filter.rowCount():
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        self.accept()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._filter.set_text(text)
        self._clear.setVisible(bool(text))
        self._none.setVisible(self._filter.rowCount() == 0)
        self._select_first()

    def _select_first(self) -> None:
        index = self._filter.index(0, 0)
        self.view.setCurrentIndex(index)
        self._open.setEnabled(index.isValid())
