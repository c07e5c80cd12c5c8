"""The gallery of published recipes and examples: start from one, or lay it over the curve."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.dialogs.card_view import CardView
from lrdesigner.gui.dialogs.recipe_cards import CARD, GAP
from lrdesigner.gui.dialogs.recipe_details import WIDTH, RecipeDetails
from lrdesigner.gui.dialogs.recipe_model import RecipeFilter, RecipeModel
from lrdesigner.gui.dialogs.recipes import ALL, CATEGORIES, Recipe
from lrdesigner.gui.dialogs.room import open_size
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import EmptyState, SearchField, SegmentedControl
from lrdesigner.i18n import tr

COLUMNS = 3
HEIGHT = 700
SCROLL_BAR = 20


class Gallery(QDialog):
    """Choose a recipe or an example.

    Signals:
        chosen: The chosen document (`Schedule`), without a file of its own.
        overlay_wanted: The file (`Path`) of an entry to lay over the curve; the gallery stays.
    """

    chosen = Signal(object)
    overlay_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setWindowTitle(tr("Presets and examples"))
        self._model = RecipeModel(self)
        self._filter = RecipeFilter(self)
        self._filter.setSourceModel(self._model)
        self.search = self._make_search(theme)
        self.category = SegmentedControl(
            [(key, tr(title)) for key, title in CATEGORIES], name=tr("Category"), parent=self
        )
        self.category.setObjectName("gallery_category")
        self.view = self._make_view(theme)
        self.details = RecipeDetails(theme, self)
        self._none = EmptyState(
            "", icon=icon("search", theme), action=tr("Show all of them"), parent=self
        )
        self._none.setObjectName("gallery_none")
        self._pages = QStackedWidget(self)
        self._added = QLabel(self)
        self._added.setObjectName("gallery_added")
        self._added.setProperty("role", "help")
        self._overlay = QPushButton(tr("Add as o&verlay"), self)
        self._overlay.setObjectName("gallery_overlay")
        self._overlay.setToolTip(tr("Draw its curve over the one that is open"))
        self._overlay.setAutoDefault(False)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setObjectName("gallery_cancel")
        self._cancel.setAutoDefault(False)
        self._open = QPushButton(tr("Open"), self)
        self._open.setObjectName("gallery_open")
        self._open.setProperty("variant", "primary")
        self._open.setDefault(True)
        self._lay_out()
        self._connect()
        self._show_found()

    def _make_search(self, theme: Theme) -> SearchField:
        text = tr("Search by model, paper, scheduler or word")
        search = SearchField(theme, self, text, tr("Search presets and examples"))
        search.setObjectName("gallery_search")
        search.installEventFilter(self)
        return search

    def _make_view(self, theme: Theme) -> CardView:
        view = CardView(theme, self)
        view.setObjectName("gallery_view")
        view.setAccessibleName(tr("Presets and examples"))
        view.setModel(self._filter)
        return view

    def _lay_out(self) -> None:
        title = QLabel(tr("Start from a published recipe or an example"), self)
        title.setProperty("role", "title")
        found = QWidget(self)
        body = QHBoxLayout(found)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.view, 1)
        body.addWidget(self.details)
        choices = QHBoxLayout()
        choices.addWidget(self.category)
        choices.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._added, 1)
        for button in (self._overlay, self._cancel, self._open):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for widget in (title, self.search):
            layout.addWidget(widget)
        layout.addLayout(choices)
        self._pages.addWidget(found)
        self._pages.addWidget(self._none)
        layout.addWidget(self._pages, 1)
        layout.addLayout(buttons)
        width = COLUMNS * (CARD.width() + GAP) + SCROLL_BAR + WIDTH + 40
        self.resize(open_size(self, QSize(width, HEIGHT), least=QSize(760, 480)))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.category.value_changed.connect(self._on_category)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.doubleClicked.connect(self._on_double_click)
        self._open.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._overlay.clicked.connect(self._on_overlay)
        self._none.action_requested.connect(self._show_all)

    def accept(self) -> None:
        """Hand over the chosen document."""
        row = self._row()
        document = None if row is None else self._model.document(row)
        if document is None:
            return
        super().accept()
        self.chosen.emit(document)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The down key leads from the search to the cards."""
        if watched is self.search and isinstance(event, QKeyEvent):
            down = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
            if down and self._filter.rowCount():
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _row(self) -> int | None:
        """The chosen entry's row in the model."""
        index = self.view.currentIndex()
        return self._filter.mapToSource(index).row() if index.isValid() else None

    def _recipe(self) -> Recipe | None:
        recipe: Recipe | None = self.view.currentIndex().data(RecipeModel.RECIPE)
        return recipe

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        self.accept()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._filter.set_text(text)
        self._show_found()

    @Slot(str)
    def _on_category(self, category: str) -> None:
        self._filter.set_category(category)
        self._show_found()

    @Slot()
    def _on_overlay(self) -> None:
        recipe = self._recipe()
        if recipe is not None and recipe.path is not None:
            self._added.setText(tr("{title} is among the overlays now.", title=recipe.title))
            # What was added stays, so there is nothing to cancel.
            self._cancel.setText(tr("Close"))
            self.overlay_wanted.emit(Path(recipe.path))

    @Slot()
    def _show_all(self) -> None:
        """Search for nothing, in all categories."""
        self.category.set_value(ALL)
        self._filter.set_category(ALL)
        self.search.clear()
        self._show_found()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_found(self) -> None:
        """Choose the first of what is found."""
        nothing = self._filter.rowCount() == 0
        if nothing:
            query = self.search.text().strip()
            self._none.set_text(
                tr("No recipe has all of “{query}” in it.", query=query)
                if self.category.value() == ALL
                else tr("No recipe of this category has all of “{query}” in it.", query=query)
            )
        self._pages.setCurrentIndex(1 if nothing else 0)
        self.view.setCurrentIndex(self._filter.index(0, 0))
        self.view.scrollToTop()
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        row, recipe = self._row(), self._recipe()
        schedule = None if row is None else self._model.document(row)
        shape = None if row is None else self._model.curve(row)
        self.details.show_recipe(recipe, schedule, shape)
        self._open.setEnabled(schedule is not None)
        self._overlay.setEnabled(recipe is not None and recipe.path is not None)
