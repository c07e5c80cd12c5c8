"""The gallery's entries as a list, whose curves are drawn when they come into sight."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Slot,
)

from lrdesigner.gui.dialogs.recipes import ALL, Recipe, Thumbnail, recipes, thumbnail
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule

Index = QModelIndex | QPersistentModelIndex


class RecipeModel(QAbstractListModel):
    """The entries; a document is read when its card is painted for the first time.

    Not at once then, but between two events, one after another: what is asked for last comes
    first, for that is what is in sight.
    """

    RECIPE = Qt.ItemDataRole.UserRole
    THUMBNAIL = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._recipes = recipes()
        self._documents: dict[int, tuple[Schedule, Thumbnail] | None] = {}
        self._wanted: dict[int, None] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._read_next)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._recipes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        recipe = self._recipes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return recipe.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return recipe.summary
        if role == self.RECIPE:
            return recipe
        if role == self.THUMBNAIL:
            return self._thumbnail(index.row())
        return None

    def document(self, row: int) -> Schedule | None:
        """A row's document; None if its file cannot be read."""
        found = self._read(row)
        return found[0] if found else None

    def curve(self, row: int) -> Thumbnail | None:
        """A row's curve, read at once if it has not been."""
        found = self._read(row)
        return found[1] if found else None

    def _thumbnail(self, row: int) -> Thumbnail | None:
        if row in self._documents:
            found = self._documents[row]
            return found[1] if found else None
        self._wanted.pop(row, None)
        self._wanted[row] = None
        if not self._timer.isActive():
            self._timer.start(0)
        return None

    def _read(self, row: int) -> tuple[Schedule, Thumbnail] | None:
        if row in self._documents:
            return self._documents[row]
        try:
            schedule = self._recipes[row].load()
        except DocumentError:  # someone has been at the installed files
            self._documents[row] = None
        else:
            self._documents[row] = (schedule, thumbnail(schedule))
        place = self.index(row)
        self.dataChanged.emit(place, place, [self.THUMBNAIL])
        return self._documents[row]

    @Slot()
    def _read_next(self) -> None:
        if self._wanted:
            row, _ = self._wanted.popitem()
            self._read(row)
        if not self._wanted:
            self._timer.stop()


class RecipeFilter(QSortFilterProxyModel):
    """Finds entries by category and words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._category = ALL

    def set_text(self, text: str) -> None:
        """Show what contains every word of `text`."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def set_category(self, category: str) -> None:
        """Show one category, or all."""
        self._category = category
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        recipe: Recipe = self.sourceModel().index(row, 0).data(RecipeModel.RECIPE)
        return recipe.matches(self._category, self._words)
